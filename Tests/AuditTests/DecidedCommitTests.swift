import Audit
import AuditModel
import Foundation
import Testing

/// Answers about a commit, once they are committed themselves.
@Suite struct DecidedCommitTests {
    private static let baseline = "{\"schema\": \"gonogo.result/1\", \"service\": {\"name\": \"shop\"}, \"items\": []}"

    /// A repository whose one item is bound to the commit, answered for its first commit, which is returned.
    private static func answered(
        audit: String = "baseline: readiness/baseline.json\n", attest: String = ", bind: [commit]"
    ) throws -> (DecisionRepository, String) {
        let repository = try DecisionRepository(audit: audit, attest: attest)
        try repository.write(baseline, to: "readiness/baseline.json")
        try repository.write("code", to: "main.swift")
        try repository.commit()
        let commit = try repository.head()
        try repository.attest(more: "scope: {commit: \(commit)}\n")
        return (repository, commit)
    }

    @Test("an answer stays valid when it is committed, and others with it, and every report says so")
    func committed() throws {
        let (repository, commit) = try Self.answered()
        #expect(try repository.judged().verdict.outcome == .go)
        try repository.commit(by: "ana", "Answer")
        try repository.waive()
        try repository.write("x", to: "readiness/attestations/2026/gone.YAML.sig")
        try repository.commit(by: "ben", "Waive")
        let result = try repository.judged()
        #expect(result.verdict.outcome == .go, "\(result.items[0].message)")
        #expect(result.service.commit != commit)
        let notice = try #require(result.notices.first { $0.code == "only-decisions-since" })
        #expect(notice.message.contains(commit.prefix(12)) && notice.message.hasPrefix("1 decision is"))
        let listing = try DecisionListing(repository.preparation(), nil, at: DecisionRepository.now, within: nil)
        #expect(listing.text.contains("since then only decisions were committed"))
    }

    /// What else is committed besides answers, and what the reason names.
    enum Change: CaseIterable {
        case code, auditFile, evidence, beside, link, program, submodule, hiddenSubmodule, otherFolder, removal, hidden
    }

    @Test("an answer is stale once anything else was committed, and the reason names it", arguments: Change.allCases)
    func changed(what: Change) throws {
        let (repository, _) = try Self.answered()
        let name: String
        switch what {
        case .code: name = "main.swift"
        case .auditFile: name = "gonogo.yaml"
        case .evidence: name = "drills/report.pdf"
        case .beside: name = "readiness/attestations/run.sh"
        case .link, .program, .submodule, .hiddenSubmodule: name = "readiness/attestations/x.yaml"
        case .otherFolder: name = "readiness/attestations2/x.yaml"
        case .removal: name = "own.yaml"
        case .hidden: name = "readiness/attestations/.deploy/x.yaml"
        }
        switch what {
        case .auditFile: try repository.writeAuditFile("baseline: readiness/baseline.json\nexpiryWarning: 1d\n")
        case .link: try repository.link("../../main.swift", name)
        case .program:
            try repository.attest(by: "ben", file: "x")
            try repository.run("chmod", ["+x", repository.path(name)])
        case .submodule, .hiddenSubmodule:
            let head = try repository.head()
            try repository.git("update-index", "--add", "--cacheinfo", "160000,\(head),\(name)")
            if what == .hiddenSubmodule { try repository.git("config", "diff.ignoreSubmodules", "all") }
        case .removal: try repository.git("rm", "-q", "--cached", name)
        default: try repository.write("x", to: name)
        }
        if ![.submodule, .hiddenSubmodule, .removal].contains(what) { try repository.git("add", "-A") }
        try repository.git("add", "readiness/attestations/a.yaml")
        try repository.commitIndex()
        if what == .submodule || what == .hiddenSubmodule || what == .link {
            try? FileManager.default.removeItem(atPath: repository.path(name))
        }
        let result = try repository.judged()
        #expect(result.items[0].status == .stale, "\(result.items[0].message)")
        #expect(result.items[0].message.contains("where \(name) differs"), "\(result.items[0].message)")
    }

    @Test("a code change that was taken back leaves the code that was answered for")
    func takenBack() throws {
        let (repository, _) = try Self.answered()
        try repository.write("other", to: "main.swift")
        try repository.commit()
        #expect(try repository.judged().verdict.outcome == .awaiting)
        try repository.write("code", to: "main.swift")
        try repository.commit()
        #expect(try repository.judged().verdict.outcome == .go)
    }

    @Test("an answer for a commit that is no ancestor, is not there or is only a name of one is stale")
    func unrelated() throws {
        let (repository, commit) = try Self.answered()
        try repository.commit(by: "ana", "Answer")
        try repository.git("checkout", "-q", "--orphan", "other")
        try repository.commit(by: "eve", "Begin anew")
        #expect(try repository.judged().items[0].message.contains("does not descend from it"))
        for named in [String(repeating: "a", count: 40), "abcdefabcdef"] {
            try repository.git("branch", "-f", "abcdefabcdef")
            try repository.attest(more: "scope: {commit: \(named)}\n")
            let item = try repository.judged().items[0]
            #expect(item.status == .stale && item.message.contains("is not known"), "\(item.message)")
        }
        try repository.git("checkout", "-q", "main")
        for digits in [7, 11, 12] {
            try repository.attest(more: "scope: {commit: \"\(commit.prefix(digits))\"}\n")
            #expect(try repository.judged().verdict.outcome == .go, "an abbreviation to \(digits) digits")
        }
    }

    @Test("an abbreviation of the audited commit itself is that commit", arguments: [7, 11, 12, 40])
    func abbreviated(digits: Int) throws {
        let repository = try DecisionRepository(attest: ", bind: [commit]")
        try repository.commit()
        try repository.attest(more: "scope: {commit: \"\(try repository.head().prefix(digits))\"}\n")
        let result = try repository.judged()
        #expect(result.items[0].status == .pass, "\(result.items[0].message)")
        #expect(!result.notices.contains { $0.code == "only-decisions-since" })
    }

    @Test("where the history is cut nothing is assumed")
    func shallow() throws {
        let (repository, _) = try Self.answered()
        try repository.commit(by: "ana", "Answer")
        let clone = repository.root + "-clone"
        defer { try? FileManager.default.removeItem(atPath: clone) }
        try repository.run("git", ["clone", "-q", "--depth", "1", "file://" + repository.root, clone])
        let preparation = try Preparation(
            AuditRequest(configuration: clone + "/gonogo.yaml", environmentVariable: { _ in nil }), observes: false)
        guard case .unknown(let reason)? = preparation.attestations.first?.proof.lineage else {
            Issue.record("a lineage was made up")
            return
        }
        #expect(reason.contains("fetch"))
    }

    @Test("the audit file may stand in a folder of a greater repository, with decisions beside it")
    func subfolder() throws {
        let (repository, _) = try Self.answered()
        try repository.write(Self.baseline, to: "services/shop/readiness/baseline.json")
        for name in ["gonogo.yaml", "own.yaml"] {
            try repository.write(try repository.text(name), to: "services/shop/\(name)")
        }
        try repository.commit()
        let attestation = try repository.text("readiness/attestations/a.yaml")
        let commit = try repository.head()
        let place = "services/shop/readiness/attestations/a.yaml"
        try repository.write(attestation.replacing(/commit: .*}/, with: "commit: \(commit)}"), to: place)
        try repository.commit(by: "ana", "Answer")
        func state() throws -> CommitLineage? {
            try Preparation(
                AuditRequest(
                    configuration: repository.path("services/shop/gonogo.yaml"), environmentVariable: { _ in nil }),
                observes: false
            ).attestations.first?.proof.lineage
        }
        #expect(try state() == .onlyDecisions)
        try repository.write(attestation, to: "readiness/attestations/b.yaml")
        try repository.commit(by: "ana", "Answer for the other service")
        #expect(try state() == .changed("readiness/attestations/b.yaml"))
    }

    @Test("whoever commits answers has not written the code, and whoever wrote it stays its author")
    func independence() throws {
        let (repository, commit) = try Self.answered(attest: ", independent: true, bind: [commit]")
        try repository.commit(by: "ana", "Answer")
        let result = try repository.judged()
        #expect(result.verdict.outcome == .go, "\(result.items[0].message)")
        #expect(result.service.commitAuthors == ["carl@example.com", "carl"])
        try repository.attest(by: "carl", more: "scope: {commit: \(commit)}\n")
        try repository.commit(by: "ana", "Answer for carl")
        #expect(try repository.judged().verdict.outcome == .awaiting)
    }

    @Test("a file whose name looks like a commit hides no change")
    func hostileName() throws {
        let (repository, _) = try Self.answered(attest: ", independent: true, bind: [commit]")
        try repository.write("x", to: "\u{1}\(String(repeating: "a", count: 40))\u{2}\u{2}b\u{2}c")
        try repository.commit(by: "ana", "Answer")
        let result = try repository.judged()
        #expect(result.service.commitAuthors == ["ana@example.com", "ana"])
        #expect(result.items[0].status == .stale)
    }
}
