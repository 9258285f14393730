import AuditModel
import Facts
import JSON
import Observe
import Testing

/// A context for loopback: generous enough for a loaded machine, without proxies, nothing of the environment.
func makeContext(timeout: Duration = .seconds(60), retries: Int = 0) -> ProbeContext {
    ProbeContext(timeout: timeout, retries: retries, userAgent: "gonogo/test") { now }
}

func request(_ probe: ProbeKind, _ target: String, _ parameters: [String: FactValue] = [:]) -> ObservationRequest {
    ObservationRequest(probe: probe, target: target, parameters: parameters)
}

/// What the headers probe, which must succeed, keeps of a page.
func observeHeaders(
    _ target: String, _ parameters: [String: FactValue] = [:], in context: ProbeContext = makeContext()
) async throws -> PageObservation {
    try await observePage(.headers, target, parameters, in: context)
}

/// What a probe of pages, which must succeed, keeps of a page.
func observePage(
    _ probe: ProbeKind, _ target: String, _ parameters: [String: FactValue] = [:],
    in context: ProbeContext = makeContext()
) async throws -> PageObservation {
    let observation = await observe(request(probe, target, parameters), in: context)
    try #require(observation.failure == nil)
    return try #require(observation.capture).decode(PageObservation.self)
}

/// The capture of a health probe that must succeed.
func observeHealth(
    _ target: String, _ parameters: [String: FactValue] = [:], in context: ProbeContext = makeContext()
) async throws -> HealthCapture {
    let observation = await observe(request(.health, target, parameters), in: context)
    try #require(observation.failure == nil)
    return try #require(observation.capture).decode(HealthCapture.self)
}

/// The path and query of a request head's first line.
func target(of head: String) -> String {
    let parts = head.split(separator: " ")
    return parts.count > 1 ? String(parts[1]) : ""
}

/// The instant at which the tests observe and judge: 2027-01-15T08:00:00Z.
let now = Instant(seconds: 1_800_000_000)
