import AuditModel

// How the answer came about, what it cannot say, and the place to sign.

extension HTMLPage {
    func method(_ html: inout HTMLWriter) {
        html.section("method", "Method and limits") { html in
            let count = counted(result.observations.count, "observation")
            html.block("p") { html in
                html.sentence(
                    "\(words: count) were made between \(result.startedAt) and \(result.finishedAt); each item was "
                        + "judged against them, against people’s answers and against waivers as they stood at "
                        + "\(result.judgedAt).")
            }
            for paragraph in HTMLPage.limits { html.block("p", text: paragraph) }
            html.block("dl", ["class": "legend"]) { html in
                for status in HTMLPage.worstFirst {
                    html.block("div") { html in
                        html.block("dt") { $0.badge(status) }
                        html.block("dd", text: status.meaning)
                    }
                }
            }
        }
    }

    private static let limits = [
        "The answer is the first of these that applies: no-go, when an item that gates fails and nobody accepted it; "
            + "undetermined, when one could not be observed; awaiting, when one lacks people’s answer; conditional go, "
            + "when all that remains is waived; go. No score is computed, and nothing unobserved counts as passed.",
        "A waiver never turns a failure into a pass: the item keeps its status, with who accepted it, why, and until "
            + "when. Answers of people are checked for role, scope, evidence and expiry, not for truth.",
        "Probes see what the service showed to one observer at one time. What was not asked is not covered, and "
            + "secrets were removed before anything was recorded. Long values are cut here; the JSON report holds them."
    ]

    /// One row for each role whose signature a checklist demands; to be filled in by hand.
    func signOff(_ html: inout HTMLWriter) {
        guard !signOffRoles.isEmpty else { return }
        html.section("sign-off", "Sign-off") { html in
            html.block("p", ["class": "note"]) { html in
                html.sentence(
                    "The checklists demand these signatures for \(subject), judged \(words: result.verdict.outcome.label) "
                        + "at \(result.judgedAt).")
            }
            html.table("Sign-off", ["Role", "Name", "Decision", "Date", "Signature"], class: "signatures") { html in
                for role in signOffRoles {
                    html.block("tr") { html in
                        html.inline("th", ["scope": "row"]) { $0.value(role) }
                        html.inline("td") { _ in }
                        html.inline("td", text: "☐ go  ☐ no-go")
                        html.inline("td") { _ in }
                        html.inline("td") { _ in }
                    }
                }
            }
        }
    }
}
