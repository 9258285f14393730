import AuditModel

extension TLSFacts {
    /// Hellos that are right but unusual, which some servers and boxes in front of them do not bear.
    static let tolerance: [TLSFact] = [
        tolerance(
            "tolerance.grease", .grease, "values that no standard knows yet, as browsers send them",
            source: "RFC 8701 §3; RFC 8446 §9.3"),
        tolerance(
            "tolerance.longHello", .longHello, "a hello of more than 512 bytes, as post-quantum keys make it",
            source: "RFC 7685; RFC 8446 §4.1.2"),
        tolerance(
            "tolerance.manySuites", .manySuites, "a hello with more than 127 suites", source: "RFC 8446 §4.1.2"),
        tolerance(
            "ssl2FormatHello", .ssl2Format, needs: [.tolerance, .versions],
            "a hello in SSLv2's format that offers TLS, which RFC 8446 §D.5 forbids",
            source: "RFC 5246 §E.2; RFC 8446 §D.5")
    ]

    private static func tolerance(
        _ path: String, _ purpose: TLSExchange.Purpose, needs: Set<TLSQuestion> = [.tolerance], _ what: String,
        source: String
    ) -> TLSFact {
        TLSFact(path, .boolean, needs: needs, meaning: "Whether the server answers \(what).", source: source) {
            $0.accepts(purpose)
        }
    }
}

extension TLSEvidence {
    /// Silence counts against such a hello when it repeats while other hellos are answered.
    fileprivate func accepts(_ purpose: TLSExchange.Purpose) -> DerivedFact {
        guard let hello = exchanges(purpose).first else {
            // The framing of SSLv2 has no room for TLS 1.3, and all that it can offer was refused.
            if purpose == .ssl2Format, case .success(true) = offersOnlyTLS13 { return .boolean(false) }
            return .unobserved(
                ProbeFailure(.unsupported, "no ordinary hello was answered that such a hello could be compared with"))
        }
        switch hello.meaning {
        case .chosen: return .boolean(true)
        case .refused: return .boolean(false)
        case .unknown(_, let failure):
            let isHeard = capture.exchanges.contains { $0.purpose != purpose && $0.meaning == .chosen }
            let isRepeated = hello.attempts > 1 && hello.answer.kind != .refused
            let isAnswer = [.alert, .notTLS, .malformed].contains(hello.answer.kind)
            return isHeard && (isRepeated || isAnswer) ? .boolean(false) : .unobserved(failure)
        }
    }
}
