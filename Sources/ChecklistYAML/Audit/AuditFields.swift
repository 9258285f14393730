import AuditModel
import JSON

// The keys of an audit file.

enum AuditFields {
    static let service = Field("service", .service, required: true, "What is audited.")
    static let targets = Field("targets", .targets, "Where the service, its image and its repository are.")
    static let environments = Field(
        "environments", Shape<EnvironmentOverride>.environment.dictionary,
        "What each environment (--environment) changes.")
    static let checklists = Field(
        "checklists", Shape<LocatedName>.located(.text).list(),
        "Ids of built-in checklists, or paths relative to this file.")
    static let level = Field(
        "level", Shape<Level>.choice("level"),
        "The level of ambition: items of a higher one do not gate; standard by default, --level wins.")
    static let tailor = Field("tailor", Shape<Tailoring>.tailoring.list(), "Changes to items, with their reasons.")
    static let roles = Field("roles", Shape<String>.text.list().dictionary, "Who holds each role.")
    static let attestations = Field("attestations", .text, "The folder of attestations, relative to this file.")
    static let waivers = Field("waivers", .text, "The folder of waivers, relative to this file.")
    static let decisionsFrom = Field(
        "decisionsFrom", Shape<LocatedName>.located(.gitRevision),
        "The Git revision that decisions, their rules and checklists are read from, such as origin/main.")
    static let waiverPolicy = Field("waiverPolicy", .waiverPolicy, "What makes a waiver count.")
    static let allowedSigners = Field(
        "allowedSigners", Shape<LocatedName>.located(.text),
        "The file of allowed signers (ssh-keygen(1), ALLOWED SIGNERS), relative to this file.")
    static let baseline = Field(
        "baseline", Shape<LocatedName>.located(.text),
        "A saved result, relative to this file: what failed there and still fails does not gate.")
    static let expiryWarning = Field(
        "expiryWarning", .duration, "How long before its end what the verdict rests on is announced; 14d without it.")
    static let allow = Field(
        "allow", Shape<ActiveProbing>.choice("kind of active probing").list(emptyAllowed: true),
        "Active probing permitted against these targets.")
    static let gate = Field("gate", Shape<GateRule>.gateRule.list(), "Bounds on how many items may match.")
    static let reports = Field("reports", Shape<String>.text.map, "Paths by report format; - for standard output.")

    static let table = FieldTable(
        "an audit file",
        [
            FileKind.audit.field.outline, service.outline, targets.outline, environments.outline, checklists.outline,
            level.outline, tailor.outline, roles.outline, attestations.outline, waivers.outline, decisionsFrom.outline,
            waiverPolicy.outline, allowedSigners.outline, baseline.outline, expiryWarning.outline, allow.outline,
            gate.outline, reports.outline
        ])
}

enum ServiceFields {
    static let name = Field("name", .text, required: true, "The name of the service.")
    static let environment = Field("environment", .text, "The environment of these targets, such as production.")
    static let owner = Field("owner", .text, "The team or person who answers for it.")
    static let labels = Field(
        "labels", Shape<LocatedName>.located(.labelValue).dictionary, "What items apply by, such as exposure: public.")

    static let table = FieldTable("service", [name.outline, environment.outline, owner.outline, labels.outline])
}

extension Shape<ServiceDescription> {
    static let service = Shape.fields(ServiceFields.table) { fields, findings in
        ServiceDescription(
            name: fields.read(ServiceFields.name, &findings) ?? "",
            environment: fields.read(ServiceFields.environment, &findings),
            owner: fields.read(ServiceFields.owner, &findings),
            labels: fields.read(ServiceFields.labels, &findings) ?? [:])
    }
}

enum TargetFields {
    static let url = Field("url", Shape<LocatedName>.located(.webURL), "The service's address.")
    static let health = Field("health", .servicePath, "The path of its health endpoint; without it the usual ones.")
    static let image = Field("image", Shape<LocatedName>.located(.text), "A reference or path of its container image.")
    static let repository = Field(
        "repository", Shape<LocatedName>.located(.text), "The folder of its repository, relative to this file.")
    static let headers = Field(
        "headers", Shape<RequestHeader.Source>.headerSource.map, "Headers sent with every request.")

    static let table = FieldTable(
        "targets", [url.outline, health.outline, image.outline, repository.outline, headers.outline])
}

extension Shape<Targets> {
    static let targets = Shape.fields(TargetFields.table) { fields, findings in
        Targets(
            url: fields.read(TargetFields.url, &findings), health: fields.read(TargetFields.health, &findings),
            image: fields.read(TargetFields.image, &findings),
            repository: fields.read(TargetFields.repository, &findings), headers: headers(fields, &findings))
    }

    private static func headers(_ fields: Fields, _ findings: inout Findings) -> [RequestHeader] {
        var seen: Set<String> = []
        return (fields.read(TargetFields.headers, &findings) ?? []).map { entry, source in
            if !isToken(entry.key) {
                findings.add("invalid-header", "\(quoted(entry.key)) is no name of a header", at: entry.position)
            } else if !seen.insert(entry.key.lowercased()).inserted {
                findings.add("duplicate-header", "the header \(quoted(entry.key)) stands twice", at: entry.position)
            }
            return RequestHeader(name: entry.key, source: source, location: findings.location(entry.position))
        }
    }
}

enum HeaderFields {
    static let env = Field("env", .variableName, "The environment variable that holds the value.")
    static let value = Field("value", .fieldValue, "The value itself.")

    static let table = FieldTable("a header", [env.outline, value.outline])
}

extension Shape<RequestHeader.Source> {
    /// `{env: VARIABLE}` or `{value: text}`
    static let headerSource = Shape.fields(HeaderFields.table) { fields, findings in
        let variable = fields.read(HeaderFields.env, &findings)
        let value = fields.read(HeaderFields.value, &findings)
        guard fields.has(HeaderFields.env) != fields.has(HeaderFields.value) else {
            findings.add("wrong-type", "a header needs either \"env\" or \"value\"", at: fields.node.position)
            return nil
        }
        return variable.map(RequestHeader.Source.environment) ?? value.map(RequestHeader.Source.literal)
    }
}

enum EnvironmentFields {
    static let targets = Field("targets", .targets, "Targets that replace those above.")
    static let labels = Field(
        "labels", Shape<LocatedName>.located(.labelValue).dictionary, "Labels added over those of the service.")

    static let table = FieldTable("an environment", [targets.outline, labels.outline])
}

extension Shape<EnvironmentOverride> {
    static let environment = Shape.fields(EnvironmentFields.table) { fields, findings in
        EnvironmentOverride(
            targets: fields.read(EnvironmentFields.targets, &findings) ?? Targets(),
            labels: fields.read(EnvironmentFields.labels, &findings) ?? [:])
    }
}

enum TailorFields {
    static let item = Field("item", .kebab, "The item that is changed.")
    static let checklist = Field("checklist", .kebab, "The checklist for whose items parameters are set.")
    static let severity = Field("severity", Shape<Severity>.choice("severity"), "Its severity for this service.")
    static let enforcement = Field(
        "enforcement", Shape<Enforcement>.choice("enforcement"), "What it means for this service's verdict.")
    static let parameters = Field(
        "parameters", Shape<FactValue>.parameterValue.dictionary,
        "Values of the parameters that the item, or the checklist, has.")
    static let reason = Field("reason", .text, required: true, "Why this service differs; reports show it.")

    static let table = FieldTable(
        "a tailoring",
        [item.outline, checklist.outline, severity.outline, enforcement.outline, parameters.outline, reason.outline])
}

extension Shape<Tailoring> {
    static let tailoring = Shape.fields(TailorFields.table) { fields, findings in
        let item = fields.read(TailorFields.item, &findings)
        let checklist = fields.read(TailorFields.checklist, &findings)
        if fields.has(TailorFields.item) == fields.has(TailorFields.checklist) {
            findings.add(
                "missing-key", "a tailoring needs \"item\" or \"checklist\", one of them", at: fields.node.position)
        }
        let isForItems = fields.has(TailorFields.severity) || fields.has(TailorFields.enforcement)
        if fields.has(TailorFields.checklist), isForItems {
            findings.add(
                "wrong-type", "severity and enforcement are set item by item: a checklist takes \"parameters\" alone",
                at: fields.node.position)
        }
        if !fields.has(TailorFields.severity), !fields.has(TailorFields.enforcement),
            !fields.has(TailorFields.parameters)
        {
            findings.add(
                "no-effect", "a tailoring needs \"severity\", \"enforcement\" or \"parameters\"",
                at: fields.node.position)
        }
        return Tailoring(
            subject: checklist.map(Tailoring.Subject.checklist) ?? .item(item ?? ""),
            severity: fields.read(TailorFields.severity, &findings),
            enforcement: fields.read(TailorFields.enforcement, &findings),
            parameters: fields.read(TailorFields.parameters, &findings) ?? [:],
            reason: fields.read(TailorFields.reason, &findings) ?? "",
            location: findings.location(fields.node.position))
    }
}
