import ArgumentParser
import Audit
import AuditModel

struct DecisionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decisions", abstract: "List and verify attestations and waivers.",
        subcommands: [List.self, Verify.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Every attestation and waiver with its state: who, until when, how sure, and why it does not count.",
            discussion: """
                A waiver is shown as unused only with --recording, which tells what its item is. Exits with 0 whatever \
                the states are.
                """)

        @OptionGroup(title: "Service") var decisions: DecisionOptions

        @Option(help: ArgumentHelp("Mark what ends within this time. (default: expiryWarning)", valueName: "time"))
        var within: String?

        mutating func run() throws {
            let span = try within.map { text in
                guard let span = TimeSpan(text) else {
                    throw AuditError.usage("--within \(text): a duration was expected, such as 14d")
                }
                return span
            }
            let (preparation, recording) = try decisions.read()
            try printed(
                DecisionListing(preparation, recording, at: try decisions.instant(), within: span).text)
        }
    }

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Verify the form, the signature and the evidence of every attestation and waiver.",
            discussion: """
                Exit code 65 names each file that is malformed, tampered with, or rests on changed evidence; 2 says what \
                could not be verified: a signature without ssh-keygen, evidence that is not there.
                """)

        @OptionGroup(title: "Service") var decisions: DecisionOptions

        mutating func run() throws {
            let (preparation, recording) = try decisions.read()
            let listing = try DecisionListing(preparation, recording, at: try decisions.instant(), within: nil)
            let failures = listing.failures
            guard failures.isEmpty else { throw AuditError.malformed(failures) }
            try printed(listing.text)
            for sentence in listing.unverified { Terminal.message("gonogo: not verified: \(sentence)") }
            guard listing.unverified.isEmpty else { throw ExitStatus.undetermined }
        }
    }
}
