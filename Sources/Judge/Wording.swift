import AuditModel
import JSON

/// A value as people read it: `14 days`, `"nosniff"`, `[tls12, tls13]`; long values are cut and say so.
package func inWords(_ value: FactValue, unit: String?) -> String {
    switch value {
    case .absent: "absent"
    case .boolean(let flag): flag ? "true" : "false"
    case .integer(let integer): withUnit(String(integer), unit)
    case .number(let number): withUnit(rounded(number), unit)
    case .text(let text): cut(text.isEmpty ? "an empty text" : text)
    case .list(let values): listInWords(values, unit: unit)
    case .record(let members):
        "{"
            + members.sorted { $0.key < $1.key }.prefix(20)
            .map { "\(cut($0.key)): \(inWords($0.value, unit: nil))" }.joined(separator: ", ") + "}"
    }
}

/// The elements between brackets, at most twenty of them.
func listInWords(_ values: [FactValue], unit: String?) -> String {
    let shown = values.prefix(20).map { inWords($0, unit: unit) }
    let more = values.count > 20 ? ["and \(values.count - 20) more"] : []
    return values.isEmpty ? "none" : (shown + more).joined(separator: ", ")
}

/// An argument as people read it.
func inWords(_ argument: Argument, unit: String?) -> String {
    switch argument {
    case .value(let value): inWords(value, unit: unit)
    case .parameter(let name): "$" + name
    case .list(let arguments):
        arguments.isEmpty ? "none" : arguments.map { inWords($0, unit: unit) }.joined(separator: ", ")
    case .conditions(let conditions): conditions.isEmpty ? "a condition" : conditions.expected(unit: unit)
    }
}

private func withUnit(_ number: String, _ unit: String?) -> String { unit.map { "\(number) \($0)" } ?? number }

/// At most three decimals, without trailing zeros.
private func rounded(_ number: Double) -> String {
    guard number.isFinite, number.magnitude < 1e15 else { return "\(number)" }
    let thousandths = (number * 1000).rounded() / 1000
    return JSONValue.number(thousandths).compact
}

private func cut(_ text: String) -> String {
    let limit = 300
    guard text.utf8.count > limit, text.count > limit else { return text }
    return text.prefix(limit) + "… (\(text.utf8.count) bytes)"
}
