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
        do {
            if isAsking { try askForRest(asked) }
            let made = try preparation.waiver(try draft(), of: asked, at: now, isSigned: sign != nil)
            if isAsking, try !Self.confirmed(made) {
                return Dialogue().say("Nothing was written.")
            }
            let path = try preparation.write(made, key: sign)
            try printed(
                "Wrote \(path): waived until \(made.expires.forPeople), \(made.expires.distance(from: made.approvedAt))\n"
            )
        } catch is Dialogue.Ended {
            throw AuditError.usage("nothing was written: the input ended")
        }
    }

    private mutating func askForRest(_ item: WaivableItem) throws {
        var dialogue = Dialogue()
        dialogue.say("\(item.id) (\(item.severity.rawValue)): \(item.title)")
        if let why = item.why { dialogue.say("  Why it matters: \(why)") }
        let approvers = item.approvers.map { $0.joined(separator: " or ") } ?? "any role"
        dialogue.say("  A waiver lasts \(item.longest.text) at most; \(approvers) may approve it.")
        reason = try reason ?? dialogue.demand("Reason")
        risk = try risk ?? dialogue.demand("Risk")
        compensatingControl = try compensatingControl ?? dialogue.optional("Compensating control")
        ticket = try ticket ?? dialogue.optional("Ticket")
        requestedBy = try requestedBy ?? dialogue.demand("Requested by")
        approvedBy = try approvedBy ?? dialogue.demand("Approved by")
        role = try role ?? dialogue.optional("In which role (empty for the one that they hold)")
        remediationOwner = try remediationOwner ?? dialogue.optional("Who mends it")
        if remediationOwner != nil { remediationDue = try remediationDue ?? dialogue.optional("By when") }
        expires = try expires ?? dialogue.ask("Expires (an instant, a date or a duration)", preset: item.longest.text)
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

    private static func confirmed(_ made: Waiver) throws -> Bool {
        var dialogue = Dialogue()
        dialogue.say(
            "  \(made.item): accepted by \(made.approvedBy.id) as \(made.approvedBy.role ?? ""), "
                + "asked for by \(made.requestedBy ?? "")")
        dialogue.say("  reason: \(made.reason)\n  risk: \(made.risk ?? "")")
        dialogue.say("  expires \(made.expires.forPeople), \(made.expires.distance(from: made.approvedAt))")
        return try dialogue.confirm("Write it?")
    }
}

extension Dialogue {
    /// The answer; nil for an empty line.
    fileprivate mutating func optional(_ question: String) throws -> String? {
        let answer = try ask(question)
        return answer.isEmpty ? nil : answer
    }
}
