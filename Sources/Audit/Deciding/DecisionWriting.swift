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
        guard let signers = rules?.allowedSigners else { return signature }
        guard let allowed = try? Files.read(Files.path(signers.name, from: folder), limit: 1 << 20) else {
            throw .usage("--sign: the allowed signers \(signers.name) cannot be read")
        }
        let verdict = Signatures(allowedSigners: allowed).verdict(
            on: Array(text.utf8), signature: Array(signature.utf8), by: id, at: at)
        guard case .good(let verified) = verdict, verified.isTrusted else {
            throw .usage("--sign \(key): \(signers.name) does not list this key for \(id)")
        }
        return signature
    }

    /// What of a name can stand in a file's name everywhere.
    private static func fileWord(_ id: String) -> String {
        let name = id.prefix { $0 != "@" }.lowercased()
        let word = String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }.prefix(40))
        return word.isEmpty ? "somebody" : word
    }
}
