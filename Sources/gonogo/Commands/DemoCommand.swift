import ArgumentParser
import Audit
import AuditModel
import DemoService
import Observe

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", _superCommandName: Gonogo.name,
        abstract: "Audit a small sample service on loopback and its image, write the reports, print where.",
        discussion: "Exits with 0 when the audit was made, whatever its verdict.")

    @Flag(help: "A sample service without the deliberate faults.")
    var healthy = false

    @Option(help: ArgumentHelp("The folder for what the demo writes.", valueName: "dir"))
    var output = "gonogo-demo"

    mutating func run() async throws {
        let now = Clock.now()
        let service = try await DemoService.start(healthy: healthy)
        do {
            try await audit(service, at: now)
            try await service.stop()
        } catch {
            try? await service.stop()
            throw error
        }
    }

    private func audit(_ service: DemoService, at now: Instant) async throws {
        try write(DemoDecisions.files(httpsPort: service.httpsPort, now: now, isHealthy: healthy))
        try write(DemoImage.files(now: now, isHealthy: healthy))
        let preparation = try Preparation(
            AuditRequest(configuration: "\(output)/gonogo.yaml", environmentVariable: { _ in nil }))
        let context = ProbeContext(
            extraTrustAnchors: service.certificateAuthority, userAgent: Tool.userAgent, now: Clock.now)
        let recording = await preparation.observed(in: context) { _, _ in }
        try Task.checkCancellation()
        let result = try preparation.judged(recording, at: Clock.now(), isAsOf: false)
        let reports = [
            ("report.html", "html"), ("report.xml", "junit"), ("report.md", "markdown"), ("result.json", "json")
        ]
        var problems = Recordings.write(recording, to: "\(output)/recording.json")
        problems += Reports.write(
            result,
            reports.map { ReportRequest(format: $0.1, path: "\(output)/\($0.0)") } + [
                ReportRequest(format: "text", path: nil)
            ],
            ReportStyle(isColoured: Terminal.isColoured(.output))
        ) { Terminal.write($0, to: .output) }
        guard problems.isEmpty else { throw AuditError.notWritten(problems) }
        let files = ["gonogo.yaml", "image/"] + reports.map(\.0) + ["recording.json"]
        try printed("\nThe demo wrote to \(output)/: \(files.joined(separator: ", "))\n")
    }

    private func write(_ files: [(path: String, text: String)]) throws {
        for file in files {
            do throws(FileProblem) {
                try Files.write(file.text, to: "\(output)/\(file.path)")
            } catch {
                throw AuditError.notWritten(["\(output)/\(file.path): \(error.reason)"])
            }
        }
    }
}
