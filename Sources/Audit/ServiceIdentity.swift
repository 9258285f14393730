import AuditModel
import WireFormats

extension ServiceIdentity {
    /// What is audited: the audit file's service and targets, the chosen environment over them, the command line over all.
    init(
        _ request: AuditRequest, _ audit: AuditFile?, folder: String, _ diagnostics: inout [Diagnostic]
    ) throws(AuditError) {
        let chosen = try audit?.environment(request.environment)
        let targets = [audit?.targets, chosen?.targets].compactMap(\.self)
        var url: String?
        if let given = request.url {
            url = try TargetCheck.url(given).text
        } else if let named = targets.compactMap(\.url).last {
            do {
                url = try TargetCheck.url(named.name).text
            } catch {
                diagnostics.append(Diagnostic("invalid-url", error.lines.joined(), at: named.location))
            }
        }
        let repository =
            request.repository ?? targets.compactMap(\.repository).last.map { Files.path($0.name, from: folder) }
        let commit = repository.flatMap(GitCommit.head)
        if let given = request.repository, commit == nil {
            throw .usage("--repository \(given): no Git repository with a commit is there")
        }
        var image: String?
        if let given = request.image {
            image = try TargetCheck.image(given)
        } else if let named = targets.compactMap(\.image).last {
            do {
                image = try TargetCheck.image(named.name, from: folder)
            } catch {
                diagnostics.append(Diagnostic("invalid-image", error.lines.joined(), at: named.location))
            }
        }
        self.init(
            name: audit?.service.name ?? Self.name(url: url, image: image),
            environment: request.environment ?? audit?.service.environment, owner: audit?.service.owner,
            labels: try audit?.labels(in: request.environment).mapValues(\.name) ?? [:], url: url,
            health: targets.compactMap(\.health).last, image: image, repository: repository, commit: commit,
            artifact: image.flatMap(Self.digest))
    }

    /// The host of the URL, else the image, else nothing better than `service`.
    private static func name(url: String?, image: String?) -> String {
        guard let url, let checked = try? TargetCheck.url(url) else { return image ?? "service" }
        return checked.authority
    }

    /// The digest that an image reference pins.
    private static func digest(ofImage reference: String) -> String? {
        reference.split(separator: "@").last.map(String.init).flatMap { $0.hasPrefix("sha256:") ? $0 : nil }
    }
}

extension AuditFile {
    /// The override of an environment: the one chosen, else the service's own; nil when the file has none for it.
    func environment(_ chosen: String?) throws(AuditError) -> EnvironmentOverride? {
        guard let name = chosen ?? service.environment else { return nil }
        if let override = environments[name] { return override }
        if name == service.environment { return nil }
        let known = environments.keys.sorted() + [service.environment].compactMap(\.self)
        let hint = nearestName(to: name, among: known).map { "; did you mean \"\($0)\"?" } ?? ""
        throw .usage("--environment \(name): \(location.file) names no such environment\(hint)")
    }

    /// The labels of the chosen environment over those of the service.
    func labels(in environment: String?) throws(AuditError) -> [String: LocatedName] {
        let own = try self.environment(environment)?.labels ?? [:]
        return service.labels.merging(own) { _, own in own }
    }

    /// A notice for each known label with a value that no built-in checklist asks for.
    func labelNotices(in environment: String?) throws(AuditError) -> [Notice] {
        let labels = try self.labels(in: environment)
        return KnownLabel.allCases.compactMap { known in
            guard let value = labels[known.rawValue], !known.values.contains(value.name) else { return nil }
            let hint = nearestName(to: value.name, among: known.values).map { "; did you mean \"\($0)\"?" } ?? ""
            return Notice(
                code: "unknown-label-value",
                message: "the label \(known.rawValue) is \"\(value.name)\"; built-in checklists know "
                    + "\(known.values.joined(separator: ", "))\(hint)",
                file: value.location?.file, line: value.location?.line)
        }
    }

    /// Where the targets are declared, those of an environment over those of the service.
    func targetLocations(in environment: String?) -> [String: SourceLocation] {
        let chosen = (try? self.environment(environment))??.targets
        let locations = [
            "url": chosen?.url?.location ?? targets.url?.location,
            "image": chosen?.image?.location ?? targets.image?.location
        ]
        return locations.compactMapValues(\.self)
    }

    /// Whether a URL is of the same origin as the file's own target.
    func isTarget(_ url: String?, in environment: String?) -> Bool {
        let named = (try? self.environment(environment))??.targets.url ?? targets.url
        guard let url, let named, let one = try? URLReference(url), let other = try? URLReference(named.name) else {
            return false
        }
        return one.origin == other.origin
    }

    /// The headers of the chosen environment over those of the service, by name.
    func effectiveHeaders(in environment: String?) throws(AuditError) -> [RequestHeader] {
        let own = try self.environment(environment)?.targets.headers ?? []
        let names = Set(own.map { $0.name.lowercased() })
        return targets.headers.filter { !names.contains($0.name.lowercased()) } + own
    }
}
