import AuditModel
import ChecklistYAML
import Judge
import Observe

/// Everything that an audit rests on besides the world: files read, checked and joined before anything is observed.
package struct Preparation: Sendable {
    package var loaded: LoadedChecklists
    /// The checklists asked for: ids of built-in ones, or paths from the working folder.
    package var selection: [String]
    package var tailor: [Tailoring]
    package var gate: [GateRule]
    package var attestations: [Attestation]
    package var waivers: [Waiver]
    /// The audit file whose rules decisions follow: that of the run, or of the revision that decisions are read from.
    package var rules: AuditFile?
    /// What failed when the baseline was taken.
    package var baseline: Baseline
    package var service: ServiceIdentity
    package var failOn: Severity?
    /// The level of ambition: items of a higher one do not gate.
    package var level: Level
    package var requestHeaders: [(name: String, value: String)]
    /// The names of the request headers, which a judgement without a network knows as well.
    package var requestHeaderNames: [String]
    /// The active probing that the audit file permits, when what is audited is its own target.
    package var allowed: Set<ActiveProbing>
    /// The audit file's own reports, paths taken from its folder.
    package var reports: [ReportRequest]
    /// Where the audit file declares the targets, by their keys, those of the chosen environment over the service's.
    package var targetLocations: [String: SourceLocation]
    package var notices: [Notice]
    /// The folder of the audit file, where its paths start.
    package var folder: String

    func plan(at now: Instant) -> Plan {
        Plan(loaded, tailor: tailor, service: service, ambition: Ambition(failOn: failOn, level: level), now: now)
    }

    /// What is asked of the world, each question once.
    package func requests(at now: Instant) -> [ObservationRequest] { plan(at: now).requests }

    var checklistIdentities: [ChecklistIdentity] {
        loaded.checklists.map { checklist in
            ChecklistIdentity(
                id: checklist.id, version: checklist.version, title: checklist.title, digest: checklist.digest,
                sections: checklist.sections.map { SectionIdentity(id: $0.id, title: $0.title) },
                signOffRoles: checklist.signOffRoles)
        }
    }
}

extension Preparation {
    /// Reads and checks all files of a run; every mistake in them is reported together, and nothing is observed.
    ///
    /// - Parameter recording: what a saved run saw, when it is judged again: it then says what was audited.
    /// - Parameter observes: whether a target is needed at all, or only people's decisions are looked at.
    package init(
        _ request: AuditRequest, recording: Recording? = nil, observes: Bool = true
    ) throws(AuditError) {
        let files = try AuditFileReader.read(request)
        let audit = files.audit
        folder = files.folder
        var diagnostics = files.diagnostics
        if let recording {
            service = recording.service
            // Another service's audit file would bring its waivers and answers along.
            if let audit, request.configuration == nil, audit.service.name != service.name {
                throw .usage(
                    "the recording is of \(service.name), and ./gonogo.yaml of \(audit.service.name); name the file with --config"
                )
            }
        } else {
            service = try ServiceIdentity(request, audit, folder: files.folder, &diagnostics)
            if observes, service.url != nil { startNetwork() }
        }
        let environment = recording?.service.environment ?? request.environment
        var decisions = DecisionFiles.opened(
            audit, folder: files.folder, asked: request.decisionsFrom, environment: environment)
        // What is asked of a release is not for the change to say either, once decisions come from a revision.
        let ruling = decisions.ruled == nil ? audit : decisions.rules
        let roots = try Self.roots(request, ruling, recording, service)
        let (loaded, problems) = ChecklistFiles.load(roots, ruled: decisions.ruled)
        diagnostics += problems
        notices = ((try? audit?.labelNotices(in: environment)) ?? nil) ?? []
        if let ruling, let loaded {
            let found = check(ruling, against: loaded)
            // Of a selection that the audit file did not make, it cannot know every item.
            let isOwnSelection = roots == ruling.checklists
            let foreign = found.filter { !isOwnSelection && Self.selectionCodes.contains($0.code) }
            diagnostics += found.filter { !foreign.contains($0) }
            notices += foreign.map {
                Notice(code: $0.code, message: $0.message, file: $0.location?.file, line: $0.location?.line)
            }
        }
        decisions.read(audit, folder: files.folder, commit: service.commit)
        diagnostics += decisions.diagnostics
        notices += decisions.notices
        if let loaded, let ruled = decisions.ruled { notices += ruled.notices(loaded) }
        guard let loaded, diagnostics.isEmpty else { throw .malformed(diagnostics) }
        guard !loaded.selected.isEmpty else { throw .nothingSelected("the selected checklists hold no item") }
        self.loaded = loaded
        selection = roots.map { root in
            // A recording is judged again from where the audit ran, wherever its audit file was.
            guard Files.isPath(root.name), let file = root.location?.file else { return root.name }
            let ruledFile = decisions.ruled?.path(of: file).map { Files.path($0, from: files.folder) }
            return Files.path(root.name, from: Files.parent(of: ruledFile ?? file))
        }
        tailor = ruling?.tailor ?? []
        notices += tailor.notices(about: loaded)
        gate = ruling?.gate ?? []
        attestations = decisions.attestations
        waivers = decisions.waivers
        rules = decisions.rules
        baseline = decisions.baseline
        failOn = request.failOn
        level = request.level ?? ruling?.level ?? .standard
        requestHeaderNames = ((try? audit?.effectiveHeaders(in: environment)) ?? []).map(\.name)
        requestHeaders = recording == nil && observes ? try Self.headers(audit, request, service) : []
        let isOwnTarget = audit?.isTarget(service.url, in: request.environment) ?? false
        allowed = recording == nil && isOwnTarget ? Set(audit?.allow ?? []) : []
        reports = (audit?.reports ?? []).map { report in
            ReportRequest(
                format: report.format, path: report.path.map { Files.path($0, from: files.folder) },
                location: report.location)
        }
        targetLocations = audit?.targetLocations(in: environment) ?? [:]
        if service.commitAuthors == nil, loaded.items.contains(where: { $0.item.attest?.independent == true }) {
            findAuthors()
        }
        guard observes else { return }
        if recording == nil {
            for request in requests(at: Instant(milliseconds: 0)) { try TargetCheck.check(request) }
        }
        try checkTargets()
    }

    /// Finds who wrote the audited code; whoever only committed decisions since did not.
    private mutating func findAuthors() {
        guard let place = service.repository, let commit = service.commit,
            let repository = GitRepository(containing: place)
        else { return }
        let paths = (try? DecisionPaths(of: rules, folder: folder, in: repository)) ?? DecisionPaths()
        service.commitAuthors = repository.codeAuthors(of: commit, paths)
        guard service.commitAuthors == nil else { return }
        let isShallow = (try? repository.isShallow()) ?? false
        notices.append(
            Notice(
                code: "log-unread",
                message: "who wrote the audited code is not known"
                    + (isShallow ? ": the clone is shallow; fetch its history" : "")))
    }

    /// Throws when what the checklists ask about is not named at all: nothing could be seen, and that is no verdict.
    private func checkTargets() throws(AuditError) {
        let items = plan(at: Instant(milliseconds: 0)).items
        let concerned = items.filter { $0.notConcerned == nil }
        if let left = items.first?.notConcerned, concerned.isEmpty {
            throw .nothingSelected("no selected item concerns this service: \(left)")
        }
        guard service.url != nil || !concerned.contains(where: { $0.item.probe.map { $0 != .image } ?? false }) else {
            throw .nothingSelected("no target: give a URL, or name one under targets in gonogo.yaml")
        }
        if let lacking = concerned.first(where: { $0.item.lacksImage(of: service) }) {
            throw .nothingSelected("no image: \(lacking.checklist) asks about one; \(howToNameImage)")
        }
    }

    /// What `check` says of names that another selection of checklists would know.
    private static let selectionCodes: Set<String> = ["unknown-item", "unknown-section", "unknown-checklist"]

    private static func roots(
        _ request: AuditRequest, _ audit: AuditFile?, _ recording: Recording?, _ service: ServiceIdentity
    ) throws(AuditError) -> [LocatedName] {
        if !request.checklists.isEmpty { return request.checklists.map { LocatedName($0) } }
        if request.configuration != nil, let audit, !audit.checklists.isEmpty { return audit.checklists }
        if let recording, !recording.checklists.isEmpty { return recording.checklists.map { LocatedName($0) } }
        if let audit, !audit.checklists.isEmpty { return audit.checklists }
        let defaults = [service.url.map { _ in "web-service" }, service.image.map { _ in "container-image" }]
        if service.url != nil || service.image != nil { return defaults.compactMap(\.self).map { LocatedName($0) } }
        throw .nothingSelected("no checklist: give --checklist, or name some under checklists in gonogo.yaml")
    }

    /// The values of the request headers, from the environment variables that the audit file names.
    private static func headers(
        _ audit: AuditFile?, _ request: AuditRequest, _ service: ServiceIdentity
    ) throws(AuditError) -> [(name: String, value: String)] {
        var headers: [(name: String, value: String)] = []
        guard let audit else { return [] }
        let named = try audit.effectiveHeaders(in: request.environment)
        guard named.isEmpty || request.url == nil || audit.isTarget(service.url, in: request.environment) else {
            throw .usage(
                "the request headers of \(audit.location.file) are for its own target, not for \(service.url ?? "another"); add the URL as an environment"
            )
        }
        for header in named {
            switch header.source {
            case .literal(let value): headers.append((header.name, value))
            case .environment(let variable):
                guard let value = request.environmentVariable(variable), !value.isEmpty else {
                    let place = header.location.map { "\($0.text): " } ?? ""
                    throw .usage(
                        "\(place)the request header \(header.name) takes its value from the environment variable \(variable), which is not set"
                    )
                }
                headers.append((header.name, value))
            }
        }
        return headers
    }
}
