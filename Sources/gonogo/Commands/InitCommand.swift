import ArgumentParser
import Audit

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", _superCommandName: Gonogo.name,
        abstract: "Write a commented gonogo.yaml for the repository it stands in.")

    @Option(help: ArgumentHelp("Where to write it.", valueName: "file"))
    var output = "gonogo.yaml"

    mutating func run() throws {
        guard !Files.exists(output) else {
            throw AuditError.usage("\(output) is there already; nothing was written")
        }
        do throws(FileProblem) {
            try Files.write(AuditFileTemplate.text(serviceName: Files.currentFolderName), to: output)
        } catch {
            throw AuditError.notWritten(["\(output): \(error.reason)"])
        }
        Terminal.write("Wrote \(output). Name your service's URL in it, then run: gonogo audit\n", to: .output)
    }
}
