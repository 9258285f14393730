import ArgumentParser
import Audit
import AuditModel

struct ObserveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "observe", _superCommandName: Gonogo.name, abstract: "Observe only, and save what was seen.",
        discussion: "The recording goes to --record, or to standard output.")

    @OptionGroup var selection: SelectionOptions
    @OptionGroup(title: "Network") var network: NetworkOptions

    @Option(help: ArgumentHelp("Where to save the recording. (default: standard output)", valueName: "file"))
    var record: String?

    mutating func run() async throws {
        let preparation = try Preparation(selection.request())
        let recording = try await gonogo.observe(preparation, network)
        var problems: [String] = []
        if let record {
            problems = Recordings.write(recording, to: record)
        } else if let problem = Terminal.write(try Recordings.text(of: recording), to: .output) {
            problems = ["standard output: \(problem.reason)"]
        }
        guard problems.isEmpty else { throw AuditError.notWritten(problems) }
        let failures = recording.observations.compactMap(\.failure)
        guard failures.isEmpty else {
            throw failures.contains(where: \.isOwnFault) ? ExitStatus.internalError : ExitStatus.undetermined
        }
    }
}
