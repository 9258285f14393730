import AuditModel
import ChecklistYAML
import Testing

struct DiagnosticCodeTests {
    static let attest = "\nattest: {question: Q, validFor: 1d}"
    static let probe = "probe: headers\nexpect: "

    static let itemCodes = [
        ("zzz: 1" + attest, "unknown-key"), ("why: a\nwhy: b" + attest, "duplicate-key"),
        ("attest: {question: Q}", "missing-key"),
        ("why: 5" + attest, "wrong-type"), ("phase: never" + attest, "unknown-value"), ("why: ''" + attest, "empty"),
        ("probe: x\nexpect: {a: b}", "unknown-probe"), (probe + "{a: b}", "unknown-fact"),
        (probe + "{server: {a: b}}", "unknown-matcher"), (probe + "{server: {atLeast: 1}}", "matcher-type"),
        (probe + "{server: $a}", "unknown-parameter"), (probe + "{server: {matches: (}}", "invalid-pattern"),
        (probe + "{hsts.maxAge: {between: [2, 1]}}", "out-of-range"), ("probe: headers", "incomplete-item"),
        (probe + "{server: x}\nwith: {attempts: 6}", "out-of-range"),
        ("attest: {question: Q, validFor: x}", "invalid-duration"), ("enforceFrom: x" + attest, "invalid-instant"),
        ("willBe: A" + attest, "unknown-probe"), ("willBe: headers" + attest, "unknown-probe"),
        ("why: &a *a" + attest, "syntax"), ("why: *a" + attest, "alias"),
        ("why: !x a" + attest, "tag"), ("<<: {}" + attest, "merge-key"), ("why: \u{1}" + attest, "control-character")
    ]

    @Test("the codes of an item's mistakes are stable", arguments: itemCodes)
    func itemCode(_ lines: String, _ code: String) {
        #expect(load(Array(checklist(item: lines).utf8)).1.map(\.code) == [code])
    }

    static let parameterCodes = [
        ("{server: $days}", "parameter-type"), ("{hsts.maxAge: $days}", "parameter-unit"),
        ("{server: x}", "unused-parameter")
    ]

    @Test("the codes of a parameter's mistakes are stable", arguments: parameterCodes)
    func parameterCode(_ expect: String, _ code: String) {
        let declared = "days: {type: integer, unit: days, default: 1, meaning: M}"
        let text = checklist(item: Self.probe + expect, parameters: declared)
        #expect(load(Array(text.utf8)).1.map(\.code) == [code])
    }

    static let auditCodes = [
        ("targets: {url: x}", "invalid-url"), ("targets: {health: x}", "invalid-path"),
        ("targets: {headers: {X: {env: '-'}}}", "invalid-variable"),
        ("targets: {headers: {'X:': {env: A}}}", "invalid-header"),
        ("targets: {headers: {X: {env: A}, x: {env: A}}}", "duplicate-header"),
        ("tailor: [{item: a, reason: R}]", "no-effect"),
        ("gate: [{name: x, max: 0, where: {status: pass, disposition: waived}}]", "never-matches"),
        ("gate: [{name: x, max: 0}, {name: x, max: 1}]", "duplicate-gate"),
        ("tailor: [{item: a, severity: low, reason: R}, {item: a, severity: low, reason: R}]", "duplicate-tailoring")
    ]

    @Test("the codes of an audit file's mistakes are stable", arguments: auditCodes)
    func auditCode(_ line: String, _ code: String) {
        let text = "schema: gonogo.audit/1\nservice: {name: a}\n" + line
        #expect(loadAuditFile(text: Array(text.utf8), file: "f", reportFormats: []).1.map(\.code) == [code])
    }

    static let decisionCodes = [
        ("expires: 2020-01-01T00:00:00Z", "invalid-period"), ("scope: {commit: x}", "invalid-commit"),
        ("scope: {artifact: x}", "invalid-digest"), ("schema: gonogo.waiver/1", "wrong-schema"),
        ("schema: gonogo.waiver/2", "unknown-schema")
    ]

    @Test("the codes of a decision's mistakes are stable", arguments: decisionCodes)
    func decisionCode(_ line: String, _ code: String) {
        let key = line.prefix { $0 != ":" } + ":"
        let lines = DecisionTests.attestation.split(separator: "\n").map { $0.hasPrefix(key) ? line : String($0) }
        let text = Array(lines.joined(separator: "\n").utf8)
        #expect(loadAttestation(text: text, file: "f").1.map(\.code) == [code])
    }
}
