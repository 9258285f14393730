import AuditModel
import JSON

// The keys of attestations and waivers.

enum AttestationFields {
    static let item = Field("item", .kebab, required: true, "The item that is answered.")
    static let answer = Field(
        "answer", Shape<Attestation.Answer>.choice("answer"), required: true, "The answer to the item's question.")
    static let statement = Field(
        "statement", .text, required: true, "What was done or seen; for notApplicable the reason.")
    static let by = Field("by", .attester, required: true, "Who answers.")
    static let at = Field("at", .instant, required: true, "When.")
    static let expires = Field("expires", .instant, required: true, "Until when the answer holds, exclusive.")
    static let scope = Field("scope", .scope, "What the answer is about.")
    static let evidence = Field("evidence", Shape<Evidence>.evidence.list(emptyAllowed: true), "What it rests on.")
    static let condition = Field("condition", .text, "What must hold for a sign-off that passes on a condition.")
    static let supersedes = Field(
        "supersedes", .siblingFile, "The file of the statement by the same person or role that this one replaces.")

    static let table = FieldTable(
        "an attestation",
        [
            FileKind.attestation.field.outline, item.outline, answer.outline, statement.outline, by.outline,
            at.outline, expires.outline, scope.outline, evidence.outline, condition.outline, supersedes.outline
        ])
}

enum WaiverFields {
    static let item = Field("item", .kebab, required: true, "The item whose failure is accepted.")
    static let reason = Field("reason", .text, required: true, "Why it is accepted.")
    static let risk = Field("risk", .text, required: true, "What can happen meanwhile.")
    static let ticket = Field("ticket", .text, "Where the work is tracked.")
    static let compensatingControl = Field("compensatingControl", .text, "What limits the risk meanwhile.")
    static let requestedBy = Field(
        "requestedBy", .text, required: true, "Who asked for it, another than who approves.")
    static let approvedBy = Field("approvedBy", .approver, required: true, "Who accepts the risk.")
    static let approvedAt = Field("approvedAt", .instant, required: true, "When.")
    static let expires = Field("expires", .instant, required: true, "Until when, exclusive.")
    static let scope = Field("scope", .scope, "What the waiver is about.")
    static let remediation = Field("remediation", .remediation, "Who mends it, and by when.")

    static let table = FieldTable(
        "a waiver",
        [
            FileKind.waiver.field.outline, item.outline, reason.outline, risk.outline, ticket.outline,
            compensatingControl.outline, requestedBy.outline, approvedBy.outline, approvedAt.outline,
            expires.outline, scope.outline, remediation.outline
        ])
}

enum ActorFields {
    static let id = Field("id", .text, required: true, "Who, as the roles name them.")
    static let kind = Field("kind", Shape<Actor.Kind>.choice("kind of actor"), "A person, a service or an agent.")
    static let requiredKind = Field(
        "kind", Shape<Actor.Kind>.choice("kind of actor"), required: true, "A person, a service or an agent.")
    static let role = Field("role", .text, "In which role.")
    static let requiredRole = Field("role", .text, required: true, "In which role.")

    static let attester = FieldTable("by", [id.outline, requiredKind.outline, role.outline])
    static let approver = FieldTable("approvedBy", [id.outline, kind.outline, requiredRole.outline])
}

extension Shape<Actor> {
    static let attester = actor(ActorFields.attester)
    static let approver = actor(ActorFields.approver)

    private static func actor(_ table: FieldTable) -> Shape {
        fields(table) { fields, findings in
            Actor(
                id: fields.read(ActorFields.id, &findings) ?? "",
                kind: fields.read(ActorFields.kind, &findings) ?? .human,
                role: fields.read(ActorFields.role, &findings))
        }
    }
}

enum ScopeFields {
    static let service = Field("service", .text, "The service's name.")
    static let environment = Field("environment", .text, "The environment's name.")
    static let commit = Field("commit", .commit, "The commit that was looked at.")
    static let artifact = Field("artifact", .artifact, "The digest of the image that was looked at.")

    static let table = FieldTable(
        "scope", [service.outline, environment.outline, commit.outline, artifact.outline])
}

extension Shape<Scope> {
    static let scope = Shape.fields(ScopeFields.table) { fields, findings in
        Scope(
            service: fields.read(ScopeFields.service, &findings),
            environment: fields.read(ScopeFields.environment, &findings),
            commit: fields.read(ScopeFields.commit, &findings),
            artifact: fields.read(ScopeFields.artifact, &findings))
    }
}

enum EvidenceFields {
    static let path = Field("path", .pathBelow, "A file, relative to the folder of the audit file.")
    static let url = Field("url", .webURL, "An address.")
    static let text = Field("text", .text, "The evidence itself.")
    static let sha256 = Field("sha256", .sha256, "The SHA-256 of the evidence.")
    static let collectedAt = Field("collectedAt", .instant, "When it was collected.")

    static let table = FieldTable(
        "evidence", [path.outline, url.outline, text.outline, sha256.outline, collectedAt.outline])
}

extension Shape<Evidence> {
    static let evidence = Shape.fields(EvidenceFields.table) { fields, findings in
        let kinds = [
            fields.has(EvidenceFields.path), fields.has(EvidenceFields.url), fields.has(EvidenceFields.text)
        ]
        if kinds.count(where: \.self) != 1 {
            findings.add(
                "wrong-type", "evidence needs exactly one of \"path\", \"url\" and \"text\"", at: fields.node.position)
        }
        return Evidence(
            path: fields.read(EvidenceFields.path, &findings), url: fields.read(EvidenceFields.url, &findings),
            text: fields.read(EvidenceFields.text, &findings), sha256: fields.read(EvidenceFields.sha256, &findings),
            collectedAt: fields.read(EvidenceFields.collectedAt, &findings))
    }
}

enum RemediationFields {
    static let owner = Field("owner", .text, required: true, "Who mends it.")
    static let due = Field("due", .instant, "By when.")

    static let table = FieldTable("remediation", [owner.outline, due.outline])
}

extension Shape<Remediation> {
    static let remediation = Shape.fields(RemediationFields.table) { fields, findings in
        Remediation(
            owner: fields.read(RemediationFields.owner, &findings) ?? "",
            due: fields.read(RemediationFields.due, &findings))
    }
}
