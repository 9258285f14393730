import AuditModel
import Facts
import WireFormats

/// The bounded measurement without its I/O: what to send next, from what was answered so far.
///
/// A baseline, a ladder to the first denial, invented names while the limiter denies, silence, requests after it.
/// Times are seconds since the first request.
package struct RateLimitMeasurement: Sendable {
    package struct Settings: Sendable {
        /// Requests in all.
        package var budget = 60
        package var perSecond = 20
        /// The longest that it takes.
        package var seconds = 30.0
        package var stages = Set(RateLimitFacts.Stage.allCases)
        package var permitted: Set<ActiveProbing> = []
        /// A request field that names the client.
        package var keyField: String?
        /// Other spellings of the path to try.
        package var variants: [String] = []
        package var asksHealth = false

        package init() {}
    }

    /// A request to send, not before an instant.
    package struct Planned: Sendable, Equatable {
        package var phase: RateLimitCapture.Phase
        package var round: Int?
        package var claim: HTTPField?
        package var variant: String?
        package var notBefore = 0.0
        /// One of those that prove a bypass: without a pause between them, so that nothing refills meanwhile.
        fileprivate var isProof = false
        /// How often it is sent again while it is accepted: what refilled has to be spent first.
        fileprivate var repetitions = 0
    }

    package enum Step: Sendable, Equatable {
        case send(Planned)
        case finish(RateLimitCapture.Stop)
    }

    private enum State {
        case baseline, ladder, claimedLadder
        /// The first answer was a denial: the baseline begins anew after a silence.
        case settling(seconds: Double)
        case trials
        /// The next request is the first after a silence.
        case silence(seconds: Double)
        case burst
        case finished(RateLimitCapture.Stop)
    }

    private static let baselineRequests = 3
    private static let baselineGap = 0.2
    private static let gap = 0.02
    private static let longestSilence = 10.0
    /// For a quota that others had spent before.
    private static let settlingSilence = 5.0
    /// What the first requests of a claimed ladder, and the proof of a bypass after it, take.
    private static let claimedLadderRequests = 12
    /// The most that a proof takes: what is spent first, three with other names, and one without.
    private static let proofRequests = 13

    package private(set) var settings: Settings
    package private(set) var requests: [RateLimitCapture.Request] = []
    private var state = State.baseline
    /// What is still to be tried while the limiter denies.
    private var trials: [Planned] = []
    /// How often each difference was tried in earnest.
    private var proofs: [String: Int] = [:]
    private var invented = 0
    private var round = 0
    private var emptyRounds = 0
    private var lastSilence = 0.0
    /// When the first request was sent, for limits that name an instant.
    private let startedAt: Instant

    package init(_ settings: Settings, startedAt: Instant) {
        self.settings = settings
        self.startedAt = startedAt
    }

    /// What to do after all that was recorded.
    ///
    /// - Parameter sent: the requests that really went out: one that found a stale connection went out twice.
    package mutating func next(sent: Int) -> Step {
        if case .finished(let stop) = state { return .finish(stop) }
        if let stop = stopRule { return finish(stop) }
        // One is kept back for a connection that turns out to be stale.
        guard sent <= settings.budget - 2 else { return finish(.budget) }
        var planned = plan()
        planned.notBefore = notBefore(planned)
        guard planned.notBefore < settings.seconds else { return finish(.deadline) }
        return .send(planned)
    }

    /// Takes what came of the request that `next` planned.
    package mutating func record(_ request: RateLimitCapture.Request, sent: Int) {
        requests.append(request)
        let outcome = self.outcome(request)
        switch state {
        case .baseline, .settling:
            state = .baseline
            didBaseline(outcome, sent: sent)
        case .ladder: didLadder(outcome, sent: sent)
        case .claimedLadder: didClaimedLadder(outcome)
        case .trials:
            if outcome == .accepted, trials[0].repetitions > 0 {
                trials[0].repetitions -= 1
            } else {
                trials.removeFirst()
            }
            if trials.isEmpty { didTrials(sent: sent) }
        case .silence, .burst: didRecovery(outcome, sent: sent)
        case .finished: break
        }
    }

    private mutating func finish(_ stop: RateLimitCapture.Stop) -> Step {
        state = .finished(stop)
        return .finish(stop)
    }

    private func outcome(_ request: RateLimitCapture.Request) -> RateLimitOutcome {
        RateLimitOutcome(request, usual: requests.usualStatus)
    }

    // MARK: Pace

    private func plan() -> Planned {
        switch state {
        case .baseline, .settling: Planned(phase: .baseline)
        case .ladder: Planned(phase: .ladder)
        case .claimedLadder: Planned(phase: .claimedLadder, claim: Self.claim(0))
        case .trials: trials.first ?? Planned(phase: .control)
        case .silence, .burst: Planned(phase: .recovery, round: round)
        case .finished: Planned(phase: .control)
        }
    }

    private func notBefore(_ planned: Planned) -> Double {
        guard let last = requests.last else { return 0 }
        let end = last.sentAt + (last.secondsToHead ?? 0)
        var time =
            switch state {
            case .baseline: max(last.sentAt + Self.baselineGap, end)
            case .trials where planned.isProof: end
            case .trials: max(last.sentAt + 1 / Double(settings.perSecond), end + Self.gap)
            // A little longer than asked for, so that no clock's rounding decides.
            case .silence(let seconds), .settling(let seconds): end + seconds + 0.05
            case .ladder, .claimedLadder, .burst, .finished: end + Self.gap
            }
        // A proof begins where the rate allows all of it without a pause.
        let begins = planned.isProof && last.claim == nil && planned.repetitions == Self.spending
        let room = begins ? max(1, settings.perSecond - Self.proofRequests) : settings.perSecond
        if requests.count >= room { time = max(time, requests[requests.count - room].sentAt + 1.001) }
        return time
    }

    private static let spending = proofRequests - 5

    // MARK: Stop rules

    private var stopRule: RateLimitCapture.Stop? {
        let outcomes = requests.map(outcome)
        if outcomes.count(where: { $0 == .failed }) >= 2 { return .errors }
        let baseline = requests.filter { $0.phase == .baseline }.compactMap(\.secondsToHead)
        let limit = max(1, 10 * (RateLimitShaping.median(baseline) ?? 0))
        return requests.count { ($0.secondsToHead ?? 0) > limit } >= 3 ? .latency : nil
    }

    // MARK: Baseline and ladder

    private mutating func didBaseline(_ outcome: RateLimitOutcome, sent: Int) {
        let count = requests.count { $0.phase == .baseline }
        if outcome == .denied, requests.count == 1, reasonNotToMeasure(isDenied: true) == nil {
            settle()
        } else if outcome == .denied, count == 1 {
            state = .finished(.denial)
        } else if outcome == .denied, let stop = reasonNotToMeasure(isDenied: true) {
            state = .finished(stop == .advertised ? .denial : stop)
        } else if outcome == .denied {
            startTrials(sent: sent)
        } else if count == Self.baselineRequests {
            state = reasonNotToMeasure(isDenied: false).map(State.finished) ?? .ladder
        }
    }

    private mutating func settle() {
        let asked = requests.last.flatMap { RateLimitTiming($0, received: startedAt).wait } ?? 0
        guard asked <= Self.longestSilence else { return state = .finished(.retryAfter) }
        requests[0].phase = .settling
        state = .settling(seconds: max(asked, Self.settlingSilence))
    }

    private func reasonNotToMeasure(isDenied: Bool) -> RateLimitCapture.Stop? {
        if !settings.stages.contains(.ladder) { return .notAsked }
        if !settings.permitted.contains(.rateLimitBurst) { return .notPermitted }
        guard !isDenied, let last = requests.last else { return nil }
        let timing = RateLimitTiming(last, received: startedAt)
        guard timing.fields.isValid, let remaining = timing.remaining else { return nil }
        // Nearly spent: others depend on the rest. Larger than the ladder: it would end without a denial.
        let isUseless = remaining < 5 || timing.limit ?? 0 > settings.budget || remaining > ladderRequests
        return isUseless ? .advertised : nil
    }

    /// Baseline and ladder together: what is left is for what follows a denial.
    private var ladderRequests: Int { settings.budget * 2 / 3 }

    private mutating func didLadder(_ outcome: RateLimitOutcome, sent: Int) {
        if outcome == .denied { return startTrials(sent: sent) }
        guard requests.count >= ladderRequests else { return }
        let mayClaim =
            triesNames && RateLimitShaping.rate(requests) == nil
            && sent + Self.claimedLadderRequests + 6 <= settings.budget
        if mayClaim {
            invented = 1
            state = .claimedLadder
        } else {
            state = .finished(.budget)
        }
    }

    private mutating func didClaimedLadder(_ outcome: RateLimitOutcome) {
        if outcome == .denied {
            trials = proof(of: Planned(phase: .spoof, claim: Self.claim(0)), against: Self.claim(0))
            state = .trials
        } else if requests.count(where: { $0.phase == .claimedLadder }) >= Self.claimedLadderRequests {
            state = .finished(.budget)
        }
    }

    // MARK: While the limiter denies

    /// The fields in which proxies state the client; nothing else of them is told to the service.
    private static let forwardingFields = [
        "X-Forwarded-For", "X-Real-IP", "Forwarded", "True-Client-IP", "CF-Connecting-IP"
    ]

    /// An address that belongs to nobody (RFC 5737, TEST-NET-3).
    private static func claim(_ number: Int, in field: String = "X-Forwarded-For") -> HTTPField {
        let address = "203.0.113.\(number % 250 + 1)"
        return HTTPField(field, field == "Forwarded" ? "for=\(address)" : address)
    }

    private var triesNames: Bool {
        settings.stages.contains(.names) && settings.permitted.contains(.spoofedForwardingHeaders)
    }

    private mutating func invent(_ field: String, _ phase: RateLimitCapture.Phase) -> Planned {
        invented += 1
        let claim = phase == .key ? HTTPField(field, "gonogo-\(invented)") : Self.claim(invented, in: field)
        return Planned(phase: phase, claim: claim)
    }

    /// What was accepted, three times in a row between denied ones that differ in nothing else.
    private mutating func proof(of accepted: Planned, against claim: HTTPField?) -> [Planned] {
        let control = Planned(phase: .control, claim: claim, isProof: true)
        var spending = control
        spending.repetitions = Self.spending
        let repeated = (0..<3).map { _ in
            var planned = accepted
            if let field = accepted.claim?.name { planned = invent(field, accepted.phase) }
            planned.isProof = true
            return planned
        }
        return [spending] + repeated + [control]
    }

    private mutating func startTrials(sent: Int) {
        let control = Planned(phase: .control)
        var differing: [Planned] = []
        if settings.stages.contains(.names), settings.asksHealth { trials.append(Planned(phase: .health)) }
        if triesNames {
            differing += Self.forwardingFields.map { invent($0, .spoof) }
            if let field = settings.keyField { differing.append(invent(field, .key)) }
        }
        if settings.stages.contains(.names) {
            differing += settings.variants.map { Planned(phase: .variant, variant: $0) }
        }
        if !differing.isEmpty {
            trials += [control] + differing.flatMap { [$0, control] }
        } else if settings.stages.contains(.recovery) {
            // What is accepted under load says how fast a bucket refills.
            trials += Array(repeating: control, count: 10)
        }
        trials = Array(trials.prefix(max(0, settings.budget - reserve - sent)))
        state = .trials
        if trials.isEmpty { didTrials(sent: sent) }
    }

    /// What a silence and the requests after it take.
    private var reserve: Int { settings.stages.contains(.recovery) ? 14 : 4 }

    /// Tries in earnest what was accepted while the limiter denied; then comes the silence.
    private mutating func didTrials(sent: Int) {
        if requests.contains(where: { $0.phase == .claimedLadder }) { return state = .finished(.budget) }
        for request in requests where [.spoof, .key, .variant].contains(request.phase) && outcome(request) == .accepted
        {
            guard let name = request.difference, isUnproven(name), proofs[name, default: 0] < 2,
                sent + trials.count + Self.proofRequests <= settings.budget - reserve
            else { continue }
            proofs[name, default: 0] += 1
            let accepted = Planned(phase: request.phase, claim: request.claim, variant: request.variant)
            trials += proof(of: accepted, against: nil)
        }
        guard trials.isEmpty else { return state = .trials }
        // A status that need not be a limiter's is one only if it goes away.
        let isCertain = requests.contains { $0.status == 429 }
        if settings.stages.contains(.recovery) || !isCertain {
            startSilence()
        } else {
            state = .finished(.denial)
        }
    }

    /// Whether no proof of it was made, or a request around it was accepted by chance and spoiled it.
    private func isUnproven(_ name: String) -> Bool {
        guard proofs[name] != nil else { return true }
        guard let last = requests.lastIndex(where: { $0.difference == name }), last >= 3, last + 1 < requests.count
        else {
            return false
        }
        return requests[(last - 2)...last].allSatisfy { $0.difference == name && outcome($0) == .accepted }
            && (outcome(requests[last - 3]) != .denied || outcome(requests[last + 1]) != .denied)
    }

    // MARK: Silence and what follows

    private mutating func startSilence() {
        let denied = requests.last { $0.isOwn && outcome($0) == .denied }
        let asked = denied.flatMap { RateLimitTiming($0, received: received($0)).wait }
        if let asked, asked > Self.longestSilence { return state = .finished(.retryAfter) }
        // Without advice longer each time: denied requests may count. Advice is whole seconds that servers cut, some of
        // them the time of their reset as well: what came too early is given a second more each time.
        let seconds = asked.map { max($0, 0.5) + Double(emptyRounds) } ?? [1, 3, 6][min(emptyRounds, 2)]
        guard emptyRounds < 3 else { return state = .finished(.denial) }
        keepSilence(seconds)
    }

    private func received(_ request: RateLimitCapture.Request) -> Instant {
        startedAt.adding(seconds: Int64(request.sentAt + (request.secondsToHead ?? 0)))
    }

    private mutating func keepSilence(_ seconds: Double) {
        round += 1
        lastSilence = seconds
        state = .silence(seconds: seconds)
    }

    private mutating func didRecovery(_ outcome: RateLimitOutcome, sent: Int) {
        let accepted = requests.count { $0.round == round && self.outcome($0) == .accepted }
        let before = requests.prefix { self.outcome($0) != .denied }.count
        switch outcome {
        case .failed: state = .burst
        case .denied where accepted == 0:
            emptyRounds += 1
            if round > emptyRounds { return state = .finished(.denial) }
            startSilence()
        case .denied:
            // Once more, to see whether the rate is the same: a window's is not.
            let isFirst = round == emptyRounds + 1
            let isFull = accepted >= before - 1
            guard isFirst, !isFull, sent + accepted + 4 <= settings.budget, let last = requests.last,
                last.sentAt + lastSilence + 2 < settings.seconds
            else { return state = .finished(.denial) }
            keepSilence(lastSilence)
        case .accepted:
            let isEnough = !settings.stages.contains(.recovery) || accepted >= max(6, before + 1)
            state = isEnough ? .finished(.denial) : .burst
        }
    }
}
