import AuditModel
import JSON
import Report
import Testing

struct RedactionTests {
    @Test(
        "no name, address, statement or capture is left, in any format",
        arguments: Samples.all.map(\.name), ReportFormat.all.map(\.name))
    func samples(sample: String, format: String) throws {
        let result = try #require(Samples.all.first { $0.name == sample }).result
        let report = try #require(ReportFormat.named(format)).render(result.redacted)
        let secrets = [
            "ana@", "ben@", "example.com", "team-shop", "registry.", "SHOP-1234", "SHOP-99", "nginx", "calendar",
            "old checkout", "partner portal", "drills/", "readiness/waivers", "deploy/", "release-bot", "camera.",
            "exposure", "shop in"
        ]
        for secret in secrets { #expect(!report.contains(secret), "\(secret)") }
        if format != "codequality" { #expect(report.contains("the service")) }
    }

    /// What a redacted result keeps as it is: names of the checklists' own grammar, and what says which release it is.
    private static let kept: Set<[String]> = [
        ["items", "id"], ["items", "checklist"], ["items", "section"],
        ["items", "expectations", "fact"], ["items", "expectations", "matcher"], ["items", "question", "willBe"],
        ["checklists", "id"], ["checklists", "version"], ["checklists", "digest"],
        ["checklists", "sections", "id"], ["tool", "name"], ["tool", "version"],
        ["verdict", "reasons", "items"], ["gate", "items"],
        ["notices", "code"], ["signOffs", "checklist"], ["changes", "entries", "item"],
        ["schema"]
    ]

    @Test("an address is taken out of every text but those that are kept by name, in every format")
    func everyPath() throws {
        let leak =
            "see https://leak.example/x, ana@leak.example, 192.0.2.7 or [2001:db8::7], 192.0.2.8:5432 at "
            + "db.leak-internal.corp:5432 (leak-host.corp) under /srv/leak-path/file or leak-path/own.yaml"
        for path in FreeText.paths.subtracting(Self.kept) {
            var result = try JSONValue(encoding: Samples.changed)
                .rewritten(strings: { $0 == path ? leak : $1 }).decode(AuditResult.self)
            for index in result.items.indices where result.items[index].location?.file.hasPrefix("built-in:") == true {
                result.items[index].location = nil
            }
            for format in ReportFormat.all {
                let report = format.render(result.redacted)
                for part in ["leak.example", "192.0.2.", "2001:db8", "leak-internal", "leak-host", "leak-path"] {
                    #expect(!report.contains(part), "\(path) leaks \(part) in \(format.name)")
                }
            }
        }
    }

    @Test("what identifies somebody is taken out wherever it stands, whole or in a sentence, in every format")
    func identities() throws {
        let marks = ["marked-person", "marked.host.corp", "marked-owner", "marked-shop"]
        var marked = Samples.changed
        marked.service = ServiceIdentity(
            name: "marked-shop", environment: "marked-owner", owner: "marked-owner", labels: ["marked-owner": "x"],
            url: "https://marked.host.corp/", health: "/marked-owner", image: "marked.host.corp/a:1",
            repository: "/marked-owner", commit: shop.commit, commitAuthors: ["marked-person"], artifact: shop.artifact)
        for index in marked.items.indices {
            marked.items[index].title = "The host marked.host.corp of marked-person and marked-shop by marked-owner"
            marked.items[index].why = marked.items[index].title
            marked.items[index].fix = "Ask marked-person"
            marked.items[index].message = "marked-person"
            for answer in marked.items[index].attestations.indices {
                marked.items[index].attestations[answer].by.id = "marked-person"
                marked.items[index].attestations[answer].assurance.by = "marked-person"
            }
        }
        for index in marked.observations.indices {
            marked.observations[index].target = "https://marked.host.corp/"
            marked.observations[index].capture = "Host: marked.host.corp"
        }
        for format in ReportFormat.all {
            let report = format.render(marked.redacted)
            for mark in marks { #expect(!report.contains(mark), "\(mark) in \(format.name)") }
        }
    }

    @Test("commit and artifact stay when they are digests, and nothing else in their place does")
    func releases() {
        var sample = Samples.go
        #expect(sample.redacted.service.commit == shop.commit && sample.redacted.service.artifact == shop.artifact)
        sample.service.commit = "ana's branch"
        sample.service.artifact = "registry.example.com/shop@sha256:9b74"
        #expect(sample.redacted.service.commit == nil && sample.redacted.service.artifact == nil)
    }

    @Test(
        "of an own checklist paths and hosts go as well, of the built-in ones they are not this service's",
        arguments: [
            ("Move /etc/a.conf to db.a.internal", "Move [withheld] to [withheld]"),
            ("Use Node.js, or and/or", "Use [withheld] or [withheld]"), ("At 99.9 % of 2,000.", "At 99.9 % of 2,000.")
        ])
    func ownTexts(text: String, expected: String) {
        var sample = result(.go, items: [item("a", text, .pass)])
        #expect(sample.redacted.items[0].title == expected)
        sample.items[0].location = SourceLocation(file: "built-in:web-service.yaml", line: 1, column: 1)
        #expect(sample.redacted.items[0].title == text)
    }

    @Test("a word is taken out whole, and nothing but it")
    func words() {
        var sample = result(.go, items: [item("a", "The shop is no workshop, said team-shop of shop.", .pass)])
        #expect(
            sample.redacted.items[0].title == "The [withheld] is no workshop, said [withheld] of [withheld].")
        sample.items[0].title = "Certificate stays valid for at least 21 days"
        #expect(sample.redacted.items[0].title == sample.items[0].title)
    }

    @Test("references of own checklists are scrubbed, those of the built-in ones stay")
    func references() {
        var sample = result(.go, items: [item("a", "A", .pass, references: ["https://wiki.example.com", "RFC 6797"])])
        #expect(sample.redacted.items[0].references == ["[withheld]", "RFC 6797"])
        sample.items[0].location = SourceLocation(file: "built-in:web-service.yaml", line: 1, column: 1)
        #expect(sample.redacted.items[0].references == sample.items[0].references)
    }

    @Test("numbers, truths and texts that the checklist names stay as they were seen")
    func seen() {
        let sample = result(
            .go,
            items: [
                item(
                    "a", "A", .pass,
                    expectations: [
                        expectation("x.days", "atLeast", .integer(1), .integer(3), holds: true, "1 day", "3 days"),
                        expectation("x.on", "equals", .boolean(true), .boolean(true), holds: true, "true", "true"),
                        expectation(
                            "x.kind", "oneOf", .array([.string("deny")]), .string("deny"), holds: true, "deny", "deny"),
                        expectation(
                            "x.server", "present", .boolean(true), .string("h7"), holds: true, "present", "h7"),
                        expectation(
                            "x.names", "present", .boolean(true), .array([.boolean(true)]), holds: true, "present",
                            "session: true")
                    ])
            ])
        let shown = sample.redacted.items[0].expectations.map(\.observedText)
        #expect(shown == ["3 days", "true", "deny", "[withheld]", "[withheld]"])
    }

    @Test("the judgement is the same, and people keep a number each")
    func judgement() {
        let before = Samples.changed
        let after = before.redacted
        #expect(after.verdict.outcome == before.verdict.outcome && after.counts == before.counts)
        #expect(after.verdict.reasons.map(\.outcome) == before.verdict.reasons.map(\.outcome))
        #expect(after.items.map(\.id) == before.items.map(\.id))
        #expect(after.items.map(\.status) == before.items.map(\.status))
        #expect(after.signOffs.map(\.state) == before.signOffs.map(\.state))
        #expect(after.notices.count == before.notices.count + 1 && after.notices.first?.code == "redacted")
        let waivers = after.items.compactMap(\.waiver)
        #expect(!waivers.isEmpty && Set(waivers.map(\.approvedBy.id)).count == 1)
        #expect(waivers[0].approvedBy.id != waivers[0].requestedBy)
        #expect(after.redacted.items.map(\.title) == after.items.map(\.title))
    }
}
