import AuditModel
import JSON

// What the probes saw, folded: the material on which the items were judged.

extension HTMLPage {
    func observations(_ html: inout HTMLWriter) {
        html.section("observations", "Observations (\(result.observations.count))") { html in
            if result.observations.isEmpty {
                html.block("p", ["class": "note"], text: "No probe was asked: people's answers were judged alone.")
            }
            for (index, observation) in result.observations.enumerated() {
                self.observation(&html, observation, index)
            }
        }
    }

    private func observation(_ html: inout HTMLWriter, _ observation: ObservationResult, _ index: Int) {
        html.block("details", ["class": "item observation \(observation.outcome.rawValue)"]) { html in
            html.block("summary") { html in
                let outcome = observation.outcome.rawValue
                html.inline("span", ["class": "badge \(outcome)"], text: outcome)
                html.text(" ")
                html.inline("span", ["class": "title"]) { html in
                    html.inline("code", text: observation.probe.rawValue)
                    html.text(" ")
                    html.value(observation.target)
                }
                html.inline(
                    "span", ["class": "meta"],
                    text: " \(decimalSeconds(milliseconds: milliseconds(observation.durationSeconds))) s")
            }
            html.block("div", ["class": "body", "id": HTMLAnchor.observation(index)]) { html in
                html.definitions(observation.rows)
                html.facts(observation)
            }
        }
    }
}

extension ObservationResult {
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

    fileprivate mutating func facts(_ observation: ObservationResult) {
        var rows: [(path: String, value: String)] = []
        HTMLWriter.flatten(observation.facts, [], into: &rows)
        for (path, failure) in observation.unobserved.sorted(by: { $0.key < $1.key }) {
            rows.append((path, "not observed, " + failure.sentence.plain))
        }
        guard !rows.isEmpty else { return }
        table("Facts", ["Fact", "Value"], class: "facts") { html in
            for (path, value) in rows.prefix(HTMLWriter.factLimit) {
                html.block("tr") { html in
                    html.inline("td") { $0.inline("code") { $0.value(path) } }
                    html.inline("td", ["class": "prose"]) { $0.text(value.clipped(to: 2 << 10)) }
                }
            }
        }
        let more = rows.count - HTMLWriter.factLimit
        if more > 0 { block("p", ["class": "note"], text: "\(more) more facts are in the JSON report.") }
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
