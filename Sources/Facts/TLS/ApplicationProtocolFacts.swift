import AuditModel
import WireFormats

extension TLSFacts {
    /// Application protocols that are negotiated inside the handshake.
    static let applicationProtocols: [TLSFact] = [
        TLSFact(
            "alpn", .list(.text), needs: [.alpn],
            meaning: "Which of h2 and http/1.1 the server takes when it is offered alone.",
            source: "RFC 7301 §3.2; RFC 9325 §3.8"
        ) { .known($0.acceptedProtocols) { .texts($0) } },
        TLSFact(
            "alpnRejectsUnknown", .boolean, needs: [.alpn],
            meaning: "Whether a client that offers an unknown protocol alone is turned away, so that another "
                + "protocol's client is not taken for one of its own.",
            source: "RFC 7301 §3.2; RFC 9325 §3.8"
        ) { $0.rejectsUnknownProtocol }
    ]
}

private enum ALPN {
    static let known = ["h2", "http/1.1"]
}

extension TLSEvidence {
    /// In TLS 1.3 the choice is encrypted; there a whole handshake alone shows it.
    var acceptedProtocols: Known<[String]> {
        var accepted: [String] = []
        for name in ALPN.known {
            switch takes(name) {
            case .success(true): accepted.append(name)
            case .success(false): break
            case .failure(let failure): return .failure(failure)
            }
        }
        return .success(accepted)
    }

    /// Whether at least one of the two is taken.
    var acceptsAnyProtocol: Known<Bool> {
        let answers = ALPN.known.map(takes)
        return answers.contains(.success(true)) ? .success(true) : acceptedProtocols.map { !$0.isEmpty }
    }

    private func takes(_ name: String) -> Known<Bool> {
        let hellos = exchanges(.alpn).filter { $0.detail == name }
        for hello in hellos where hello.answer.kind == .hello && hello.answer.version != 0x0304 {
            return .success(hello.answer.alpn == name)
        }
        if hellos.contains(where: \.refusesProtocol) { return .success(false) }
        let handshakes = capture.handshakes.filter { $0.failure == nil && $0.keyType == "any" }
        if handshakes.contains(where: { $0.alpn == name }) { return .success(true) }
        // A client offers both, and then alone what it did not get.
        if handshakes.contains(where: { $0.alpn == nil }) { return .success(false) }
        return .failure(hellos.first?.silence ?? .notAsked)
    }

    fileprivate var rejectsUnknownProtocol: DerivedFact {
        guard let hello = exchanges(.alpn).first(where: { !ALPN.known.contains($0.detail ?? "") }) else {
            return .unobserved(.notAsked)
        }
        if hello.answer.kind == .hello { return .boolean(false) }
        return hello.refusesProtocol ? .boolean(true) : .unobserved(hello.silence)
    }
}

extension TLSExchange {
    /// Whether the server turned the protocol away, by the alert that is meant for it or another refusal.
    fileprivate var refusesProtocol: Bool {
        if answer.kind == .alert, answer.alert == AlertDescription.noApplicationProtocol.rawValue { return true }
        if case .refused = meaning { return true }
        return false
    }
}

extension TLSExchange {
    /// Why an answer that is no refusal says nothing about what was asked.
    var silence: ProbeFailure {
        switch meaning {
        case .unknown(_, let failure): failure
        case .chosen: ProbeFailure(.unsupported, "the part of the answer that tells it is encrypted, or was not read")
        case .refused(let how): ProbeFailure(.tlsFailed, "the server refused the hello (\(how))")
        }
    }
}
