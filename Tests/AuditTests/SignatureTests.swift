import Audit
import AuditModel
import Foundation
import Testing

/// Signatures as ssh-keygen makes and verifies them, with each kind of key that Git users have.
@Suite struct SignatureTests {
    static let keys = [["-t", "ed25519"], ["-t", "ecdsa", "-b", "256"], ["-t", "rsa", "-b", "3072"]]

    private static func key(_ kind: [String], _ name: String, in repository: DecisionRepository) throws -> String {
        let path = repository.path(name)
        try repository.run("ssh-keygen", ["-q", "-N", "", "-C", name, "-f", path] + kind)
        return path
    }

    private static func allow(_ id: String, _ key: String, _ options: String = "", in repository: DecisionRepository)
        throws
    {
        let publicKey = try repository.text(String(key.split(separator: "/").last ?? "") + ".pub")
        try repository.write("\(id)@example.com \(options)\(publicKey)", to: "allowed")
    }

    private static func sign(
        _ file: String, _ key: String, namespace: String = "gonogo", in repository: DecisionRepository
    ) throws {
        try repository.run("ssh-keygen", ["-q", "-Y", "sign", "-n", namespace, "-f", key, repository.path(file)])
    }

    private static let file = "readiness/attestations/a.yaml"

    @Test("what ssh-keygen signs is signed, by a trusted key or another", arguments: keys)
    func verifies(kind: [String]) throws {
        let repository = try DecisionRepository(audit: "allowedSigners: allowed\n", attest: ", assurance: signed")
        let key = try Self.key(kind, "key", in: repository)
        try Self.allow("ana", key, in: repository)
        try repository.attest()
        #expect(try repository.judged().verdict.outcome == .awaiting, "unsigned")
        try Self.sign(Self.file, key, in: repository)
        let signed = try repository.judged()
        #expect(signed.items[0].attestations[0].assurance.level == .signed)
        #expect(signed.items[0].attestations[0].assurance.by?.contains("SHA256:") == true)
        #expect(signed.verdict.outcome == .go)
        try Self.allow("ben", key, in: repository)
        let untrusted = try repository.judged()
        #expect(untrusted.items[0].attestations[0].assurance.level == .signedUntrusted)
        #expect(untrusted.verdict.outcome == .awaiting)
    }

    @Test("what we sign ssh-keygen verifies", arguments: keys)
    func signs(kind: [String]) throws {
        let repository = try DecisionRepository(audit: "allowedSigners: allowed\n", attest: ", assurance: signed")
        let key = try Self.key(kind, "key", in: repository)
        try Self.allow("ana", key, in: repository)
        let preparation = try repository.preparation()
        let now = DecisionRepository.now
        let question = try preparation.question(about: "on-call", role: nil, at: now)
        let draft = AttestationDraft(answer: .pass, statement: "The rota is there", by: "ana@example.com")
        let made = try preparation.attestation(draft, answering: question, at: now, isSigned: true)
        let path = try preparation.write(made, key: key)
        let said = try repository.run(
            "ssh-keygen",
            [
                "-Y", "verify", "-f", repository.path("allowed"), "-I", "ana@example.com", "-n", "gonogo", "-s",
                path + ".sig"
            ], input: path)
        #expect(said.contains("Good \"gonogo\" signature for ana@example.com"))
        #expect(try repository.judged().verdict.outcome == .go)
    }

    @Test("a key that is not listed for the person signs nothing that would not count")
    func refuses() throws {
        let repository = try DecisionRepository(audit: "allowedSigners: allowed\n", attest: ", assurance: signed")
        let key = try Self.key(Self.keys[0], "key", in: repository)
        try Self.allow("ben", key, in: repository)
        let preparation = try repository.preparation()
        let now = DecisionRepository.now
        let question = try preparation.question(about: "on-call", role: nil, at: now)
        let draft = AttestationDraft(answer: .pass, statement: "s", by: "ana@example.com")
        let made = try preparation.attestation(draft, answering: question, at: now, isSigned: true)
        #expect(throws: AuditError.self) { try preparation.write(made, key: key) }
        #expect(throws: AuditError.self) { try preparation.write(made, key: repository.path("no-key")) }
        #expect(throws: AuditError.self) {
            try preparation.attestation(draft, answering: question, at: now, isSigned: false)
        }
        #expect(!FileManager.default.fileExists(atPath: repository.path("readiness/attestations")))
    }

    /// How a signed file or its signature may be changed afterwards.
    enum Tampering: CaseIterable { case file, signature, swapped, namespace, noSignature, otherFile }

    @Test("a tampered file or signature is an error that names the file", arguments: Tampering.allCases)
    func tampered(how: Tampering) throws {
        let repository = try DecisionRepository(audit: "allowedSigners: allowed\n")
        let key = try Self.key(Self.keys[0], "key", in: repository)
        try Self.allow("ana", key, in: repository)
        try repository.attest()
        try Self.sign(Self.file, key, namespace: how == .namespace ? "git" : "gonogo", in: repository)
        switch how {
        case .file: try repository.attest(more: "# a word more\n")
        case .signature:
            let text = try repository.text(Self.file + ".sig")
            let index = try #require(text.index(text.startIndex, offsetBy: 200, limitedBy: text.endIndex))
            let other = text[index] == "A" ? "B" : "A"
            try repository.write(text.replacingCharacters(in: index...index, with: other), to: Self.file + ".sig")
        case .swapped:
            try repository.attest(by: "ben", file: "b")
            try repository.write(try repository.text(Self.file + ".sig"), to: "readiness/attestations/b.yaml.sig")
        case .namespace: break
        case .noSignature: try repository.write("hello", to: Self.file + ".sig")
        case .otherFile: try repository.write(String(repeating: "A", count: 70_000), to: Self.file + ".sig")
        }
        do {
            _ = try repository.preparation()
            Issue.record("an error was expected")
        } catch let error as AuditError {
            #expect(error.exitStatus == .malformed)
            let file = how == .swapped ? "readiness/attestations/b.yaml" : Self.file
            #expect(error.lines.count == 1 && error.lines[0].contains(file), "\(error.lines)")
        }
    }

    @Test("a key counts for statements made while it was valid", arguments: [("20261119", true), ("20261122", false)])
    func validity(after: String, isTrusted: Bool) throws {
        let repository = try DecisionRepository(audit: "allowedSigners: allowed\n")
        let key = try Self.key(Self.keys[0], "key", in: repository)
        try Self.allow("ana", key, "valid-after=\"\(after)\" ", in: repository)
        try repository.attest()
        try Self.sign(Self.file, key, in: repository)
        let level = try repository.judged().items[0].attestations[0].assurance.level
        #expect(level == (isTrusted ? .signed : .signedUntrusted))
    }

    @Test("with decisions from a revision the signers are those of the revision")
    func signersOfRevision() throws {
        let repository = try DecisionRepository(
            audit: "allowedSigners: allowed\ndecisionsFrom: main\n", attest: ", assurance: signed")
        let key = try Self.key(Self.keys[0], "key", in: repository)
        try repository.write("", to: "allowed")
        try repository.attest()
        try Self.sign(Self.file, key, in: repository)
        try repository.commit()
        try Self.allow("ana", key, in: repository)
        #expect(try repository.judged().verdict.outcome == .awaiting)
        try repository.commit()
        #expect(try repository.judged().verdict.outcome == .go)
    }

    @Test("a waiver may have to be signed by who approves it")
    func waiver() throws {
        let repository = try DecisionRepository(
            audit: "allowedSigners: allowed\nwaiverPolicy: {assurance: signed}\n")
        let key = try Self.key(Self.keys[0], "key", in: repository)
        try Self.allow("ben", key, in: repository)
        try repository.waive()
        let unsigned = try repository.judged()
        #expect(unsigned.verdict.outcome == .awaiting)
        #expect(unsigned.notices.contains { $0.code == "waiver-out-of-policy" })
        try Self.sign("readiness/waivers/w.yaml", key, in: repository)
        let signed = try repository.judged()
        #expect(signed.verdict.outcome == .conditionalGo && signed.items[0].waiver?.assurance.level == .signed)
    }
}

/// The folder that many write into at once.
@Suite struct DecisionWriterTests {
    @Test("writers at the same instant lose nothing, and each file reads back")
    func concurrent() async throws {
        let repository = try DecisionRepository()
        let preparation = try repository.preparation()
        let now = DecisionRepository.now
        let question = try preparation.question(about: "on-call", role: nil, at: now)
        let paths = try await withThrowingTaskGroup(of: String.self) { group in
            for index in 0..<64 {
                group.addTask {
                    let draft = AttestationDraft(answer: .pass, statement: "Number \(index)", by: "ana@example.com")
                    let made = try preparation.attestation(draft, answering: question, at: now, isSigned: false)
                    return try preparation.write(made, key: nil)
                }
            }
            return try await group.reduce(into: [String]()) { $0.append($1) }
        }
        #expect(Set(paths).count == 64)
        let read = try repository.preparation()
        #expect(Set(read.attestations.map(\.statement)) == Set((0..<64).map { "Number \($0)" }))
        #expect(read.notices.allSatisfy { $0.code == "no-such-folder" }, "nothing else lies about")
    }

    @Test("a file that is there is never written over")
    func exists() throws {
        let repository = try DecisionRepository()
        #expect(try Files.create("one", at: repository.path("x/y.yaml")))
        #expect(try !Files.create("two", at: repository.path("x/y.yaml")))
        #expect(try repository.text("x/y.yaml") == "one")
        #expect(try FileManager.default.contentsOfDirectory(atPath: repository.path("x")) == ["y.yaml"])
    }
}
