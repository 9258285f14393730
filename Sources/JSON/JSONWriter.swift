extension JSONValue {
    /// The value as JSON text in one line, members in their order, without a final newline.
    package var compact: String {
        var writer = JSONWriter(indentation: nil)
        writer.write(self, level: 0)
        return String(decoding: writer.output, as: UTF8.self)
    }

    /// The value as JSON text indented by two spaces, with a final newline; the same value gives the same bytes.
    package var indented: String {
        var writer = JSONWriter(indentation: 2)
        writer.write(self, level: 0)
        writer.output.append(0x0A)
        return String(decoding: writer.output, as: UTF8.self)
    }
}

private struct JSONWriter {
    let indentation: Int?
    var output: [UInt8] = []

    mutating func write(_ value: JSONValue, level: Int) {
        switch value {
        case .null: append("null")
        case .boolean(let flag): append(flag ? "true" : "false")
        case .integer(let integer): append(String(integer))
        case .number(let number): append(number.isFinite ? shortest(number) : "null")
        case .string(let text): writeString(text)
        case .array(let elements):
            list(elements, "[", "]", level) { writer, element in writer.write(element, level: level + 1) }
        case .object(let members):
            list(members, "{", "}", level) { writer, member in
                writer.writeString(member.name)
                writer.append(writer.indentation == nil ? ":" : ": ")
                writer.write(member.value, level: level + 1)
            }
        }
    }

    mutating func list<Element>(
        _ elements: [Element], _ open: String, _ close: String, _ level: Int,
        _ body: (inout JSONWriter, Element) -> Void
    ) {
        append(open)
        for (index, element) in elements.enumerated() {
            if index > 0 { append(",") }
            newline(level + 1)
            body(&self, element)
        }
        if !elements.isEmpty { newline(level) }
        append(close)
    }

    /// Escapes what RFC 8259 §7 demands, and what commands a terminal or turns the direction of writing.
    mutating func writeString(_ text: String) {
        var text = text
        output.append(UInt8(ascii: "\""))
        text.withUTF8 { bytes in
            var start = 0
            var index = 0
            while index < bytes.count {
                let length = escapedLength(bytes, index)
                if length > 0 {
                    output.append(contentsOf: bytes[start..<index])
                    writeEscape(bytes[index..<index + length])
                    start = index + length
                }
                index += max(length, 1)
            }
            output.append(contentsOf: bytes[start...])
        }
        output.append(UInt8(ascii: "\""))
    }

    /// The length of the character that begins here, when it must be escaped; otherwise 0.
    ///
    /// These are quote, backslash, C0, DEL and C1, U+061C, U+200E, U+200F, U+2028 to U+202E, U+2066 to U+2069, and the
    /// noncharacters U+FFFE and U+FFFF. The text is valid UTF-8, so that a lead byte is never the last one.
    private func escapedLength(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
        switch bytes[index] {
        case 0..<0x20, 0x22, 0x5C, 0x7F: return 1
        case 0x20..<0xC2: return 0
        case 0xC2: return bytes[index + 1] < 0xA0 ? 2 : 0
        case 0xD8: return bytes[index + 1] == 0x9C ? 2 : 0
        case 0xE2:
            switch (bytes[index + 1], bytes[index + 2]) {
            case (0x80, 0x8E...0x8F), (0x80, 0xA8...0xAE), (0x81, 0xA6...0xA9): return 3
            default: return 0
            }
        case 0xEF: return bytes[index + 1] == 0xBF && bytes[index + 2] >= 0xBE ? 3 : 0
        default: return 0
        }
    }

    private mutating func writeEscape(_ character: Slice<UnsafeBufferPointer<UInt8>>) {
        switch character.first {
        case UInt8(ascii: "\""): append("\\\"")
        case UInt8(ascii: "\\"): append("\\\\")
        case 0x0A: append("\\n")
        case 0x0D: append("\\r")
        case 0x09: append("\\t")
        default:
            for unit in String(decoding: character, as: UTF8.self).utf16 {
                let digits = String(unit, radix: 16)
                append("\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits)
            }
        }
    }

    func shortest(_ number: Double) -> String {
        let text = "\(number)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    mutating func newline(_ level: Int) {
        guard let indentation else { return }
        output.append(0x0A)
        output.append(contentsOf: repeatElement(0x20, count: level * indentation))
    }

    mutating func append(_ text: String) { output.append(contentsOf: text.utf8) }
}
