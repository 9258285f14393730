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
        if !(disagreements + changedMinds + surprises).isEmpty { return .boolean(false) }
        let pairs = exchanges(.again).map { ($0, first(like: $0)) }
        if pairs.contains(where: { $0.isTelling && $1?.isTelling == true }) { return .boolean(true) }
        return .unobserved(pairs.first?.0.silence ?? .notAsked)
    }

    fileprivate var anomalies: [String] {
        let groups = [ProtocolVersion.tls13, .tls12].flatMap { GroupEnumeration($0, of: capture).anomalies }
        return versions.flatMap(\.anomalies) + groups + disagreements + changedMinds + surprises
            + unexpectedSentinels
    }

    /// Two answers to the same hello that differ in what was chosen.
    private var disagreements: [String] {
        exchanges(.again).compactMap { again in
            guard let first = first(like: again), first.isTelling, again.isTelling, first.choice != again.choice else {
                return nil
            }
            return "disagreement: \(again.version.rawValue) \(first.choice.text), then \(again.choice.text)"
        }
    }

    private func first(like again: TLSExchange) -> TLSExchange? {
        let steps = exchanges(.suites).filter { $0.version == again.version && $0.lane == again.lane }
        // Refusals before the first choice were of hellos that lacked something, such as a key share.
        return steps.first { $0.meaning == .chosen } ?? steps.first(where: \.isTelling)
    }

    /// Hellos with two accepted suites that the server refused, or answered with a third.
    private var changedMinds: [String] {
        exchanges(.order).compactMap { hello in
            guard hello.isTelling, let found = self[hello.version], found.suites.count > 1 else { return nil }
            if hello.answer.version == hello.version.code, let suite = hello.answer.suite.map(OfferedSuite.init),
                found.suites.contains(suite)
            {
                return nil
            }
            return "changed-mind: \(hello.version.rawValue) \(hello.choice.text)"
        }
    }

    /// Choices of a suite or version that was refused when all of them were asked for: another back end answered.
    ///
    /// Hellos by another name, or in another framing, may rightly meet another configuration.
    private var surprises: [String] {
        guard capture.questions.contains(.suites) else { return [] }
        let hellos = exchanges(.groups, .certificate, .cbc, .alpn, .compression, .grease, .longHello, .manySuites)
        let suites = hellos.compactMap { hello -> String? in
            guard hello.meaning == .chosen, hello.answer.version == hello.version.code,
                let suite = hello.answer.suite.map(OfferedSuite.init), let found = self[hello.version],
                found.failure == nil, !found.suites.contains(suite)
            else { return nil }
            return "changed-mind: \(hello.version.rawValue) \(suite.name)"
        }
        let versions = capture.handshakes.compactMap(\.version).filter { self[$0]?.offered == .no }
        return (suites + versions.map { "changed-mind: \($0.rawValue)" }).reduce(into: []) { unique, text in
            if !unique.contains(text) { unique.append(text) }
        }
    }

    /// A server without TLS 1.3 has nothing better to warn of than TLS 1.2.
    private var unexpectedSentinels: [String] {
        guard self[.tls13]?.offered == .no, olderHellos.contains(where: { $0.answer.sentinel == "tls12" }) else {
            return []
        }
        return ["unexpected-sentinel: tls12"]
    }
}

/// What a server chose or refused, for comparison with another answer.
private struct AnswerChoice: Equatable {
    var text: String
    var chain: Int?

    static func == (left: AnswerChoice, right: AnswerChoice) -> Bool {
        left.text == right.text && (left.chain == nil || right.chain == nil || left.chain == right.chain)
    }
}

extension TLSExchange {
    /// Whether the answer is a choice or a refusal, and not silence.
    fileprivate var isTelling: Bool {
        if case .unknown = meaning { return false }
        return true
    }

    fileprivate var choice: AnswerChoice {
        if case .refused(let how) = meaning { return AnswerChoice(text: how) }
        let version = answer.version.flatMap(ProtocolVersion.init(code:))
        let prefix = version.flatMap { $0 == self.version ? nil : $0.rawValue + " " } ?? ""
        let suite = answer.suite.map { OfferedSuite($0).name } ?? "no suite"
        return AnswerChoice(text: prefix + suite, chain: answer.chain)
    }
}
