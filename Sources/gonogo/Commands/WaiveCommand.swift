import ArgumentParser
import Audit
import AuditModel

struct WaiveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "waive", _superCommandName: Gonogo.name,
        abstract: "Accept an item's failure until a date: recorded, shown in every report, never a pass.",
        discussion: """
            On a terminal what is not given is asked, and nothing is written before it is confirmed. In scripts \
            --reason, --risk, --requested-by and --approved-by are needed. waiverPolicy in gonogo.yaml says who may \
            approve, and for how long.
            """)

    @ArgumentParser.Argument(help: "The item whose failure is accepted.")
    var item: String

    @Option(help: ArgumentHelp("Why it is accepted.", valueName: "text"))
    var reason: String?

    @Option(help: ArgumentHelp("What can happen meanwhile.", valueName: "text"))
    var risk: String?

    @Option(help: ArgumentHelp("Who asks for it.", valueName: "id"))
    var requestedBy: String?

    @Option(help: ArgumentHelp("Who accepts the risk, another than who asks.", valueName: "id"))
    var approvedBy: String?

    @Option(
        help: ArgumentHelp("In which role it is approved. (default: the one that the person holds)", valueName: "role"))
    var role: String?

    @Option(
        help: ArgumentHelp(
            "Until when: an instant, a date or a duration. (default: as long as the policy allows)",
            valueName: "instant"))
    var expires: String?

    @Option(help: ArgumentHelp("Where the work is tracked.", valueName: "id"))
    var ticket: String?

    @Option(help: ArgumentHelp("What limits the risk meanwhile.", valueName: "text"))
    var compensatingControl: String?

    @Option(help: ArgumentHelp("Who mends it.", valueName: "id"))
    var remediationOwner: String?

    @Option(help: ArgumentHelp("By when: an instant, a date or a duration.", valueName: "instant"))
    var remediationDue: String?

    @Option(help: ArgumentHelp("Sign with this SSH key (ssh-keygen -Y sign).", valueName: "key"))
    var sign: String?

    @OptionGroup(title: "Service") var decisions: DecisionOptions

    mutating func run() async throws {
        let (preparation, _) = try decisions.read()
        try preparation.checkSigning(
            with: sign, demanded: preparation.rules?.waiverPolicy.assurance ?? .unsigned)
        let now = try decisions.instant()
        let asked = try preparation.waivableItem(item, at: now)
        let isAsking = Dialogue.isPossible && (reason == nil || risk == nil || requestedBy == nil || approvedBy == nil)
        var dialogue = Dialogue()
        do {
            if isAsking { try askForRest(asked, &dialogue) }
            let made = try waiver(of: asked, preparation, at: now, &dialogue, isAsking: isAsking)
            if isAsking, try dialogue.isRefused(made) { return dialogue.say("Nothing was written.") }
            let path = try written(made, preparation, &dialogue, isAsking: isAsking)
            try printed(
                "Wrote \(path): waived until \(made.expires.forPeople), \(made.expires.distance(from: made.approvedAt))\n"
            )
        } catch is Dialogue.Ended {
            throw AuditError.usage("nothing was written: the input ended")
        }
    }

    private mutating func askForRest(_ asked: WaivableItem, _ dialogue: inout Dialogue) throws {
        dialogue.describe(asked)
        for question in WaiverDraft.Question.allCases where !isGiven(question) {
            try ask(question, asked, &dialogue)
        }
    }

    /// The waiver that the flags and the answers make; on a terminal what is wrong is asked again, and nothing else.
    private mutating func waiver(
        of asked: WaivableItem, _ preparation: Preparation, at now: Instant, _ dialogue: inout Dialogue, isAsking: Bool
    ) throws -> Waiver {
        while true {
            let mistake: WaiverDraft.Mistake
            switch preparation.waiver(try draft(), of: asked, at: now, isSigned: sign != nil) {
            case .success(let made): return made
            case .failure(let found): mistake = found
            }
            guard isAsking else { throw AuditError.usage(mistake.sentence) }
            dialogue.say("  \(mistake.sentence)")
            for question in mistake.questions { try ask(question, asked, &dialogue) }
        }
    }

    private func isGiven(_ question: WaiverDraft.Question) -> Bool {
        switch question {
        case .reason: reason != nil
        case .risk: risk != nil
        case .compensatingControl: compensatingControl != nil
        case .ticket: ticket != nil
        case .requestedBy: requestedBy != nil
        case .approvedBy: approvedBy != nil
        case .role: role != nil
        case .remediationOwner: remediationOwner != nil
        case .remediationDue: remediationDue != nil
        case .expires: expires != nil
        }
    }

    private mutating func ask(
        _ question: WaiverDraft.Question, _ item: WaivableItem, _ dialogue: inout Dialogue
    ) throws {
        switch question {
        case .reason: reason = try dialogue.demand("Reason")
        case .risk: risk = try dialogue.demand("Risk")
        case .compensatingControl: compensatingControl = try dialogue.optional("Compensating control")
        case .ticket: ticket = try dialogue.optional("Ticket")
        case .requestedBy: requestedBy = try dialogue.demand("Requested by")
        case .approvedBy: approvedBy = try dialogue.demand("Approved by")
        case .role: role = try dialogue.optional("In which role (empty for the one that they hold)")
        case .remediationOwner: remediationOwner = try dialogue.optional("Who mends it")
        case .remediationDue: remediationDue = remediationOwner == nil ? nil : try dialogue.optional("By when")
        case .expires:
            expires = try dialogue.ask("Expires (an instant, a date or a duration)", preset: item.longest.text)
        }
    }

    /// Writes it; on a terminal a signature that fails, as with a mistyped passphrase, can be tried again.
    private func written(
        _ made: Waiver, _ preparation: Preparation, _ dialogue: inout Dialogue, isAsking: Bool
    ) throws -> String {
        while true {
            do throws(AuditError) {
                return try preparation.write(made, key: sign)
            } catch {
                guard isAsking, case .usage(let sentence) = error else { throw error }
                dialogue.say("  \(sentence)")
                guard try dialogue.confirm("Try again?") else { throw error }
            }
        }
    }

    private func draft() throws(AuditError) -> WaiverDraft {
        let needed = [
            ("--reason", reason), ("--risk", risk), ("--requested-by", requestedBy), ("--approved-by", approvedBy)
        ]
        guard let reason, let risk, let requestedBy, let approvedBy else {
            let missing = needed.filter { $0.1 == nil }.map(\.0).joined(separator: ", ")
            throw .usage("also needed: \(missing)")
        }
        return WaiverDraft(
            reason: reason, risk: risk, requestedBy: requestedBy, approvedBy: approvedBy, role: role,
            expires: expires, ticket: ticket, compensatingControl: compensatingControl,
            remediationOwner: remediationOwner, remediationDue: remediationDue)
    }
}

extension Dialogue {
    fileprivate func describe(_ item: WaivableItem) {
        say("\(item.id) (\(item.severity.rawValue)): \(item.title)")
        if let why = item.why { say("  Why it matters: \(why)") }
        let approvers = item.approvers.map { $0.joined(separator: " or ") } ?? "any role"
        say("  A waiver lasts \(item.longest.text) at most; \(approvers) may approve it.")
    }

    /// Shows what would be written; whether the person does not want it.
    fileprivate mutating func isRefused(_ made: Waiver) throws -> Bool {
        say(
            "  \(made.item): accepted by \(made.approvedBy.id) as \(made.approvedBy.role ?? ""), "
                + "asked for by \(made.requestedBy ?? "")")
        say("  reason: \(made.reason)\n  risk: \(made.risk ?? "")")
        say("  expires \(made.expires.forPeople), \(made.expires.distance(from: made.approvedAt))")
        return try !confirm("Write it?")
    }

    /// The answer; nil for an empty line.
    fileprivate mutating func optional(_ question: String) throws -> String? {
        let answer = try ask(question)
        return answer.isEmpty ? nil : answer
    }
}
