import Audit
import AuditModel
import Foundation

/// A Git repository with an audit file and a checklist that asks people, made for one test.
final class DecisionRepository: Sendable {
    let root: String

    /// - Parameter audit: lines added to the audit file.
    /// - Parameter attest: keys added to the item's `attest`.
    init(audit: String = "", attest: String = "") throws {
        root = FileManager.default.temporaryDirectory.appending(path: "gonogo-decisions-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        try git("init", "-q", "-b", "main")
        try writeAuditFile(audit)
        try write(
            """
            schema: gonogo.checklist/1
            id: own
            version: 1.0.0
            title: Own
            sections:
              - id: all
                title: All
                items:
                  - id: on-call
                    title: Somebody is on call
                    severity: critical
                    attest: {question: Is somebody on call?, validFor: 90d\(attest)}
            """, to: "own.yaml")
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    func writeAuditFile(_ more: String) throws {
        try write(
            """
            schema: gonogo.audit/1
            service: {name: shop, environment: production}
            targets: {repository: .}
            checklists: [./own.yaml]
            attestations: readiness/attestations
            waivers: readiness/waivers

            """ + more, to: "gonogo.yaml")
    }

    func write(_ text: String, to name: String) throws {
        let file = URL(filePath: root).appending(path: name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: root).appending(path: name)), as: UTF8.self)
    }

    func path(_ name: String) -> String { root + "/" + name }

    @discardableResult
    func git(_ arguments: String...) throws -> String { try run("git", ["-C", root] + arguments) }

    func commit(by name: String = "carl", _ message: String = "Change") throws {
        try git("add", "-A")
        _ = try run(
            "git",
            [
                "-C", root, "-c", "user.name=\(name)", "-c", "user.email=\(name)@example.com", "commit", "-q",
                "--allow-empty", "-m", message
            ])
    }

    /// Commits what is in the index and nothing else.
    func commitIndex(by name: String = "carl") throws {
        _ = try run(
            "git",
            [
                "-C", root, "-c", "user.name=\(name)", "-c", "user.email=\(name)@example.com", "commit", "-q", "-m",
                "Index"
            ])
    }

    func head() throws -> String {
        try git("rev-parse", "HEAD").trimmingCharacters(in: .whitespacesAndNewlines)
    }

    func link(_ target: String, _ name: String) throws {
        try FileManager.default.createSymbolicLink(atPath: path(name), withDestinationPath: target)
    }

    /// Runs a program of the system; throws with what it wrote when it fails.
    @discardableResult
    func run(_ program: String, _ arguments: [String], input: String? = nil) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        let output = root + "-\(UUID().uuidString)"
        _ = FileManager.default.createFile(atPath: output, contents: nil)
        defer { try? FileManager.default.removeItem(atPath: output) }
        let handle = try FileHandle(forWritingTo: URL(filePath: output))
        process.standardOutput = handle
        process.standardError = handle
        if let input { process.standardInput = try FileHandle(forReadingFrom: URL(filePath: input)) }
        try process.run()
        process.waitUntilExit()
        let text = String(decoding: try Data(contentsOf: URL(filePath: output)), as: UTF8.self)
        guard process.terminationStatus == 0 else { throw ProgramFailed(text: "\(program) \(arguments): \(text)") }
        return text
    }

    struct ProgramFailed: Error { let text: String }

    static let now = Instant("2026-11-21T12:00:00Z") ?? Instant(milliseconds: 0)

    func preparation() throws -> Preparation {
        try Preparation(
            AuditRequest(configuration: path("gonogo.yaml"), environmentVariable: { _ in nil }), observes: false)
    }

    func judged(at now: Instant = now) throws -> AuditResult {
        let preparation = try preparation()
        return try preparation.judged(
            Recording(
                tool: ToolIdentity(name: "gonogo", version: "0"), service: preparation.service, checklists: [],
                startedAt: now, finishedAt: now, observations: []), at: now, isAsOf: true)
    }

    func attest(by id: String = "ana", role: String? = nil, more: String = "", file: String = "a") throws {
        let role = role.map { ", role: \($0)" } ?? ""
        try write(
            """
            schema: gonogo.attestation/1
            item: on-call
            answer: pass
            statement: The rota is in the calendar
            by: {id: \(id)@example.com, kind: human\(role)}
            at: 2026-11-20T12:00:00Z
            expires: 2026-12-20T12:00:00Z

            """ + more, to: "readiness/attestations/\(file).yaml")
    }

    func waive(by id: String = "ben", role: String = "sre-lead", expires: String = "2026-11-30T00:00:00Z") throws {
        try write(
            """
            schema: gonogo.waiver/1
            item: on-call
            reason: The rota begins on Monday
            risk: A page stays unseen
            requestedBy: ana@example.com
            approvedBy: {id: \(id)@example.com, role: \(role)}
            approvedAt: 2026-11-20T12:00:00Z
            expires: \(expires)
            """, to: "readiness/waivers/w.yaml")
    }
}
