import AuditModel
import WireFormats

extension TLSFacts {
    /// What a whole handshake shows, and what the whole observation cost.
    static let handshake: [TLSFact] = [
        TLSFact(
            "modernClient.connects", .boolean, needs: [.handshake],
            meaning: "Whether a current client completes its handshake; a server that only misses the client's "
                + "certificate counts.",
            source: "RFC 8446 §2"
        ) { $0.modernClientConnects },
        TLSFact(
            "modernClient.version", .choice(of: ProtocolVersion.self), needs: [.handshake],
            meaning: "The version that a current client gets; absent when it does not get through.",
            source: "RFC 8446 §4.2.1"
        ) { evidence in evidence.modernClient { .choice($0.version) } },
        TLSFact(
            "modernClient.alpn", .text, needs: [.handshake],
            meaning: "The protocol that a current client gets when it offers h2 and http/1.1; absent when none is "
                + "negotiated.",
            source: "RFC 7301 §3.2"
        ) { evidence in evidence.modernClient { .text($0.alpn) } },
        TLSFact(
            "clientCertificate", .choice(of: ClientCertificate.self), needs: [.handshake],
            meaning: "Whether the server demands a certificate of its clients, or only asks for one.",
            source: "RFC 8446 §4.3.2; RFC 5246 §7.4.4"
        ) { $0.clientCertificate },
        TLSFact(
            "connections", .integer, needs: [], unit: "connections",
            meaning: "How many TCP connections the observation opened, retries included.", source: "gonogo"
        ) { .integer($0.capture.connections) },
        TLSFact(
            "retries", .integer, needs: [], unit: "hellos",
            meaning: "How many hellos were sent again because the first answer told nothing.", source: "gonogo"
        ) { .integer($0.capture.retries) }
    ]
}

private enum ClientCertificate: String, CaseIterable {
    case none, requested, required
}

extension TLSHandshake {
    /// Whether it got as far as a client without a certificate can.
    fileprivate var isThrough: Bool { failure == nil || demandsClientCertificate }
}

extension TLSEvidence {
    /// The handshake of a client that takes any certificate.
    private var modernHandshake: TLSHandshake? {
        capture.handshakes.first { $0.keyType == "any" } ?? capture.handshakes.first
    }

    fileprivate func modernClient(_ fact: (TLSHandshake) -> DerivedFact) -> DerivedFact {
        guard let handshake = modernHandshake else { return .unobserved(.notAsked) }
        if handshake.isThrough { return fact(handshake) }
        if let failure = handshake.failure, !failure.isVerdict { return .unobserved(failure) }
        return .absent
    }

    fileprivate var modernClientConnects: DerivedFact {
        guard let handshake = modernHandshake else { return .unobserved(.notAsked) }
        if handshake.isThrough { return .boolean(true) }
        if let failure = handshake.failure, !failure.isVerdict { return .unobserved(failure) }
        return .boolean(false)
    }

    fileprivate var clientCertificate: DerivedFact {
        if capture.handshakes.contains(where: \.demandsClientCertificate) { return .choice(ClientCertificate.required) }
        let isThrough = capture.handshakes.contains { $0.failure == nil }
        let flights =
            capture.exchanges.compactMap(\.answer.requestsClientCertificate)
            + capture.handshakes.compactMap(\.requestsClientCertificate)
        if flights.contains(true) {
            guard isThrough else {
                return .unobserved(
                    ProbeFailure(.tlsFailed, "a certificate is asked for; whether it is demanded, no handshake showed"))
            }
            return .choice(ClientCertificate.requested)
        }
        if isThrough || !flights.isEmpty { return .choice(ClientCertificate.none) }
        return .unobserved(capture.handshakes.first?.failure ?? .notAsked)
    }
}

extension ProbeFailure {
    /// Whether it says something about the server's TLS rather than about the way there.
    fileprivate var isVerdict: Bool {
        switch code {
        case .tlsFailed, .notTLS, .malformed, .closedEarly: true
        case .nameNotResolved, .refused, .timeout, .reset, .tooLarge, .tooManyRedirects, .notPermitted, .unsupported,
            .cancelled:
            false
        }
    }
}
