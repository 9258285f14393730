import AuditModel
import Foundation
import JSON
import Report

/// The pages that the browser opens, written once into a folder of their own.
enum Pages {
    /// Pages of results as audits make them.
    static let own =
        ["full", "go", "no-go", "awaiting", "conditional-go", "undetermined"] + examples.map { "example-\($0)" }
    private static let examples = ["go", "no-go", "awaiting"]
    /// Pages whose every free text is an attack.
    static let hostile = attacks.indices.map { "hostile-\($0)" }

    private static let attacks = [
        "<script>window.ran = true; alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover=alert(1) x='",
        "</style></script></title><script>alert(1)</script>", "javascript:alert(1)",
        "https://evil.test/\"onclick=alert(1)",
        "\"; } body { background: url(https://evil.test/a.png) } @import \"https://evil.test\"; a { content: \"",
        "<svg onload=alert(1)>", "<!-- --> ]]> <base href=//evil.test> {{7*7}} | \u{202E}\u{0}\u{1B}[31m",
        "</details></summary></table><form action=//evil.test><button>x"
    ]

    static let folder = Result { try written() }

    private static func written() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "gonogo-pages-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for name in ["go", "no-go", "awaiting", "conditional-go"] { try write(golden("\(name)/report"), name, folder) }
        for name in examples { try write(result("Reports/Examples/\(name)/result.json"), "example-\(name)", folder) }
        let full = try golden("html/full")
        try write(full, "full", folder)
        try write(undetermined(full), "undetermined", folder)
        try write(crowded(full), "crowded", folder)
        try write(large(full, items: 10_000), "large", folder)
        for (index, attack) in attacks.enumerated() {
            try write(full.attacked(with: attack), "hostile-\(index)", folder)
        }
        return folder
    }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// A result that the tests of the reports keep.
    private static func golden(_ name: String) throws -> AuditResult {
        try result("Tests/ReportTests/Golden/\(name).json")
    }

    private static func result(_ path: String) throws -> AuditResult {
        let text = try String(contentsOf: root.appending(path: path), encoding: .utf8)
        return try JSONValue.parse(text).decode(AuditResult.self)
    }

    private static func write(_ result: AuditResult, _ name: String, _ folder: URL) throws {
        let page = ReportFormat.named("html")?.render(result) ?? ""
        try page.write(to: folder.appending(path: "\(name).html"), atomically: false, encoding: .utf8)
    }

    private static func undetermined(_ full: AuditResult) -> AuditResult {
        var result = full
        result.verdict.outcome = .undetermined
        result.items.removeAll { $0.status == .fail || $0.blocks && $0.status == .pass }
        recount(&result)
        return result
    }

    /// Long names, many checklists, roles and reasons, and hundreds of items in every group.
    private static func crowded(_ full: AuditResult) -> AuditResult {
        var result = large(full, items: 400)
        let long = String(
            repeating: "A long sentence that somebody wrote without a thought of the width of paper. ", count: 6)
        result.service.name = "payments-" + String(repeating: "very-long-name-", count: 8)
        result.service.labels = Dictionary(uniqueKeysWithValues: (0..<30).map { ("label-\($0)", "value-\($0)") })
        result.checklists += (0..<20).map { index in
            var checklist = full.checklists[0]
            checklist.id += "-\(index)"
            return checklist
        }
        result.verdict.reasons += (0..<20).map {
            VerdictReason(rule: "gate-rule: \($0) \(long)", outcome: .noGo, items: full.items.map(\.id))
        }
        result.signOffs = (0..<20).map { index in
            var signOff = full.signOffs[index % full.signOffs.count]
            signOff.role += "-of-a-department-\(index)"
            return signOff
        }
        for index in result.items.indices where index % 2 == 0 {
            result.items[index].title += " " + long
            result.items[index].message += " " + long
            result.items[index].waiver?.reason = long
        }
        return result
    }

    private static func large(_ full: AuditResult, items count: Int) -> AuditResult {
        var result = full
        result.items = (0..<count).map { index in
            var item = full.items[index % full.items.count]
            item.id += "-\(index)"
            return item
        }
        recount(&result)
        return result
    }

    private static func recount(_ result: inout AuditResult) {
        for status in Status.allCases { result.counts[status] = result.items.count { $0.status == status } }
        result.counts.waived = result.items.count { $0.disposition == .waived }
        result.counts.total = result.items.count
    }
}

extension AuditResult {
    /// This result with the attack in every text that a person or a target can write.
    fileprivate func attacked(with attack: String) -> AuditResult {
        var result = self
        result.service = ServiceIdentity(
            name: attack, environment: attack, owner: attack, labels: [attack: attack], url: attack, image: attack,
            repository: attack, commit: attack, artifact: attack)
        result.verdict.validUntilCause = attack
        for index in result.checklists.indices {
            result.checklists[index].title = attack
            result.checklists[index].version = attack
            for section in result.checklists[index].sections.indices {
                result.checklists[index].sections[section].title = attack
            }
        }
        for index in result.gate.indices { result.gate[index].name = attack }
        result.notices = [Notice(code: attack, message: attack, file: attack, line: 1)]
        result.items = items.enumerated().map { $1.attacked(with: attack, $0) }
        for index in result.signOffs.indices {
            result.signOffs[index].role = attack
            result.signOffs[index].reason = attack
            result.signOffs[index].attestation?.statement = attack
        }
        result.changes?.entries = items.map { ResultChanges.Entry(item: $0.id, kind: .new, message: attack) }
        for index in result.observations.indices {
            result.observations[index].target = attack
            result.observations[index].parameters = [attack: .text(attack)]
            result.observations[index].facts = .object([.init(attack, .string(attack))])
            result.observations[index].unobserved = [attack: ProbeFailure(.malformed, attack)]
        }
        return result
    }
}

extension ItemResult {
    fileprivate func attacked(with attack: String, _ index: Int) -> ItemResult {
        var item = self
        item.id = "\(attack)-\(index)"
        item.title = attack
        item.message = attack
        item.why = attack
        item.fix = attack
        item.references = [attack, "https://example.com/\(attack)"]
        item.controls = [attack: [attack]]
        item.tailored = attack
        item.waiver?.reason = attack
        item.waiver?.ticket = attack
        item.question?.question = attack
        item.question?.roles = [attack]
        for index in item.attestations.indices {
            item.attestations[index].statement = attack
            item.attestations[index].by.id = attack
        }
        item.expectations = item.expectations.map { expectation in
            var expectation = expectation
            expectation.fact = attack
            expectation.expectedText = attack
            expectation.observedText = attack
            return expectation
        }
        return item
    }
}
