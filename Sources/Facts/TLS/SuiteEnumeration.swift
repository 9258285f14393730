import AuditModel
import WireFormats

/// What the hellos of one version came to: all is offered, what was chosen is taken out, until the server refuses.
struct SuiteEnumeration: Sendable, Equatable {
    enum Offered: String, Sendable, CaseIterable {
        case yes, no, inconclusive
    }

    let version: ProtocolVersion
    private(set) var offered: Offered = .inconclusive
    /// In the order found; of SSLv2 its cipher kinds, in the server's order.
    private(set) var suites: [OfferedSuite] = []
    /// What ended it: `alert-handshake-failure`, `closed`, `timeout`, `wrong-suite`; nil when nothing was asked.
    private(set) var end: String?
    /// Why it is not known whether the version is offered, or whether the suites are all there are; nil when it is.
    private(set) var failure: ProbeFailure?
    /// What no server should do, `kind: detail`.
    private(set) var anomalies: [String] = []

    /// - Parameter isHeard: whether the server answered any hello at all with a choice.
    init(_ version: ProtocolVersion, of capture: TLSCapture, isHeard: Bool) {
        self.version = version
        var lanes: [Int: Outcome] = [:]
        var hasHung = false
        for step in capture.exchanges where step.purpose == .suites && step.version == version {
            hasHung = hasHung || step.answer.kind == .timeout
            // Where a hello hung, the same is said in other lengths side by side, and more than one may be answered.
            if hasHung, suites.count == 1, step.answer.suite.map(OfferedSuite.init) == suites.first { continue }
            // A hello that got no answer may be followed by another that asks for less; the last one counts.
            lanes[step.lane] = outcome(of: step, isHeard: isHeard)
        }
        // The hello that shows the version leads no further when what is left is dealt out to other lanes.
        if lanes.count > 1, lanes[0] == .accepted(isLast: false) { lanes[0] = nil }
        conclude(lanes.sorted { $0.key < $1.key }.map(\.value))
    }

    /// An answer outside the elimination chose the version.
    mutating func saw(_ suite: OfferedSuite?) {
        offered = .yes
        if let suite, !suites.contains(suite) { suites.append(suite) }
    }

    /// Machines that differ answered: what was refused may be offered, and what was found need not be all.
    mutating func doubt(_ failure: ProbeFailure) {
        if offered == .no { offered = .inconclusive }
        if self.failure == nil { self.failure = failure }
    }

    /// What one hello of the elimination came to.
    private enum Outcome: Equatable {
        case accepted(isLast: Bool)
        case refused(how: String)
        case failed(how: String, ProbeFailure)
    }

    private mutating func outcome(of step: TLSExchange, isHeard: Bool) -> Outcome {
        switch step.meaning {
        case .refused(let how):
            isHeard || !step.refusesAnything ? .refused(how: how) : .failed(how: how, step.refusalOfAnything)
        case .chosen: version == .ssl2 ? ssl2Choice(step.answer) : choice(step)
        case .unknown(let how, let failure):
            version == .ssl2 && isHeard && step.refusesSSL2 ? .refused(how: how) : .failed(how: how, failure)
        }
    }

    private mutating func choice(_ step: TLSExchange) -> Outcome {
        let answer = step.answer
        guard answer.version == version.code else { return otherVersion(answer.version) }
        guard let suite = answer.suite.map(OfferedSuite.init), suite.isPossible(in: version), !suites.contains(suite)
        else {
            let name = answer.suite.map { OfferedSuite($0).name } ?? "none"
            anomalies.append("wrong-suite: \(version.rawValue) \(name)")
            let failure = ProbeFailure(.tlsFailed, "the server chose the suite \(name), which was not offered")
            return .failed(how: "wrong-suite", failure)
        }
        suites.append(suite)
        return .accepted(isLast: step.offered <= 1)
    }

    /// A lower version is how servers say that they do not speak this one (RFC 8446 §4.1.3, RFC 5246 §E.1).
    private mutating func otherVersion(_ code: UInt16?) -> Outcome {
        let chosen = code.flatMap(ProtocolVersion.init(code:))
        let name = chosen?.rawValue ?? code.map { "0x" + String($0, radix: 16) } ?? "none"
        if chosen.map({ $0 >= version }) ?? true { anomalies.append("wrong-version: \(version.rawValue) \(name)") }
        return .refused(how: "version-\(name)")
    }

    private mutating func ssl2Choice(_ answer: TLSAnswer) -> Outcome {
        guard let kinds = answer.ssl2Suites else { return otherVersion(answer.version) }
        for suite in kinds.map(OfferedSuite.init) where !suites.contains(suite) { suites.append(suite) }
        offered = .yes
        return .accepted(isLast: true)
    }

    /// - Parameter ends: What the last hello of each lane came to.
    private mutating func conclude(_ ends: [Outcome]) {
        if !suites.isEmpty { offered = .yes }
        for case .failed(let how, let failure) in ends where self.failure == nil {
            (end, self.failure) = (how, failure)
        }
        if failure == nil, ends.contains(.accepted(isLast: false)) {
            (end, failure) = ("unfinished", ProbeFailure(.cancelled, "the suites were not asked for to the end"))
        }
        if ends.isEmpty { failure = ProbeFailure(.unsupported, "no hello of this version was sent") }
        guard failure == nil else { return }
        for case .refused(let how) in ends where end == nil { end = how }
        end = end ?? (version == .ssl2 ? "listed" : "all-accepted")
        if offered == .inconclusive { offered = .no }
    }
}

extension TLSExchange {
    /// Whether the alert is about the name or the server itself, which refuses whatever is offered where nothing is
    /// accepted.
    fileprivate var refusesAnything: Bool {
        answer.kind == .alert
            && [AlertDescription.unrecognizedName, .internalError].map(\.rawValue).contains(answer.alert)
    }

    fileprivate var refusalOfAnything: ProbeFailure {
        let name = AlertDescription(rawValue: answer.alert ?? 0).name
        return ProbeFailure(.tlsFailed, "the server refuses every hello under this name with the alert \(name)")
    }

    /// Whether a server that speaks TLS turned SSLv2's hello away: only a SERVER-HELLO means support. To close while
    /// the rest of that hello is unread makes the kernel send a reset, so one that repeats counts.
    fileprivate var refusesSSL2: Bool {
        switch answer.kind {
        case .notTLS, .malformed, .alert: true
        case .reset: attempts > 1
        case .hello, .helloRetry, .closed, .refused, .timeout: false
        }
    }
}
