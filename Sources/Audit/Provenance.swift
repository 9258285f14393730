import AuditModel

/// Who brought each decision's file: by Git's log and by signature.
struct Provenance {
    /// Who brought each content; nil for one that may be older than a shallow clone knows.
    private var commits: [String: CommitIdentity?] = [:]
    /// The digits of the ids that the repository gives to contents.
    private var hashLength = 40
    private let signatures: Signatures

    /// Reads the log of the folders once, and the allowed signers.
    init(
        _ store: DecisionStore, folders: [String], signers: LocatedName?, _ diagnostics: inout [Diagnostic],
        _ notices: inout [Notice]
    ) {
        do throws(FileProblem) {
            let history = try store.history(of: folders)
            hashLength = history.first?.blob.utf8.count ?? 40
            commits = Dictionary(history.map { ($0.blob, $0.by) }) { newest, _ in newest }
            if history.contains(where: { $0.by == nil }) {
                notices.append(
                    Notice(
                        code: "log-unread",
                        message: "who committed some decisions is not known: the clone is shallow; fetch its history"))
            }
        } catch {
            notices.append(
                Notice(code: "log-unread", message: "who committed the decisions is not known: \(error.reason)"))
        }
        var allowed: [UInt8]?
        if let signers {
            switch store.contents([signers.name], limit: 1 << 20).first {
            case .success(let bytes)?: allowed = bytes
            case .failure(let problem)?:
                diagnostics.append(
                    Diagnostic(
                        "unreadable", "the allowed signers \(signers.name) cannot be read: \(problem.reason)",
                        at: signers.location))
            case nil: break
            }
        }
        signatures = Signatures(allowedSigners: allowed)
    }

    /// What is known of one file; a signature that is not one over its bytes is a diagnostic.
    func proof(
        of file: DecisionFile, by id: String, at time: Instant, _ diagnostics: inout [Diagnostic],
        _ notices: inout [Notice]
    ) -> DecisionProof {
        var proof = DecisionProof()
        if !commits.isEmpty {
            proof.commit = commits[GitRepository.blobID(of: file.text, digits: hashLength)] ?? nil
        }
        guard let signature = file.signature else { return proof }
        switch signatures.verdict(on: file.text, signature: signature, by: id, at: time) {
        case .good(let verified): proof.signature = verified
        case .bad:
            diagnostics.append(
                Diagnostic(
                    "tampered", "\(file.shown).sig is no signature of this file: one of the two was changed",
                    at: SourceLocation(file: file.shown, line: 1, column: 1)))
        case .unknown(let reason):
            notices.append(
                Notice(
                    code: "signature-not-verified",
                    message: "the signature of \(file.shown) is not verified: \(reason)",
                    file: file.shown))
        }
        return proof
    }
}
