import AuditModel
import ChecklistYAML

extension Preparation {
    /// Writes an attestation into its folder, signed when a key is given; returns the path.
    package func write(_ attestation: Attestation, key: String?) throws(AuditError) -> String {
        guard let name = rules?.attestations else {
            throw .usage("gonogo.yaml names no folder of attestations; add attestations: readiness/attestations")
        }
        return try write(
            attestation.fileText, into: name, item: attestation.item, by: attestation.by.id, at: attestation.at,
            key: key)
    }

    /// Writes a waiver into its folder, signed when a key is given; returns the path.
    package func write(_ waiver: Waiver, key: String?) throws(AuditError) -> String {
        guard let name = rules?.waivers else {
            throw .usage("gonogo.yaml names no folder of waivers; add waivers: readiness/waivers")
        }
        return try write(
            waiver.fileText, into: name, item: waiver.item, by: waiver.approvedBy.id, at: waiver.approvedAt, key: key)
    }

    /// A new file each time, whatever else is written meanwhile; the signature stands before what it signs.
    private func write(
        _ text: String, into name: String, item: String, by id: String, at: Instant, key: String?
    ) throws(AuditError) -> String {
        let signature = try key.map { key throws(AuditError) in try sign(text, with: key, by: id, at: at) }
        let place = Files.path(name, from: folder)
        let time = at.withoutZone.filter(\.isNumber)
        let stem = "\(place)/\(item)-\(time)-\(Self.fileWord(id))"
        do throws(FileProblem) {
            for attempt in 0..<1000 {
                let path = stem + (attempt == 0 ? "" : "-\(attempt + 1)") + ".yaml"
                if Files.exists(path) { continue }
                if let signature, try !Files.create(signature, at: path + ".sig") { continue }
                if try Files.create(text, at: path) { return path }
                if signature != nil { Files.remove(path + ".sig") }
            }
        } catch {
            throw .notWritten(["\(place): \(error.reason)"])
        }
        throw .notWritten(["\(stem).yaml is there already, a thousand times"])
    }

    /// The signature, which must verify as the reader will verify it.
    private func sign(_ text: String, with key: String, by id: String, at: Instant) throws(AuditError) -> String {
        let signature: String
        do throws(FileProblem) {
            signature = try Signatures.signature(over: text, key: key)
        } catch {
            throw .usage("--sign \(key): \(error.reason)")
        }
        let signers = try allowedSigners(for: key)
        let verdict = Signatures(allowedSigners: signers.text).verdict(
            on: Array(text.utf8), signature: Array(signature.utf8), by: id, at: at)
        guard case .good(let verified) = verdict, verified.isTrusted else {
            throw .usage("--sign \(key): \(signers.name) does not list this key for \(id)")
        }
        return signature
    }

    /// Throws wrong usage when nobody could tell afterwards whose signature it is, or there is to be one and no key.
    package func checkSigning(with key: String?, demanded: Assurance = .unsigned) throws(AuditError) {
        if let key { _ = try allowedSigners(for: key) }
        guard key != nil || demanded != .signed else { throw .usage("it must be signed: give --sign KEY") }
    }

    private func allowedSigners(for key: String) throws(AuditError) -> (name: String, text: [UInt8]) {
        let form = "a line for each person, such as ana@example.com ssh-ed25519 AAAA…"
        guard let name = rules?.allowedSigners?.name else {
            throw .usage(
                "--sign \(key): gonogo.yaml names no allowedSigners, so that nobody could tell whose signature it is; "
                    + "add allowedSigners: readiness/allowed_signers, a file with \(form)")
        }
        do throws(FileProblem) {
            return (name, try Files.read(Files.path(name, from: folder), limit: 1 << 20))
        } catch {
            throw .usage(
                "--sign \(key): the allowed signers \(name) cannot be read: \(error.reason); it is a file with \(form)")
        }
    }

    /// What of a name can stand in a file's name everywhere.
    private static func fileWord(_ id: String) -> String {
        let name = id.prefix { $0 != "@" }.lowercased()
        let word = String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }.prefix(40))
        return word.isEmpty ? "somebody" : word
    }
}
