import JSON
import WireFormats

/// Replaces secrets in JSON text and leaves every other byte as it was, so that valid JSON stays valid.
///
/// It follows the tokens and not the grammar: text that was cut or is malformed loses its secrets all the same.
struct JSONRedaction {
    private let redactor: Redactor
    private let bytes: [UInt8]
    private var position = 0
    private var output: [UInt8] = []
    /// For each open object or array, whether a secret name stands before it or an outer one.
    private var containers: [Bool] = []
    /// Whether the name just read says that its value is secret.
    private var isNameSecret = false

    private init(_ text: String, redactor: Redactor) {
        self.redactor = redactor
        bytes = Array(text.utf8)
    }

    static func redact(_ text: String, with redactor: Redactor) -> String {
        var redaction = JSONRedaction(text, redactor: redactor)
        return redaction.run()
    }

    private mutating func run() -> String {
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\""): string()
            case UInt8(ascii: "-"), 0x30...0x39: number()
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                containers.append(isNameSecret || containers.last == true)
                isNameSecret = false
                copy()
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                _ = containers.popLast()
                isNameSecret = false
                copy()
            case UInt8(ascii: ","):
                isNameSecret = false
                copy()
            default: copy()
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    private mutating func copy() {
        output.append(bytes[position])
        position += 1
    }

    private mutating func string() {
        let start = position
        guard let end = endOfString() else { return unclosedString() }
        position = end
        let token = bytes[start..<end]
        if nextByte == UInt8(ascii: ":") {
            let name = text(of: token)
            isNameSecret = SecretNames.isSecret(name.utf8)
            let text = String(decoding: token, as: UTF8.self)
            output += SecretScanner.redact(text, with: redactor, names: .inQueries).utf8
            return
        }
        let value = text(of: token)
        let redacted = redactedValue(value)
        output += redacted == value ? Array(token) : Array(JSONValue.string(redacted).compact.utf8)
        isNameSecret = false
    }

    private func redactedValue(_ value: String) -> String {
        if isNameSecret || containers.last == true, !SecretNames.isPlainAnswer(value) { return redactor.mark(value) }
        return SecretScanner.redact(value, with: redactor, names: .anywhere)
    }

    /// Text that ends inside a string: a secret value's beginning is secret too.
    private mutating func unclosedString() {
        let rest = bytes[(position + 1)...]
        output.append(bytes[position])
        output += redactedValue(String(decoding: rest, as: UTF8.self)).utf8
        position = bytes.count
    }

    /// A number below a secret name becomes a string; inside a container with a secret name, it stays.
    private mutating func number() {
        let token = bytes[position...].prefix { isAlphanumeric($0) || "+-.".utf8.contains($0) }
        output += isNameSecret ? Array(JSONValue.string(redactor.mark(Array(token))).compact.utf8) : Array(token)
        position = token.endIndex
        isNameSecret = false
    }

    /// The position after the closing quote; nil when there is none.
    private func endOfString() -> Int? {
        var index = position + 1
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\\"): index += 2
            case UInt8(ascii: "\""): return index + 1
            default: index += 1
            }
        }
        return nil
    }

    private var nextByte: UInt8? {
        bytes[position...].first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
    }

    /// What a token in quotes stands for; its bytes when an escape in it is malformed.
    private func text(of token: ArraySlice<UInt8>) -> String {
        (try? JSONValue.parse(Array(token)))?.string
            ?? String(decoding: token.dropFirst().dropLast(), as: UTF8.self)
    }
}
