import Foundation
import Testing

/// The commands by which people decide, as scripts use them.
@Suite struct DecisionCommandTests {
    private static func folder(_ more: String = "") throws -> Folder {
        let folder = try Folder()
        try folder.write(
            """
            schema: gonogo.checklist/1
            id: people
            version: 1.0.0
            title: People
            sections:
              - id: all
                title: All
                items:
                  - id: on-call
                    title: Somebody is on call
                    severity: critical
                    attest: {question: Is somebody on call?, validFor: 90d, roles: [sre-lead]}
            """, to: "people.yaml")
        try folder.write(
            """
            schema: gonogo.audit/1
            service: {name: shop, environment: production}
            checklists: [./people.yaml]
            roles: {sre-lead: [ben@example.com], security: [chris@example.com]}
            attestations: readiness/attestations
            waivers: readiness/waivers

            """ + more, to: "gonogo.yaml")
        return folder
    }

    private static let attest = [
        "attest", "on-call", "--answer", "pass", "--statement", "The rota is there", "--by", "ben@example.com",
        "--as-of",
        "2026-11-21T12:00:00Z"
    ]
    private static let waive = [
        "waive", "on-call", "--reason", "The rota begins on Monday", "--risk", "A page stays unseen", "--requested-by",
        "ana@example.com", "--approved-by", "ben@example.com", "--as-of", "2026-11-21T12:00:00Z"
    ]

    @Test("an attestation by flags makes the audit a go until its end, which is exclusive")
    func attests() async throws {
        let folder = try Self.folder()
        let run = try await Gonogo.run(Self.attest + ["--expires", "30d"], in: folder)
        #expect(run.status == 0, "\(run.errors)")
        let name = "readiness/attestations/on-call-20261121120000-ben.yaml"
        #expect(run.output == "Wrote \(name): pass until 2026-12-21 12:00 UTC, in 30 days\n")
        #expect(
            try folder.text(name) == """
                schema: gonogo.attestation/1
                item: on-call
                answer: pass
                statement: "The rota is there"
                by: {id: ben@example.com, kind: human, role: sre-lead}
                at: 2026-11-21T12:00:00Z
                expires: 2026-12-21T12:00:00Z
                scope: {service: shop, environment: production}

                """)
        for (asOf, status) in [
            ("2026-11-21T11:59:59Z", 3), ("2026-11-21T12:00:00Z", 0), ("2026-12-21T11:59:59Z", 0),
            ("2026-12-21T12:00:00Z", 3)
        ] as [(String, Int32)] {
            #expect(try await Gonogo.run(["audit", "--as-of", asOf], in: folder).status == status, "\(asOf)")
        }
    }

    @Test("a waiver by flags makes it conditional, and lasts as long as the policy allows")
    func waives() async throws {
        let folder = try Self.folder()
        let run = try await Gonogo.run(Self.waive, in: folder)
        #expect(run.status == 0 && run.output.contains("until 2026-12-05 12:00 UTC, in 14 days"), "\(run.errors)")
        let audit = try await Gonogo.run(["audit", "--as-of", "2026-12-05T11:59:59Z"], in: folder)
        #expect(audit.status == 0 && audit.output.contains("ben@example.com"))
        #expect(try await Gonogo.run(["audit", "--as-of", "2026-12-05T12:00:00Z"], in: folder).status == 3)
    }

    // One row is one line.
    // swift-format-ignore
    static let refused: [([String], String)] = [
        (attest + ["--expires", "91d"], "90d at most"),
        (attest + ["--expires", "2026-11-21T12:00:00Z"], "not after"),
        (attest + ["--expires", "soon"], "an instant with a zone"),
        (attest + ["--role", "security"], "would not count"),
        (attest + ["--by", "eve@example.com"], "would not count"),
        (attest + ["--kind", "robot"], "known are human, service, agent"),
        (attest + ["--answer", "yes"], "--answer"),
        (attest + ["--evidence", "gone.txt"], "--evidence gone.txt"),
        (attest + ["--evidence", "/etc/hostname"], "outside"),
        (attest + ["--condition", "If so"], "--condition"),
        (attest + ["--statement", " "], "--statement"),
        (attest + ["--sign", "no-key"], "--sign no-key: gonogo.yaml names no allowedSigners"),
        (waive + ["--sign", "no-key"], "add allowedSigners: readiness/allowed_signers"),
        (["attest", "on-cal", "--answer", "pass"], "did you mean \"on-call\"?"),
        (["attest", "sign-off"], "no selected checklist demands a sign-off"),
        (["attest", "on-call", "--answer", "pass"], "also needed: --statement, --by"),
        (["attest", "on-call", "--poll"], "name none"),
        (waive + ["--approved-by", "ana@example.com", "--role", "sre-lead"], "who asked for it"),
        (waive + ["--expires", "15d"], "2w at most"),
        (waive + ["--approved-by", "eve@example.com"], "--role"),
        (waive + ["--approved-by", "eve@example.com", "--role", "sre-laed"], "did you mean \"sre-lead\"?"),
        (waive + ["--requested-by", " BEN@example.com"], "who asked for it"),
        (waive + ["--remediation-due", "3d"], "--remediation-owner"),
        (["waive", "sign-off"], "cannot be waived"),
        (["waive", "on-cal"], "did you mean \"on-call\"?"),
        (["decisions", "list", "--within", "soon"], "--within")
    ]

    @Test("what would not count is refused, and nothing is written", arguments: refused)
    func refuses(arguments: [String], words: String) async throws {
        let folder = try Self.folder()
        let run = try await Gonogo.run(arguments, in: folder)
        #expect(run.status == 64, "\(run.output)\(run.errors)")
        #expect(run.errors.contains(words), "\(run.errors)")
        #expect(!folder.exists("readiness"))
    }

    @Test("the list shows every decision with its state, what ends soon and what is unmatched")
    func list() async throws {
        let folder = try Self.folder()
        _ = try await Gonogo.run(Self.attest + ["--expires", "10d"], in: folder)
        _ = try await Gonogo.run(Self.waive, in: folder)
        let stray = try folder.text("readiness/attestations/on-call-20261121120000-ben.yaml")
        try folder.write(
            stray.replacing("item: on-call", with: "item: on-cal"), to: "readiness/attestations/stray.yaml")
        let run = try await Gonogo.run(["decisions", "list", "--as-of", "2026-11-25T12:00:00Z"], in: folder)
        #expect(run.status == 0, "\(run.errors)")
        for words in [
            "valid  on-call  attestation by ben@example.com as sre-lead", "in 6 days, ends soon; unsigned",
            "unused  on-call  waiver", "unmatched  on-cal  attestation", "did you mean \"on-call\"?",
            "3 decisions as of 2026-11-25 12:00 UTC: 1 unmatched, 1 unused, 1 valid; 1 ends within 2w"
        ] { #expect(run.output.contains(words), "\(words) is not in \(run.output)") }
        let later = try await Gonogo.run(["decisions", "list", "--as-of", "2026-12-24T12:00:00Z"], in: folder)
        #expect(later.output.contains("2 expired, 1 unmatched"), "\(later.output)")
    }

    @Test("changed evidence and a malformed file fail the verification and name the file")
    func verify() async throws {
        let folder = try Self.folder()
        try folder.write("abc", to: "drill.txt")
        _ = try await Gonogo.run(Self.attest + ["--evidence", "drill.txt"], in: folder)
        let good = try await Gonogo.run(["decisions", "verify"], in: folder)
        #expect(good.status == 0 && good.output.contains("evidence drill.txt: verified"), "\(good.errors)")
        try folder.write("abd", to: "drill.txt")
        let changed = try await Gonogo.run(["decisions", "verify"], in: folder)
        #expect(changed.status == 65 && changed.errors.contains("drill.txt is not what it was"), "\(changed.errors)")
        try folder.write("schema: gonogo.waiver/1\n", to: "readiness/waivers/w.yaml")
        let malformed = try await Gonogo.run(["decisions", "verify"], in: folder)
        #expect(malformed.status == 65 && malformed.errors.contains("readiness/waivers/w.yaml:1:1"))
    }

    /// A folder with a key of ben's that the allowed signers list.
    private static func signing() throws -> Folder {
        let folder = try Self.folder("allowedSigners: readiness/allowed\n")
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/ssh-keygen")
        process.arguments = ["-q", "-N", "", "-t", "ed25519", "-f", folder.path("key")]
        try process.run()
        process.waitUntilExit()
        try folder.write("ben@example.com \(folder.text("key.pub"))", to: "readiness/allowed")
        return folder
    }

    @Test("allowed signers that are not there are named before anything is asked or written")
    func noSigners() async throws {
        let folder = try Self.signing()
        try FileManager.default.removeItem(atPath: folder.path("readiness/allowed"))
        let run = try await Gonogo.run(Self.attest + ["--sign", "key"], in: folder)
        #expect(run.status == 64, "\(run.output)")
        #expect(
            run.errors.contains("the allowed signers readiness/allowed cannot be read: No such file"), "\(run.errors)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("readiness")).isEmpty)
    }

    @Test("a signature that nothing here can verify is said, and ends with 2")
    func noKeygen() async throws {
        let folder = try Self.signing()
        let signed = try await Gonogo.run(Self.attest + ["--sign", "key"], in: folder)
        #expect(signed.status == 0, "\(signed.errors)")
        let verify = ["decisions", "verify", "--as-of", "2026-11-25T12:00:00Z"]
        let good = try await Gonogo.run(verify, in: folder)
        #expect(good.status == 0 && good.output.contains("signed (ED25519 key"), "\(good.output)\(good.errors)")
        let blind = try await Gonogo.run(verify, in: folder, environment: ["PATH": folder.url.path])
        #expect(blind.status == 2, "\(blind.output)\(blind.errors)")
        #expect(
            blind.errors.contains("not verified: the signature of readiness/attestations/on-call-"), "\(blind.errors)")
        #expect(blind.errors.contains("ssh-keygen could not be started"), "\(blind.errors)")
    }

    @Test("evidence that is not there is said, ends with 2, and satisfies no demand for evidence")
    func goneEvidence() async throws {
        let folder = try Self.folder()
        let list = try folder.text("people.yaml")
        try folder.write(list.replacing("sre-lead]}", with: "sre-lead], evidence: required}"), to: "people.yaml")
        try folder.write("abc", to: "a.txt")
        try folder.write("abc", to: "b.txt")
        _ = try await Gonogo.run(Self.attest + ["--evidence", "a.txt", "b.txt"], in: folder)
        let asOf = ["--as-of", "2026-11-25T12:00:00Z"]
        #expect(try await Gonogo.run(["audit"] + asOf, in: folder).status == 0)
        try FileManager.default.removeItem(atPath: folder.path("b.txt"))
        let audit = try await Gonogo.run(["audit"] + asOf, in: folder)
        #expect(audit.status == 3 && audit.output.contains("rests on b.txt, which is not there"), "\(audit.output)")
        let verified = try await Gonogo.run(["decisions", "verify"] + asOf, in: folder)
        #expect(verified.status == 2 && verified.errors.contains("the evidence b.txt of"), "\(verified.errors)")
        let no = try await Gonogo.run(Self.attest + ["--answer", "fail"], in: folder)
        #expect(no.status == 0, "a no needs none: \(no.errors)")
        #expect(try await Gonogo.run(["audit"] + asOf, in: folder).status == 1)
    }

    @Test("decisions can be looked at as a revision has them")
    func revision() async throws {
        let folder = try Self.folder()
        let run = try await Gonogo.run(["decisions", "list", "--decisions-from", "main"], in: folder)
        #expect(run.status == 65 && run.errors.contains("is in no Git repository"), "\(run.errors)")
    }

    @Test("killed at any moment, a writer leaves whole files or none")
    func killed() async throws {
        let folder = try Self.folder()
        for attempt in 0..<40 {
            let running = try Gonogo.Running(Self.attest, in: folder)
            try await Task.sleep(for: .microseconds(attempt * 700))
            running.signal(SIGKILL)
            _ = try await running.ended()
        }
        let verified = try await Gonogo.run(["decisions", "verify", "--as-of", "2026-11-25T12:00:00Z"], in: folder)
        #expect(verified.status == 0, "\(verified.errors)")
        #expect(try await Gonogo.run(Self.attest, in: folder).status == 0)
        #expect(try await Gonogo.run(["audit", "--as-of", "2026-11-25T12:00:00Z"], in: folder).status == 0)
    }
}
