import AuditModel

// The roles that must agree before a launch: how each of them voted, and the lines to sign on.

extension HTMLPage {
    /// The votes as they were judged; roles that nobody judged are missing ones.
    var signOffs: [SignOffResult] {
        guard result.signOffs.isEmpty else { return result.signOffs }
        let roles: [SignOffResult] = result.checklists.flatMap { checklist in
            checklist.signOffRoles.map { SignOffResult(role: $0, checklist: checklist.id, state: .missing) }
        }
        return roles.reduce(into: []) { rows, row in
            if !rows.contains(where: { $0.role == row.role }) { rows.append(row) }
        }
    }

    /// The votes in one line each, on the decision page.
    func signOffStates(_ html: inout HTMLWriter) {
        let signOffs = signOffs
        guard !signOffs.isEmpty else { return }
        let given = signOffs.count { $0.state == .given || $0.state == .conditional }
        html.section("votes", "Votes") { html in
            html.block("p", ["class": "note"]) { html in
                html.text("\(given) of \(counted(signOffs.count, "role")) signed off. ")
                html.inline("a", ["href": "#sign-off"], text: "Votes and lines to sign")
            }
            html.block("ul", ["class": "tally"]) { html in
                for signOff in signOffs.prefix(12) {
                    html.block("li", ["class": signOff.state.tone]) { html in
                        html.inline("b") { $0.value(signOff.role) }
                        html.text(" ")
                        html.vote(signOff)
                    }
                }
                if signOffs.count > 12 { html.block("li", text: "and \(signOffs.count - 12) more") }
            }
        }
    }

    /// A row for each role: its vote with its reasons, and an empty line where a vote is lacking.
    func signOff(_ html: inout HTMLWriter) {
        let signOffs = signOffs
        guard !signOffs.isEmpty else { return }
        html.part("sign-off", "Sign-off", class: "signing") { html in
            html.block("p", ["class": "note"]) { $0.sentence(result.signingSentence(subject)) }
            let header = ["Role", "Vote", "Name", "Decision, date and signature"]
            html.table("Sign-off", header, class: "signatures stacked") { html in
                for signOff in signOffs { html.row(signOff) }
            }
        }
    }
}

extension AuditResult {
    /// What is signed, so that the sheet speaks for itself.
    fileprivate func signingSentence(_ subject: String) -> Sentence {
        let release: Sentence =
            service.artifact.map { ", artifact \($0)" } ?? service.image.map { ", image \($0)" } ?? ""
        let commit: Sentence = service.commit.map { ", commit \($0)" } ?? ""
        return "The checklists demand these signatures for \(subject)\(release)\(commit), judged "
            + "\(words: verdict.outcome.label) at \(judgedAt)."
    }
}

extension HTMLWriter {
    fileprivate mutating func vote(_ signOff: SignOffResult) {
        inline("span", ["class": "badge \(signOff.state.tone)"]) { html in
            html.inline("span", ["aria-hidden": "true"], text: signOff.state.mark)
            html.text(" " + signOff.state.label)
        }
    }

    fileprivate mutating func row(_ signOff: SignOffResult) {
        block("tr") { html in
            html.block("th", ["scope": "row", "data-label": "Role"]) { html in
                html.inline("span") { html in
                    html.value(signOff.role)
                    html.text(" ")
                    html.inline("small") { $0.value(signOff.checklist) }
                }
            }
            html.block("td", ["data-label": "Vote"]) { $0.vote(signOff) }
            let attestation = signOff.attestation
            html.block("td", ["data-label": "Name"]) { html in
                if let attestation { html.inline("span") { $0.sentence(attestation.by.sentence) } }
            }
            html.block("td", ["data-label": "Decision", "class": "line"]) { $0.decision(signOff) }
        }
    }

    /// What was said and when, or where to sign.
    private mutating func decision(_ signOff: SignOffResult) {
        block("div") { html in
            if let attestation = signOff.attestation {
                html.block("p", ["class": "prose"]) { $0.value(attestation.statement) }
                if let condition = attestation.condition {
                    html.block("p", ["class": "prose"]) { $0.sentence("On the condition: \(condition)") }
                }
                html.block("p", ["class": "meta"]) { html in
                    html.sentence(
                        "\(attestation.at), valid until \(attestation.validUntil), "
                            + "\(attestation.assurance.sentence)")
                }
            }
            if let reason = signOff.reason { html.block("p", ["class": "prose"]) { $0.value(reason) } }
            if !signOff.state.isVote {
                html.block("p", ["class": "to-sign"], text: "☐ go  ☐ go with conditions  ☐ no-go")
            }
        }
    }
}

extension SignOffResult.State {
    /// Whether the role has spoken, and for this release.
    fileprivate var isVote: Bool {
        switch self {
        case .given, .conditional, .refused: true
        case .missing, .stale: false
        }
    }

    fileprivate var tone: String {
        switch self {
        case .given: "pass"
        case .conditional: "waived"
        case .refused: "fail"
        case .missing: "pending"
        case .stale: "stale"
        }
    }

    fileprivate var label: String {
        switch self {
        case .given: "go"
        case .conditional: "go with conditions"
        case .refused: "no-go"
        case .missing: "missing"
        case .stale: "out of date"
        }
    }
}

extension AssuranceResult {
    /// How sure it is who said so: `signed (SHA256:…)`, `unsigned`.
    var sentence: Sentence {
        let words =
            switch level {
            case .unsigned: "unsigned"
            case .committed: "committed"
            case .signedUntrusted: "signed by a key that nobody listed"
            case .signed: "signed"
            }
        return by.map { "\(words: words) (\($0))" } ?? "\(words: words)"
    }
}
