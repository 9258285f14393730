import AuditModel
import Facts
import JSON
import NIOCore
import NIOPosix

/// Starts the threads of the network in the background, while what is asked is still being read.
///
/// Without it the first connection starts and awaits them.
package func startNetwork() {
    Task.detached { _ = MultiThreadedEventLoopGroup.singleton }
}

/// Observes one request: attempts until one succeeds or the retries are spent, each within the context's timeout.
///
/// Only failures that may pass by themselves are tried again. It never throws: what went wrong is in the result.
package func observe(_ request: ObservationRequest, in context: ProbeContext) async -> RecordedObservation {
    await withPages(in: context) { await observeOnce(request, in: $0) }
}

/// One of the observations that share their pages.
private func observeOnce(_ request: ObservationRequest, in context: ProbeContext) async -> RecordedObservation {
    var (observation, capture) = await perform(request, in: context)
    guard let capture else { return observation }
    do {
        observation.capture = try JSONValue(encoding: capture)
    } catch {
        observation.failure = ProbeFailure(
            .unsupported, "what the probe saw cannot be written (\(printable("\(error)")))", isOwnFault: true)
    }
    return observation
}

/// Observes one request for its facts alone: nothing is written into a recording, which `capture` would go into.
///
/// - Returns: the observation without its capture, and its facts at the instant it ended; none after a failure.
package func observeFacts(
    of request: ObservationRequest, in context: ProbeContext
) async -> (RecordedObservation, FactSet) {
    await withPages(in: context) { context in
        let (observation, capture) = await perform(request, in: context)
        return (observation, capture?.facts(at: context.now()) ?? FactSet())
    }
}

/// Runs the body with pages that its observations share, and closes their connections afterwards.
private func withPages<Value>(in context: ProbeContext, _ body: (ProbeContext) async -> Value) async -> Value {
    var context = context
    context.pages = SharedPages()
    let value = await body(context)
    await context.pages.close()
    return value
}

private func perform(
    _ request: ObservationRequest, in context: ProbeContext
) async -> (RecordedObservation, (any ProbeCapture)?) {
    let clock = ContinuousClock()
    let start = clock.now
    var observation = RecordedObservation(
        request: request, startedAt: context.now(), durationSeconds: 0, attempts: [], capture: nil, failure: .cancelled)
    var capture: (any ProbeCapture)?
    while !Task.isCancelled {
        let attemptStart = clock.now
        let startedAt = context.now()
        switch await attempt(request, in: context) {
        case .captured(let seen): (capture, observation.failure) = (seen, nil)
        case .failed(let problem): (capture, observation.failure) = (nil, problem)
        }
        observation.attempts.append(
            ProbeAttempt(
                startedAt: startedAt, durationSeconds: (clock.now - attemptStart).seconds, failure: observation.failure)
        )
        guard let failure = observation.failure, failure.code.mayPass, !failure.isOwnFault,
            request.probe.observer.isRepeated, observation.attempts.count <= context.retries
        else { break }
        try? await Task.sleep(for: pauseBeforeRetry)
        if Task.isCancelled { observation.failure = .cancelled }
    }
    observation.durationSeconds = (clock.now - start).seconds
    return (observation, capture)
}

/// Observes many requests, at most `concurrency` at a time; the results stand in the order of the requests.
///
/// Probes that other observations would disturb come last, one after the other, with all retries behind them.
///
/// `progress` is called after each one, never twice at once. When the task is cancelled, the requests not yet
/// observed end at once with the failure `cancelled`.
package func observe(
    _ requests: [ObservationRequest], concurrency: Int, in context: ProbeContext,
    progress: @Sendable (RecordedObservation) -> Void = { _ in }
) async -> [RecordedObservation] {
    await withPages(in: context) { context in
        await context.pages.expect(requests, in: context)
        return await observe(requests, concurrency: concurrency, sharing: context, progress: progress)
    }
}

private func observe(
    _ requests: [ObservationRequest], concurrency: Int, sharing context: ProbeContext,
    progress: @Sendable (RecordedObservation) -> Void
) async -> [RecordedObservation] {
    await withTaskGroup(of: (Int, RecordedObservation).self) { group in
        var results = [RecordedObservation?](repeating: nil, count: requests.count)
        let shared = requests.indices.filter { !requests[$0].probe.runsAlone }
        let alone = requests.indices.filter { requests[$0].probe.runsAlone }
        for (indices, width) in [(shared, max(1, concurrency)), (alone, 1)] {
            var waiting = indices.makeIterator()
            func startNext() {
                guard let index = waiting.next() else { return }
                let request = requests[index]
                group.addTask { (index, await observeOnce(request, in: context)) }
            }
            for _ in 0..<width { startNext() }
            while let (index, observation) = await group.next() {
                results[index] = observation
                progress(observation)
                startNext()
            }
        }
        return results.compactMap { $0 }
    }
}

private let pauseBeforeRetry = Duration.milliseconds(200)

private enum AttemptOutcome {
    case captured(any ProbeCapture)
    case failed(ProbeFailure)
}

private func attempt(_ request: ObservationRequest, in context: ProbeContext) async -> AttemptOutcome {
    let deadline = NIODeadline.now() + TimeAmount(context.timeout)
    do {
        let probe = try request.probe.observer.init(request)
        return .captured(try await probe.observe(in: context, until: deadline))
    } catch {
        return .failed(error)
    }
}

extension ProbeFailure.Code {
    /// Whether the same question a moment later may be answered.
    fileprivate var mayPass: Bool {
        switch self {
        case .timeout, .reset, .refused, .closedEarly: true
        case .nameNotResolved, .notTLS, .tlsFailed, .tooLarge, .tooManyRedirects, .malformed, .notPermitted,
            .unsupported, .cancelled:
            false
        }
    }
}

extension Duration {
    fileprivate var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
