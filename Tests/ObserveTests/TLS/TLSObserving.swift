import AuditModel
import Facts
import JSON
import Observe
import Testing
import WireFormats

/// What a server on loopback is asked for, and what came of it.
func tlsObservation(
    port: Int, _ facts: [String]? = nil, host: String = "lab.test", _ parameters: [String: FactValue] = [:],
    in context: ProbeContext = makeContext()
) async -> RecordedObservation {
    var context = context
    context.resolve = [ResolveOverride(host: "lab.test", port: nil, address: "127.0.0.1", toPort: nil)]
    let request = ObservationRequest(
        probe: .tls, target: "https://\(host):\(port)", parameters: parameters,
        facts: facts.map { $0.compactMap(FactPath.init) })
    return await observe(request, in: context)
}

/// The capture of a TLS probe that must succeed; everything is asked when no facts are named.
func observeTLS(
    port: Int, _ facts: [String]? = nil, host: String = "lab.test", _ parameters: [String: FactValue] = [:],
    in context: ProbeContext = makeContext()
) async throws -> TLSCapture {
    let observation = await tlsObservation(port: port, facts, host: host, parameters, in: context)
    try #require(observation.failure == nil, "\(String(describing: observation.failure))")
    return try #require(observation.capture).decode(TLSCapture.self)
}

/// Versions, suites and the certificate: the job that other scanners do.
let usualFacts = ["versions", "protocols"]

extension TLSCapture {
    /// The suites that a version's elimination found, in their order.
    func suites(_ version: ProtocolVersion) -> [UInt16] {
        exchanges(.suites).filter { $0.version == version && $0.answer.version == version.code }
            .compactMap(\.answer.suite)
    }

    func exchanges(_ purpose: TLSExchange.Purpose) -> [TLSExchange] { exchanges.filter { $0.purpose == purpose } }

    func exchange(_ purpose: TLSExchange.Purpose) -> TLSExchange? { exchanges(purpose).first }

    /// The last answer of a version's elimination.
    func end(_ version: ProtocolVersion) -> TLSAnswer? {
        exchanges(.suites).last { $0.version == version }?.answer
    }
}
