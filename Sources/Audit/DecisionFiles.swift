import AuditModel
import ChecklistYAML

/// The attestations and waivers of a run, with what was found out about each of their files.
struct DecisionFiles {
    var attestations: [Attestation] = []
    var waivers: [Waiver] = []
    var baseline = Baseline()
    /// The audit file whose roles, policy and signers decide.
    var rules: AuditFile?
    var diagnostics: [Diagnostic] = []
    var notices: [Notice] = []

    /// The most bytes of a decision's file.
    private static let limit = 1 << 20

    /// The revision's files, when decisions and all that rules them come from one that holds an audit file.
    private(set) var ruled: RuledFiles?
    private var store: DecisionStore?

    /// Reads every `.yaml` and `.yml` file in the folders that the audit file names and below them; what else is there,
    /// and a folder that is not, is a notice, and what may be a decision and cannot be read a mistake.
    ///
    /// - Parameter commit: the audited commit; nil when it is not known.
    mutating func read(_ audit: AuditFile?, folder: String, commit: String?) {
        guard let audit, let store else { return }
        readDecisions(store, folder: folder, auditFile: audit.fileName)
        DecidedCommits.trace(&self, to: commit, folder: folder)
    }

    /// Opens where decisions come from, and reads the rules for them.
    ///
    /// - Parameter asked: the Git revision of the command line; nil for that of the audit file, else the files as they
    ///   stand.
    static func opened(_ audit: AuditFile?, folder: String, asked: String?, environment: String?) -> DecisionFiles {
        var files = DecisionFiles()
        files.rules = audit
        guard let audit else { return files }
        var revision = asked.map { LocatedName($0) } ?? audit.decisionsFrom
        if asked == nil, let kept = KeptRevision.find(audit, folder: folder, &files.notices) { revision = kept }
        do throws(FileProblem) {
            let store = try DecisionStore.opened(revision, folder: folder)
            files.store = store
            files.readRules(audit, store, revision, folder: folder, environment: environment)
        } catch {
            let place = revision?.location ?? audit.location
            files.diagnostics.append(
                Diagnostic("decisions", "decisions cannot be read: \(error.reason)", at: place))
        }
        return files
    }

    /// Takes the audit file of the revision for the rules, so that no change can loosen them for itself.
    private mutating func readRules(
        _ audit: AuditFile, _ store: DecisionStore, _ revision: LocatedName?, folder: String, environment: String?
    ) {
        guard case .commit(_, let commit) = store, let revision else { return }
        let name = audit.fileName
        let source = "\(revision.name) (\(commit.prefix(12)))"
        guard case .success(let text)? = store.contents([name], limit: Self.limit).first else {
            rules = nil
            notices.append(
                Notice(code: "decisions-from", message: "\(source) holds no \(name), so that no decision counts"))
            return
        }
        let (own, problems) = loadAuditFile(
            text: text, file: "\(revision.name):\(name)", reportFormats: Reports.formats)
        rules = own
        diagnostics += problems
        notices.append(
            Notice(
                code: "decisions-from",
                message: "decisions, the rules for them, checklists and tailoring are those of \(source)"))
        guard let own else { return }
        ruled = RuledFiles(store: store, revision: revision.name, folder: folder)
        notices += audit.differences(from: own, of: revision.name, environment: environment)
    }

    private mutating func readDecisions(_ store: DecisionStore, folder: String, auditFile: String) {
        guard let rules else { return }
        baseline = Baseline.read(rules, store, folder: folder, auditFile: auditFile, &diagnostics, &notices)
        let attested = decisionFiles(in: rules.attestations, store, folder: folder)
        let waived = decisionFiles(in: rules.waivers, store, folder: folder)
        guard !attested.isEmpty || !waived.isEmpty else { return }
        let provenance = Provenance(
            store, folders: [rules.attestations, rules.waivers].compactMap(\.self), signers: rules.allowedSigners,
            &diagnostics, &notices)
        for file in attested {
            let (made, problems) = loadAttestation(text: file.text, file: file.shown)
            diagnostics += problems
            guard var made else { continue }
            made.proof = provenance.proof(of: file, by: made.by.id, at: made.at, &diagnostics, &notices)
            made.proof.evidence = EvidenceCheck.proofs(of: made.evidence, in: folder)
            attestations.append(made)
        }
        for file in waived {
            let (made, problems) = loadWaiver(text: file.text, file: file.shown)
            diagnostics += problems
            guard var made else { continue }
            made.proof = provenance.proof(
                of: file, by: made.approvedBy.id, at: made.approvedAt, &diagnostics, &notices)
            waivers.append(made)
        }
    }

    /// The files of one folder with their signatures.
    private mutating func decisionFiles(
        in name: String?, _ store: DecisionStore, folder: String
    ) -> [DecisionFile] {
        guard let name else { return [] }
        let shown = Files.path(name, from: folder)
        let listing: DecisionNames?
        do throws(FileProblem) {
            listing = try store.names(in: name)
        } catch {
            diagnostics.append(unreadable(shown, "the folder cannot be read: \(error.reason)"))
            return []
        }
        guard let listing else {
            notices.append(
                Notice(code: "no-such-folder", message: "there is no folder \(shown), so no decision is read from it"))
            return []
        }
        diagnostics += listing.refused.map { unreadable("\(shown)/\($0.name)", "this is not read: \($0.reason)") }
        let others = Set(listing.others)
        let signed = listing.files.filter { others.contains($0 + ".sig") }
        for other in others.subtracting(signed.map { $0 + ".sig" }).sorted() {
            notices.append(
                Notice(
                    code: "not-read",
                    message: "\(shown)/\(other) is not read: decisions are .yaml files that are not hidden"))
        }
        let texts = store.contents(listing.files.map { "\(name)/\($0)" }, limit: Self.limit)
        let signatures = store.contents(signed.map { "\(name)/\($0).sig" }, limit: Signatures.limit)
        let signatureOf = Dictionary(zip(signed, signatures)) { first, _ in first }
        var files: [DecisionFile] = []
        for (file, text) in zip(listing.files, texts) {
            let path = "\(shown)/\(file)"
            do throws(FileProblem) {
                files.append(
                    DecisionFile(shown: path, text: try text.get(), signature: try signatureOf[file]?.get()))
            } catch {
                diagnostics.append(unreadable(path, "the file cannot be read: \(error.reason)"))
            }
        }
        return files
    }

    private func unreadable(_ path: String, _ message: String) -> Diagnostic {
        Diagnostic("unreadable", message, at: SourceLocation(file: path, line: 1, column: 1))
    }
}

/// The bytes of a decision's file and of the signature beside it.
struct DecisionFile {
    /// The path as reports show it.
    var shown: String
    var text: [UInt8]
    var signature: [UInt8]?
}
