import AuditModel
import JSON

/// The items that failed when a service was first audited: while they still fail they are shown and do not gate.
package struct Baseline: Sendable {
    package var items: Set<String> = []
    /// Items that the file names and an earlier version did not: a baseline only shrinks, so they gate.
    var grown: [String] = []
    /// The path as reports show it; nil without a baseline.
    var file: String?

    /// The most versions of the file that are compared with it.
    private static let versions = 64

    /// Reads the saved result that the rules name, less what an earlier version of the file did not have.
    static func read(
        _ rules: AuditFile, _ store: DecisionStore, folder: String, _ diagnostics: inout [Diagnostic],
        _ notices: inout [Notice]
    ) throws(FileProblem) -> Baseline {
        guard let name = rules.baseline else { return Baseline() }
        let shown = Files.path(name.name, from: folder)
        var baseline = Baseline(file: shown)
        let content = store.contents([name.name], limit: Recordings.limits.bytes).first
        let bytes: [UInt8]
        switch content {
        case .success(let found)?: bytes = found
        case .failure(let problem)?:
            diagnostics.append(
                Diagnostic("unreadable", "the baseline \(shown) cannot be read: \(problem.reason)", at: name.location))
            return baseline
        case nil: return baseline
        }
        do throws(FileProblem) {
            baseline.items = try failures(in: bytes, of: rules.service.name)
        } catch {
            diagnostics.append(
                Diagnostic(
                    "malformed-baseline", error.reason, at: SourceLocation(file: shown, line: 1, column: 1)))
            return baseline
        }
        let own = baseline.items
        for earlier in try versions(of: name.name, store, service: rules.service.name) {
            baseline.items.formIntersection(earlier)
        }
        baseline.grown = own.subtracting(baseline.items).sorted()
        return baseline
    }

    /// The failing items of earlier versions, as far as they can be read.
    private static func versions(
        of path: String, _ store: DecisionStore, service: String
    ) throws(FileProblem) -> [Set<String>] {
        guard let (repository, _) = store.committed else { return [] }
        let blobs = try store.history(of: [path]).map(\.blob).filter { $0.contains { $0 != "0" } }
        let contents = try repository.contents(Array(blobs.prefix(versions)))
        return contents.compactMap { bytes in bytes.flatMap { try? failures(in: $0, of: service) } }
    }

    /// The ids of the items that fail in a saved result.
    private static func failures(in bytes: [UInt8], of service: String) throws(FileProblem) -> Set<String> {
        let json: JSONValue
        do {
            json = try JSONValue.parse(bytes, limits: Recordings.limits)
        } catch {
            throw FileProblem(reason: "the baseline is no JSON: \(error)")
        }
        guard json["schema"]?.string == AuditResult.schema, let items = json["items"]?.array else {
            throw FileProblem(reason: "the baseline must be a saved result (\(AuditResult.schema))")
        }
        let name = json["service"]?["name"]?.string ?? ""
        guard name == service else {
            throw FileProblem(reason: "the baseline is of the service \(name.prefix(60)), and \(service) is audited")
        }
        return Set(
            items.compactMap { $0["status"]?.string == Status.fail.rawValue ? $0["id"]?.string : nil })
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
