import AuditModel
import WireFormats

/// Where a server's answers contradict each other, as they do when machines that differ share an address.
struct Contradictions {
    private let found: [SuiteEnumeration]
    private let capture: TLSCapture
    /// By their index in the capture.
    private let certificates: [X509Certificate?]

    init(_ found: [SuiteEnumeration], in capture: TLSCapture, certificates: [X509Certificate?]) {
        self.found = found
        self.capture = capture
        self.certificates = certificates
    }

    /// Each once, as `kind: detail`.
    var texts: [String] {
        (disagreements + twoLeaves + changedMinds + surprises).reduce(into: []) { unique, text in
            if !unique.contains(text) { unique.append(text) }
        }
    }

    /// Two answers to the same hello that differ in what was chosen.
    private var disagreements: [String] {
        capture.exchanges.filter { $0.purpose == .again }.compactMap { again in
            guard let first = capture.first(like: again), first.isTelling, again.isTelling else { return nil }
            let difference = first.choice.difference(from: again.choice)
            return difference.map { "disagreement: \(again.version.rawValue) \($0)" }
        }
    }

    /// Leaves with keys of one type and length and one signature algorithm that differ although the name and the version
    /// were the same.
    private var twoLeaves: [String] {
        let shown = capture.exchanges.compactMap { hello -> (ProtocolVersion, Int)? in
            let isOther = [.withoutServerName, .unknownServerName, .ssl2Format, .alpn].contains(hello.purpose)
            guard !isOther, let version = hello.answer.version.flatMap(ProtocolVersion.init(code:)) else { return nil }
            return hello.answer.chain.map { (version, $0) }
        }
        let handshakes = capture.handshakes.compactMap { shake -> (ProtocolVersion, Int)? in
            guard let version = shake.version, let chain = shake.chain else { return nil }
            return (version, chain)
        }
        return ProtocolVersion.allCases.filter { version in
            let chains = Set((shown + handshakes).filter { $0.0 == version }.map(\.1))
            let leaves = chains.compactMap(leaf)
            return leaves.contains { leaf in leaves.contains { leaf.isTwin(of: $0) } }
        }.map { "disagreement: \($0.rawValue) certificate" }
    }

    private func leaf(of chain: Int) -> X509Certificate? {
        guard capture.chains.indices.contains(chain), let first = capture.chains[chain].certificates.first,
            certificates.indices.contains(first)
        else { return nil }
        return certificates[first]
    }

    /// Hellos with two accepted suites that the server refused, or answered with a third, and those of a version that it
    /// had accepted which it answered as if it did not speak it.
    private var changedMinds: [String] {
        let steps = capture.exchanges.filter { [.suites, .confirmation].contains($0.purpose) }.filter { hello in
            found.of(hello.version)?.suites.isEmpty == false && hello.deniesVersion
        }
        let orders = capture.exchanges.filter { $0.purpose == .order }.filter { hello in
            guard hello.isTelling, let found = found.of(hello.version), found.suites.count > 1 else { return false }
            guard let suite = hello.chosenSuite, hello.answer.version == hello.version.code else { return true }
            return !found.suites.contains(suite)
        }
        let refused = capture.exchanges.filter { hello in
            hello.detail == TLSExchange.accepted && hello.isTelling && hello.meaning != .chosen
        }
        return (steps + orders + refused).map { "changed-mind: \($0.version.rawValue) \($0.choice.text)" }
    }

    /// Choices of a version or suite that was refused when all of them were asked for: another back end answered.
    private var surprises: [String] {
        let handshakes = capture.handshakes.compactMap(\.version).filter { found.of($0)?.offered == .no }
        let hellos = capture.choices.filter { !$0.isRepetition }.compactMap { choice -> String? in
            guard let found = found.of(choice.version), found.isRefused(choice.suite, in: capture) else { return nil }
            return "changed-mind: \(choice.version.rawValue) \(choice.suite.name)"
        }
        return hellos + handshakes.map { "changed-mind: \($0.rawValue)" }
    }
}

extension X509Certificate {
    /// Whether a client that takes this certificate takes the other as well, so that a server has no reason for both.
    fileprivate func isTwin(of other: X509Certificate) -> Bool {
        der != other.der && publicKey.type == other.publicKey.type && publicKey.bits == other.publicKey.bits
            && publicKey.curve == other.publicKey.curve && signatureAlgorithm.name == other.signatureAlgorithm.name
    }
}

extension [SuiteEnumeration] {
    fileprivate func of(_ version: ProtocolVersion) -> SuiteEnumeration? { first { $0.version == version } }

    /// The same where answers contradict each other: what was chosen once is offered, and no refusal counts.
    func doubted(because contradiction: String, in capture: TLSCapture) -> [SuiteEnumeration] {
        let failure = ProbeFailure(
            .tlsFailed,
            "answers contradict each other (\(contradiction)), so another machine may offer what one refused")
        let handshakes = Set(capture.handshakes.filter { $0.failure == nil }.compactMap(\.version))
        return map { found in
            var found = found
            for choice in capture.choices where choice.version == found.version { found.saw(choice.suite) }
            if handshakes.contains(found.version) { found.saw(nil) }
            found.doubt(failure)
            return found
        }
    }
}

/// What an answer chose.
private struct Choice {
    var version: ProtocolVersion
    var suite: OfferedSuite
    var isRepetition: Bool
}

extension SuiteEnumeration {
    /// Whether a choice is of what was refused before.
    fileprivate func isRefused(_ suite: OfferedSuite, in capture: TLSCapture) -> Bool {
        if offered == .no { return true }
        return capture.questions.contains(.suites) && failure == nil && !suites.contains(suite)
    }
}

extension TLSCapture {
    /// The versions and suites that answers chose; hellos by another name, or in another framing, may rightly meet
    /// another configuration.
    fileprivate var choices: [Choice] {
        exchanges.compactMap { hello in
            let isOther = [.withoutServerName, .unknownServerName, .ssl2Format].contains(hello.purpose)
            // The elimination itself has judged what it was answered in its own version.
            let isStep = hello.purpose == .suites && hello.answer.version == hello.version.code
            guard !isOther, !isStep, hello.meaning == .chosen, let suite = hello.chosenSuite,
                let version = hello.answer.version.flatMap(ProtocolVersion.init(code:)), version <= hello.highest,
                suite.isPossible(in: version)
            else { return nil }
            // These are compared with what they repeat.
            let isRepetition = [.order, .again].contains(hello.purpose) && version == hello.version
            return Choice(version: version, suite: suite, isRepetition: isRepetition)
        }
    }

    /// The answer to the same hello when it was first said; nil when it told nothing.
    func first(like again: TLSExchange) -> TLSExchange? {
        // Later steps offer what is left, or the next part of a long list.
        let steps = exchanges.filter {
            $0.purpose == .suites && $0.version == again.version && $0.lane == again.lane
                && $0.offered == again.offered && $0.isTelling
        }
        // Refusals of TLS 1.3 before the first choice were of hellos that lacked something, such as a key share.
        return again.version == .tls13 ? steps.first { $0.meaning == .chosen } ?? steps.first : steps.first
    }
}

extension TLSExchange {
    /// Whether the answer is a choice or a refusal, and not silence.
    var isTelling: Bool {
        if case .unknown = meaning { return false }
        return true
    }

    /// The highest version that the hello offered: with values of no meaning, TLS 1.3 is offered beside the others.
    fileprivate var highest: ProtocolVersion { purpose == .grease ? .tls13 : version }

    /// Whether the server says that it does not speak the version, by the alert for it or by a lower one.
    fileprivate var deniesVersion: Bool {
        if answer.kind == .alert { return answer.alert == AlertDescription.protocolVersion.rawValue }
        return meaning == .chosen && answer.version.map { $0 < version.code } ?? false
    }

    /// nil for SSLv2, which lists several.
    fileprivate var chosenSuite: OfferedSuite? { answer.suite.map(OfferedSuite.init) }

    fileprivate var choice: AnswerChoice {
        if case .refused(let how) = meaning { return AnswerChoice(text: how) }
        let version = answer.version.flatMap(ProtocolVersion.init(code:))
        let prefix = version.flatMap { $0 == self.version ? nil : $0.rawValue + " " } ?? ""
        return AnswerChoice(text: prefix + (chosenSuite?.name ?? "no suite"), chain: answer.chain)
    }
}

/// What a server chose or refused, for comparison with another answer.
private struct AnswerChoice {
    var text: String
    var chain: Int?

    /// As words; nil when they are the same as far as both are known.
    func difference(from again: AnswerChoice) -> String? {
        if text != again.text { return "\(text), then \(again.text)" }
        guard let chain, let other = again.chain, chain != other else { return nil }
        return "\(text) with one certificate chain, then with another"
    }
}
