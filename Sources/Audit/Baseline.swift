import AuditModel
import JSON

/// The items that failed when a service was first audited: while they still fail they are shown and do not gate.
package struct Baseline: Sendable {
    package var items: Set<String> = []
    /// Items that the file names and an earlier version did not: a baseline only shrinks, so they gate.
    var grown: [String] = []
    /// The path as reports show it; nil without a baseline.
    var file: String?

    /// Reads the saved result that the rules name, less what an earlier version of it did not have.
    ///
    /// - Parameter auditFile: the audit file's name in its folder.
    static func read(
        _ rules: AuditFile, _ store: DecisionStore, folder: String, auditFile: String,
        _ diagnostics: inout [Diagnostic], _ notices: inout [Notice]
    ) -> Baseline {
        guard let name = rules.baseline else { return Baseline() }
        let shown = Files.path(name.name, from: folder)
        var baseline = Baseline(file: shown)
        switch store.contents([name.name], limit: Recordings.limits.bytes).first {
        case .success(let bytes)?:
            do throws(AuditError) {
                baseline.items = try failures(in: bytes, of: shown, rules.service.name)
            } catch {
                if case .malformed(let mistakes) = error { diagnostics += mistakes }
                return baseline
            }
        case .failure(let problem)?:
            diagnostics.append(
                Diagnostic("unreadable", "the baseline \(shown) cannot be read: \(problem.reason)", at: name.location))
            return baseline
        case nil: return baseline
        }
        let own = baseline.items
        let history = BaselineHistory(store, name.name, auditFile: auditFile, service: rules.service.name)
        for earlier in history.versions { baseline.items.formIntersection(earlier) }
        baseline.grown = own.subtracting(baseline.items).sorted()
        notices += history.gaps.map { gap in
            Notice(
                code: "baseline-unproven", message: "whether the baseline only shrank is not fully known: \(gap)",
                file: shown)
        }
        return baseline
    }

    /// The ids of the items that fail unwaived in a saved result of the service; throws the mistake with its place.
    private static func failures(
        in bytes: [UInt8], of file: String, _ service: String
    ) throws(AuditError) -> Set<String> {
        let saved = try SavedJSON(bytes, of: file, schema: AuditResult.schema)
        let named = saved.value["service"]?["name"]?.string
        guard named == service else {
            throw saved.mistake(
                "other-service",
                "the baseline is of \(named.map { "the service \($0.prefix(60))" } ?? "no service"), and \(service) is audited",
                at: named == nil ? [] : [.name("service"), .name("name")])
        }
        guard let items = saved.value["items"]?.array else {
            throw saved.mistake(
                "malformed-baseline", "\"items\" was expected, the list of a saved result's items", at: [],
                suggestion: nearestName(to: "items", among: (saved.value.members ?? []).map(\.name)))
        }
        var failing: Set<String> = []
        for (index, item) in items.enumerated() {
            guard let id = item["id"]?.string else {
                throw saved.mistake(
                    "malformed-baseline", "an item with its \"id\" and \"status\" was expected",
                    at: [.name("items"), .index(index)],
                    suggestion: nearestName(to: "id", among: (item.members ?? []).map(\.name)))
            }
            guard let status = item["status"]?.string, Status(rawValue: status) != nil else {
                let found = item["status"]?.string
                let path: [JSONStep] = [.name("items"), .index(index)]
                throw saved.mistake(
                    "malformed-baseline",
                    "a status was expected for \(id.prefix(60)), found \(found.map { "\"\($0.prefix(60))\"" } ?? "none")",
                    at: item["status"] == nil ? path : path + [.name("status")],
                    suggestion: found.flatMap { nearestName(to: $0, among: Status.allCases.map(\.rawValue)) })
            }
            // What was waived then was accepted until a date, not for good.
            if status == Status.fail.rawValue, (item["waiver"] ?? .null) == .null { failing.insert(id) }
        }
        return failing
    }

    /// What the file names in vain, and what it may not name.
    func notices(items judged: [ItemResult]) -> [Notice] {
        let failing = Set(judged.filter { $0.status == .fail }.map(\.id))
        let known = Set(judged.map(\.id))
        let mended = items.intersection(known).subtracting(failing).sorted()
        var notices: [Notice] = []
        if !mended.isEmpty {
            notices.append(
                Notice(
                    code: "baseline-mended",
                    message: "the baseline names what fails no more: \(mended.joined(separator: ", ")); save a newer "
                        + "result in its place", file: file))
        }
        if !grown.isEmpty {
            notices.append(
                Notice(
                    code: "baseline-grown",
                    message: "a baseline only shrinks; what an earlier version of it did not name gates: "
                        + grown.joined(separator: ", "), file: file))
        }
        return notices
    }
}
