import AuditModel

/// SSH signatures as Git uses them: detached, beside the file, made and verified by ssh-keygen (PROTOCOL.sshsig).
package struct Signatures: Sendable {
    /// What a signature is for, so that one made for a commit or a mail does not pass for one.
    static let namespace = "gonogo"
    /// A larger signature is none.
    static let limit = 64 << 10

    /// The contents of the file of allowed signers; nil when no key is trusted.
    let allowedSigners: [UInt8]?

    enum Verdict: Equatable {
        case good(VerifiedSignature)
        /// Neither the file nor the signature is what it was when it was signed.
        case bad
        /// Nothing here could tell.
        case unknown(String)
    }

    /// Verifies a signature over a text, and whether its key is one of the person's at the time of the statement.
    func verdict(on text: [UInt8], signature: [UInt8], by id: String, at time: Instant) -> Verdict {
        let check = ["-Y", "check-novalidate", "-n", Self.namespace, "-s", "/dev/fd/3"]
        do throws(FileProblem) {
            let ending = try Program(name: "ssh-keygen", arguments: check, input: text, files: [signature]).run()
            guard ending.status == 0, let key = Self.key(named: ending.output) else { return .bad }
            let isTrusted = try isTrusted(text, signature, by: id, at: time)
            return .good(VerifiedSignature(keyType: key.type, fingerprint: key.fingerprint, isTrusted: isTrusted))
        } catch {
            return .unknown(error.reason)
        }
    }

    private func isTrusted(
        _ text: [UInt8], _ signature: [UInt8], by id: String, at time: Instant
    ) throws(FileProblem) -> Bool {
        guard let allowedSigners else { return false }
        // `valid-after` and `valid-before` of a key are compared with when the statement was made, as Git does.
        let digits = time.withoutZone.filter(\.isNumber)
        let verify = [
            "-Y", "verify", "-n", Self.namespace, "-s", "/dev/fd/3", "-f", "/dev/fd/4", "-I", id,
            "-Overify-time=\(digits)"
        ]
        return try Program(
            name: "ssh-keygen", arguments: verify, input: text, files: [signature, allowedSigners]
        ).run().status == 0
    }

    /// From `Good "gonogo" signature with ED25519 key SHA256:…`.
    private static func key(named output: [UInt8]) -> (type: String, fingerprint: String)? {
        let words = String(decoding: output, as: UTF8.self).split { $0 == " " || $0.isNewline }.map(String.init)
        guard words.count >= 4, words[words.count - 2] == "key", let fingerprint = words.last,
            fingerprint.hasPrefix("SHA256:")
        else { return nil }
        return (words[words.count - 3], fingerprint)
    }

    /// The signature over a text, made with a private key or with the agent's key for a public one.
    package static func signature(over text: String, key: String) throws(FileProblem) -> String {
        let ending = try Program(
            name: "ssh-keygen", arguments: ["-Y", "sign", "-q", "-n", namespace, "-f", key], input: Array(text.utf8),
            isInteractive: true
        ).run()
        let signature = String(decoding: ending.output, as: UTF8.self)
        guard ending.status == 0, signature.hasPrefix("-----BEGIN SSH SIGNATURE-----") else {
            throw FileProblem(reason: "ssh-keygen: \(ending.complaint)")
        }
        return signature
    }
}
