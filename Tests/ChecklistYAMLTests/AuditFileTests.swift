import AuditModel
import ChecklistYAML
import Testing

struct AuditFileTests {
    static func read(_ text: [UInt8]) -> (AuditFile?, [Diagnostic]) {
        loadAuditFile(text: text, file: "file.yaml", reportFormats: ["text", "junit", "html", "markdown"])
    }

    static let contract = """
        schema: gonogo.audit/1
        service: {name: shop, environment: production, owner: team-shop, labels: {exposure: public, kind: page}}
        targets: {url: https://shop.example.com, health: /healthz, image: registry.example.com/shop:1.4.2, repository: ., headers: {Authorization: {env: SHOP_TOKEN}}}
        environments: {staging: {targets: {url: https://staging.example.com}}}
        checklists: [web-service, ./readiness/own.yaml]
        tailor: [{item: permissions-policy, severity: low, enforcement: advisory, parameters: {certificate-days: 14}, reason: Internal service}]
        roles: {service-owner: [ana@example.com], sre-lead: [ben@example.com]}
        attestations: readiness/attestations
        waivers: readiness/waivers
        allow: [rate-limit-burst]                 # active probes permitted against these targets
        gate: [{name: no open critical, where: {severity: critical, status: [fail, stale], disposition: none}, max: 0}]
        reports: {junit: build/readiness.xml, html: build/readiness.html}
        """

    @Test("the example of the contract loads into its noun")
    func contractExample() throws {
        let (audit, diagnostics) = Self.read(Array(Self.contract.utf8))
        #expect(diagnostics.map(\.text) == [])
        let loaded = try #require(audit)
        func place(_ line: Int, _ column: Int) -> AuditModel.SourceLocation {
            AuditModel.SourceLocation(file: "file.yaml", line: line, column: column)
        }
        #expect(
            loaded.service
                == ServiceDescription(
                    name: "shop", environment: "production", owner: "team-shop",
                    labels: [
                        "exposure": LocatedName("public", at: place(2, 85)),
                        "kind": LocatedName("page", at: place(2, 99))
                    ]))
        #expect(
            loaded.targets
                == Targets(
                    url: LocatedName("https://shop.example.com", at: place(3, 16)), health: "/healthz",
                    image: LocatedName("registry.example.com/shop:1.4.2", at: place(3, 67)),
                    repository: LocatedName(".", at: place(3, 112)),
                    headers: [
                        RequestHeader(
                            name: "Authorization", source: .environment("SHOP_TOKEN"), location: place(3, 125))
                    ]))
        #expect(loaded.environments["staging"]?.targets.url?.name == "https://staging.example.com")
        #expect(
            loaded.checklists == [
                LocatedName("web-service", at: place(5, 14)), LocatedName("./readiness/own.yaml", at: place(5, 27))
            ])
        #expect(
            loaded.tailor == [
                Tailoring(
                    subject: .item("permissions-policy"), severity: .low, enforcement: .advisory,
                    parameters: ["certificate-days": .integer(14)], reason: "Internal service", location: place(6, 10))
            ])
        #expect(loaded.roles == ["service-owner": ["ana@example.com"], "sre-lead": ["ben@example.com"]])
        #expect((loaded.attestations, loaded.waivers) == ("readiness/attestations", "readiness/waivers"))
        #expect(loaded.allow == [.rateLimitBurst])
        var predicate = GatePredicate()
        predicate.severity = [.critical]
        predicate.status = [.fail, .stale]
        predicate.disposition = [.none]
        #expect(
            loaded.gate == [
                GateRule(name: "no open critical", predicate: predicate, min: nil, max: 0, location: place(11, 8))
            ])
        #expect(
            loaded.reports == [
                ReportRequest(format: "junit", path: "build/readiness.xml", location: place(12, 11)),
                ReportRequest(format: "html", path: "build/readiness.html", location: place(12, 39))
            ])
    }

    @Test("the rules for decisions load, and have defaults")
    func decisionRules() throws {
        let text = """
            schema: gonogo.audit/1
            service: {name: a}
            decisionsFrom: origin/main
            waiverPolicy: {longest: {critical: 7d}, approvers: {critical: [security]}, assurance: signed}
            allowedSigners: readiness/allowed_signers
            baseline: readiness/baseline.json
            expiryWarning: 3w
            """
        let audit = try #require(Self.read(Array(text.utf8)).0)
        #expect(audit.decisionsFrom?.name == "origin/main" && audit.baseline?.name == "readiness/baseline.json")
        #expect(audit.allowedSigners?.name == "readiness/allowed_signers" && audit.expiryWarning == .days(21))
        #expect(
            audit.waiverPolicy
                == WaiverPolicy(
                    longest: [.critical: .days(7)], approvers: [.critical: ["security"]], assurance: .signed))
        #expect(audit.waiverPolicy.longest(for: .high) == .days(30))
        let plain = try #require(Self.read(Array("schema: gonogo.audit/1\nservice: {name: a}".utf8)).0)
        #expect(plain.waiverPolicy == WaiverPolicy() && plain.expiryWarning == .days(14) && plain.decisionsFrom == nil)
    }

    // One row is one line.
    // swift-format-ignore
    static let mistakes = [
        Mistake("service: ⟨{}⟩", "service needs the key \"name\""),
        Mistake("service: {name: ⟨5⟩}", "\"name\" must be a text, found the integer 5; put it in quotes"),
        Mistake("service: {name: a, labels: {tier: ⟨[1]⟩}}", "\"tier\" must be true, false, a number or a text, found a list"),
        Mistake("service: {name: a}\nlevel: ⟨strickt⟩", "unknown level \"strickt\"; did you mean \"strict\"?"),
        Mistake("service: {name: a}\n⟨servcie⟩: {}", "unknown key \"servcie\" in an audit file; did you mean \"service\"?"),
        Mistake("service: {name: a}\ntargets: {url: ⟨shop.example.com⟩}", "\"url\" must be an http:// or https:// address without spaces, found \"shop.example.com\""),
        Mistake("service: {name: a}\ntargets: {url: ⟨'https://a b'⟩}", "\"url\" must be an http:// or https:// address without spaces, found \"https://a b\""),
        Mistake("service: {name: a}\ntargets: {url: ⟨https:///x⟩}", "\"url\" must be an http:// or https:// address without spaces, found \"https:///x\""),
        Mistake("service: {name: a}\ntargets: {health: ⟨healthz⟩}", "\"health\" must be a path that begins with /, found \"healthz\""),
        Mistake("service: {name: a}\ntargets: {headers: {⟨'X Y'⟩: {value: a}}}", "\"X Y\" is no name of a header"),
        Mistake("service: {name: a}\ntargets: {headers: {X: ⟨{}⟩}}", "a header needs either \"env\" or \"value\""),
        Mistake("service: {name: a}\ntargets: {headers: {X: ⟨{env: A, value: b}⟩}}", "a header needs either \"env\" or \"value\""),
        Mistake("service: {name: a}\ntargets: {headers: {X: ⟨secret⟩}}", "\"X\" must be a mapping, found the text \"secret\""),
        Mistake("service: {name: a}\ntargets: {headers: {X: {env: ⟨A-B⟩}}}", "\"env\" must be the name of an environment variable, found \"A-B\""),
        Mistake("service: {name: a}\ntargets: {headers: {X: {value: ⟨\"a\\r\\nY: b\"⟩}}}", "\"value\" must be a header value of one line, found \"a\\r\\nY: b\""),
        Mistake("service: {name: a}\ntargets: {headers: {X: {env: A}, ⟨x⟩: {env: A}}}", "the header \"x\" stands twice"),
        Mistake("service: {name: a}\nenvironments: {e: {⟨target⟩: {}}}", "unknown key \"target\" in an environment; did you mean \"targets\"?"),
        Mistake("service: {name: a}\ntailor: [⟨{item: x, reason: R}⟩]", "a tailoring needs \"severity\", \"enforcement\" or \"parameters\""),
        Mistake("service: {name: a}\ntailor: [⟨{item: x, severity: low}⟩]", "a tailoring needs the key \"reason\""),
        Mistake("service: {name: a}\ntailor: [{item: x, severity: low, reason: R}, ⟨{item: x, enforcement: info, reason: R}⟩]", "a tailoring of \"x\" stands at line 3 already"),
        Mistake("service: {name: a}\ntailor: [{item: x, severity: low, reason: R}, {checklist: x, parameters: {a: 1}, reason: R}, ⟨{checklist: x, parameters: {b: 1}, reason: R}⟩]", "a tailoring of \"x\" stands at line 3 already"),
        Mistake("service: {name: a}\ntailor: [⟨{parameters: {a: 1}, reason: R}⟩]", "a tailoring needs \"item\" or \"checklist\", one of them"),
        Mistake("service: {name: a}\ntailor: [⟨{item: x, checklist: y, parameters: {a: 1}, reason: R}⟩]", "a tailoring needs \"item\" or \"checklist\", one of them"),
        Mistake("service: {name: a}\ntailor: [⟨{checklist: y, severity: low, reason: R}⟩]", "severity and enforcement are set item by item: a checklist takes \"parameters\" alone"),
        Mistake("service: {name: a}\nroles: {r: ⟨ana⟩}", "\"r\" must be a list, found the text \"ana\""),
        Mistake("service: {name: a}\ndecisionsFrom: ⟨main:a⟩", "\"decisionsFrom\" must be a branch, tag or commit such as origin/main, found \"main:a\""),
        Mistake("service: {name: a}\ndecisionsFrom: ⟨--upload-pack=x⟩", "\"decisionsFrom\" must be a branch, tag or commit such as origin/main, found \"--upload-pack=x\""),
        Mistake("service: {name: a}\ndecisionsFrom: ⟨a..b⟩", "\"decisionsFrom\" must be a branch, tag or commit such as origin/main, found \"a..b\""),
        Mistake("service: {name: a}\nwaiverPolicy: {longest: {⟨crit⟩: 14d}}", "unknown severity \"crit\"; known: critical, high, medium, low, info"),
        Mistake("service: {name: a}\nwaiverPolicy: {longest: {critical: ⟨forever⟩}}", "\"critical\" must be a duration such as 90d, 12h or 30s, found the text \"forever\""),
        Mistake("service: {name: a}\nwaiverPolicy: {approvers: {critical: ⟨[]⟩}}", "\"critical\" is an empty list"),
        Mistake("service: {name: a}\nwaiverPolicy: {⟨maximum⟩: {}}", "unknown key \"maximum\" in waiverPolicy; known: longest, approvers, assurance"),
        Mistake("service: {name: a}\nexpiryWarning: ⟨0d⟩", "\"expiryWarning\" must be a duration such as 90d, 12h or 30s, found the text \"0d\""),
        Mistake("service: {name: a}\nallow: [⟨rate-limit-bursts⟩]", "unknown kind of active probing \"rate-limit-bursts\"; did you mean \"rate-limit-burst\"?"),
        Mistake("service: {name: a}\nreports: {⟨junti⟩: a}", "unknown report format \"junti\"; did you mean \"junit\"?"),
        Mistake("service: {name: a}\nreports: {junit: ⟨''⟩}", "\"junit\" is empty"),
        Mistake("service: {name: a}\ngate: [⟨{name: x}⟩]", "a gate rule needs \"max\" or \"min\""),
        Mistake("service: {name: a}\ngate: [⟨{max: 0}⟩]", "a gate rule needs the key \"name\""),
        Mistake("service: {name: a}\ngate: [{name: x, max: ⟨-1⟩}]", "\"max\" must be an integer from 0 on, found -1"),
        Mistake("service: {name: a}\ngate: [{name: x, max: 1, ⟨min⟩: 2}]", "\"min\" is above \"max\""),
        Mistake("service: {name: a}\ngate: [{name: x, ⟨min⟩: 0}]", "\"min: 0\" always holds"),
        Mistake("service: {name: a}\ngate: [{name: x, max: 0}, ⟨{name: x, max: 1}⟩]", "a gate rule \"x\" stands at line 3 already"),
        Mistake("service: {name: a}\ngate: [{name: x, max: 0, where: {severity: ⟨[]⟩}}]", "\"severity\" is an empty list"),
        Mistake("service: {name: a}\ngate: [{name: x, max: 0, where: {status: [fail, ⟨failed⟩]}}]", "unknown status \"failed\"; did you mean \"fail\"?"),
        Mistake("service: {name: a}\ngate: [{name: x, max: 0, where: {⟨stauts⟩: fail}}]", "unknown key \"stauts\" in where; did you mean \"status\"?"),
        Mistake("service: {name: a}\ngate: [{name: x, max: 0, where: {status: [pass, error], ⟨disposition⟩: [waived, waiverExpired]}}]", "no item is ever both pass or error and waived or waiverExpired"),
        Mistake("service: {name: a}\ngate: [{name: x, max: 0, where: {status: pending, ⟨disposition⟩: attested}}]", "no item is ever both pending and attested")
    ]

    @Test("each mistake of an audit file has its sentence and place", arguments: mistakes)
    func mistake(_ mistake: Mistake) {
        mistake.check(in: { "schema: gonogo.audit/1\n" + $0 }) { bytes in
            let (audit, diagnostics) = Self.read(bytes)
            #expect(audit == nil)
            return diagnostics
        }
    }

    static let possible: [(Status, Disposition, Bool)] = [
        (.pass, .none, true), (.error, .none, true), (.fail, .waived, true), (.pending, .waived, true),
        (.stale, .waiverExpired, true), (.pass, .waived, false), (.error, .waived, false),
        (.inconclusive, .waiverExpired, false), (.notApplicable, .waived, false), (.pass, .attested, true),
        (.notApplicable, .attested, true), (.stale, .attested, true), (.inconclusive, .attested, false),
        (.error, .attested, false)
    ]

    @Test("a rule is refused exactly when no item can match it", arguments: possible)
    func gate(_ status: Status, _ disposition: Disposition, _ isPossible: Bool) {
        let rule = "{name: x, max: 0, where: {status: \(status.rawValue), disposition: \(disposition.rawValue)}}"
        let text = "schema: gonogo.audit/1\nservice: {name: a}\ngate: [\(rule)]"
        #expect((Self.read(Array(text.utf8)).0 != nil) == isPossible)
    }

    @Test("a dash is standard output, and one name stands for a list of one")
    func shorthands() throws {
        let text = """
            schema: gonogo.audit/1
            service: {name: a}
            allow: []
            reports: {text: '-'}
            gate: [{name: x, min: 1, where: {item: a, section: [b, c]}}]
            """
        let audit = try #require(Self.read(Array(text.utf8)).0)
        #expect(audit.reports.map(\.path) == [nil])
        #expect(audit.gate.map(\.predicate.item) == [["a"]])
        #expect(audit.gate.map(\.predicate.section) == [["b", "c"]])
    }

    // MARK: Against the checklists

    static let checklists = [
        "web": """
        schema: gonogo.checklist/1
        id: web
        version: 1.0.0
        title: T
        parameters:
          days: {type: integer, default: 21, meaning: M}
          other: {type: integer, default: 2, meaning: M}
          span: {type: duration, default: 2d, meaning: M}
          mode: {type: text, default: strict, choices: [strict, lax], meaning: M}
        sections:
          - id: one
            title: T
            items:
              - {id: first, title: "{days}", severity: high, enforcement: gate, probe: headers, expect: {hsts.maxAge: {not: {atLeast: $span}}}}
          - id: two
            title: T
            items: [{id: second, title: "{other}", severity: low, attest: {question: Q, validFor: 1d}, appliesWhen: {parameters: {mode: strict}}}]
        """,
        "tls": ChecklistLoadingTests.list("tls", items: ["third", "left-out"]),
        "all": ChecklistLoadingTests.list("all", include: "[web, {checklist: tls, items: [third]}]", items: [])
    ]

    // One row is one line.
    // swift-format-ignore
    static let checks: [(String, String?)] = [
        ("tailor: [{item: first, severity: low, reason: R}]", nil),
        ("tailor: [{item: first, severity: high, enforcement: gate, reason: R}]", "the tailoring of the item \"first\" changes nothing"),
        ("tailor: [{item: second, enforcement: advisory, reason: R}]", nil),
        ("tailor: [{item: fisrt, severity: low, reason: R}]", "no item \"fisrt\" is selected; did you mean \"first\"?"),
        ("tailor: [{item: left-out, severity: high, reason: R}]", "no item \"left-out\" is selected"),
        ("tailor: [{item: first, parameters: {days: 14, span: 3d}, reason: R}]", nil),
        ("tailor: [{item: first, parameters: {days: 21}, reason: R}]", "the tailoring of the item \"first\" changes nothing"),
        ("tailor: [{item: first, parameters: {other: 3}, reason: R}]", "the item \"first\" uses no parameter \"other\""),
        ("tailor: [{item: first, parameters: {dasy: 3}, reason: R}]", "the item \"first\" uses no parameter \"dasy\"; did you mean \"days\"?"),
        ("tailor: [{item: first, parameters: {days: soon}, reason: R}]", "the parameter \"days\" must be an integer"),
        ("tailor: [{item: first, parameters: {span: 5}, reason: R}]", "the parameter \"span\" must be a duration such as 90d"),
        ("tailor: [{checklist: web, parameters: {days: 14, other: 3}, reason: R}]", nil),
        ("tailor: [{checklist: web, parameters: {days: 21}, reason: R}]", "the tailoring of the checklist \"web\" changes nothing"),
        ("tailor: [{checklist: wbe, parameters: {days: 14}, reason: R}]", "no checklist \"wbe\" is selected; did you mean \"web\"?"),
        ("tailor: [{checklist: web, parameters: {dasy: 14}, reason: R}]", "the checklist \"web\" uses no parameter \"dasy\"; did you mean \"days\"?"),
        ("tailor: [{checklist: web, parameters: {mode: lax}, reason: R}]", nil),
        ("tailor: [{checklist: web, parameters: {mode: strict}, reason: R}]", nil),
        ("tailor: [{checklist: web, parameters: {mode: loose}, reason: R}]", "the parameter \"mode\" must be strict or lax"),
        ("gate: [{name: x, max: 0, where: {checklist: web, section: [one], item: first}}]", nil),
        ("gate: [{name: x, max: 0, where: {checklist: wbe}}]", "no item is selected from a checklist \"wbe\"; did you mean \"web\"?"),
        ("gate: [{name: x, max: 0, where: {section: tow}}]", "no item is selected from a section \"tow\"; did you mean \"two\"?"),
        ("gate: [{name: x, max: 0, where: {item: secnod}}]", "no item \"secnod\" is selected; did you mean \"second\"?"),
        ("gate: [{name: x, max: 0, where: {checklist: tls, item: first}}]", "no selected item has that checklist, section, item, severity, phase and enforcement at once"),
        ("gate: [{name: x, max: 0, where: {section: two, item: [first]}}]", "no selected item has that checklist, section, item, severity, phase and enforcement at once")
    ]

    @Test("what an audit file says about items is checked against its checklists", arguments: checks)
    func check(_ line: String, _ sentence: String?) throws {
        let text = "schema: gonogo.audit/1\nservice: {name: a}\n" + line
        let audit = try #require(Self.read(Array(text.utf8)).0)
        let (loaded, diagnostics, _) = ChecklistLoadingTests.load(Self.checklists, [LocatedName("all")])
        #expect(diagnostics.map(\.text) == [])
        let place = line.hasPrefix("gate") ? "file.yaml:3:8: " : "file.yaml:3:10: "
        let found = ChecklistYAML.check(audit, against: try #require(loaded))
        #expect(found.map(\.text) == (sentence.map { [place + $0] } ?? []))
    }
}
