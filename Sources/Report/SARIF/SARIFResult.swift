import AuditModel
import JSON

// One result (SARIF 2.1.0 §3.27).

extension AuditResult {
    /// A finding as code scanning opens an alert for it.
    func sarifResult(_ finding: Finding, rule: Int) -> JSONValue {
        sarifResult(
            finding.id, rule: rule, kind: "fail", level: finding.severity.sarifLevel(blocks: finding.blocks),
            message: finding.reasons, place: finding.place, item: finding.item)
    }

    /// An item whatever its status, with the waiver that suppresses it.
    func sarifResult(_ item: ItemResult, rule: Int) -> JSONValue {
        let isFailure = item.status == .fail || (item.blocks && item.status == .pass)
        return sarifResult(
            item.id, rule: rule, kind: isFailure ? "fail" : item.status.sarifKind,
            // Of any other kind the level is none (§3.27.10).
            level: isFailure ? item.severity.sarifLevel(blocks: item.blocks) : "none",
            message: item.isFailing ? item.failureSentences : [item.reason], place: place(of: item), item: item)
    }

    private func sarifResult(
        _ id: String, rule: Int, kind: String, level: String, message: [Sentence], place: SourceLocation,
        item: ItemResult?
    ) -> JSONValue {
        .members([
            "ruleId": .string(id.harmlessLine), "ruleIndex": .integer(Int64(rule)), "kind": .string(kind),
            "level": .string(level), "message": message.sarifMessage, "locations": .array([place.sarif]),
            "fingerprints": .members(["gonogo/v1": .string(fingerprint(of: id))]),
            // The only key that GitHub follows an alert by.
            "partialFingerprints": .members(["primaryLocationLineHash": .string("\(fingerprint(of: id).prefix(16)):1")]
            ),
            "suppressions": item?.suppressions,
            "baselineState": changes.flatMap { $0.baselineState(of: id) }.map { .string($0) },
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

extension ResultChanges {
    /// How a result relates to the baseline (§3.27.24); nil for what was not compared.
    fileprivate func baselineState(of id: String) -> String? {
        entries.first { $0.item == id }.map { entry in
            switch entry.kind {
            case .new, .added: "new"
            case .unchanged: "unchanged"
            case .worse, .changed, .fixed: "updated"
            case .removed: "absent"
            }
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
