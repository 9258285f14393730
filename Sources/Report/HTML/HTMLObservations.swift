import AuditModel
import JSON

// What the probes saw, folded: the material on which the items were judged.

extension HTMLPage {
    func observations(_ html: inout HTMLWriter) {
        let judged = Dictionary(grouping: result.items.filter { $0.observation != nil }) { $0.observation ?? 0 }
        html.part("observations", "Observations", count: result.observations.count) { html in
            html.block(
                "p", ["class": "note"],
                text: result.observations.isEmpty
                    ? "No probe was asked: people's answers were judged alone."
                    : "The facts that each probe derived, and folded below them what came over the wire, secrets taken "
                        + "out: at most 64 KiB of each. The recording, which gonogo writes with --record, holds it all."
            )
            for (index, observation) in result.observations.enumerated() {
                self.observation(&html, observation, index, judged[index] ?? [])
            }
        }
    }

    private func observation(
        _ html: inout HTMLWriter, _ observation: ObservationResult, _ index: Int, _ items: [ItemResult]
    ) {
        html.block("details", ["class": "observation \(observation.outcome.rawValue)"]) { html in
            html.block("summary") { html in
                let outcome = observation.outcome.rawValue
                html.inline("span", ["class": "badge \(outcome)"], text: outcome)
                html.text(" ")
                html.inline("h4") { html in
                    html.inline("code", text: observation.probe.rawValue)
                    html.text(" ")
                    html.value(observation.target)
                }
                html.inline("span", ["class": "meta"], text: " \(observation.seconds) s")
            }
            html.block("div", ["class": "body", "id": HTMLAnchor.observation(index)]) { html in
                html.definitions(observation.rows)
                html.judged(items)
                html.facts(observation)
                html.capture(observation)
            }
        }
    }
}

extension ObservationResult {
    fileprivate var seconds: String { decimalSeconds(milliseconds: milliseconds(durationSeconds)) }

    /// When, how often, with what, and why not.
    fileprivate var rows: [(label: String, value: Sentence)] {
        var rows: [(String, Sentence)] = [("Started", "\(words: startedAt.iso8601)")]
        for (name, value) in parameters.sorted(by: { $0.key < $1.key }) { rows.append((name, "\(value.json.compact)")) }
        if let failure { rows.append(("Failure", failure.sentence)) }
        for (index, attempt) in attempts.enumerated() { rows.append(("Attempt \(index + 1)", attempt.sentence)) }
        return rows
    }
}

extension HTMLWriter {
    /// Facts in one table: more than these are in the JSON report.
    private static let factLimit = 500
    /// Items named beside an observation.
    private static let itemLimit = 200

    /// The items that were judged on an observation.
    fileprivate mutating func judged(_ items: [ItemResult]) {
        guard !items.isEmpty else { return }
        block("p") { html in
            html.inline("b", text: "Items judged on it")
            for (index, item) in items.prefix(HTMLWriter.itemLimit).enumerated() {
                html.text(index == 0 ? " " : ", ")
                html.link(to: item, text: item.id)
            }
            if items.count > HTMLWriter.itemLimit { html.text(" and \(items.count - HTMLWriter.itemLimit) more") }
        }
    }

    fileprivate mutating func facts(_ observation: ObservationResult) {
        var rows: [(path: String, value: String)] = []
        HTMLWriter.flatten(observation.facts, [], into: &rows)
        for (path, failure) in observation.unobserved.sorted(by: { $0.key < $1.key }) {
            rows.append((path, "not observed, " + failure.sentence.plain))
        }
        guard !rows.isEmpty else { return }
        table("Facts", ["Fact", "Value"], class: "facts stacked") { html in
            for (path, value) in rows.prefix(HTMLWriter.factLimit) {
                html.inline("tr") { html in
                    html.inline("td") { $0.inline("code") { $0.value(path) } }
                    html.inline("td", ["class": "prose"]) { html in
                        html.text(value.clipped(to: 2 << 10))
                    }
                }
            }
        }
        let more = rows.count - HTMLWriter.factLimit
        if more > 0 { block("p", ["class": "note"], text: "\(more) more facts are in the JSON report.") }
    }

    fileprivate mutating func capture(_ observation: ObservationResult) {
        guard let capture = observation.capture else { return }
        block("details", ["class": "capture"]) { html in
            html.block("summary", text: "What came over the wire (\(counted(capture.utf8.count, "byte")))")
            html.block("pre") { $0.text(capture.clipped(to: CaptureText.limit + 100)) }
        }
    }

    /// The values below a value, with their paths; an array is one value.
    private static func flatten(_ value: JSONValue, _ path: [String], into rows: inout [(path: String, value: String)])
    {
        if let members = value.members, !members.isEmpty || path.isEmpty {
            for member in members { flatten(member.value, path + [member.name], into: &rows) }
        } else {
            rows.append((FactPath(segments: path).text, value == .null ? "absent" : value.string ?? value.compact))
        }
    }
}
