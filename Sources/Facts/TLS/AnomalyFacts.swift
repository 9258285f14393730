import AuditModel
import WireFormats

extension TLSFacts {
    /// Answers that contradict the protocol, or each other.
    static let anomalies: [TLSFact] = [
        TLSFact(
            "consistent", .boolean, needs: [.versions, .suites],
            meaning: "Whether the same hello got the same answer twice, and what was accepted once stayed accepted; "
                + "back ends that differ show here.",
            source: "RFC 9325 §3.9"
        ) { $0.isConsistent },
        TLSFact(
            "anomalies", .list(.text), needs: [.versions],
            meaning: "What no server should answer, each as kind: detail (wrong-suite, wrong-version, wrong-group, "
                + "disagreement, changed-mind, unexpected-sentinel); empty when nothing was seen.",
            source: "RFC 8446 §4.1.3"
        ) { .texts($0.anomalies) }
    ]
}

extension TLSEvidence {
    fileprivate var isConsistent: DerivedFact {
        if !contradictions.isEmpty { return .boolean(false) }
        let pairs = exchanges(.again).map { ($0, capture.first(like: $0)) }
        if pairs.contains(where: { $0.isTelling && $1?.isTelling == true }) { return .boolean(true) }
        return .unobserved(pairs.first?.0.silence ?? .notAsked)
    }

    fileprivate var anomalies: [String] {
        let groups = [ProtocolVersion.tls13, .tls12].flatMap { GroupEnumeration($0, of: capture).anomalies }
        return versions.flatMap(\.anomalies) + groups + contradictions + unexpectedSentinels
    }

    /// A server without TLS 1.3 has nothing better to warn of than TLS 1.2.
    private var unexpectedSentinels: [String] {
        guard self[.tls13]?.offered == .no, olderHellos.contains(where: { $0.answer.sentinel == "tls12" }) else {
            return []
        }
        return ["unexpected-sentinel: tls12"]
    }
}
