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

/// What a change may say of its own gate once decisions come from a revision.
@Suite struct RuledAuditTests {
    private static func codes(_ result: AuditResult) -> String {
        result.notices.filter { $0.code == "decisions-from" }.map(\.message).joined(separator: "\n")
    }

    // One row is one line.
    // swift-format-ignore
    static let softer: [(String, String)] = [
        ("decisionsFrom: main\ntailor: [{item: on-call, enforcement: advisory, reason: Ours}]\n", "tailor of on-call"),
        ("decisionsFrom: main\ntailor: [{item: on-call, severity: low, reason: Ours}]\n", "tailor of on-call"),
        ("decisionsFrom: main\nlevel: essential\nroles: {sre: [eve@example.com]}\n", "level, roles"),
        ("decisionsFrom: main\nwaiverPolicy: {longest: {critical: 90d}}\n", "waiverPolicy"),
        ("decisionsFrom: main\nexpiryWarning: 1d\n", "expiryWarning"),
        ("", "main still demands that decisions come from it"),
        ("decisionsFrom: change\n", "main still demands that decisions come from it")
    ]

    @Test("a change cannot soften its own gate by the audit file, and a notice names what it tried", arguments: softer)
    func auditFile(more: String, words: String) throws {
        let repository = try DecisionRepository(audit: "decisionsFrom: main\n")
        try repository.commit()
        try repository.git("checkout", "-q", "-b", "change")
        try repository.writeAuditFile(more)
        for isCommitted in [false, true] {
            if isCommitted { try repository.commit() }
            try repository.waive()
            let result = try repository.judged()
            #expect(result.verdict.outcome == .awaiting && result.items[0].enforcement == .gate)
            #expect(result.items[0].severity == .critical)
            #expect(Self.codes(result).contains(words), "\(Self.codes(result))")
        }
    }

    @Test("a change cannot soften its own gate by its checklists, and a notice names them")
    func checklists() throws {
        let repository = try DecisionRepository(audit: "decisionsFrom: main\n")
        try repository.commit()
        try repository.git("checkout", "-q", "-b", "change")
        let text = try repository.text("own.yaml")
        try repository.write(text.replacing("critical", with: "low"), to: "own.yaml")
        let softened = try repository.judged()
        #expect(softened.items.map(\.severity) == [.critical] && softened.verdict.outcome == .awaiting)
        #expect(Self.codes(softened).contains("own.yaml differs from that of main, which counts"))
        try FileManager.default.removeItem(atPath: repository.path("own.yaml"))
        #expect(try repository.judged().items.count == 1)
        try repository.write(text, to: "own.yaml")
        #expect(!Self.codes(try repository.judged()).contains("differs"))
    }

    @Test("the revision's checklists include its own files, and what the pipeline names beside them is announced")
    func includes() throws {
        let repository = try DecisionRepository(audit: "decisionsFrom: main\n")
        let text = try repository.text("own.yaml")
        try repository.write(text.replacing("id: own", with: "id: inner"), to: "lists/inner.yaml")
        try repository.write(
            "schema: gonogo.checklist/1\nid: own\nversion: 1.0.0\ntitle: Own\ninclude: [./lists/inner.yaml]\n",
            to: "own.yaml")
        try repository.commit()
        try FileManager.default.removeItem(atPath: repository.path("lists/inner.yaml"))
        #expect(try repository.judged().items.map(\.id) == ["on-call"])
        try repository.write(text.replacing("on-call", with: "new-item"), to: "new.yaml")
        let preparation = try Preparation(
            AuditRequest(
                configuration: repository.path("gonogo.yaml"), checklists: [repository.path("new.yaml")],
                environmentVariable: { _ in nil }), observes: false)
        #expect(
            preparation.notices.contains { $0.message.contains("new.yaml is not in main and is taken as it stands") })
    }

    @Test("targets and labels are the change's own, and labels that differ are named")
    func labels() throws {
        let repository = try DecisionRepository(audit: "decisionsFrom: main\n")
        try repository.commit()
        let file = try repository.text("gonogo.yaml")
        try repository.write(
            file.replacing("environment: production}", with: "environment: production, labels: {exposure: internal}}"),
            to: "gonogo.yaml")
        let result = try repository.judged()
        #expect(result.service.labels == ["exposure": "internal"])
        #expect(Self.codes(result).contains("decide which items concern the service: exposure"))
    }

    @Test("once the change that drops decisionsFrom is merged it is dropped")
    func dropped() throws {
        let repository = try DecisionRepository(audit: "decisionsFrom: main\n")
        try repository.commit()
        try repository.writeAuditFile("")
        try repository.commit()
        try repository.waive()
        #expect(try repository.judged().verdict.outcome == .conditionalGo)
        #expect(Self.codes(try repository.judged()).isEmpty)
    }

    @Test("decisions of a revision are found where the audit file stands in a folder of a greater repository")
    func subfolder() throws {
        let repository = try DecisionRepository(audit: "decisionsFrom: main\n")
        try repository.attest()
        for name in ["gonogo.yaml", "own.yaml", "readiness/attestations/a.yaml"] {
            try repository.write(try repository.text(name), to: "services/shop/\(name)")
        }
        try repository.commit()
        let preparation = try Preparation(
            AuditRequest(
                configuration: repository.path("services/shop/gonogo.yaml"), environmentVariable: { _ in nil }),
            observes: false)
        #expect(preparation.attestations.count == 1)
    }
}

/// Which files of the folders are read.
@Suite struct DecisionFolderTests {
    @Test("decisions are read whatever the case of their ending, in all folders below", arguments: [false, true])
    func read(isCommitted: Bool) throws {
        let repository = try DecisionRepository(audit: isCommitted ? "decisionsFrom: main\n" : "")
        let names = ["a.yaml", "B.YAML", "c.Yml", "2026/d.yaml", "2026/11/e.yml"]
        try repository.attest()
        let text = try repository.text("readiness/attestations/a.yaml")
        for name in names { try repository.write(text, to: "readiness/attestations/\(name)") }
        for name in ["note.txt", ".hidden.yaml", ".drafts/x.yaml", ".gitkeep"] {
            try repository.write("x", to: "readiness/attestations/\(name)")
        }
        if isCommitted { try repository.commit() }
        let preparation = try repository.preparation()
        let read = preparation.attestations.map { String($0.location.file.dropFirst(repository.root.count)) }
        #expect(read == names.sorted().map { "/readiness/attestations/\($0)" })
        let notices = preparation.notices.filter { $0.code == "not-read" }.map(\.message)
        #expect(notices.contains { $0.contains("note.txt") } && notices.contains { $0.contains(".hidden.yaml") })
        #expect(notices.contains { $0.contains(".drafts") } && !notices.contains { $0.contains(".gitkeep") })
    }

    @Test(
        "what may hold decisions and is not read is a mistake", arguments: ["folder", "pipe", "committed", "submodule"])
    func refused(what: String) throws {
        let isCommitted = what == "committed" || what == "submodule"
        let repository = try DecisionRepository(audit: isCommitted ? "decisionsFrom: main\n" : "")
        try repository.attest()
        let name = "readiness/attestations/x.yaml"
        switch what {
        case "folder":
            try repository.write("x", to: "elsewhere/a.yaml")
            try repository.link("../../elsewhere", "readiness/attestations/x")
        case "pipe": mkfifo(repository.path(name), 0o600)
        case "committed":
            try repository.link("a.yaml", name)
            try repository.commit()
        default:
            try repository.commit()
            try repository.git("update-index", "--add", "--cacheinfo", "160000,\(repository.head()),\(name)")
            try repository.commitIndex()
        }
        do {
            _ = try repository.preparation()
            Issue.record("an error was expected")
        } catch let error as AuditError {
            #expect(error.exitStatus == .malformed)
            #expect(error.lines.contains { $0.contains("readiness/attestations/x") && $0.contains("is not read") })
        }
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

/// What only the files show.
@Suite struct DecisionDetailTests {
    @Test(
        "a text's digest is checked as a file's is",
        arguments: [
            ("5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03", Status.stale),
            ("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", .pass)
        ])
    func textDigest(digest: String, status: Status) throws {
        let repository = try DecisionRepository()
        try repository.attest(more: "evidence:\n  - {text: hello, sha256: \(digest)}\n")
        #expect(try repository.judged().items[0].status == status)
    }

    @Test("whoever asks for a waiver does not approve it under an address with a name before it")
    func namedAddress() throws {
        let repository = try DecisionRepository()
        try repository.waive()
        #expect(try repository.judged().verdict.outcome == .conditionalGo)
        let text = try repository.text("readiness/waivers/w.yaml")
        try repository.write(
            text.replacing("requestedBy: ana@example.com", with: "requestedBy: Ben <Ben@example.com>"),
            to: "readiness/waivers/w.yaml")
        #expect(try repository.judged().verdict.outcome == .awaiting)
    }

    @Test(
        "a checklist's sign-offs are demanded where it is included whole, and not where items are picked from it",
        arguments: [("", 1), (", items: [rota]", 0)])
    func includedSignOff(picked: String, count: Int) throws {
        let repository = try DecisionRepository()
        try repository.write(
            """
            schema: gonogo.checklist/1
            id: shared
            version: 1.0.0
            title: Shared
            signOff: {roles: [sre-lead]}
            sections:
              - id: all
                title: All
                items:
                  - {id: rota, title: R, severity: low, attest: {question: "R?", validFor: 90d}}
                  - {id: desk, title: D, severity: low, attest: {question: "D?", validFor: 90d}}
            """, to: "shared.yaml")
        let own = try repository.text("own.yaml")
        try repository.write(
            own.replacing("sections:", with: "include:\n  - {checklist: ./shared.yaml\(picked)}\nsections:"),
            to: "own.yaml")
        #expect(try repository.judged().signOffs.map(\.role).count == count)
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

    @Test("what was waived when it was saved is no part of it")
    func waived() throws {
        let repository = try DecisionRepository(audit: "baseline: baseline.json\n")
        let saved = Self.saved(["on-call", "hsts"]).replacing(
            "\"hsts\", \"status\"", with: "\"hsts\", \"waiver\": {\"reason\": \"r\"}, \"status\"")
        try repository.write(saved, to: "baseline.json")
        #expect(try repository.preparation().baseline.items == ["on-call"])
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
