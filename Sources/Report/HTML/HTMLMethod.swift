import AuditModel

// How the answer came about, and what it cannot say.

extension HTMLPage {
    func method(_ html: inout HTMLWriter) {
        html.part("method", "Method and limits") { html in
            let count = counted(result.observations.count, "observation")
            html.block("p") { html in
                html.sentence(
                    "\(words: count) were made between \(result.startedAt) and \(result.finishedAt); each item was "
                        + "judged against them, against people’s answers and against waivers as they stood at "
                        + "\(result.judgedAt).")
            }
            for paragraph in HTMLPage.limits { html.block("p", text: paragraph) }
            html.table("Checklists", ["Checklist", "Version", "SHA-256 of its file"], class: "stacked digests") {
                html in
                for checklist in result.checklists { html.digest(checklist) }
            }
            html.block("dl", ["class": "legend"]) { html in
                for status in Status.worstFirst {
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
}

extension HTMLWriter {
    fileprivate mutating func digest(_ checklist: ChecklistIdentity) {
        block("tr") { html in
            html.block("td", ["data-label": "Checklist"]) { html in
                html.inline("span") { html in
                    html.value(checklist.title)
                    html.text(" ")
                    html.inline("code") { $0.value(checklist.id) }
                }
            }
            html.block("td", ["data-label": "Version"]) { $0.value(checklist.version) }
            html.block("td", ["data-label": "SHA-256"]) { html in html.inline("code") { $0.value(checklist.digest) } }
        }
    }
}
