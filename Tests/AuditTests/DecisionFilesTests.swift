import Audit
import AuditModel
import Foundation
import Testing

/// What Git tells of decisions: from which revision they come, who committed them, who wrote the release.
@Suite struct GitDecisionTests {
    @Test("a change cannot approve its own waiver, nor loosen the rules, once decisions come from a revision")
    func decisionsFrom() throws {
        let roles = "roles: {sre-lead: [ben@example.com]}\n"
        let repository = try DecisionRepository(audit: "decisionsFrom: main\n" + roles)
        try repository.commit()
        try repository.git("checkout", "-q", "-b", "change")
        try repository.waive()
        #expect(try repository.judged().verdict.outcome == .awaiting, "in the work tree alone")
        try repository.commit()
        #expect(try repository.judged().verdict.outcome == .awaiting, "in the change alone")
        try repository.git("checkout", "-q", "main")
        try repository.git("merge", "-q", "change")
        try repository.git("checkout", "-q", "change")
        let approved = try repository.judged()
        #expect(approved.verdict.outcome == .conditionalGo)
        #expect(approved.notices.contains { $0.code == "decisions-from" && $0.message.contains("main (") })
        try FileManager.default.removeItem(atPath: repository.path("readiness/waivers/w.yaml"))
        #expect(try repository.judged().verdict.outcome == .conditionalGo, "the work tree decides nothing")
        try repository.writeAuditFile("decisionsFrom: main\nroles: {sre-lead: [nobody@example.com]}\n")
        #expect(try repository.judged().verdict.outcome == .conditionalGo, "nor do its rules")
    }

    @Test("the revision wins over an audit file that names none, when the command line asks")
    func fromCommandLine() throws {
        let repository = try DecisionRepository()
        try repository.commit()
        try repository.waive()
        let preparation = try Preparation(
            AuditRequest(
                configuration: repository.path("gonogo.yaml"), decisionsFrom: "main", environmentVariable: { _ in nil }
            ), observes: false)
        #expect(preparation.waivers.isEmpty)
        #expect(try repository.preparation().waivers.count == 1)
    }

    @Test("a revision that is not there is malformed, and a revision without an audit file lets nothing count")
    func missingRevision() throws {
        let repository = try DecisionRepository(audit: "decisionsFrom: origin/main\n")
        try repository.attest()
        #expect(throws: AuditError.self) { try repository.preparation() }
        try repository.writeAuditFile("decisionsFrom: empty\n")
        try repository.git("checkout", "-q", "--orphan", "empty")
        try repository.git("rm", "-q", "-r", "--cached", "--ignore-unmatch", ".")
        _ = try repository.run(
            "git",
            [
                "-C", repository.root, "-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "-q",
                "--allow-empty", "-m", "Nothing"
            ])
        let result = try repository.judged()
        #expect(result.verdict.outcome == .awaiting)
        #expect(result.notices.contains { $0.code == "decisions-from" && $0.message.contains("holds no gonogo.yaml") })
    }

    @Test(
        "a statement is as sure as its commit: by whom, and as it stands",
        arguments: [
            ("ana", false, AssuranceResult.Level.committed, Outcome.go), ("ben", false, .committed, .awaiting),
            ("ana", true, .unsigned, .awaiting), (nil, false, .unsigned, .awaiting)
        ] as [(String?, Bool, AssuranceResult.Level, Outcome)])
    func committed(author: String?, isChanged: Bool, level: AssuranceResult.Level, outcome: Outcome) throws {
        let repository = try DecisionRepository(attest: ", assurance: committed")
        try repository.commit()
        try repository.attest()
        if let author { try repository.commit(by: author) }
        try repository.commit(by: "eve", "Something else")
        if isChanged || author == nil { try repository.attest(more: "# changed\n") }
        if author == nil { try repository.git("rm", "-q", "-r", "--cached", "readiness") }
        let result = try repository.judged()
        let attestation = try #require(result.items.first?.attestations.first)
        #expect(attestation.assurance.level == level)
        #expect(result.verdict.outcome == outcome)
        if level == .committed {
            #expect(attestation.assurance.by?.contains("\(author ?? "")@example.com") == true)
        }
    }

    @Test("the one who committed it last is who committed it, across merges")
    func merged() throws {
        let repository = try DecisionRepository(attest: ", assurance: committed")
        try repository.commit()
        try repository.git("checkout", "-q", "-b", "side")
        try repository.attest()
        try repository.commit(by: "ana")
        try repository.git("checkout", "-q", "main")
        try repository.write("x", to: "other")
        try repository.commit(by: "ben")
        _ = try repository.run(
            "git",
            [
                "-C", repository.root, "-c", "user.name=eve", "-c", "user.email=eve@example.com", "merge", "-q",
                "--no-ff", "-m", "Merge", "side"
            ])
        #expect(try repository.judged().verdict.outcome == .go)
    }

    @Test("a shallow clone does not make its last commit the author of everything")
    func shallow() throws {
        let repository = try DecisionRepository(attest: ", assurance: committed")
        try repository.attest()
        try repository.commit(by: "eve")
        try repository.commit(by: "ana", "Something else")
        let clone = repository.root + "-clone"
        defer { try? FileManager.default.removeItem(atPath: clone) }
        try repository.run("git", ["clone", "-q", "--depth", "1", "file://" + repository.root, clone])
        let preparation = try Preparation(
            AuditRequest(configuration: clone + "/gonogo.yaml", environmentVariable: { _ in nil }), observes: false)
        #expect(preparation.attestations.map(\.proof.commit) == [nil])
        #expect(preparation.notices.contains { $0.code == "log-unread" && $0.message.contains("shallow") })
    }

    @Test(
        "the author of the audited commit is not independent, nor is who wrote it with them",
        arguments: [
            ("ana", "Change", Outcome.awaiting), ("ben", "Change", .go),
            ("ben", "Change\n\nCo-authored-by: Ana <ana@example.com>", .awaiting)
        ])
    func independent(author: String, message: String, outcome: Outcome) throws {
        let repository = try DecisionRepository(attest: ", independent: true")
        try repository.attest()
        try repository.commit(by: author, message)
        let result = try repository.judged()
        #expect(result.verdict.outcome == outcome, "\(result.items[0].message)")
        #expect(result.service.commitAuthors?.contains("\(author)@example.com") == true)
    }

    @Test("without a repository nobody is known to be independent, and nothing to be committed")
    func noRepository() throws {
        let repository = try DecisionRepository(attest: ", independent: true")
        try FileManager.default.removeItem(atPath: repository.path(".git"))
        try repository.attest()
        let result = try repository.judged()
        #expect(result.verdict.outcome == .awaiting)
        #expect(result.items[0].attestations[0].assurance.level == .unsigned)
    }
}

/// What evidence is worth when it is looked at again.
@Suite struct EvidenceTests {
    @Test("evidence is verified, changed, gone, outside or a pipe")
    func states() throws {
        let repository = try DecisionRepository()
        try repository.write("abc", to: "drills/a.txt")
        let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        func state(_ path: String, _ digest: String?) throws -> EvidenceResult.State? {
            let sha = digest.map { ", sha256: \($0)" } ?? ""
            try repository.attest(more: "evidence: [{path: \(path)\(sha)}]\n")
            return try repository.judged().items.first?.attestations.first?.evidence.first?.state
        }
        #expect(try state("drills/a.txt", digest) == .verified)
        #expect(try state("drills/a.txt", nil) == .unverifiable)
        #expect(try state("drills/gone.txt", digest) == .unverifiable)
        #expect(try state("drills", digest) == .unverifiable)
        symlink("/etc/hostname", repository.path("drills/out"))
        #expect(try state("drills/out", digest) == .unverifiable)
        mkfifo(repository.path("drills/pipe"), 0o600)
        #expect(try state("drills/pipe", digest) == .unverifiable)
        #expect(try repository.judged().verdict.outcome == .go)
        try repository.write("abd", to: "drills/a.txt")
        #expect(try state("drills/a.txt", digest) == .mismatch)
        let result = try repository.judged()
        #expect(result.items[0].status == .stale && result.verdict.outcome == .awaiting)
        #expect(result.items[0].message.contains("drills/a.txt"))
    }
}

/// The baseline of adoption: it accepts what failed before, and only shrinks.
@Suite struct BaselineTests {
    private static func saved(_ failing: [String], service: String = "shop") -> String {
        let items = failing.map { "{\"id\": \"\($0)\", \"status\": \"fail\"}" }.joined(separator: ", ")
        return "{\"schema\": \"gonogo.result/1\", \"service\": {\"name\": \"\(service)\"}, \"items\": [\(items)]}"
    }

    @Test("what failed in it and still fails does not gate; what it names in vain is announced")
    func accepted() throws {
        let repository = try DecisionRepository(audit: "baseline: baseline.json\n")
        try repository.attest()
        let text = try repository.text("readiness/attestations/a.yaml")
        try repository.write(text.replacing("pass", with: "fail"), to: "readiness/attestations/a.yaml")
        try repository.write(Self.saved([]), to: "baseline.json")
        #expect(try repository.judged().verdict.outcome == .noGo)
        try repository.write(Self.saved(["on-call", "gone"]), to: "baseline.json")
        let result = try repository.judged()
        #expect(result.verdict.outcome == .conditionalGo && result.items[0].isInBaseline)
        try repository.write(text, to: "readiness/attestations/a.yaml")
        let mended = try repository.judged()
        #expect(mended.verdict.outcome == .go && mended.notices.contains { $0.code == "baseline-mended" })
    }

    @Test("an item that an earlier version did not name gates, committed or not")
    func shrinks() throws {
        let repository = try DecisionRepository(audit: "baseline: baseline.json\n")
        try repository.write(Self.saved(["on-call"]), to: "baseline.json")
        try repository.commit()
        #expect(try repository.preparation().baseline.items == ["on-call"])
        try repository.write(Self.saved(["on-call", "hsts"]), to: "baseline.json")
        #expect(try repository.preparation().baseline.items == ["on-call"])
        try repository.commit()
        #expect(try repository.preparation().baseline.items == ["on-call"])
        try repository.write(Self.saved([]), to: "baseline.json")
        try repository.commit()
        try repository.write(Self.saved(["on-call"]), to: "baseline.json")
        try repository.commit()
        #expect(try repository.preparation().baseline.items == [])
        #expect(try repository.judged().notices.contains { $0.code == "baseline-grown" })
    }

    private static func preparation(in folder: String) throws -> Preparation {
        try Preparation(
            AuditRequest(configuration: folder + "/gonogo.yaml", environmentVariable: { _ in nil }), observes: false)
    }

    private static func gaps(_ preparation: Preparation) -> [String] {
        preparation.notices.filter { $0.code == "baseline-unproven" }.map(\.message)
    }

    @Test("a baseline under another name is still compared with what it was", arguments: ["moved", "replaced", "anew"])
    func renamed(how: String) throws {
        let repository = try DecisionRepository(audit: "baseline: baseline.json\n")
        try repository.write(Self.saved(["on-call"]), to: "baseline.json")
        try repository.commit()
        switch how {
        case "moved":
            try repository.write(Self.saved(["on-call", "hsts"]), to: "baseline.json")
            try repository.git("mv", "baseline.json", "accepted.json")
        case "replaced":
            try repository.git("rm", "-q", "baseline.json")
            try repository.commit()
            try repository.write(Self.saved((0..<90).map { "item-\($0)" } + ["on-call"]), to: "accepted.json")
        default:
            try repository.write(Self.saved(["on-call", "hsts"]), to: "baseline.json")
            try repository.git("mv", "baseline.json", "accepted.json")
            try repository.commit()
            try repository.git("rm", "-q", "gonogo.yaml")
        }
        try repository.writeAuditFile("baseline: accepted.json\n")
        #expect(try repository.preparation().baseline.items == ["on-call"], "before it is committed")
        try repository.commit()
        #expect(try repository.preparation().baseline.items == ["on-call"])
        #expect(Self.gaps(try repository.preparation()).isEmpty)
        #expect(try repository.judged().notices.contains { $0.code == "baseline-grown" })
    }

    @Test("a merge that takes another line's baseline does not hide the one before")
    func merged() throws {
        let repository = try DecisionRepository(audit: "baseline: baseline.json\n")
        try repository.git("checkout", "-q", "-b", "side")
        try repository.write(Self.saved(["on-call", "hsts"]), to: "baseline.json")
        try repository.commit()
        try repository.git("checkout", "-q", "--orphan", "main2")
        try repository.write(Self.saved(["on-call"]), to: "baseline.json")
        try repository.commit()
        try repository.run(
            "git",
            [
                "-C", repository.root, "-c", "user.name=eve", "-c", "user.email=eve@example.com", "merge", "-q",
                "--allow-unrelated-histories", "-X", "theirs", "-m", "Merge", "side"
            ])
        #expect(try repository.text("baseline.json").contains("hsts"))
        #expect(try repository.preparation().baseline.items == ["on-call"])
    }

    @Test("beyond the versions that are read the oldest is among them, and a notice says that not all are")
    func manyVersions() throws {
        let repository = try DecisionRepository(audit: "baseline: baseline.json\n")
        try repository.write(Self.saved(["on-call"]), to: "baseline.json")
        try repository.commit()
        var script = ""
        for number in 1...300 {
            let text = Self.saved(["on-call", "hsts"]) + String(repeating: " ", count: number)
            script += "blob\nmark :\(number)\ndata \(text.utf8.count)\n\(text)\n"
        }
        for number in 1...300 {
            script += "commit refs/heads/main\ncommitter carl <carl@example.com> \(1_800_000_000 + number) +0000\n"
            script += "data 1\nx\n\(number == 1 ? "from refs/heads/main^0\n" : "")M 100644 :\(number) baseline.json\n\n"
        }
        try repository.write(script, to: ".git/script")
        try repository.run(
            "git", ["-C", repository.root, "fast-import", "--quiet"], input: repository.path(".git/script"))
        try repository.git("reset", "-q", "--hard", "main")
        let preparation = try repository.preparation()
        #expect(preparation.baseline.items == ["on-call"])
        #expect(Self.gaps(preparation).count == 1 && Self.gaps(preparation)[0].contains("301 versions"))
    }

    @Test("where the history is cut, absent or of another service a notice says that growth is not known")
    func unproven() throws {
        let repository = try DecisionRepository(audit: "baseline: baseline.json\n")
        try repository.write(Self.saved(["on-call"], service: "blog"), to: "baseline.json")
        try repository.commit()
        try repository.write(Self.saved(["on-call"]), to: "baseline.json")
        try repository.commit()
        #expect(Self.gaps(try repository.preparation()).contains { $0.contains("of the service blog") })
        let clone = repository.root + "-clone"
        defer { try? FileManager.default.removeItem(atPath: clone) }
        try repository.run("git", ["clone", "-q", "--depth", "1", "file://" + repository.root, clone])
        #expect(Self.gaps(try Self.preparation(in: clone)).contains { $0.contains("shallow") })
        try FileManager.default.removeItem(atPath: clone + "/.git")
        #expect(Self.gaps(try Self.preparation(in: clone)).contains { $0.contains("no Git repository") })
    }

    // One row is one line.
    // swift-format-ignore
    static let mistaken: [(String, String)] = [
        ("{\n  \"schema\": x}", "baseline.json:2:13: "),
        ("{\n \"schema\": \"gonogo.reslt/1\"}", "baseline.json:2:12: the schema gonogo.result/1 was expected, found \"gonogo.reslt/1\"; did you mean \"gonogo.result/1\"?"),
        (saved([]).replacing("\"items\"", with: "\"itmes\""), "baseline.json:1:1: \"items\" was expected, the list of a saved result's items; did you mean \"itmes\"?"),
        (saved(["hsts"]).replacing("\"fail\"", with: "\"failed\""), "a status was expected for hsts, found \"failed\"; did you mean \"fail\"?"),
        (saved(["hsts"], service: "shpo"), "baseline.json:1:51: the baseline is of the service shpo, and shop is audited"),
        (saved(["hsts"]).replacing("\"id\"", with: "\"name\""), "an item with its \"id\" and \"status\" was expected")
    ]

    @Test(
        "a baseline that is none is a mistake with its place, what was expected and the nearest", arguments: mistaken)
    func mistakes(text: String, words: String) throws {
        let repository = try DecisionRepository(audit: "baseline: baseline.json\n")
        try repository.write(text, to: "baseline.json")
        do {
            _ = try repository.preparation()
            Issue.record("an error was expected")
        } catch let error as AuditError {
            #expect(error.exitStatus == .malformed)
            #expect(error.lines.count == 1 && error.lines[0].contains(words), "\(error.lines)")
            #expect(!error.lines[0].contains("JSONError"))
        }
    }

    @Test(
        "what is no saved result of this service is malformed",
        arguments: ["", "[]", "{}", "{\"schema\": \"gonogo.result/1\"}", saved(["on-call"], service: "blog")])
    func malformed(text: String) throws {
        let repository = try DecisionRepository(audit: "baseline: baseline.json\n")
        try repository.write(text, to: "baseline.json")
        #expect(throws: AuditError.self) { try repository.preparation() }
    }
}
