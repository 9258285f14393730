import AuditModel
import ChecklistYAML
import Testing

struct ChecklistTests {
    static let head = "schema: gonogo.checklist/1\nid: own\nversion: 1.0.0\ntitle: Own\n"
    static let section =
        "sections: [{id: a, title: A, items: [{id: b, title: B, severity: low, attest: {question: Q, validFor: 1d}}]}]\n"

    @Test("the example of the contract loads without a diagnostic")
    func contractExample() throws {
        let text = """
            schema: gonogo.checklist/1
            id: payments-api
            version: 1.0.0
            title: Payments API, ready for production
            parameters:
              certificate-days: {type: integer, default: 21, unit: days, meaning: Least remaining validity of the certificate}
            sections:
              - id: security
                title: Security
                items:
                  - id: tls-certificate-validity      # unique, stable for ever: reports, waivers and history refer to it
                    title: Certificate stays valid for at least {certificate-days} days
                    severity: critical
                    enforcement: gate                 # default: gate for critical and high, advisory below
                    probe: health                     # parameters of the probe: with: {path: /admin}
                    expect:
                      certificate.daysRemaining: {atLeast: $certificate-days}
                      status: 200
                    why: …
                    fix: …
                    references: [RFC 5280 §4.1.2.5]
                    controls: {nist-800-53: [SC-8], iso-27001: [A.8.24], soc2: [CC6.7], pci-dss-4: ["4.2.1"]}
                  - id: on-call-rotation
                    title: On-call rotation and escalation path are defined
                    severity: high
                    attest: {question: "Who is on call for this service, and who is next?", validFor: 90d, roles: [service-owner], evidence: required}
            """
        let (checklist, diagnostics) = load(Array(text.utf8))
        #expect(diagnostics.map(\.text) == [])
        let loaded = try #require(checklist)
        #expect(loaded.items.map(\.id) == ["tls-certificate-validity", "on-call-rotation"])
        let expected = Expectation(
            fact: FactPath(segments: ["certificate", "daysRemaining"]),
            conditions: [Condition(matcher: "atLeast", argument: .parameter("certificate-days"))],
            location: SourceLocation(file: "file.yaml", line: 17, column: 11))
        #expect(loaded.items[0].expect?.expectations.first == expected)
        #expect(loaded.items[0].location == SourceLocation(file: "file.yaml", line: 11, column: 9))
        #expect(loaded.items[0].controls["pci-dss-4"] == ["4.2.1"])
        #expect(loaded.items[1].attest?.validFor == .days(90))
        #expect(loaded.items[1].attest?.requiresEvidence == true)
        #expect(loaded.parameters.first?.defaultValue == .integer(21))
    }

    @Test("every key of a checklist is read into its noun")
    func everyKey() throws {
        let text = """
            schema: gonogo.checklist/1
            id: all
            version: 1.2.3-rc.1+5
            title: All
            description: Every key
            parameters:
              age: {type: duration, default: 180d, meaning: M}
              hosts: {type: texts, default: [a, b], meaning: M}
            include: [tls, {checklist: ./more.yaml, items: [one]}]
            signOff: {roles: [owner]}
            sections:
              - id: a
                title: A
                items:
                  - id: b
                    title: Age is {age}
                    severity: medium
                    enforcement: info
                    probe: headers
                    with: {path: /admin, timeout: $age, attempts: 2, hosts: [x], follow: true}
                    expect:
                      anyOf:
                        - {hsts.maxAge: {atLeast: $age, atMost: 2d}, server: {absent: true}}
                        - {csp.directives: [self, $$age], 'cookies["a.b"].secure': true}
                        - {csp.directives: $hosts, hsts.score: {not: {between: [1, 2.5]}}}
                    attest:
                      question: Q
                      validFor: 1w
                      roles: [r]
                      evidence: optional
                      bind: [service, commit]
                      minAttesters: 2
                      independent: true
                      assurance: signed
                    appliesWhen: {labels: {exposure: public, kind: [page, api]}, facts: {hsts.present: true}}
                    why: W
                    fix: F
                    references: [R]
                    controls: {x: [y]}
                    phase: pre-launch
                    level: strict
                    enforceFrom: 2027-01-01
                    willBe: probe branch-protection
            """
        let (checklist, diagnostics) = load(Array(text.utf8))
        #expect(diagnostics.map(\.text) == [])
        let loaded = try #require(checklist)
        #expect(loaded.includes.map(\.checklist) == ["tls", "./more.yaml"])
        #expect(loaded.includes.map(\.items) == [nil, ["one"]])
        #expect(loaded.signOffRoles == ["owner"])
        let item = try #require(loaded.items.first)
        #expect(
            item.with == [
                "path": .value(.text("/admin")), "timeout": .parameter("age"), "attempts": .value(.integer(2)),
                "hosts": .value(.list([.text("x")])), "follow": .value(.boolean(true))
            ])
        guard case .anyOf(let groups) = item.expect else {
            Issue.record("anyOf was expected")
            return
        }
        let conditions = groups.map { $0.map(\.conditions) }
        #expect(
            conditions == [
                [
                    [
                        Condition(matcher: "atLeast", argument: .parameter("age")),
                        Condition(matcher: "atMost", argument: .value(.integer(172_800)))
                    ], [Condition(matcher: "absent", argument: .value(.boolean(true)))]
                ],
                [
                    [
                        Condition(
                            matcher: "containsAll", argument: .list([.value(.text("self")), .value(.text("$age"))]))
                    ],
                    [Condition(matcher: "equals", argument: .value(.boolean(true)))]
                ],
                [
                    [Condition(matcher: "containsAll", argument: .parameter("hosts"))],
                    [
                        Condition(
                            matcher: "not",
                            argument: .conditions([
                                Condition(
                                    matcher: "between",
                                    argument: .list([.value(.integer(1)), .value(.number(2.5))]))
                            ]))
                    ]
                ]
            ])
        #expect(groups[1][1].fact == FactPath(segments: ["cookies", "a.b", "secure"]))
        #expect(item.attest?.bind == [.service, .commit])
        #expect(item.attest?.minAttesters == 2)
        #expect(item.attest?.assurance == .signed)
        #expect(item.appliesWhen?.labels == ["exposure": ["public"], "kind": ["page", "api"]])
        #expect(item.appliesWhen?.facts.map(\.fact) == [FactPath(segments: ["hsts", "present"])])
        #expect(item.enforceFrom == Instant(date: "2027-01-01"))
        #expect((item.phase, item.level, item.willBe) == (.preLaunch, .strict, .branchProtection))
    }

    @Test("labels at the head hold for every item, together with its own; booleans and numbers count as their text")
    func inheritedLabels() throws {
        let text = """
            appliesWhen: {labels: {kind: [page, api], has-database: true}}
            sections:
              - id: s
                title: S
                items:
                  - {id: a, title: A, severity: low, attest: {question: Q, validFor: 1d}}
                  - {id: b, title: B, severity: low, attest: {question: Q, validFor: 1d}, appliesWhen: {labels: {kind: api, tier: [1, 2.50]}}}
            """
        let (checklist, diagnostics) = load(Array((Self.head + text).utf8))
        #expect(diagnostics.map(\.text) == [])
        let items = try #require(checklist).items
        #expect(items[0].appliesWhen?.labels == ["kind": ["page", "api"], "has-database": ["true"]])
        #expect(items[1].appliesWhen?.labels == ["kind": ["api"], "has-database": ["true"], "tier": ["1", "2.50"]])
        Mistake(
            Self.head
                + text.replacing("appliesWhen: {labels: {kind: api", with: "⟨appliesWhen⟩: {labels: {kind: worker"),
            "the checklist concerns services with the label kind page or api alone"
        ).check { load($0).1 }
    }

    // One row is one line.
    // swift-format-ignore
    static let mistakes = [
        Mistake("⟨⟩", "a mapping that begins with schema: was expected, found nothing"),
        Mistake("⟨- a⟩", "a mapping that begins with schema: was expected, found a list"),
        Mistake(
            "⟨id: x⟩",
            "the file needs the key \"schema\": one of gonogo.checklist/1, gonogo.audit/1, gonogo.attestation/1, gonogo.waiver/1"
        ),
        Mistake(
            "schema: ⟨gonogo.checklists/1⟩\nbogus: 1",
            "unknown schema \"gonogo.checklists/1\"; did you mean \"gonogo.checklist/1\"?"),
        Mistake(
            "schema: ⟨gonogo.audit/1⟩",
            "a checklist (gonogo.checklist/1) was expected; this is an audit file (gonogo.audit/1)"),
        Mistake(
            "⟨schema⟩: gonogo.checklist/1\nid: a\nversion: 1.0.0\ntitle: A",
            "a checklist needs the key \"sections\" or \"include\""),
        Mistake(
            head + "⟨sectons⟩: []\n" + section, "unknown key \"sectons\" in a checklist; did you mean \"sections\"?"),
        Mistake(head + "sections: ⟨[]⟩", "\"sections\" is an empty list"),
        Mistake(head + "sections: [{id: a, title: A, items: ⟨[]⟩}]", "\"items\" is an empty list"),
        Mistake(head + "include: [⟨{items: [a]}⟩]", "an include needs the key \"checklist\""),
        Mistake(head + "include: ⟨tls⟩", "\"include\" must be a list, found the text \"tls\""),
        Mistake(head + "include: [tls, ⟨{checklist: tls, items: [a]}⟩]", "the checklist \"tls\" is included at line 5 already"),
        Mistake(head + section + "appliesWhen: ⟨{}⟩", "\"appliesWhen\" names no label"),
        Mistake(head + section + "appliesWhen: ⟨{labels: {}}⟩", "\"appliesWhen\" names no label"),
        Mistake(
            head + section + "appliesWhen: {⟨facts⟩: {server: x}, labels: {kind: api}}",
            "unknown key \"facts\" in appliesWhen of a checklist; known: labels"),
        Mistake(head + section + "signOff: ⟨{}⟩", "signOff needs the key \"roles\""),
        Mistake(
            head + section + "parameters: {⟨Days⟩: {}}",
            "the parameter \"Days\" must be lower-case words joined by hyphens, a letter first"),
        Mistake(
            head + section + "parameters: {⟨days⟩: {type: integer, default: 2, meaning: M}}",
            "no item uses the parameter \"days\""),
        Mistake(
            head + section + "parameters: {⟨days⟩: ⟨{type: integer, default: 2}⟩}",
            "no item uses the parameter \"days\"", "a parameter needs the key \"meaning\""),
        Mistake(
            head + section + "parameters: {days: {type: integer, default: ⟨two⟩, meaning: M}}",
            "\"default\" must be an integer, found the text \"two\""),
        Mistake(
            head + section + "parameters: {days: {type: duration, default: ⟨2 days⟩, meaning: M}}",
            "\"default\" must be a duration such as 90d, 12h or 30s, found the text \"2 days\""),
        Mistake(
            head + section + "parameters: {days: {type: ⟨int⟩, default: 2, meaning: M}}",
            "unknown parameter type \"int\"; known: boolean, integer, number, text, duration, texts"),
        Mistake(
            head + section + "parameters: {mode: {type: text, default: ⟨strcit⟩, choices: [strict, lax], meaning: M}}",
            "\"mode\" is never \"strcit\"; did you mean \"strict\"?"),
        Mistake(
            head + section + "parameters: {days: {type: integer, default: 2, ⟨choices⟩: ['2'], meaning: M}}",
            "\"days\" is an integer: only a text has \"choices\""),
        Mistake(
            "schema: gonogo.checklist/1\nid: ⟨Own⟩\nversion: ⟨1.0⟩\ntitle: ⟨''⟩\n" + section,
            "\"id\" must be lower-case words joined by hyphens, found \"Own\"",
            "\"version\" must be a text, found the number 1.0; put it in quotes", "\"title\" is empty"),
        Mistake(
            "schema: gonogo.checklist/1\nid: a\nversion: ⟨'1.0'⟩\ntitle: A\n" + section,
            "\"version\" must be a version such as 1.0.0, found \"1.0\"")
    ]

    @Test("each mistake at the top of a checklist has its sentence and place", arguments: mistakes)
    func mistake(_ mistake: Mistake) {
        mistake.check { bytes in
            let (checklist, diagnostics) = load(bytes)
            #expect(checklist == nil)
            return diagnostics
        }
    }

    @Test("all mistakes of a file are listed together, repeated keys and items among them")
    func allTogether() {
        Mistake(
            """
            schema: gonogo.checklist/1
            id: own
            version: 1.0.0
            title: Own
            ⟨id⟩: twice
            sections:
              - id: a
                title: A
                ⟨titel⟩: A
                items:
                  - id: one
                    title: One
                    severity: ⟨hihg⟩
                    ⟨title⟩: Again
                    ⟨title⟩: And again
                    attest: {question: Q, validFor: ⟨soon⟩}
                  - ⟨id⟩: one
                    title: Two
                    severity: low
                    probe: headers
                    expect: {server: {⟨atLeast⟩: 1}, ⟨servr⟩: x, ⟨server⟩: y}
              - ⟨id⟩: a
                title: B
                items: [{id: three, title: T, severity: low, ⟨expect⟩: {}, attest: {question: Q, validFor: 1d}}]
            """,
            "the key \"id\" stands here again, first at line 2",
            "unknown key \"titel\" in a section; did you mean \"title\"?",
            "unknown severity \"hihg\"; did you mean \"high\"?",
            "the key \"title\" stands here again, first at line 12",
            "the key \"title\" stands here again, first at line 12",
            "\"validFor\" must be a duration such as 90d, 12h or 30s, found the text \"soon\"",
            "the item \"one\" stands here again, first at line 11",
            "the matcher \"atLeast\" needs a number or an instant; server is a text",
            "the probe headers has no fact \"servr\"; did you mean \"server\"?",
            "the key \"server\" stands here again, first at line 21",
            "the section \"a\" stands here again, first at line 7",
            "\"expect\" without \"probe\": say what observes it"
        ).check { load($0).1 }
    }

    @Test("a byte-order mark and CRLF change neither the checklist nor its places")
    func lineEnds() {
        let plain = Self.head + Self.section
        let windows = [0xEF, 0xBB, 0xBF] + Array(plain.replacing("\n", with: "\r\n").utf8)
        #expect(load(Array(plain.utf8)).0 != nil)
        #expect(load(windows).0 == load(Array(plain.utf8)).0)
        Mistake(
            Self.head + "⟨zzzz⟩: 1\n" + Self.section,
            "unknown key \"zzzz\" in a checklist; known: schema, id, version, title, description, parameters, include, appliesWhen, sections, signOff"
        )
        .check { load(Array(String(decoding: $0, as: UTF8.self).replacing("\n", with: "\r\n").utf8)).1 }
    }

    static let texts: [(String, [String])] = [
        ("", []), ("no names", []), ("{a} and {b-c}", ["a", "b-c"]), ("{{a}}", ["a"]), ("{A} {1} {a b} {", []),
        ("{a", []), ("}{a}{", ["a"]), ("{a{b}", ["b"]), ("{\"a\": 1}", [])
    ]

    @Test("a placeholder is a parameter's name in braces and nothing else", arguments: texts)
    func placeholder(_ text: String, _ names: [String]) {
        #expect(placeholders(in: text) == names)
        #expect(filled(text) { _ in nil } == text)
        let values = Dictionary(names.map { ($0, "1") }) { first, _ in first }
        #expect(placeholders(in: filled(text) { values[$0] }) == [])
    }

    @Test("a placeholder is replaced by its value")
    func filling() { #expect(filled("at least {days} d, {x}") { ["days": "21"][$0] } == "at least 21 d, {x}") }
}
