import Foundation
import Testing

/// The path of a sign-off meeting, on the built program and a real terminal.
@Suite struct MeetingTests {
    /// A repository with two questions of different roles, one for anyone and two sign-offs.
    private static func repository() throws -> Folder {
        let folder = try Folder()
        try folder.write(
            """
            schema: gonogo.checklist/1
            id: people
            version: 1.0.0
            title: People
            signOff: {roles: [service-owner, sre-lead]}
            sections:
              - id: all
                title: All
                items:
                  - id: on-call
                    title: Somebody is on call
                    severity: high
                    attest: {question: Is somebody on call?, validFor: 90d, roles: [sre-lead], evidence: required}
                  - id: rollback
                    title: A release can be taken back
                    severity: critical
                    attest: {question: Has a rollback been tried?, validFor: 30d, roles: [service-owner], bind: [commit]}
                  - id: alerts
                    title: Alerts reach the one on call
                    severity: high
                    attest: {question: Do alerts page?, validFor: 30d, roles: [sre-lead]}
                  - id: data
                    title: Personal data is listed
                    severity: high
                    attest: {question: Is personal data listed?, validFor: 1w}
            """, to: "people.yaml")
        try folder.write(
            """
            schema: gonogo.audit/1
            service: {name: shop, environment: production}
            targets: {repository: .}
            checklists: [./people.yaml]
            roles: {service-owner: [ana@example.com], sre-lead: [ben@example.com, dora@example.com]}
            attestations: readiness/attestations
            waivers: readiness/waivers
            """, to: "gonogo.yaml")
        try folder.write("The rota", to: "docs/rota.md")
        try git(["init", "-q", "-b", "main"], in: folder)
        // What an audit writes is not committed.
        try folder.write("/page.html\n/r.json\n", to: ".gitignore")
        try commit(in: folder)
        return folder
    }

    private static func commit(in folder: Folder) throws {
        try git(["add", "-A"], in: folder)
        try git(["-c", "user.name=ana", "-c", "user.email=ana@example.com", "commit", "-q", "-m", "Change"], in: folder)
    }

    private static func git(_ arguments: [String], in folder: Folder) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/git")
        process.arguments = ["-C", folder.url.path] + arguments
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    @Test("the audit awaits, everyone answers in the meeting, the audit is a go, and the page names them")
    func meeting() async throws {
        let folder = try Self.repository()
        let before = try await Gonogo.run(["audit"], in: folder)
        #expect(before.status == 3, "\(before.output)\(before.errors)")
        let meeting = try Conversation(["attest", "--poll"], in: folder)
        // on-call, for sre-lead: the evidence is missing at first, and said so.
        try await meeting.answer("Answer", "p")
        try await meeting.answer("Statement", "The rota is in docs")
        try await meeting.answer("Who answers as sre-lead", "ben@example.com")
        try await meeting.answer("Evidence", "")
        try await meeting.answer("Expires", "")
        try await meeting.answer("names no evidence, which is required", nil)
        try await meeting.answer("Answer", "p")
        try await meeting.answer("Statement", "The rota is in docs")
        try await meeting.answer("Who answers as sre-lead [ben@example.com]", "")
        // What is mistyped is asked again, and nothing else.
        try await meeting.answer("Evidence", "docs/rotta.md")
        try await meeting.answer("--evidence docs/rotta.md: No such file or directory", nil)
        try await meeting.answer("Evidence", "docs/rota.md")
        try await meeting.answer("one more", "")
        try await meeting.answer("Expires (an instant, a date or a duration) [90d]", "14 days")
        try await meeting.answer("a duration was expected", nil)
        try await meeting.answer("Expires (an instant, a date or a duration) [90d]", "14d")
        try await meeting.answer("in 14 days", nil)
        try await meeting.answer("Write it?", "y")
        // alerts, of the same role.
        try await meeting.answer("alerts (high)", nil)
        try await meeting.answer("Answer", "x")
        try await meeting.answer("the first letter will do", nil)
        try await meeting.answer("Answer", "pass")
        try await meeting.answer("Statement", "All four paged within two minutes")
        try await meeting.answer("Who answers as sre-lead [ben@example.com]", "")
        try await meeting.answer("Evidence", "https://wiki.example.com/alerts")
        try await meeting.answer("one more", "")
        try await meeting.answer("Expires", "")
        try await meeting.answer("Write it?", "yes")
        // rollback, for service-owner, whose only member is offered.
        try await meeting.answer("rollback (critical)", nil)
        try await meeting.answer("Answer", "p")
        try await meeting.answer("Statement", "Taken back on staging in 3 minutes")
        try await meeting.answer("Who answers as service-owner [ana@example.com]", "")
        try await meeting.answer("Evidence", "")
        try await meeting.answer("Expires", "")
        try await meeting.answer("Write it?", "y")
        // data, for anyone.
        try await meeting.answer("data (high)", nil)
        try await meeting.answer("Answer", "n")
        try await meeting.answer("Reason", "There is none")
        try await meeting.answer("Who answers", "carl@example.com")
        try await meeting.answer("Evidence", "")
        try await meeting.answer("Expires", "")
        try await meeting.answer("Write it?", "y")
        // The sign-offs.
        for (role, who) in [("service-owner", "ana@example.com"), ("sre-lead", "dora@example.com")] {
            try await meeting.answer("Sign-off by \(role)", nil)
            try await meeting.answer("Answer", "p")
            try await meeting.answer("Statement", "Ready")
            try await meeting.answer("Who answers as \(role)", who)
            try await meeting.answer("On which condition", "")
            try await meeting.answer("Expires", "")
            try await meeting.answer("Write it?", "y")
        }
        try await meeting.answer("6 of 6 answered", nil)
        #expect(try await meeting.ended() == 0)
        let after = try await Gonogo.run(["audit", "--report", "html=page.html", "--report", "json=r.json"], in: folder)
        #expect(after.status == 0, "\(after.output)\(after.errors)")
        let page = try folder.text("page.html")
        let today = Date.now.formatted(.iso8601.year().month().day())
        for word in [
            "ben@example.com", "ana@example.com", "carl@example.com", "dora@example.com", "sre-lead", "service-owner",
            today
        ] {
            #expect(page.contains(word), "the page does not name \(word)")
        }
        let result = try folder.text("r.json")
        #expect(result.contains("dora@example.com") && result.contains("\"state\": \"given\""))
        #expect(result.contains("\"validUntilCause\": \"the attestation of data by carl@example.com\""))
        let list = try await Gonogo.run(["decisions", "list", "--within", "8d"], in: folder)
        #expect(list.status == 0 && list.output.contains("6 valid; 1 ends within 8d"), "\(list.output)\(list.errors)")
        // The answers are committed, which moves the head that some of them are bound to.
        try Self.commit(in: folder)
        let committed = try await Gonogo.run(["audit"], in: folder)
        #expect(committed.status == 0, "\(committed.output)\(committed.errors)")
        #expect(committed.output.contains("since then only decisions were committed"), "\(committed.output)")
        try folder.write("The code", to: "main.swift")
        try Self.commit(in: folder)
        let changed = try await Gonogo.run(["audit"], in: folder)
        #expect(changed.status == 3 && changed.output.contains("main.swift differs"), "\(changed.output)")
        let late = try await Gonogo.run(["audit", "--as-of", "2100-01-01T00:00:00Z"], in: folder)
        #expect(late.status == 3, "red on another day")
    }

    @Test(
        "a sign-off on a condition is a conditional go, a refusal a no-go, a missing one awaited",
        arguments: [
            (["--answer", "pass"], 0, 0), (["--answer", "pass", "--condition", "Alerts by Friday"], 0, 1),
            (["--answer", "fail"], 1, 1), ([], 3, 3)
        ] as [([String], Int32, Int32)])
    func signOff(vote: [String], status: Int32, strict: Int32) async throws {
        let folder = try Self.repository()
        func attest(_ arguments: [String]) async throws {
            let run = try await Gonogo.run(["attest"] + arguments + ["--statement", "So it is"], in: folder)
            #expect(run.status == 0, "\(run.errors)")
        }
        let yes = ["--answer", "pass", "--by"]
        try await attest(["on-call"] + yes + ["ben@example.com", "--evidence", "docs/rota.md"])
        try await attest(["alerts"] + yes + ["ben@example.com"])
        try await attest(["rollback"] + yes + ["ana@example.com"])
        try await attest(["data"] + yes + ["ana@example.com"])
        try await attest(["sign-off", "--role", "service-owner"] + yes + ["ana@example.com"])
        if !vote.isEmpty { try await attest(["sign-off", "--role", "sre-lead", "--by", "ben@example.com"] + vote) }
        let run = try await Gonogo.run(["audit", "--report", "html=page.html", "--report", "text"], in: folder)
        #expect(run.status == status, "\(run.output)\(run.errors)")
        #expect(try await Gonogo.run(["audit", "--strict"], in: folder).status == strict)
        #expect(try folder.text("page.html").contains("Alerts by Friday") == vote.contains("--condition"))
        #expect(run.output.contains("sre-lead"))
    }

    @Test("what is not confirmed, and what is interrupted, is not written")
    func unconfirmed() async throws {
        let folder = try Self.repository()
        let refused = try Conversation(["attest", "rollback"], in: folder)
        try await refused.answer("Answer", "f")
        try await refused.answer("Statement", "Never tried")
        try await refused.answer("Who answers", "")
        try await refused.answer("Evidence", "")
        try await refused.answer("Expires", "")
        try await refused.answer("Write it?", "")
        try await refused.answer("Nothing was written", nil)
        #expect(try await refused.ended() == 0)
        let interrupted = try Conversation(["attest", "--poll"], in: folder)
        try await interrupted.answer("Answer", "\u{3}")
        #expect(try await interrupted.ended() == 130)
        let gone = try Conversation(["attest", "rollback"], in: folder)
        try await gone.answer("Answer", "\u{4}")
        #expect(try await gone.ended() == 64)
        let quit = try Conversation(["attest", "--poll"], in: folder)
        try await quit.answer("Answer", "s")
        try await quit.answer("Answer", "q")
        try await quit.answer("0 of 6 answered", nil)
        #expect(try await quit.ended() == 0)
        #expect(!folder.exists("readiness"))
    }

    @Test(
        "what is given is not asked for, what does not count is asked again with it as the default, and wrong flags end it"
    )
    func given() async throws {
        let folder = try Self.repository()
        let talk = try Conversation(
            [
                "attest", "on-call", "--answer", "pass", "--by", "ben@example.com", "--evidence", "docs/rota.md",
                "--expires", "14d", "--supersedes", "old.yaml"
            ], in: folder)
        try await talk.answer("Statement: ", "The rota is there")
        try await talk.answer("evidence: docs/rota.md", nil)
        try await talk.answer("in 14 days", nil)
        try await talk.answer("Write it?", "y")
        try await talk.answer("Wrote", nil)
        #expect(try await talk.ended() == 0)
        let again = try Conversation(
            ["attest", "alerts", "--statement", "They page", "--by", "eve@example.com", "--role", "sre-lead"],
            in: folder)
        try await again.answer("Answer", "p")
        try await again.answer("Evidence", "")
        try await again.answer("Expires", "")
        try await again.answer("would not count", nil)
        try await again.answer("Answer", "p")
        try await again.answer("Statement [They page]", "")
        try await again.answer("Who answers as sre-lead [eve@example.com]", "ben@example.com")
        try await again.answer("Evidence", "")
        try await again.answer("Expires", "")
        try await again.answer("Write it?", "y")
        #expect(try await again.ended() == 0)
        for flags in [["--answer", "yes"], ["--kind", "robot"], ["--expires", "14 days"], ["--evidence", "docs/none"]] {
            #expect(try await Conversation(["attest", "alerts"] + flags, in: folder).ended() == 64, "\(flags)")
        }
        let poll = try await Gonogo.run(["attest", "--poll", "--by", "ben@example.com"], in: folder)
        #expect(poll.status == 64 && poll.errors.contains("leave out --by"), "\(poll.errors)")
        let listed = try await Gonogo.run(["decisions", "list"], in: folder)
        #expect(listed.output.contains("2 valid"), "\(listed.output)")
    }

    @Test("where two must answer the meeting asks a second person, and another than the first")
    func two() async throws {
        let folder = try Self.repository()
        let list = try folder.text("people.yaml").replacing(
            "roles: [service-owner], bind: [commit]", with: "roles: [service-owner, sre-lead], minAttesters: 2")
        try folder.write(list, to: "people.yaml")
        let meeting = try Conversation(["attest", "--poll"], in: folder)
        for _ in 0..<2 { try await meeting.answer("Answer", "s") }
        try await meeting.answer("rollback (critical)", nil)
        try await meeting.answer("Answer", "p")
        try await meeting.answer("Statement", "Taken back on staging")
        try await meeting.answer("As (service-owner, sre-lead) [service-owner]", "")
        try await meeting.answer("Who answers as service-owner [ana@example.com]", "")
        try await meeting.answer("Evidence", "")
        try await meeting.answer("Expires", "")
        try await meeting.answer("Write it?", "y")
        try await meeting.answer(
            "1 of 2 people have attested rollback; 1 more is wanted, as service-owner or sre-lead", nil)
        try await meeting.answer("Answer", "p")
        try await meeting.answer("Statement", "I was there")
        try await meeting.answer("As (service-owner, sre-lead)", "sre-lead")
        try await meeting.answer("Who answers as sre-lead: ", " Ana@example.com")
        try await meeting.answer("somebody else is asked", nil)
        try await meeting.answer("Who answers as sre-lead: ", "ben@example.com")
        try await meeting.answer("Evidence", "")
        try await meeting.answer("Expires", "")
        try await meeting.answer("Write it?", "y")
        try await meeting.answer("data (high)", nil)
        try await meeting.answer("Answer", "q")
        try await meeting.answer("1 of 6 answered", nil)
        #expect(try await meeting.ended() == 0)
        let run = try await Gonogo.run(["audit", "--report", "json"], in: folder)
        #expect(run.output.contains("attested by ana@example.com, ben@example.com"), "\(run.output)")
    }

    @Test("a wrong answer in the dialogue of a waiver is asked again, and no other")
    func waiverMistakes() async throws {
        let folder = try Self.repository()
        let talk = try Conversation(["waive", "on-call"], in: folder)
        try await talk.answer("Reason", "The rota begins on Monday")
        try await talk.answer("Risk", "A page stays unseen")
        try await talk.answer("Compensating control", "")
        try await talk.answer("Ticket", "SHOP-1")
        try await talk.answer("Requested by", "ana@example.com")
        try await talk.answer("Approved by", "ANA@example.com")
        try await talk.answer("In which role", "")
        try await talk.answer("Who mends it", "ana@example.com")
        try await talk.answer("By when", "soon")
        try await talk.answer("Expires", "90d")
        try await talk.answer("holds for 30d at most", nil)
        try await talk.answer("Expires", "5d")
        try await talk.answer("a duration was expected", nil)
        try await talk.answer("By when", "3d")
        try await talk.answer("who asked for it", nil)
        try await talk.answer("Approved by", "eve@example.com")
        try await talk.answer("In which role", "cto")
        try await talk.answer("a role that the audit file names nobody for", nil)
        try await talk.answer("Approved by", "ben@example.com")
        try await talk.answer("In which role", "")
        try await talk.answer("reason: The rota begins on Monday", nil)
        try await talk.answer("in 5 days", nil)
        try await talk.answer("Write it?", "y")
        try await talk.answer("Wrote", nil)
        #expect(try await talk.ended() == 0)
        let run = try await Gonogo.run(["audit", "--report", "json"], in: folder)
        #expect(run.output.contains("\"disposition\": \"waived\"") && run.output.contains("SHOP-1"), "\(run.errors)")
    }

    @Test("a waiver is asked for on a terminal, with its end as a date and as days")
    func waiver() async throws {
        let folder = try Self.repository()
        let talk = try Conversation(["waive", "on-call", "--ticket", "SHOP-1"], in: folder)
        try await talk.answer("A waiver lasts 30d at most", nil)
        try await talk.answer("Reason", "The rota begins on Monday")
        try await talk.answer("Risk", "A page stays unseen")
        try await talk.answer("Compensating control", "")
        try await talk.answer("Requested by", "ana@example.com")
        try await talk.answer("Approved by", "ben@example.com")
        try await talk.answer("In which role", "")
        try await talk.answer("Who mends it", "ana@example.com")
        try await talk.answer("By when", "3d")
        try await talk.answer("Expires", "5d")
        try await talk.answer("in 5 days", nil)
        try await talk.answer("Write it?", "y")
        try await talk.answer("Wrote", nil)
        #expect(try await talk.ended() == 0)
        let run = try await Gonogo.run(["audit", "--report", "json"], in: folder)
        #expect(run.output.contains("\"disposition\": \"waived\"") && run.output.contains("SHOP-1"), "\(run.errors)")
    }

    @Test("without a terminal nothing is asked")
    func noTerminal() async throws {
        let folder = try Self.repository()
        for arguments in [["attest", "--poll"], ["attest", "rollback"], ["waive", "rollback"], ["attest"]] {
            let run = try await Gonogo.run(arguments, in: folder)
            #expect(run.status == 64 && !run.errors.isEmpty, "\(arguments)")
        }
        #expect(!folder.exists("readiness"))
    }
}
