import AuditModel
import Facts
import NIOCore
import WireFormats

/// Asks a server for everything that a handshake can tell.
struct TLSProbe: Probe {
    /// It asks again by itself, one hello at a time.
    static let isRepeated = false

    private let target: URLReference
    private let questions: Set<TLSQuestion>
    private let connections: Int
    private let delay: TimeAmount

    init(_ request: ObservationRequest) throws(ProbeFailure) {
        target = try request.targetURL()
        questions = TLSFacts.questions(for: request.facts)
        connections = request.integer("connections") ?? 5
        let milliseconds = request.integer("delay") ?? 0
        delay = .milliseconds(Int64(clamping: milliseconds))
        guard (1...5).contains(connections) else {
            throw ProbeFailure(.unsupported, "the probe opens 1 to 5 connections at a time")
        }
        guard (0...10_000).contains(milliseconds) else {
            throw ProbeFailure(.unsupported, "the pause between connections is 0 to 10000 milliseconds")
        }
    }

    func observe(in context: ProbeContext, until deadline: NIODeadline) async throws(ProbeFailure) -> TLSCapture {
        let conversation = TLSConversation(
            try TLSEndpoint(target, in: context), asking: questions, connections: connections, delay: delay, in: context
        )
        let result = await withTaskExecutorPreference(EventLoopTaskExecutor(conversation.loop)) {
            await withTaskCancellationHandler {
                await conversation.result()
            } onCancel: {
                conversation.loop.execute { conversation.assumeIsolated { $0.cancel() } }
            }
        }
        var (capture, certificates) = try result.get()
        guard capture.isAnswered else {
            throw ProbeFailure(.tlsFailed, capture.refusal(at: conversation.endpoint.route.place))
        }
        // Not on the event loop: it takes milliseconds of computation.
        if questions.contains(.trust) { await capture.assessTrust(certificates, in: context) }
        return capture
    }
}

extension TLSCapture {
    /// Whether any hello was accepted: a server that refuses all of them was not observed, whatever it refused.
    fileprivate var isAnswered: Bool {
        exchanges.contains { $0.answer.kind == .hello || $0.answer.kind == .helloRetry }
            || handshakes.contains { $0.failure == nil }
    }

    /// What a server did that accepted nothing, with the alert that it gave most.
    fileprivate func refusal(at place: String) -> String {
        let alerts = Dictionary(grouping: exchanges.compactMap(\.answer.alert)) { $0 }
        let most = alerts.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }?.key
        let name = most.map { " (alert \(AlertDescription(rawValue: $0).name))" } ?? ""
        return "\(place) refused every hello that it was sent\(name)"
    }
}
