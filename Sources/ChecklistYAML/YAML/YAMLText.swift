import AuditModel

/// The text of a file after the checks that need no YAML: size, encoding, characters, directives.
struct YAMLText {
    /// Without byte-order mark; line ends as they were.
    let text: String

    /// The most bytes that a file may have.
    private static let limit = 1 << 20

    init(_ bytes: [UInt8], file: String) throws(Diagnostics) {
        do throws(Problem) {
            text = try Self.decoded(bytes)
            try Self.check(text)
        } catch {
            let location = SourceLocation(error.position, in: file)
            throw Diagnostics([Diagnostic(error.code, error.message, at: location)])
        }
    }

    private struct Problem: Error {
        var code: String
        var message: String
        var position = YAMLPosition.start
    }

    private static func decoded(_ bytes: [UInt8]) throws(Problem) -> String {
        guard bytes.count <= limit else {
            throw Problem(code: "too-large", message: "the file has \(bytes.count) bytes; at most 1 MiB is read")
        }
        if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) {
            throw Problem(code: "encoding", message: "the file is UTF-16; save it as UTF-8")
        }
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        guard let text = String(validating: content, as: UTF8.self) else {
            throw Problem(code: "encoding", message: "the file is not UTF-8", position: firstInvalid(content))
        }
        return text
    }

    /// Throws at a character that cannot be read.
    private static func check(_ text: String) throws(Problem) {
        var position = YAMLPosition.start
        var previous: Unicode.Scalar = "\n"
        for scalar in text.unicodeScalars {
            switch scalar {
            case "%" where position.column == 1:
                throw Problem(
                    code: "syntax", message: "a line begins with %: directives are not supported", position: position)
            case _ where !isAllowed(scalar):
                let digits = String(scalar.value, radix: 16, uppercase: true)
                let name = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
                throw Problem(
                    code: "control-character",
                    message: "the character \(name) is not allowed; write it as an escape in a double-quoted text",
                    position: position)
            default: break
            }
            position.advance(over: scalar, after: previous)
            previous = scalar
        }
    }

    /// What YAML 1.2 §5.1 calls printable, less the line ends that only YAML 1.1 knew: editors do not count them.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E, 0x09, 0x0A, 0x0D, 0xA0...0x2027, 0x202A...0xFEFE, 0xFF00...0xFFFD, 0x1_0000...0x10_FFFF: true
        default: false
        }
    }

    private static func firstInvalid(_ bytes: ArraySlice<UInt8>) -> YAMLPosition {
        var position = YAMLPosition.start
        var previous: Unicode.Scalar = "\n"
        var iterator = bytes.makeIterator()
        var decoder = UTF8()
        while case .scalarValue(let scalar) = decoder.decode(&iterator) {
            position.advance(over: scalar, after: previous)
            previous = scalar
        }
        return position
    }
}

extension YAMLPosition {
    /// Moves behind a scalar; LF, CR and CRLF end a line.
    mutating func advance(over scalar: Unicode.Scalar, after previous: Unicode.Scalar) {
        if scalar == "\n" || scalar == "\r" {
            if scalar == "\n", previous == "\r" { return }
            line += 1
            column = 1
        } else {
            column += 1
        }
    }
}

extension SourceLocation {
    init(_ position: YAMLPosition, in file: String) {
        self.init(file: file, line: position.line, column: position.column)
    }
}
