import AuditModel
import JSON

// The keys of an item.

enum ItemFields {
    static let id = Field(
        "id", .kebab, required: true, "Unique and stable for ever: reports, waivers and history refer to it.")
    static let title = Field(
        "title", .text, required: true, "The passing condition as a sentence; {name} stands for a parameter.")
    static let severity = Field(
        "severity", Shape<Severity>.choice("severity"), required: true, "How bad it is when the item fails.")
    static let enforcement = Field(
        "enforcement", Shape<Enforcement>.choice("enforcement"),
        "What it means for the verdict; gate for critical and high, advisory below.")
    static let probe = Field("probe", Shape<YAMLNode>.any(), "What observes it.")
    static let with = Field("with", Shape<YAMLNode>.any().map, "Parameters of the probe.")
    static let expect = Field("expect", Shape<YAMLNode>.any(), "Facts and what they must be; or anyOf with a list.")
    static let attest = Field("attest", .attest, "What people are asked.")
    static let appliesWhen = Field(
        "appliesWhen", Shape<YAMLNode>.any(), "The labels, parameters and facts with which it concerns a service.")
    static let why = Field("why", .text, "What goes wrong otherwise.")
    static let fix = Field("fix", .text, "What to do when it fails.")
    static let references = Field("references", Shape<String>.text.list(), "Standards and documents, with sections.")
    static let controls = Field(
        "controls", Shape<String>.text.located.list().map,
        "Control ids by framework, such as nist-800-53: [SC-8].")
    static let phase = Field("phase", Shape<Phase>.choice("phase"), "When in a service's life it is looked at.")
    static let level = Field("level", Shape<Level>.choice("level"), "From which level of ambition on it gates.")
    static let enforceFrom = Field("enforceFrom", .dateOrInstant, "Advisory until this date.")
    static let willBe = Field("willBe", .plannedProbe, "The planned probe that will answer an attested item.")

    static let table = FieldTable(
        "an item",
        [
            id.outline, title.outline, severity.outline, enforcement.outline, probe.outline, with.outline,
            expect.outline, attest.outline, appliesWhen.outline, why.outline, fix.outline, references.outline,
            controls.outline, phase.outline, level.outline, enforceFrom.outline, willBe.outline
        ])
}

enum AppliesWhenFields {
    static let labels = Field(
        "labels", Shape<String>.labelValue.oneOrMore.dictionary, "Accepted values by label of the service.")
    static let parameters = Field(
        "parameters", Shape<YAMLNode>.any().map, "Accepted texts by parameter of the checklist.")
    static let facts = Field("facts", Shape<YAMLNode>.any().map, "Expectations on the item's own probe.")

    static let table = FieldTable("appliesWhen", [labels.outline, parameters.outline, facts.outline])
}

enum AttestFields {
    static let question = Field("question", .text, required: true, "What is answered by yes (pass) or no (fail).")
    static let validFor = Field("validFor", .duration, required: true, "The longest an answer stays valid.")
    static let roles = Field("roles", Shape<String>.text.list(), "Who may answer; without it anyone.")
    static let evidence = Field(
        "evidence", Shape<EvidenceDemand>.choice("demand for evidence"), "Whether an answer must rest on evidence.")
    static let bind = Field("bind", Shape<Binding>.choice("binding").list(), "What the answer must name and match.")
    static let minAttesters = Field("minAttesters", .integer(from: 1), "How many people must answer.")
    static let independent = Field("independent", .boolean, "Whether the answer must come from someone else.")
    static let assurance = Field(
        "assurance", Shape<Assurance>.choice("assurance"), "How sure it must be who answered.")
    static let onlyIf = Field(
        "onlyIf", Shape<AttestCondition>.choice("condition of an attestation"),
        "When people are asked at all; without it always.")

    static let table = FieldTable(
        "attest",
        [
            question.outline, validFor.outline, roles.outline, evidence.outline, bind.outline, minAttesters.outline,
            independent.outline, assurance.outline, onlyIf.outline
        ])
}

enum EvidenceDemand: String, CaseIterable, Sendable {
    case required, optional
}

enum AttestCondition: String, CaseIterable, Sendable {
    /// The item's probe needs a permission that nobody gave.
    case notPermitted = "not-permitted"
}

extension Shape<AttestDemand> {
    static let attest = Shape.fields(AttestFields.table) { fields, findings in
        let question = fields.read(AttestFields.question, &findings)
        let validFor = fields.read(AttestFields.validFor, &findings)
        return AttestDemand(
            question: question ?? "", validFor: validFor ?? .days(0),
            roles: fields.read(AttestFields.roles, &findings) ?? [],
            requiresEvidence: fields.read(AttestFields.evidence, &findings) == .required,
            bind: fields.read(AttestFields.bind, &findings) ?? [],
            minAttesters: fields.read(AttestFields.minAttesters, &findings) ?? 1,
            independent: fields.read(AttestFields.independent, &findings) ?? false,
            assurance: fields.read(AttestFields.assurance, &findings) ?? .unsigned,
            isFallback: fields.read(AttestFields.onlyIf, &findings) == .notPermitted)
    }
}
