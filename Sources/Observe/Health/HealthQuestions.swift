import AuditModel
import Facts
import NIOCore
import NIOHTTP1
import WireFormats

/// What is asked once the health endpoint is known, one request after the other; each may fail alone.
struct HealthQuestions {
    private static let indexLimit = 64 << 10

    let session: HTTPSession
    let redactor: Redactor
    let deadline: NIODeadline

    /// The endpoint with HEAD, and without the audit file's header fields where that adds some.
    func ask(
        _ endpoint: VisitedHealthPath, addsFields: Bool
    ) async throws(ProbeFailure) -> [HealthCapture.Visit] {
        guard case .success(let path) = endpoint.result else { return [] }
        var visits = [try await visit(.head, endpoint.plan.path, HTTPRequest(method: .HEAD, url: path.url))]
        if addsFields {
            let request = HTTPRequest(url: path.url, carriesAuditFields: false)
            visits.append(try await visit(.anonymous, endpoint.plan.path, request))
        }
        return visits
    }

    /// Spring Boot Actuator's list and the heads of at most six endpoints, until a limiter or a failure ends it.
    func ask(_ plan: ActuatorPlan, at url: URLReference) async throws(ProbeFailure) -> [HealthCapture.Visit] {
        let request = HTTPRequest(url: try url.at(plan.index), carriesAuditFields: false, bodyLimit: Self.indexLimit)
        let index = try await visit(.actuatorIndex, plan.index, request)
        var visits = [index]
        for endpoint in plan.endpoints(after: index) {
            if visits.last?.endsQuestions == true { return visits }
            visits.append(try await visit(endpoint, of: plan, at: url))
        }
        if visits.last?.endsQuestions != true, plan.needsHeapdump(after: visits) {
            visits.append(try await visit(.heapdump, of: plan, at: url))
        }
        return visits
    }

    /// The head alone: what follows it are secrets.
    private func visit(
        _ endpoint: ActuatorEndpoint, of plan: ActuatorPlan, at url: URLReference
    ) async throws(ProbeFailure) -> HealthCapture.Visit {
        let path = plan.path(of: endpoint)
        return try await visit(
            .actuator, path, HTTPRequest(url: try url.at(path), carriesAuditFields: false, bodyLimit: 0))
    }

    /// Each request has half of the time that is left, so that one that never answers leaves some to the next.
    private func visit(
        _ role: HealthCapture.Role, _ path: String, _ request: HTTPRequest
    ) async throws(ProbeFailure) -> HealthCapture.Visit {
        let start = NIODeadline.now()
        var visit = HealthCapture.Visit(path: path, role: role, exchange: nil, failure: nil, redirects: 0)
        do throws(ProbeFailure) {
            let end = start + .nanoseconds(max(0, (deadline - start).nanoseconds / 2))
            var response = try await session.send(request, until: end)
            if request.bodyLimit == 0 { response.bodyFailure = nil }
            visit.exchange = HTTPExchange(
                response, to: request.method.rawValue, from: request.url, redactor: redactor)
        } catch {
            if error.code == .cancelled { throw error }
            visit.failure = error
        }
        return visit
    }
}

extension HealthCapture.Visit {
    fileprivate var endsQuestions: Bool { failure != nil || exchange?.status == 429 }
}
