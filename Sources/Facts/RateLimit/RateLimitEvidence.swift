import AuditModel
import WireFormats

/// What the rate limit probe saw, put together once; the facts read it.
package struct RateLimitEvidence: Sendable {
    /// A request with what the limiter made of it.
    typealias Judged = (request: RateLimitCapture.Request, outcome: RateLimitOutcome)

    /// Whether requests beyond a limit are denied or slowed down.
    enum Mode: String, CaseIterable { case deny, shaped, none }

    let capture: RateLimitCapture
    /// Those of the client that the ladder measures.
    let own: [Judged]
    /// The first answer with fields on limits, else the first answer.
    let advertised: RateLimitTiming?
    /// Of each own answer before the first denial, in order.
    let advertisedBefore: [RateLimitTiming]
    /// The denial that is described: of the own requests the first whose body was kept, else the first, else any.
    let denial: RateLimitCapture.Request?
    let denialTiming: RateLimitTiming?
    let shapedRate: Double?
    let recovery: RateLimitRecovery?

    init(_ capture: RateLimitCapture) {
        self.capture = capture
        let usual = capture.requests.usualStatus
        let judged = capture.requests.map { ($0, RateLimitOutcome($0, usual: usual)) }
        let isLimiter = Self.denialsAreOfLimiter(judged)
        let all: [Judged] = judged.map { request, outcome in
            (request, outcome == .denied && request.status != 429 && !isLimiter ? .failed : outcome)
        }
        let received: (RateLimitCapture.Request) -> Instant = { request in
            let milliseconds = (request.sentAt + (request.secondsToHead ?? 0)) * 1000
            guard milliseconds.magnitude < 1e9 else { return capture.startedAt }
            let (sum, overflow) = capture.startedAt.milliseconds.addingReportingOverflow(Int64(milliseconds))
            return overflow ? capture.startedAt : Instant(milliseconds: sum)
        }
        let own = all.filter(\.request.isOwn)
        self.own = own
        let denials = (own + all).filter { $0.outcome == .denied }.map(\.request)
        denial = denials.first { $0.isOwn && $0.body != nil } ?? denials.first
        denialTiming = denial.map { RateLimitTiming($0, received: received($0)) }
        advertisedBefore = own.prefix { $0.outcome == .accepted }.map {
            RateLimitTiming($0.request, received: received($0.request))
        }
        let answers = own.filter { $0.request.status != nil }.map {
            RateLimitTiming($0.request, received: received($0.request))
        }
        advertised = answers.first { $0.fields.form != .none } ?? answers.first
        shapedRate = own.contains { $0.outcome == .denied } ? nil : RateLimitShaping.rate(capture.requests)
        // What an invented name did not help counts on the own quota.
        let bypass = Set(Self.bypasses(all, .spoof).map { $0.lowercased() })
        let quota = all.filter { judged in
            judged.request.isOwn
                || judged.request.phase == .spoof
                    && judged.request.claim.map { !bypass.contains($0.name.lowercased()) } == true
        }
        recovery =
            capture.requests.contains { $0.phase == .claimedLadder }
            ? nil : RateLimitRecovery(quota, advertisedWait: denialTiming?.wait)
    }

    /// Whether 503 and 403 came and went as a limiter's do: after one, the same request was accepted again.
    private static func denialsAreOfLimiter(_ judged: [Judged]) -> Bool {
        guard let first = judged.firstIndex(where: { $0.outcome == .denied }) else { return false }
        return judged[first...].contains { $0.outcome == .accepted }
            || judged.contains { $0.request.status == 429 }
    }

    // MARK: Measured

    /// Whether more than the baseline was sent.
    var isMeasured: Bool { capture.requests.contains { $0.phase != .baseline } }

    var isDenied: Bool { denial != nil }

    var ownDenial: Int? { own.firstIndex { $0.outcome == .denied } }

    /// nil when it is not known.
    var mode: Mode? {
        if ownDenial != nil { return .deny }
        if shapedRate != nil { return .shaped }
        return capture.stop == .budget && isMeasured ? Mode.none : nil
    }

    /// Why what a measurement would tell is not known.
    var unmeasured: ProbeFailure {
        switch capture.stop {
        case .notPermitted:
            capture.refusals.first { $0.kind == .rateLimitBurst }?.failure
                ?? .notPermitted(.rateLimitBurst, "the measurement of a rate limit")
        case .notAsked: .notAsked
        case .advertised:
            ProbeFailure(
                .unsupported,
                "the advertised quota is nearly spent, or larger than the \(capture.budget) requests of the probe")
        case .latency: ProbeFailure(.timeout, "the measurement was stopped: responses became slow")
        case .errors: ProbeFailure(.closedEarly, "the measurement was stopped: the service failed")
        case .deadline: ProbeFailure(.timeout, "the measurement was stopped: its time was over")
        case .retryAfter:
            ProbeFailure(.timeout, "the limiter asks for a longer silence than the probe keeps")
        case .denial, .budget: ProbeFailure(.unsupported, "what was seen does not tell")
        }
    }

    /// Requests accepted before the first denial; nil when none was denied.
    var acceptedBeforeDenial: Int? { ownDenial.map { own[..<$0].count { $0.outcome == .accepted } } }

    /// Requests after silences.
    var afterSilence: [Judged] { own.filter { $0.request.phase == .recovery } }

    /// nil when no silence was kept.
    var isRecovered: Bool? {
        afterSilence.isEmpty ? nil : afterSilence.contains { $0.outcome == .accepted }
    }

    /// Seconds from the last request before the first silence to the first that was accepted.
    var recoverySeconds: Double? {
        guard let first = own.firstIndex(where: { $0.request.phase == .recovery }), first > 0,
            let back = own[first...].first(where: { $0.outcome == .accepted })
        else { return nil }
        return back.request.sentAt - own[first - 1].request.sentAt
    }

    /// Whether a client that kept the silence it was asked for was denied again, and then accepted after another.
    var deniedConsumesQuota: Bool? {
        guard isRecovered == true, denialTiming?.wait != nil, let first = afterSilence.first else { return nil }
        return first.outcome == .denied
    }

    /// Whether measured and advertised quota agree; nil when one of them is not known.
    var matchesAdvertised: Bool? {
        guard let advertised, advertised.fields.isValid, let limit = advertised.limit else { return nil }
        if mode == Mode.none {
            let left = advertised.remaining ?? limit
            return left < own.count { $0.outcome == .accepted } ? false : nil
        }
        guard let capacity = recovery?.capacity else { return nil }
        return abs(capacity.value - Double(limit)) <= capacity.band + 1
    }

    /// Whether the remaining quota falls by the same number with each request; nil with fewer than two answers.
    var isConsistent: Bool? {
        let remaining = advertisedBefore.compactMap(\.remaining)
        guard remaining.count >= 2, remaining.count == advertisedBefore.count else { return nil }
        let steps = zip(remaining, remaining.dropFirst()).map { $0 - $1 }
        // A quota that refills meanwhile falls less.
        return steps.allSatisfy { $0 >= 0 && $0 <= 1 } && steps.contains(1) || Set(steps).count == 1 && steps[0] > 0
    }

    // MARK: Keying

    /// What of this phase was accepted where the requests around it were denied, each repeated until no chance is left.
    func bypasses(_ phase: RateLimitCapture.Phase) -> [String] {
        let usual = capture.requests.usualStatus
        return Self.bypasses(capture.requests.map { ($0, RateLimitOutcome($0, usual: usual)) }, phase)
    }

    /// Three in a row that differ from the ladder's, with denied ones before and after.
    private static func bypasses(_ all: [Judged], _ phase: RateLimitCapture.Phase) -> [String] {
        var found: [String] = []
        var index = all.startIndex
        while index < all.endIndex {
            guard all[index].request.phase == phase, let name = all[index].request.difference else {
                index += 1
                continue
            }
            let run = all[index...].prefix { $0.request.phase == phase && $0.request.difference == name }
            let after = index + run.count
            let isSurrounded =
                index > 0 && all[index - 1].outcome == .denied && after < all.count && all[after].outcome == .denied
            if run.count >= 3, run.allSatisfy({ $0.outcome == .accepted }), isSurrounded, !found.contains(name) {
                found.append(name)
            }
            index = after
        }
        return found
    }

    /// Whether a request of the phase was sent.
    func isTested(_ phase: RateLimitCapture.Phase) -> Bool { capture.requests.contains { $0.phase == phase } }
}

extension RateLimitCapture.Request {
    /// The field or spelling by which it differs.
    package var difference: String? { variant ?? claim?.name }
}
