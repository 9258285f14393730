import AuditModel

/// A plain scalar by the YAML 1.2 core schema (§10.3.2): null, booleans, integers and numbers; all else is text.
///
/// `yes`, `on` and `12:30` are therefore text. An integer beyond 64 bits is a number.
func resolvedPlainScalar(_ text: String) -> FactValue {
    guard let first = text.utf8.first else { return .absent }
    switch first {
    case UInt8(ascii: "~"): return text == "~" ? .absent : .text(text)
    case UInt8(ascii: "n"), UInt8(ascii: "N"):
        return ["null", "Null", "NULL"].contains(text) ? .absent : .text(text)
    case UInt8(ascii: "t"), UInt8(ascii: "T"):
        return ["true", "True", "TRUE"].contains(text) ? .boolean(true) : .text(text)
    case UInt8(ascii: "f"), UInt8(ascii: "F"):
        return ["false", "False", "FALSE"].contains(text) ? .boolean(false) : .text(text)
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
        return resolvedNumber(text) ?? .text(text)
    default: return .text(text)
    }
}

private func resolvedNumber(_ text: String) -> FactValue? {
    let bytes = text.utf8
    guard bytes.count <= 64 else { return nil }
    if text.hasPrefix("0x") || text.hasPrefix("0o") {
        let digits = text.dropFirst(2)
        guard let first = digits.utf8.first, first != UInt8(ascii: "-"), first != UInt8(ascii: "+") else { return nil }
        return Int64(digits, radix: text.hasPrefix("0x") ? 16 : 8).map(FactValue.integer)
    }
    guard isDecimal(bytes) else { return nil }
    if let integer = Int64(text) { return .integer(integer) }
    guard let number = Double(text), number.isFinite else { return nil }
    return .number(number)
}

/// `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`
private func isDecimal(_ bytes: String.UTF8View) -> Bool {
    var rest = bytes[...]
    func isSign(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") }
    func digits() -> Int {
        let count = rest.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }.count
        rest = rest.dropFirst(count)
        return count
    }
    if let sign = rest.first, isSign(sign) { rest = rest.dropFirst() }
    var mantissa = digits()
    if rest.first == UInt8(ascii: ".") {
        rest = rest.dropFirst()
        mantissa += digits()
    }
    guard mantissa > 0 else { return false }
    guard let exponent = rest.first else { return true }
    guard exponent == UInt8(ascii: "e") || exponent == UInt8(ascii: "E") else { return false }
    rest = rest.dropFirst()
    if let sign = rest.first, isSign(sign) { rest = rest.dropFirst() }
    return digits() > 0 && rest.isEmpty
}
