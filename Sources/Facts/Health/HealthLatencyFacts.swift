import AuditModel

extension HealthFacts {
    /// How fast the health endpoint answered, over the series of GETs that the probe made. Absent without an endpoint.
    static let endpointLatency: [FactDefinition<HealthEvidence>] = [
        FactDefinition(
            "endpoint.latency.n", .integer, unit: "samples", meaning: "How many answers were measured.",
            source: "gonogo"
        ) { evidence in evidence.endpoint == nil ? .absent : .integer(evidence.latencies.count) },
        percentile(50), percentile(90), percentile(95),
        FactDefinition(
            "endpoint.latency.maxMs", .number, unit: "milliseconds",
            meaning: "The longest time from request to the answer's head; absent without samples.",
            source: "nearest-rank percentile"
        ) { .milliseconds($0.latencies.last) }
    ]

    /// The smallest sample that at least that share of the samples does not exceed.
    private static func percentile(_ percent: Int) -> FactDefinition<HealthEvidence> {
        FactDefinition(
            "endpoint.latency.p\(percent)Ms", .number, unit: "milliseconds",
            meaning:
                "Time from request to the answer's head that \(percent) % of the samples keep; absent without any.",
            source: "nearest-rank percentile"
        ) { evidence in
            let samples = evidence.latencies
            guard !samples.isEmpty else { return .absent }
            let rank = (samples.count * percent + 99) / 100
            return .milliseconds(samples[max(0, rank - 1)])
        }
    }
}

extension HealthEvidence {
    /// Seconds, sorted; none when the probe measured another path than the one that the facts describe.
    fileprivate var latencies: [Double] {
        guard let endpoint, endpoint.visit.path == capture.endpoint else { return [] }
        return capture.latencies.filter { $0.isFinite && $0 >= 0 && $0 < 1e6 }.sorted()
    }
}

extension DerivedFact {
    /// Rounded to microseconds; absent without seconds.
    fileprivate static func milliseconds(_ seconds: Double?) -> DerivedFact {
        seconds.map { .value(.number(($0 * 1e6).rounded() / 1000)) } ?? .absent
    }
}
