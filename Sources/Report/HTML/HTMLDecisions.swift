import AuditModel

// What people were asked, answered and accepted, in full.

extension HTMLWriter {
    /// What people are asked, whom, and what makes an answer count.
    mutating func question(_ question: AttestQuestion) {
        block("div", ["class": "question"]) { html in
            html.block("p", ["class": "asked prose"]) { $0.value(question.question) }
            var rows: [(label: String, value: Sentence)] = [
                ("Asked of", question.roles.isEmpty ? "anyone" : "\(question.roles.joined(separator: ", "))"),
                ("An answer is valid for", "\(words: question.validFor.text)"),
                ("Evidence", question.requiresEvidence ? "required" : "optional")
            ]
            if let probe = question.willBe { rows.append(("Will be answered by", "the probe \(probe)")) }
            html.definitions(rows)
        }
    }

    /// Who answered what, in which role, until when, resting on what, and whether it counts.
    mutating func attestation(_ attestation: AttestationResult) {
        let tone = attestation.state == .valid ? (attestation.answer == .fail ? " denied" : "") : " void"
        block("div", ["class": "attestation\(tone)"]) { html in
            html.block("p", ["class": "asked prose"]) { html in
                html.inline("b", text: "Answered \(attestation.answer.label):")
                html.text(" ")
                html.value(attestation.statement)
            }
            let why: Sentence = attestation.reason.map { ": \($0)" } ?? ""
            var rows: [(label: String, value: Sentence)] = [
                ("By", "\(attestation.by.sentence), \(attestation.at), \(attestation.assurance.sentence)"),
                ("Valid until", "\(attestation.validUntil)"), ("State", "\(words: attestation.state.label)\(why)")
            ]
            if let scope = attestation.scope.sentence { rows.append(("Scope", scope)) }
            rows += attestation.evidence.map { ("Evidence", "\($0.sentence) (\(words: $0.state.rawValue))") }
            html.definitions(rows + [("File", "\(attestation.file)")])
        }
    }

    /// Who accepted what, why, and until when.
    mutating func waiver(_ waiver: WaiverResult) {
        block("div", ["class": waiver.isExpired ? "waiver expired" : "waiver"]) { html in
            html.block("p", ["class": "asked prose"]) { html in
                html.inline("b", text: waiver.isExpired ? "Waiver, expired:" : "Waived:")
                html.text(" ")
                html.value(waiver.reason)
            }
            let rows: [(label: String, value: Sentence)] = [
                ("Approved by", "\(waiver.approvedBy.sentence), \(waiver.approvedAt)"),
                (waiver.isExpired ? "Expired" : "Expires", "\(waiver.expires)")
            ]
            html.definitions(rows + waiver.details + [("File", "\(waiver.file)")])
        }
    }
}
