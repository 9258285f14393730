import AuditModel
import Facts
import NIOCore
import WireFormats

/// GETs the given health endpoint, or looks for one at the usual paths, measures how fast it answers, and asks what
/// it and its framework tell to anyone.
struct HealthProbe: Probe {
    private static let redirectLimit = 5
    private static let samples = 1...20
    private static let defaultSamples = 5

    private let url: URLReference
    private let plan: [HealthVisitPlan]
    private let samples: Int

    init(_ request: ObservationRequest) throws(ProbeFailure) {
        url = try request.targetURL()
        let wanted = request.integer("samples") ?? Self.defaultSamples
        samples = min(max(wanted, Self.samples.lowerBound), Self.samples.upperBound)
        plan = try HealthVisitPlan.plans(for: request, at: url)
    }

    func observe(in context: ProbeContext, until deadline: NIODeadline) async throws(ProbeFailure) -> HealthCapture {
        let redactor = context.redactor
        let (url, plan, samples) = (url, plan, samples)
        return try await HTTPSession.run(target: url, context: context) { session throws(ProbeFailure) in
            let walk = RedirectWalk(session: session, redactor: redactor, limit: Self.redirectLimit)
            let round = HealthVisits(walk: walk, start: .now(), deadline: deadline)
            var visited = try await round.visit(plan)
            visited += try await round.look(
                at: HealthVisitPlan.below(HealthCapture.found(in: visited.flatMap(\.visits)), at: url))
            let visits = visited.flatMap(\.visits)
            var capture = HealthCapture(
                url: redactor.redact(url), visits: visits, endpoint: nil, latencies: [], requests: 0)
            let questions = HealthQuestions(session: session, redactor: redactor, deadline: deadline)
            if let path = HealthCapture.chooseEndpoint(visits: visits),
                let visit = visited.first(where: { $0.plan.path == path })
            {
                let series = LatencySeries(session: session, samples: samples, deadline: deadline)
                let answers = try await series.measure(visit)
                capture.latencies = answers.map(\.seconds)
                capture.statuses = answers.map(\.status)
                capture.endpoint = path
                capture.visits += try await questions.ask(visit, addsFields: !context.requestHeaders.isEmpty)
            }
            if let actuator = ActuatorPlan(visits: visits) {
                capture.visits += try await questions.ask(actuator, at: url)
            }
            capture.requests = await session.requests
            return capture
        }
    }
}
