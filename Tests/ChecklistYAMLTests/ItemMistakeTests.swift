import AuditModel
import ChecklistYAML
import Testing

struct ItemMistakeTests {
    static let probe = "probe: headers\nexpect: "

    // One row is one line.
    // swift-format-ignore
    static let keys = [
        Mistake(
            "⟨serverity⟩: low\nattest: {question: Q, validFor: 1d}",
            "unknown key \"serverity\" in an item; did you mean \"severity\"?"),
        Mistake(
            "⟨zzz⟩: 1\nattest: {question: Q, validFor: 1d}",
            "unknown key \"zzz\" in an item; known: id, title, severity, enforcement, probe, with, expect, attest, appliesWhen, why, fix, references and 5 more"
        ),
        Mistake(
            "enforcement: ⟨gates⟩\nattest: {question: Q, validFor: 1d}",
            "unknown enforcement \"gates\"; did you mean \"gate\"?"),
        Mistake(
            "phase: ⟨never⟩\nattest: {question: Q, validFor: 1d}",
            "unknown phase \"never\"; known: design, pre-launch, release, periodic"),
        Mistake(
            "why: ⟨5⟩\nattest: {question: Q, validFor: 1d}",
            "\"why\" must be a text, found the integer 5; put it in quotes"),
        Mistake("why: ⟨\"  \"⟩\nattest: {question: Q, validFor: 1d}", "\"why\" is empty"),
        Mistake(
            "fix: ⟨{first}⟩\nattest: {question: Q, validFor: 1d}",
            "\"fix\" must be a text, found a mapping; put it in quotes"),
        Mistake(
            "references: ⟨RFC 1⟩\nattest: {question: Q, validFor: 1d}",
            "\"references\" must be a list, found the text \"RFC 1\""),
        Mistake("references: ⟨[]⟩\nattest: {question: Q, validFor: 1d}", "\"references\" is an empty list"),
        Mistake(
            "controls: {pci: [⟨4.2⟩]}\nattest: {question: Q, validFor: 1d}",
            "an element of \"pci\" must be a text, found the number 4.2; put it in quotes"),
        Mistake(
            "enforceFrom: ⟨2027-13-01⟩\nattest: {question: Q, validFor: 1d}",
            "\"enforceFrom\" must be a date (YYYY-MM-DD) or an instant with its zone such as 2026-10-03T09:12:00Z, "
                + "found the text \"2027-13-01\""),
        Mistake(
            "enforceFrom: ⟨soon⟩\nattest: {question: Q, validFor: 1d}",
            "\"enforceFrom\" must be a date (YYYY-MM-DD) or an instant with its zone such as 2026-10-03T09:12:00Z, "
                + "found the text \"soon\""),
        Mistake(
            "enforceFrom: ⟨2027-01-01T00:00:00⟩\nattest: {question: Q, validFor: 1d}",
            "\"enforceFrom\" lacks its zone; write 2027-01-01T00:00:00Z if it is UTC"),
        Mistake("⟨fix⟩: Set {dayz}\nattest: {question: Q, validFor: 1d}", "unknown parameter \"dayz\""),
        Mistake("attest: ⟨yes⟩", "\"attest\" must be a mapping, found the text \"yes\""),
        Mistake("attest: ⟨{validFor: 1d}⟩", "attest needs the key \"question\""),
        Mistake(
            "attest: {question: Q, validFor: ⟨90⟩}",
            "\"validFor\" must be a duration such as 90d, 12h or 30s, found the integer 90"),
        Mistake(
            "attest: {question: Who is on call, ⟨and who is next?⟩, validFor: 1d}",
            "unknown key \"and who is next?\" in attest; a text with a comma inside { } needs quotes"),
        Mistake(
            "attest: {question: Q, validFor: 1d, evidence: ⟨need⟩}",
            "unknown demand for evidence \"need\"; known: required, optional"),
        Mistake(
            "attest: {question: Q, validFor: 1d, bind: [⟨comit⟩]}",
            "unknown binding \"comit\"; did you mean \"commit\"?"),
        Mistake(
            "attest: {question: Q, validFor: 1d, minAttesters: ⟨0⟩}",
            "\"minAttesters\" must be an integer from 1 on, found 0"),
        Mistake(
            "attest: {question: Q, validFor: 1d, independent: ⟨yes⟩}",
            "\"independent\" must be true or false, found the text \"yes\"")
    ]

    // One row is one line.
    // swift-format-ignore
    static let completeness = [
        Mistake("⟨probe⟩: headers", "a probe without \"expect\": say what its facts must be"),
        Mistake("⟨expect⟩: {server: x}", "\"expect\" without \"probe\": say what observes it"),
        Mistake(
            "⟨with⟩: {path: /}\nattest: {question: Q, validFor: 1d}",
            "\"with\" without \"probe\": say which probe it is for"),
        Mistake(
            "probe: headers\nexpect: {server: x}\n⟨willBe⟩: dockerfile",
            "\"willBe\" needs \"attest\": say who answers until then"),
        Mistake(
            "willBe: ⟨kubernets⟩\nattest: {question: Q, validFor: 1d}",
            "no probe \"kubernets\" is planned; did you mean \"kubernetes\"?"),
        Mistake(
            "willBe: ⟨probe kubernets⟩\nattest: {question: Q, validFor: 1d}",
            "no probe \"kubernets\" is planned; did you mean \"kubernetes\"?"),
        Mistake(
            "willBe: ⟨tls⟩\nattest: {question: Q, validFor: 1d}",
            "the probe \"tls\" is built already: use \"probe\" and \"expect\""),
        Mistake(
            "controls: {fake-1: [AC-1, ⟨AC-7⟩], own: [anything]}\nattest: {question: Q, validFor: 1d}",
            "Fake 1 has no \"AC-7\" among two families; did you mean \"AC-1\"?"),
        Mistake(
            "controls: {fake-2: [1.2.3, ⟨1.2.x⟩, ⟨1.9.1⟩]}\nattest: {question: Q, validFor: 1d}",
            "Fake 2 has no \"1.2.x\" among its second level; known: 1.2",
            "Fake 2 has no \"1.9.1\" among its second level; known: 1.2"),
        Mistake("probe: ⟨header⟩\nexpect: {server: x}", "unknown probe \"header\"; did you mean \"headers\"?"),
        Mistake(
            "appliesWhen: {⟨facts⟩: {server: x}}\nattest: {question: Q, validFor: 1d}",
            "facts in \"appliesWhen\" need a \"probe\" that observes them"),
        Mistake("appliesWhen: ⟨{}⟩\nattest: {question: Q, validFor: 1d}", "\"appliesWhen\" names no label, no parameter and no fact"),
        Mistake(
            "appliesWhen: {labels: {kind: ⟨[]⟩}}\nattest: {question: Q, validFor: 1d}", "\"kind\" is an empty list"),
        Mistake(
            "appliesWhen: {facts: {⟨serve⟩: x}}\nprobe: headers\nexpect: {server: x}",
            "the probe headers has no fact \"serve\"; did you mean \"server\"?"),
        Mistake(
            "with: {⟨pth⟩: /}\nprobe: headers\nexpect: {server: x}",
            "the probe headers has no parameter \"pth\"; did you mean \"path\"?"),
        Mistake(
            "with: {attempts: ⟨many⟩}\nprobe: headers\nexpect: {server: x}",
            "\"attempts\" must be an integer, found the text \"many\""),
        Mistake(
            "with: {timeout: ⟨5 s⟩}\nprobe: headers\nexpect: {server: x}",
            "\"timeout\" must be a duration such as 90d, 12h or 30s, found the text \"5 s\"")
    ]

    // One row is one line.
    // swift-format-ignore
    static let expectations = [
        Mistake("⟨{}⟩", "\"expect\" names no fact"),
        Mistake("⟨[server]⟩", "\"expect\" must be a mapping of facts, found a list"),
        Mistake("{anyOf: ⟨[]⟩}", "\"anyOf\" is an empty list"),
        Mistake("{anyOf: [⟨{}⟩]}", "an element of \"anyOf\" names no fact"),
        Mistake(
            "{⟨anyOf⟩: [{server: x}], hsts.present: true}",
            "\"anyOf\" stands alone: move the other facts into its groups"),
        Mistake("{⟨headers.server⟩: x}", "the probe headers has no fact \"headers.server\"; did you mean \"server\"?"),
        Mistake("{⟨hsts.maxage.⟩: 5}", "the probe headers has no fact \"hsts.maxage.\"; did you mean \"hsts.maxAge\"?"),
        Mistake("{hsts.maxAge: {⟨atLest⟩: 5}}", "unknown matcher \"atLest\"; did you mean \"atLeast\"?"),
        Mistake("{server: {⟨atLeast⟩: 5}}", "the matcher \"atLeast\" needs a number or an instant; server is a text"),
        Mistake(
            "{hsts.maxAge: {⟨contains⟩: 5}}",
            "the matcher \"contains\" needs a list or a text; hsts.maxAge is an integer (seconds)"),
        Mistake("{hsts.maxAge: {⟨each⟩: 5}}", "the matcher \"each\" needs a list; hsts.maxAge is an integer (seconds)"),
        Mistake(
            "{hsts.present: {⟨count⟩: 5}}",
            "the matcher \"count\" needs a list, a text or a record; hsts.present is a boolean"),
        Mistake(
            "{csp.sources: {⟨equals⟩: 5}}",
            "the matcher \"equals\" needs a fact other than a record; csp.sources is a record"),
        Mistake("{csp.sources: ⟨x⟩}", "csp.sources is a record, which takes present, absent and count only"),
        Mistake(
            "{csp.directives: ⟨self⟩}",
            "csp.directives is a list of text; write contains: for one element or [ ] for several"),
        Mistake("{server: ⟨[a, b]⟩}", "server is a text; for one of several values write oneOf: […]"),
        Mistake("{server: ⟨⟩}", "server needs a value or a matcher, found nothing; for none write absent: true"),
        Mistake("{server: ⟨{}⟩}", "server names no matcher"),
        Mistake("{hsts.present: ⟨yes⟩}", "hsts.present is a boolean, found the text \"yes\""),
        Mistake("{hsts.maxAge: {atLeast: ⟨1.5⟩}}", "hsts.maxAge is an integer (seconds), found the number 1.5"),
        Mistake("{hsts.score: {atLeast: ⟨5d⟩}}", "hsts.score is a number, found the text \"5d\""),
        Mistake("{server: ⟨5⟩}", "server is a text, found the integer 5; put it in quotes"),
        Mistake(
            "{referrerPolicy: ⟨same-orgin⟩}", "referrerPolicy is never \"same-orgin\"; did you mean \"same-origin\"?"),
        Mistake(
            "{referrerPolicy: {oneOf: [no-referrer, ⟨unsafe⟩]}}",
            "referrerPolicy is never \"unsafe\"; known: no-referrer, same-origin, strict-origin"),
        Mistake("{expires: {atLeast: ⟨2027-01-01⟩}}", "expires lacks its time and zone; write 2027-01-01T00:00:00Z"),
        Mistake(
            "{csp.directives: {contains: ⟨5⟩}}",
            "an element of csp.directives is a text, found the integer 5; put it in quotes"),
        Mistake(
            "{csp.directives: {count: {⟨startsWith⟩: x}}}",
            "the matcher \"startsWith\" needs a text; the count of csp.directives is an integer"),
        Mistake(
            "{csp.directives: {each: {startsWith: ⟨1⟩}}}",
            "an element of csp.directives is a text, found the integer 1; put it in quotes"),
        Mistake("{cookies.*.secure: {each: ⟨1⟩}}", "an element of cookies.*.secure is a boolean, found the integer 1"),
        Mistake("{cookies.sid.secure: ⟨1⟩}", "cookies.sid.secure is a boolean, found the integer 1"),
        Mistake("{hsts.maxAge: {not: {atMost: ⟨x⟩}}}", "hsts.maxAge is an integer (seconds), found the text \"x\""),
        Mistake("{hsts.maxAge: {between: ⟨[1]⟩}}", "two bounds were expected, the lower first: [1, 5]; found a list"),
        Mistake("{hsts.maxAge: {between: ⟨[5, 1]⟩}}", "the lower bound is above the upper one"),
        Mistake("{hsts.maxAge: {oneOf: ⟨5⟩}}", "a list was expected, found the integer 5"),
        Mistake("{hsts.maxAge: {oneOf: ⟨[]⟩}}", "the list for hsts.maxAge is empty"),
        Mistake("{server: {matches: ⟨a(b⟩}}", "\"a(b\" is no regular expression: a bracket is not closed"),
        Mistake("{server: {absent: ⟨false⟩}}", "\"absent\" takes only true; write present: true instead"),
        Mistake("{server: {present: ⟨false⟩}}", "\"present\" takes only true; write absent: true instead"),
        Mistake("{server: {present: ⟨1⟩}}", "\"present\" must be true, found the integer 1")
    ]

    // One row is one line.
    // swift-format-ignore
    static let parameters = [
        Mistake("{hsts.maxAge: {atLeast: ⟨$age⟩}}", "unknown parameter \"age\"; did you mean \"ages\"?"),
        Mistake("{server: ⟨$days⟩}", "$days is an integer; server is a text"),
        Mistake("{hsts.score: {atLeast: ⟨$span⟩}}", "$span is a duration such as 90d; hsts.score is a number"),
        Mistake("{hsts.maxAge: {atLeast: ⟨$days⟩}}", "$days is in days; hsts.maxAge is an integer (seconds)"),
        Mistake(
            "{referrerPolicy: ⟨$name⟩}",
            "referrerPolicy is never \"shop\", the default of $name; known: no-referrer, same-origin, strict-origin"),
        Mistake("{expires: {atLeast: ⟨$name⟩}}", "the default of $name is no instant; expires is an instant"),
        Mistake("{server: {matches: ⟨$broken⟩}}", "\"a(b\" is no regular expression: a bracket is not closed"),
        Mistake(
            "{csp.directives: {contains: ⟨$ages⟩}}", "$ages is a list of texts; an element of csp.directives is a text")
    ]

    /// All used by a second probe parameter so that none is unused.
    static let declared = """
        days: {type: integer, default: 21, unit: days, meaning: M}, span: {type: duration, default: 90d, meaning: M}, \
        name: {type: text, default: shop, meaning: M}, broken: {type: text, default: "a(b", meaning: M}, \
        ages: {type: texts, default: [a], meaning: M}
        """

    @Test("each mistake in an item's keys has its sentence and place", arguments: keys + completeness)
    func itemMistake(_ mistake: Mistake) {
        mistake.check(in: { checklist(item: $0) }, { load($0).1 })
    }

    @Test("each mistake in an expectation has its sentence and place", arguments: expectations)
    func expectationMistake(_ mistake: Mistake) {
        mistake.check(in: { checklist(item: Self.probe + $0) }, { load($0).1 })
    }

    @Test("a parameter is not called unused where what uses it is mistaken")
    func mentionedParameter() {
        let declared = "days: {type: integer, default: 21, meaning: M}"
        Mistake("{⟨servr⟩: {count: $days}}", "the probe headers has no fact \"servr\"; did you mean \"server\"?")
            .check(in: { checklist(item: Self.probe + $0, parameters: declared) }, { load($0).1 })
    }

    @Test("each misuse of a parameter has its sentence and place", arguments: parameters)
    func parameterMistake(_ mistake: Mistake) {
        let uses = "\nwhy: '{days} {span} {name} {broken} {ages}'"
        mistake.check(in: { checklist(item: Self.probe + $0 + uses, parameters: Self.declared) }, { load($0).1 })
    }
}
