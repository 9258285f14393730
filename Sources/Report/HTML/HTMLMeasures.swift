import AuditModel
import JSON

/// The latencies of one endpoint, in milliseconds.
struct Latency {
    var target: String
    var samples: Int
    /// By the name of the percentile, the least first.
    var percentiles: [(name: String, milliseconds: Double)]
    var anchor: String

    /// One for each health endpoint that was measured.
    static func all(of result: AuditResult) -> [Latency] {
        result.observations.enumerated().compactMap { index, observation in
            guard let endpoint = observation.facts["endpoint"], let latency = endpoint["latency"] else { return nil }
            let names = [("p50", "p50Ms"), ("p90", "p90Ms"), ("p95", "p95Ms"), ("max", "maxMs")]
            let percentiles = names.compactMap { name, fact in
                latency[fact]?.double.flatMap { $0 >= 0 && $0 < 1e9 ? (name, $0) : nil }
            }
            guard !percentiles.isEmpty else { return nil }
            return Latency(
                target: observation.target + (endpoint["path"]?.string.map { " \($0)" } ?? ""),
                samples: Int(latency["n"]?.double.flatMap { $0 >= 0 && $0 < 1e9 ? $0 : nil } ?? 0),
                percentiles: percentiles, anchor: HTMLAnchor.observation(index))
        }
    }
}

/// How many requests a probe spent.
struct RequestCount {
    /// Several where they share what they asked for.
    var probes: [String]
    var target: String
    var requests: Int
    var seconds: Double
    var anchor: String

    /// The probes of a page share one visit, which is counted once.
    private static let visitors: Set<ProbeKind> = [.cookies, .csp, .headers, .observatory, .redirect]

    static func all(of result: AuditResult) -> [RequestCount] {
        var counts: [RequestCount] = []
        var visits: [String: Int] = [:]
        for (index, observation) in result.observations.enumerated() {
            let fact = observation.facts["requests"] ?? observation.facts["connections"]
            guard let number = fact?.double, number >= 0, number < 1e9 else { continue }
            let isVisit = visitors.contains(observation.probe)
            if isVisit, let known = visits[observation.target], counts[known].requests == Int(number) {
                counts[known].probes.append(observation.probe.rawValue)
                continue
            }
            if isVisit { visits[observation.target] = counts.count }
            counts.append(
                RequestCount(
                    probes: [observation.probe.rawValue], target: observation.target, requests: Int(number),
                    seconds: observation.durationSeconds, anchor: HTMLAnchor.observation(index)))
        }
        return counts
    }
}

extension HTMLWriter {
    mutating func latency(_ latencies: [Latency]) {
        guard !latencies.isEmpty else { return }
        part("latency", "Latency") { html in
            for latency in latencies {
                html.block("p", ["class": "note"]) { html in
                    html.inline("a", ["href": "#\(latency.anchor)"]) { $0.value(latency.target) }
                    if latency.samples > 0 { html.text(", \(counted(latency.samples, "sample"))") }
                }
                html.percentiles(latency)
            }
        }
    }

    private mutating func percentiles(_ latency: Latency) {
        let greatest = max(latency.percentiles.map(\.milliseconds).max() ?? 0, 0.001)
        chart("Latency of \(latency.target)", ("Percentile", "Latency", "Milliseconds")) { html in
            for (name, milliseconds) in latency.percentiles {
                let text = "\(oneDecimal(milliseconds)) ms"
                let width = Int(milliseconds * 1000 / greatest)
                html.chartRow("\(name): \(text)", BarParts(segments: [("measure", 0, width)])) { html in
                    html.text(name)
                } value: { html in
                    html.text(text)
                }
            }
        }
    }

    mutating func requests(_ counts: [RequestCount]) {
        guard !counts.isEmpty else { return }
        let greatest = max(1, counts.map(\.requests).max() ?? 1)
        part("requests", "Requests") { html in
            let total = counts.reduce(0) { $0 + $1.requests }
            html.block(
                "p", ["class": "note"],
                text: "What the audit asked of its targets: \(counted(total, "request")) or connections in all.")
            html.chart("Requests", ("Probe", "Requests", "Number and time")) { html in
                for count in counts {
                    let words = "\(count.probes.joined(separator: ", ")): \(count.requests)"
                    let width = count.requests * 1000 / greatest
                    html.chartRow(words, BarParts(segments: [("measure", 0, width)])) { html in
                        html.inline("a", ["href": "#\(count.anchor)"]) { html in
                            html.inline("code", text: count.probes.joined(separator: ", "))
                        }
                        html.text(" ")
                        html.inline("small") { $0.value(count.target) }
                    } value: { html in
                        html.text("\(count.requests) ")
                        html.inline(
                            "small", text: "\(decimalSeconds(milliseconds: milliseconds(count.seconds))) s")
                    }
                }
            }
        }
    }
}

/// A number with one decimal, `13.4`.
private func oneDecimal(_ number: Double) -> String {
    let tenths = Int((number * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
}
