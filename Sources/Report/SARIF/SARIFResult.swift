import AuditModel
import JSON

// One result (SARIF 2.1.0 §3.27).

/// Makes results out of one audit's items and findings.
struct SARIFResults {
    private let audit: AuditResult
    /// What became of each item since the baseline; empty when nothing was compared.
    private let baseline: [String: ResultChanges.Kind]

    init(_ audit: AuditResult) {
        self.audit = audit
        let changes = audit.changes?.entries.map { ($0.item, $0.kind) } ?? []
        baseline = Dictionary(changes) { first, _ in first }
    }

    /// A finding as code scanning opens an alert for it.
    func json(_ finding: Finding, rule: Int) -> JSONValue {
        json(
            finding.id, rule: rule, kind: "fail", level: finding.severity.sarifLevel(blocks: finding.blocks),
            message: finding.reasons, place: finding.place, item: finding.item)
    }

    /// An item whatever its status, with the waiver that suppresses it.
    func json(_ item: ItemResult, rule: Int) -> JSONValue {
        let isFailure = item.status == .fail || (item.blocks && item.status == .pass)
        return json(
            item.id, rule: rule, kind: isFailure ? "fail" : item.status.sarifKind,
            // Of any other kind the level is none (§3.27.10).
            level: isFailure ? item.severity.sarifLevel(blocks: item.blocks) : "none",
            message: item.isFailing ? item.failureSentences : [item.reason], place: audit.place(of: item), item: item)
    }

    private func json(
        _ id: String, rule: Int, kind: String, level: String, message: [Sentence], place: SourceLocation,
        item: ItemResult?
    ) -> JSONValue {
        let fingerprint = audit.fingerprint(of: id)
        let message = message + [item?.deferral(at: audit.judgedAt)].compactMap(\.self)
        return .members([
            "ruleId": .string(id.harmlessLine), "ruleIndex": .integer(Int64(rule)), "kind": .string(kind),
            "level": .string(level), "message": message.sarifMessage, "locations": .array([place.sarif]),
            "fingerprints": .members(["gonogo/v1": .string(fingerprint)]),
            // The only key that GitHub follows an alert by.
            "partialFingerprints": .members(["primaryLocationLineHash": .string("\(fingerprint.prefix(16)):1")]),
            "suppressions": item?.suppressions,
            "baselineState": baseline[id].map { .string($0.baselineState) },
            "properties": item.map(\.sarifProperties)
        ])
    }
}

extension Status {
    /// What is known, by the names of §3.27.9.
    fileprivate var sarifKind: String {
        switch self {
        case .pass: "pass"
        case .fail: "fail"
        case .inconclusive, .error: "open"
        case .pending, .stale: "review"
        case .notApplicable: "notApplicable"
        }
    }
}

extension ItemResult {
    /// A valid waiver (§3.35); nil without one.
    fileprivate var suppressions: JSONValue? {
        guard disposition == .waived, let waiver else { return nil }
        return .array([
            .members([
                "kind": .string("external"), "status": .string("accepted"),
                "justification": .string(waiver.sentence.plain.clipped(to: 4 << 10).harmless)
            ])
        ])
    }

    fileprivate var sarifProperties: JSONValue {
        .members([
            "status": .string(status.rawValue), "disposition": .string(disposition.rawValue),
            "enforcement": .string(enforcement.rawValue), "severity": .string(severity.rawValue),
            "blocks": .boolean(blocks)
        ])
    }
}

extension ResultChanges.Kind {
    /// How a result relates to the baseline (§3.27.24).
    fileprivate var baselineState: String {
        switch self {
        case .new, .added: "new"
        case .unchanged: "unchanged"
        case .worse, .changed, .fixed: "updated"
        case .removed: "absent"
        }
    }
}

extension SourceLocation {
    /// A physical location (§3.29); GitHub wants all four ends of the region.
    fileprivate var sarif: JSONValue {
        let path = repositoryPath
        let line = JSONValue.integer(Int64(max(1, line)))
        return .members([
            "physicalLocation": .members([
                "artifactLocation": .members([
                    "uri": .string(uriReference(ofPath: path)),
                    "uriBaseId": path.hasPrefix("/") ? nil : .string("%SRCROOT%")
                ]),
                "region": .members([
                    "startLine": line, "startColumn": .integer(Int64(max(1, column))), "endLine": line,
                    "endColumn": .integer(Int64(max(1, column)) + 1)
                ])
            ])
        ])
    }
}
