import ArgumentParser
import Audit
import AuditModel

/// Which service's decisions are meant, and at which instant.
struct DecisionOptions: ParsableArguments {
    @OptionGroup var files: AuditFileOptions

    @Option(help: ArgumentHelp("The environment of the audit file.", valueName: "name"))
    var environment: String?

    @Option(
        help: ArgumentHelp("The service's repository; its head is the commit that is decided on.", valueName: "dir"))
    var repository: String?

    @Option(help: ArgumentHelp("The service's image; a digest in it is the artifact.", valueName: "ref"))
    var image: String?

    @Option(help: ArgumentHelp("What an audit saw (audit --record): its commit, its artifact.", valueName: "file"))
    var recording: String?

    @Option(
        name: .customLong("as-of"),
        help: ArgumentHelp("This instant instead of now: ISO 8601 with a zone.", valueName: "instant"))
    var asOf: String?

    /// The audit file's people, policy and decisions, and the recording.
    func read() throws -> (Preparation, Recording?) {
        let saved = try recording.map { try Recordings.read($0) }
        let request = AuditRequest(
            image: image, repository: repository, configuration: files.config, environment: environment,
            checklists: files.checklist, decisionsFrom: files.decisionsFrom, environmentVariable: Terminal.variable)
        return (try Preparation(request, recording: saved, observes: false), saved)
    }

    /// The instant given, or now.
    func instant() throws(AuditError) -> Instant { try judgedInstant(asOf) }
}
