import AuditModel
import JSON

// What a result is about, as code scanning shows it (SARIF 2.1.0 §3.49).

/// A reporting descriptor: an item, a gate rule or a sign-off.
struct SARIFRule {
    /// GitHub reads 1,024 characters of a full description.
    private static let descriptionLimit = 900
    /// GitHub keeps this many tags of a rule.
    private static let tagLimit = 20

    var id: String
    var title: String
    var severity: Severity
    /// Whether it fails as an error rather than as a warning.
    var blocks: Bool
    /// nil for a gate rule and a sign-off.
    var item: ItemResult?

    var json: JSONValue {
        let title: Sentence = "\(title)"
        let why: Sentence = item?.why.map { "\($0.clipped(to: SARIFRule.descriptionLimit))" } ?? title
        return .members([
            "id": .string(id.harmlessLine), "shortDescription": [title].sarifMessage,
            "fullDescription": [why].sarifMessage,
            "help": .members([
                "text": .string(help.map(\.sarifText).joined(separator: "\n")),
                "markdown": .string(markdown)
            ]),
            "helpUri": item?.references.lazy.compactMap(webAddress).first.map { .string($0) },
            "defaultConfiguration": .members(["level": .string(severity.sarifLevel(blocks: blocks))]),
            "properties": .members([
                "tags": .array(tags.prefix(SARIFRule.tagLimit).map { .string($0) }),
                "precision": .string("very-high"),
                "security-severity": severity.securitySeverity.map { .string($0) },
                "severity": .string(severity.rawValue)
            ])
        ])
    }

    private var help: [Sentence] {
        guard let item else { return ["\(title)"] }
        var lines: [Sentence] = ["\(title)"]
        if let why = item.why { lines.append("Why: \(why)") }
        if let fix = item.fix { lines.append("Fix: \(fix)") }
        if !item.references.isEmpty { lines.append("References: \(item.references.joined(separator: ", "))") }
        return lines
    }

    /// Braces are doubled in formatted messages as well (§3.11.5).
    private var markdown: String {
        help.map { $0.markdown(inTable: false, limit: 4 << 10) }.joined(separator: "\n\n").withoutPlaceholders()
    }

    private var tags: [String] {
        guard let item else { return ["production-readiness"] }
        let controls = item.controls.sorted { $0.key < $1.key }.flatMap { framework, ids in
            ids.map { "\(framework)/\($0)" }
        }
        var seen: Set<String> = []
        return
            (["production-readiness", item.checklist, item.section] + (item.phase.map { [$0.rawValue] } ?? [])
            + controls)
            .map(\.harmlessLine).filter { seen.insert($0).inserted }
    }
}

extension Severity {
    /// What keeps the verdict from go is an error, whatever its severity (§3.27.10).
    func sarifLevel(blocks: Bool) -> String {
        if blocks { return "error" }
        switch self {
        case .critical, .high, .medium: return "warning"
        case .low, .info: return "note"
        }
    }

    /// The score by which GitHub sorts alerts: above 9.0 critical, from 7.0 high, from 4.0 medium, above 0 low.
    fileprivate var securitySeverity: String? {
        switch self {
        case .critical: "9.5"
        case .high: "8.0"
        case .medium: "5.5"
        case .low: "2.0"
        case .info: nil
        }
    }
}
