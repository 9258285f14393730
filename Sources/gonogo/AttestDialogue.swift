import Audit
import AuditModel

/// What was given in the command line already, so that only the rest is asked.
struct GivenAnswer {
    var answer: Attestation.Answer?
    var statement: String?
    var by: String?
    var kind = Actor.Kind.human
    var role: String?
    var expires: String?
    var evidence: [String] = []
    var condition: String?
    var supersedes: String?
    /// Whether it did not count, so that it is asked again and only offered.
    var isOffered = false
}

/// Asks one person after the other what an audit wants to know, and writes what they confirm.
struct AttestDialogue {
    private var preparation: Preparation
    let now: () throws -> Instant
    /// The private key, or the public one of the agent's, that signs; nil to sign nothing.
    let key: String?
    var dialogue = Dialogue()
    /// Who answered last in each role, so that nobody types it twice.
    private var people: [String: String] = [:]

    init(_ preparation: Preparation, key: String?, now: @escaping () throws -> Instant) {
        self.preparation = preparation
        self.key = key
        self.now = now
    }

    /// What became of a question.
    enum Outcome { case written(String), skipped, quit }

    /// Goes through all the questions; returns how many were answered.
    mutating func poll(_ questions: [OpenQuestion]) throws -> Int {
        var answered = 0
        var heading: String?
        for (index, question) in questions.enumerated() {
            let role = question.isSignOff ? "Sign-off" : question.role.map { "For \($0)" } ?? "For anyone"
            if role != heading { dialogue.say("\n\(role)") }
            heading = role
            dialogue.say("\n[\(index + 1)/\(questions.count)]")
            var outcome = try ask(question)
            while case .written = outcome {
                guard let others = preparation.answerers(of: question, at: try now()) else { break }
                outcome = try ask(question, others: others)
            }
            switch outcome {
            case .written: answered += 1
            case .skipped: continue
            case .quit: return answered
            }
        }
        return answered
    }

    /// Asks one question; what would not count is said and asked again.
    ///
    /// - Parameter others: who has answered before, where that is not enough; nil to ask whoever is there.
    mutating func ask(
        _ question: OpenQuestion, others: [String]? = nil, given: GivenAnswer = GivenAnswer()
    ) throws -> Outcome {
        if others == nil { describe(question) }
        var given = given
        while true {
            let words = ["pass", "fail"] + (question.isSignOff ? [] : ["notApplicable"]) + ["skip", "quit"]
            let word =
                try stated(given.answer?.rawValue, given)
                ?? dialogue.choose("Answer", among: words, preset: given.answer?.rawValue)
            guard let answer = Attestation.Answer(rawValue: word) else { return word == "quit" ? .quit : .skipped }
            let draft = try draft(answer, to: question, others: others ?? [], given)
            do {
                let made = try preparation.attestation(
                    draft, answering: question, at: try now(), isSigned: key != nil)
                guard try confirmed(made) else { return .skipped }
                let path = try preparation.write(made, key: key)
                dialogue.say("Wrote \(path)")
                preparation.add(made, at: path)
                if let answerers = preparation.answerers(of: question, at: try now()) {
                    dialogue.say("\n  \(question.stillWanted(after: answerers))")
                }
                return .written(path)
            } catch AuditError.usage(let sentence) {
                dialogue.say("  \(sentence)")
                given.isOffered = true
            }
        }
    }

    /// What was given, unless it has to be asked again.
    private func stated(_ value: String?, _ given: GivenAnswer) -> String? { given.isOffered ? nil : value }

    private func describe(_ question: OpenQuestion) {
        let severity = question.severity.map { " (\($0.rawValue))" } ?? ""
        dialogue.say("\(question.item)\(severity): \(question.title)")
        dialogue.say("  \(question.demand.question)")
        if let why = question.why { dialogue.say("  Why: \(why)") }
        if !question.state.isEmpty { dialogue.say("  \(question.state)") }
        if question.demand.requiresEvidence { dialogue.say("  Evidence is required, except for a fail.") }
    }

    private mutating func draft(
        _ answer: Attestation.Answer, to question: OpenQuestion, others: [String], _ given: GivenAnswer
    ) throws -> AttestationDraft {
        let statement =
            try stated(given.statement, given)
            ?? dialogue.demand(answer == .notApplicable ? "Reason" : "Statement", preset: given.statement)
        let role = try stated(given.role, given) ?? role(for: question, given)
        let who = try stated(given.by, given) ?? person(as: role, others: others, given)
        var kind = given.kind
        if given.isOffered, kind != .human {
            let words = Actor.Kind.allCases.map(\.rawValue)
            kind = Actor.Kind(rawValue: try dialogue.choose("Which is", among: words, preset: kind.rawValue)) ?? .human
        }
        let evidence = try given.evidence.isEmpty && !question.isSignOff ? evidence() : given.evidence
        var condition = stated(given.condition, given)
        if condition == nil, question.isSignOff, answer == .pass {
            let text = try dialogue.ask("On which condition (empty for none)", preset: given.condition)
            condition = text.isEmpty ? nil : text
        }
        return AttestationDraft(
            answer: answer, statement: statement, by: who, kind: kind, role: role,
            expires: try stated(given.expires, given) ?? end(of: question, given), evidence: evidence,
            condition: condition, supersedes: given.supersedes)
    }

    private mutating func role(for question: OpenQuestion, _ given: GivenAnswer) throws -> String? {
        let roles = question.isSignOff ? [question.role].compactMap(\.self) : question.demand.roles
        guard roles.count > 1 else { return roles.first ?? given.role }
        return try dialogue.choose(
            "As", among: roles, preset: given.role.flatMap { roles.contains($0) ? $0 : nil } ?? question.role)
    }

    /// What an answer rests on, piece by piece until an empty line.
    private mutating func evidence() throws -> [String] {
        var evidence: [String] = []
        while true {
            let piece = try dialogue.ask("Evidence, a path or an address\(evidence.isEmpty ? "" : ", one more")")
            if piece.isEmpty { return evidence }
            if isSound({ () throws(AuditError) in try preparation.checkEvidence(piece) }) { evidence.append(piece) }
        }
    }

    /// Until when an answer holds, asked until it can.
    private mutating func end(of question: OpenQuestion, _ given: GivenAnswer) throws -> String {
        while true {
            let text = try dialogue.ask(
                "Expires (an instant, a date or a duration)", preset: given.expires ?? question.demand.validFor.text)
            let now = try now()
            if isSound({ () throws(AuditError) in try preparation.checkEnd(text, of: question, at: now) }) {
                return text
            }
        }
    }

    /// Whether a check throws nothing; what it throws is said.
    private func isSound(_ check: () throws(AuditError) -> Void) -> Bool {
        do throws(AuditError) {
            try check()
            return true
        } catch {
            for line in error.lines { dialogue.say("  \(line)") }
            return false
        }
    }

    /// Who answers; another one than those who have.
    private mutating func person(as role: String?, others: [String], _ given: GivenAnswer) throws -> String {
        let answered = Set(others.map(Actor.key))
        let members = (role.flatMap { preparation.rules?.roles[$0] } ?? []).filter {
            !answered.contains(Actor.key($0))
        }
        let last = people[role ?? ""].flatMap { answered.contains(Actor.key($0)) ? nil : $0 }
        while true {
            let who = try dialogue.demand(
                role.map { "Who answers as \($0)" } ?? "Who answers",
                preset: given.by ?? last ?? (members.count == 1 ? members[0] : nil))
            guard answered.contains(Actor.key(who)) else {
                people[role ?? ""] = who
                return who
            }
            dialogue.say("  \(who) has answered; somebody else is asked")
        }
    }

    private mutating func confirmed(_ made: Attestation) throws -> Bool {
        let role = made.by.role.map { " as \($0)" } ?? ""
        dialogue.say("  \(made.item): \(made.answer.rawValue) by \(made.by.id)\(role): \(made.statement)")
        for piece in made.evidence {
            let digest = piece.sha256.map { " (sha256 \($0.prefix(12))…)" } ?? ""
            dialogue.say("  evidence: \(piece.path ?? piece.url ?? "")\(digest)")
        }
        if let condition = made.condition { dialogue.say("  condition: \(condition)") }
        dialogue.say("  expires \(made.expires.forPeople), \(made.expires.distance(from: made.at))")
        return try dialogue.confirm("Write it?")
    }
}
