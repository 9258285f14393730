import AuditModel
import WireFormats

extension TLSFacts {
    /// What keeps an attacker from talking client and server into an older version.
    static let downgrade: [TLSFact] = [
        TLSFact(
            "fallbackSCSV", .choice(of: FallbackSignal.self), needs: [.versions, .fallback],
            meaning: "Whether a client that signals a fallback is turned away; not-applicable when there is no version "
                + "to fall back to.",
            source: "RFC 7507 §3"
        ) { $0.fallbackSignal },
        TLSFact(
            "downgradeSentinel", .boolean, needs: [.versions],
            meaning: "Whether every answer below TLS 1.3 says in its random that more was possible; absent unless TLS "
                + "1.3 and an older version are offered.",
            source: "RFC 8446 §4.1.3"
        ) { $0.downgradeSentinel }
    ]
}

private enum FallbackSignal: String, CaseIterable {
    case yes, no
    case notApplicable = "not-applicable"
}

extension TLSEvidence {
    fileprivate var fallbackSignal: DerivedFact {
        guard let hello = exchanges(.fallback).first else {
            return .known(offeredVersions) { versions in
                let isAlone = versions.filter { $0 > .ssl2 && $0 < .tls13 }.count < 2
                return isAlone ? .choice(FallbackSignal.notApplicable) : .unobserved(.notAsked)
            }
        }
        if hello.answer.kind == .alert, hello.answer.alert == AlertDescription.inappropriateFallback.rawValue {
            return .choice(FallbackSignal.yes)
        }
        return hello.meaning == .chosen ? .choice(FallbackSignal.no) : .unobserved(hello.silence)
    }

    fileprivate var downgradeSentinel: DerivedFact {
        .known(offers(.tls13)) { offersTLS13 in
            guard offersTLS13 else { return .absent }
            let marked = olderHellos.map { $0.answer.sentinel == sentinel(of: $0.version) }
            if marked.isEmpty { return .known(offersOnlyTLS13) { $0 ? .absent : .unobserved(.notAsked) } }
            return .boolean(marked.allSatisfy(\.self))
        }
    }

    /// Hellos of SSLv3 to TLS 1.2 that were accepted in their version.
    var olderHellos: [TLSExchange] {
        exchanges(.suites).filter {
            $0.version > .ssl2 && $0.version < .tls13 && $0.answer.kind == .hello
                && $0.answer.version == $0.version.code
        }
    }

    private func sentinel(of version: ProtocolVersion) -> String { version == .tls12 ? "tls12" : "tls11" }
}
