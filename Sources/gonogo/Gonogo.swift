import ArgumentParser
import Audit
import AuditModel
import Glibc

/// The command line: reads words, calls the audit, writes files, chooses the exit code. Nothing else reads the clock.
@main
struct Gonogo: AsyncParsableCommand {
    static let name = "gonogo"

    static let configuration = CommandConfiguration(
        commandName: name,
        abstract: "Is this service ready for production — go or no-go? Answered with evidence.",
        discussion: """
            Exit codes: 0 go (or conditional-go without --strict), 1 no-go (from diff: regressions), 2 undetermined: something the gate needs \
            could not be observed, 3 awaiting: only people's answers are missing, 64 wrong usage, 65 malformed \
            checklist, audit file, decision or recording, 66 nothing selected, 70 internal error, 74 a report or \
            recording could not be written, 130 and 143 interrupted.
            """,
        version: Tool.version,
        subcommands: [
            AuditCommand.self, ObserveCommand.self, JudgeCommand.self, ReportCommand.self, DiffCommand.self,
            ProbeCommand.self, FactsCommand.self, ChecklistCommand.self, AttestCommand.self, WaiveCommand.self,
            DecisionsCommand.self, DemoCommand.self, InitCommand.self
        ])

    /// Parses and runs; every way to end goes through one table of exit codes, so that nothing ends with 1 by accident.
    static func main() async {
        // A reader that goes away is a report that could not be written, not a signal.
        signal(SIGPIPE, SIG_IGN)
        Terminal.reserveStreams()
        let parsed: any ParsableCommand
        do {
            parsed = try CommandWords.command(Array(CommandLine.arguments.dropFirst()))
            // With no command there is nothing to answer, and 0 would read as a go.
            guard !(parsed is Gonogo) else { throw CleanExit.helpRequest() }
        } catch {
            let isWanted = exitCode(for: error).isSuccess && CommandLine.arguments.count > 1
            Terminal.write(fullMessage(for: error) + "\n", to: isWanted ? .output : .error)
            Glibc.exit(isWanted ? ExitStatus.go.rawValue : ExitStatus.usage.rawValue)
        }
        // A command is made here, handed over once and never touched again.
        nonisolated(unsafe) let command = parsed
        await Interrupts.run { await Self.ended { try await Self.run(command) } }
    }

    private static func run(_ command: any ParsableCommand) async throws {
        var command = command
        if var asynchronous = command as? any AsyncParsableCommand {
            try await asynchronous.run()
        } else {
            try command.run()
        }
    }

    /// Runs to the end and says with which status.
    private static func ended(_ body: () async throws -> Void) async -> ExitStatus {
        do {
            try await body()
            return .go
        } catch let status as ExitStatus {
            return status
        } catch let error as AuditError {
            for line in error.lines { Terminal.message("gonogo: " + line) }
            return error.exitStatus
        } catch is CancellationError {
            return .interrupted
        } catch  where exitCode(for: error).isSuccess {
            Terminal.write(fullMessage(for: error) + "\n", to: .output)
            return .go
        } catch {
            Terminal.message("gonogo: internal error: \(error)")
            return .internalError
        }
    }
}
