import ArgumentParser
import Audit
import AuditModel

struct AttestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attest", _superCommandName: Gonogo.name,
        abstract: "Record what somebody answers for: an item's question, or a role's sign-off.",
        discussion: """
            On a terminal what is not given is asked, and nothing is written before it is confirmed. In scripts \
            --answer, --statement and --by are needed. The item sign-off is a role's consent to this release.
            """)

    @ArgumentParser.Argument(help: "The item that is answered, or sign-off.")
    var item: String?

    @Flag(help: "Go through all pending and stale items and the open sign-offs, one after the other.")
    var poll = false

    @Option(help: ArgumentHelp("pass, fail or notApplicable.", valueName: "answer"))
    var answer: String?

    @Option(help: ArgumentHelp("What was done or seen; for notApplicable the reason.", valueName: "text"))
    var statement: String?

    @Option(help: ArgumentHelp("Who answers, as the roles of the audit file name them.", valueName: "id"))
    var by: String?

    @Option(help: ArgumentHelp("human, service or agent.", valueName: "kind"))
    var kind = Actor.Kind.human.rawValue

    @Option(help: ArgumentHelp("In which role. (default: the asked one that the person holds)", valueName: "role"))
    var role: String?

    @Option(
        help: ArgumentHelp(
            "Until when: an instant, a date or a duration. (default: as long as the item allows)", valueName: "instant")
    )
    var expires: String?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("What it rests on; may be repeated.", valueName: "path|url"))
    var evidence: [String] = []

    @Option(help: ArgumentHelp("What must hold for a sign-off that passes.", valueName: "text"))
    var condition: String?

    @Option(help: ArgumentHelp("The file of the statement that this one replaces.", valueName: "file"))
    var supersedes: String?

    @Option(help: ArgumentHelp("Sign with this SSH key (ssh-keygen -Y sign).", valueName: "key"))
    var sign: String?

    @OptionGroup(title: "Service") var decisions: DecisionOptions

    mutating func run() async throws {
        guard poll != (item != nil) else {
            throw AuditError.usage(poll ? "--poll goes through all items: name none" : "name an item, or give --poll")
        }
        guard !poll || flags.isEmpty else {
            throw AuditError.usage("--poll asks for each item: leave out \(flags.joined(separator: ", "))")
        }
        let (preparation, recording) = try decisions.read()
        try preparation.checkSigning(with: sign)
        let options = decisions
        var dialogue = AttestDialogue(preparation, key: sign) { try options.instant() }
        do {
            if poll {
                try askAll(preparation, recording, &dialogue)
            } else if let item {
                try record(item, preparation, &dialogue)
            }
        } catch is Dialogue.Ended {
            throw AuditError.usage("the input ended; what was confirmed before is written")
        }
    }

    /// The flags given that are about one answer.
    private var flags: [String] {
        let single = [
            ("--answer", answer), ("--statement", statement), ("--by", by), ("--role", role), ("--expires", expires),
            ("--condition", condition), ("--supersedes", supersedes),
            ("--kind", kind == Actor.Kind.human.rawValue ? nil : kind)
        ]
        return single.filter { $0.1 != nil }.map(\.0) + (evidence.isEmpty ? [] : ["--evidence"])
    }

    private func askAll(
        _ preparation: Preparation, _ recording: Recording?, _ dialogue: inout AttestDialogue
    ) throws {
        guard Dialogue.isPossible else {
            throw AuditError.usage("--poll asks on a terminal; in scripts answer item by item: gonogo attest ITEM")
        }
        let questions = try preparation.openQuestions(recording, at: try decisions.instant())
        guard !questions.isEmpty else {
            return dialogue.dialogue.say("Nothing is open: every answer is there and valid.")
        }
        dialogue.dialogue.say("\(questions.count) open, for \(preparation.service.name)")
        let answered = try dialogue.poll(questions)
        dialogue.dialogue.say("\n\(answered) of \(questions.count) answered. Commit the files, then audit again.")
    }

    private func record(_ item: String, _ preparation: Preparation, _ dialogue: inout AttestDialogue) throws {
        let now = try decisions.instant()
        let question = try preparation.question(about: item, role: role, at: now)
        let given = try given()
        for piece in evidence { try preparation.checkEvidence(piece) }
        if let expires { try preparation.checkEnd(expires, of: question, at: now) }
        let missing = [("--answer", answer), ("--statement", statement), ("--by", by)].filter { $0.1 == nil }
        if !missing.isEmpty, Dialogue.isPossible {
            guard case .written = try dialogue.ask(question, given: given) else {
                return dialogue.dialogue.say("Nothing was written.")
            }
            return
        }
        guard let answer = given.answer, let statement, let by else {
            throw AuditError.usage("also needed: \(missing.map(\.0).joined(separator: ", "))")
        }
        let draft = AttestationDraft(
            answer: answer, statement: statement, by: by, kind: given.kind, role: role, expires: expires,
            evidence: evidence, condition: condition, supersedes: supersedes)
        let made = try preparation.attestation(draft, answering: question, at: now, isSigned: sign != nil)
        let path = try preparation.write(made, key: sign)
        try printed(
            "Wrote \(path): \(made.answer.rawValue) until \(made.expires.forPeople), "
                + "\(made.expires.distance(from: made.at))\n")
        var after = preparation
        after.add(made, at: path)
        if let answerers = after.answerers(of: question, at: now) {
            Terminal.message("gonogo: \(question.stillWanted(after: answerers))")
        }
    }

    /// What the flags say; throws wrong usage for an answer or a kind that there is not.
    private func given() throws -> GivenAnswer {
        guard let kind = Actor.Kind(rawValue: kind) else {
            throw AuditError.usage(
                unknown("kind of actor", kind, known: Actor.Kind.allCases.map(\.rawValue), option: "--kind"))
        }
        let known = answer.flatMap(Attestation.Answer.init)
        if let answer, known == nil {
            throw AuditError.usage(
                unknown("answer", answer, known: Attestation.Answer.allCases.map(\.rawValue), option: "--answer"))
        }
        return GivenAnswer(
            answer: known, statement: statement, by: by, kind: kind, role: role, expires: expires, evidence: evidence,
            condition: condition, supersedes: supersedes)
    }
}
