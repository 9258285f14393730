import Audit
import AuditModel
import ChecklistYAML
import Checklists
import Foundation
import Testing

/// Every embedded checklist, by the rules for what is built in.
@Suite struct BuiltInChecklistTests {
    /// All embedded files, each once, with the items that they declare.
    private static let checklists: [Checklist] =
        ChecklistFiles.load(BuiltInChecklists.ids.map { LocatedName($0) }).0?.checklists ?? []
    private static let items = checklists.flatMap(\.items)

    @Test("all built-in checklists load together: no item stands in two files")
    func together() {
        let (loaded, diagnostics) = ChecklistFiles.load(BuiltInChecklists.ids.map { LocatedName($0) })
        #expect(diagnostics.map(\.text) == [])
        #expect(Set((loaded?.checklists ?? []).map(\.id)) == Set(BuiltInChecklists.ids))
    }

    @Test("a built-in checklist has no mistake, and its file is named by its id", arguments: BuiltInChecklists.ids)
    func wellFormed(id: String) throws {
        let (loaded, diagnostics) = ChecklistFiles.load([LocatedName(id)])
        #expect(diagnostics.map(\.text) == [])
        #expect(try #require(loaded).roots.map(\.checklist) == [id])
    }

    @Test("every item says why, how to mend it, by which standard, which controls it serves, when and from which level")
    func complete() {
        for item in Self.items {
            #expect(item.why?.isEmpty == false && item.fix?.isEmpty == false, "\(item.location.text)")
            #expect(!item.references.isEmpty && !item.controls.isEmpty, "\(item.location.text)")
            #expect(item.phase != nil && item.level != nil, "\(item.location.text)")
        }
    }

    @Test("a title states what holds: no question, no full stop")
    func titles() {
        for item in Self.items {
            #expect(!item.title.hasSuffix("?") && !item.title.hasSuffix("."), "\(item.location.text)")
        }
    }

    /// Shares of a lifetime and what stands beside them, which the titles say in words.
    private static let figuresInWords: Set = [
        "certificate-fraction", "certificate-days-ample", "renewal-fraction", "renewal-days"
    ]

    @Test("the title of what a probe answers has every figure that its expectations have")
    func titlesWithFigures() {
        for checklist in Self.checklists {
            let figures = Set(checklist.parameters.filter { [.integer, .number].contains($0.type) }.map(\.name))
            for item in checklist.items where item.probe != nil {
                var untold = item
                (untold.title, untold.why, untold.fix, untold.attest) = ("", nil, nil, nil)
                let asked = untold.usedParameters.intersection(figures).subtracting(Self.figuresInWords)
                #expect(asked.subtracting(placeholders(in: item.title)) == [], "\(item.location.text)")
            }
        }
    }

    @Test("what people alone answer asks for every figure that its title states")
    func questionsWithFigures() {
        for item in Self.items where item.probe == nil {
            let asked = placeholders(in: item.attest?.question ?? "")
            #expect(Set(placeholders(in: item.title)).subtracting(asked) == [], "\(item.location.text)")
        }
    }

    // One row is one line.
    // swift-format-ignore
    @Test(
        "what is asked names the figures of its row",
        arguments: [
            ("unit-test-coverage", "more than 80 %"), ("test-duration", "5 minutes"), ("alert-cpu", "above 80 %"),
            ("alert-memory", "above 85 %"), ("alert-error-rate", "more than 5 %"), ("alert-latency", "above 2 s"),
            ("alert-restarts", "more than 3 times"), ("pod-startup-probe", "at least 150 s"),
            ("pod-readiness-probe", "periodSeconds of 5 to 10"), ("pod-readiness-probe", "after 2 failures"),
            ("pod-liveness-probe", "periodSeconds of 10 to 30"), ("pod-liveness-probe", "initialDelaySeconds of 10 to 60"),
            ("image-health-check-timing", "an interval of at most 30 s, a shorter timeout of at most 3 s"),
            ("image-health-check-timing", "at most 3 retries"), ("canary-steps", "5, 25, 50 and 100 %"),
            ("canary-steps", "30 minutes"), ("artifact-retention", "7 days"), ("paas-restart-policy", "at most 3 times")
        ])
    func figures(id: String, figure: String) throws {
        let checklist = try #require(Self.checklists.first { $0.items.contains { $0.id == id } })
        let item = try #require(checklist.items.first { $0.id == id })
        let values = Dictionary(checklist.parameters.map { ($0.name, words($0.defaultValue)) }) { $1 }
        let asked = [item.title, item.attest?.question].compactMap(\.self).map { filled($0) { values[$0] } }
        #expect(asked.contains { $0.contains(figure) }, "\(asked)")
    }

    @Test("what people are asked is a question, put to somebody, answered for a while")
    func questions() {
        for item in Self.items {
            guard let attest = item.attest else { continue }
            #expect(attest.question.hasSuffix("?"), "\(item.location.text)")
            #expect(!attest.roles.isEmpty && attest.validFor.seconds > 0, "\(item.location.text)")
            #expect(attest.validFor.seconds <= 400 * 86_400, "\(item.location.text)")
        }
    }

    @Test("what gates by a person's word rests on evidence, or says what would be the evidence")
    func evidence() {
        for item in Self.items where item.severity >= .high {
            guard let attest = item.attest, !attest.requiresEvidence else { continue }
            let told = [attest.question, item.fix ?? ""].joined(separator: " ")
            #expect(told.contains(/\b[Ee]vidence\b/), "\(item.location.text): \(item.id)")
        }
    }

    @Test("controls are of frameworks whose ids are known, and each id is one of their table")
    func controls() {
        for item in Self.items {
            for (name, ids) in item.controls {
                let framework = controlFrameworks.first { $0.id == name }
                #expect(framework != nil, "\(item.location.text): \(name)")
                let known = Set(framework?.controls.map(\.id) ?? [])
                #expect(ids.allSatisfy(known.contains), "\(item.location.text): \(name) \(ids)")
                #expect(Set(ids).count == ids.count, "\(item.location.text): \(name) \(ids)")
            }
        }
    }

    @Test("labels are the known ones with their values")
    func labels() {
        for item in Self.items {
            for (label, values) in item.appliesWhen?.labels ?? [:] {
                let known = KnownLabel(rawValue: label)?.values ?? []
                #expect(!values.isEmpty && values.allSatisfy(known.contains), "\(item.location.text): \(label)")
            }
        }
    }

    @Test("a checklist is small enough to read and large enough to be one", arguments: checklists.map(\.id))
    func size(id: String) throws {
        let checklist = try #require(Self.checklists.first { $0.id == id })
        #expect((10...40).contains(checklist.items.count), "\(id) has \(checklist.items.count) items of its own")
    }

    @Test("web-service asks nobody; production-readiness includes it and asks for a dozen or more answers")
    func division() throws {
        let web = try #require(ChecklistFiles.load([LocatedName("web-service")]).0)
        #expect(web.checklists.flatMap(\.items).allSatisfy { $0.probe != nil && $0.attest == nil })
        let all = try #require(ChecklistFiles.load([LocatedName("production-readiness")]).0)
        #expect(Set(web.selected.map(\.item)).isSubset(of: all.selected.map(\.item)))
        #expect(all.checklists.flatMap(\.items).filter { $0.attest != nil }.count >= 12)
    }

    @Test("no item asks only what another one asks already of the same facts")
    func distinct() {
        #expect(repetitions(in: Self.items) == [])
    }

    @Test("an item that asks again what another asks is found, whatever else that one asks")
    func repetition() throws {
        var copy = try #require(
            Self.items.first { ($0.demands?.count ?? 0) > 1 && $0.appliesWhen?.facts.isEmpty != false })
        guard case .all(let expectations)? = copy.expect else { return }
        let original = copy.id
        copy.id = "copy"
        copy.expect = .all([expectations[0]])
        #expect(repetitions(in: Self.items + [copy]) == ["copy asks nothing that \(original) does not ask"])
    }

    @Test("a probe is built or planned, not both")
    func plannedProbes() {
        #expect(Set(PlannedProbe.allCases.map(\.rawValue)).isDisjoint(with: ProbeKind.allCases.map(\.rawValue)))
    }

    @Test("every row that the checklists must hold is an item")
    func rows() throws {
        let rows = try ChecklistRow.all()
        let known = Set(Self.items.map(\.id))
        for row in rows {
            #expect(row.key.wholeMatch(of: /[a-z0-9-]+(\/[a-z0-9-]+)+/) != nil, "\(row)")
            #expect(known.contains(row.item), "no such item: \(row)")
        }
        #expect(rows.count == 343 && Set(rows.map(\.key)).count == 343)
    }

    @Test("a quarter is essential and gates, nothing critical waits for more, and strict adds to the gate")
    func levels() {
        let byLevel = Dictionary(grouping: Self.items) { $0.level ?? .essential }
        let (essential, strict) = (byLevel[.essential] ?? [], byLevel[.strict] ?? [])
        #expect((20...30).contains(essential.count * 100 / Self.items.count), "\(essential.count)")
        #expect(essential.filter { !$0.gates }.map(\.id) == [])
        #expect(Self.items.filter { $0.severity == .critical && $0.level != .essential }.map(\.id) == [])
        #expect(strict.count(where: \.gates) >= 12)
    }

    /// Where the rows of a list stand that no checklist of its name holds, or that are asked of people.
    private static let homes = [
        "compose": ["container-build"], "container-image": ["container-image", "container-build", "kubernetes"],
        "health": ["production-readiness"]
    ]

    @Test("whoever asks for a list by its name gets each of its rows, or reads where the rest is asked")
    func reachable() throws {
        for (list, rows) in Dictionary(grouping: try ChecklistRow.all(), by: \.list) {
            let homes = Self.homes[list] ?? [list]
            let held = homes.flatMap { ChecklistFiles.load([LocatedName($0)]).0?.selected.map(\.item) ?? [] }
            #expect(rows.map(\.item).filter { !held.contains($0) } == [], "\(list)")
            guard let described = Self.checklists.first(where: { $0.id == list })?.description else { continue }
            #expect(homes.dropFirst().filter { !described.contains($0) } == [], "\(list)")
        }
    }

    @Test("what a row states of its item's force is so", arguments: try ChecklistRow.all().filter { $0.stated != nil })
    func force(row: ChecklistRow) throws {
        let item = try #require(Self.items.first { $0.id == row.item })
        switch row.stated {
        case "advisory": #expect(!item.gates)
        case let level: #expect(item.gates && item.level?.rawValue == level)
        }
    }
}

/// A row that the checklists must hold, and the item that holds it.
struct ChecklistRow {
    /// Begins with the name of its list.
    var key: String
    var item: String
    /// `advisory`, or the level from which on it gates; nil where the row leaves that open.
    var stated: String?

    var list: String { String(key.prefix { $0 != "/" }) }

    static func all() throws -> [ChecklistRow] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "ChecklistRows.tsv")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        #expect(lines.first == "row\titem\tstated")
        return try lines.dropFirst().map { line in
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            try #require((2...3).contains(cells.count), "\(line)")
            return ChecklistRow(key: cells[0], item: cells[1], stated: cells.count == 3 ? cells[2] : nil)
        }
    }
}

extension Item {
    /// Whether a failure of it keeps a service from going out, once its level is asked for.
    fileprivate var gates: Bool { (enforcement ?? (severity >= .high ? .gate : .advisory)) == .gate }
}

/// A parameter's value as a title shows it.
private func words(_ value: FactValue) -> String {
    switch value {
    case .integer(let number): "\(number)"
    case .number(let number): "\(Int(number))"
    case .text(let text): text
    default: ""
    }
}

/// A sentence for each item all of whose demands another one makes of the same services.
private func repetitions(in items: [Item]) -> [String] {
    let demands = items.compactMap { item in item.demands.map { (item, $0) } }
    return demands.flatMap { item, own in
        demands.filter { other, theirs in
            other.id != item.id && other.appliesWhen == item.appliesWhen && own.isSubset(of: theirs)
        }.map { "\(item.id) asks nothing that \($0.0.id) does not ask" }
    }
}

extension Item {
    /// What must all hold, as probe, parameters, fact and condition; nil for people's answers and alternatives.
    fileprivate var demands: Set<String>? {
        guard let probe, attest == nil, case .all(let expectations)? = expect else { return nil }
        let place = "\(probe.rawValue) \(with.sorted { $0.key < $1.key })"
        return Set(
            expectations.flatMap { expectation in
                expectation.conditions.map { "\(place) \(expectation.fact.text) \($0)" }
            })
    }
}
