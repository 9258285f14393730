/// Why a text is not the JSON (RFC 8259) that was asked for, and where.
package struct JSONError: Error, Equatable, Sendable {
    package enum Code: String, Sendable {
        case syntax
        case tooDeep = "too-deep"
        case tooLarge = "too-large"
        case duplicateName = "duplicate-name"
        /// Well-formed JSON whose value is not of the expected shape.
        case shape
    }

    package let code: Code
    /// One sentence fragment: what was expected or found.
    package let reason: String
    /// Counted from 1.
    package let line: Int
    /// In bytes, counted from 1.
    package let column: Int
    /// For `shape`, the way to the value that does not fit; empty otherwise.
    package let path: [JSONStep]

    package init(_ code: Code, _ reason: String, line: Int, column: Int, path: [JSONStep] = []) {
        self.code = code
        self.reason = reason
        self.line = line
        self.column = column
        self.path = path
    }
}

/// One step from a JSON value into it.
package enum JSONStep: Hashable, Sendable {
    case name(String)
    case index(Int)
}

/// What a reader of JSON accepts; the defaults suit a hostile sender.
package struct JSONLimits: Sendable {
    package var bytes: Int
    package var depth: Int

    package init(bytes: Int = 1 << 20, depth: Int = 64) {
        self.bytes = bytes
        self.depth = depth
    }
}

extension JSONValue {
    /// Reads one JSON text (RFC 8259), strictly: no comments, no trailing commas, no duplicate names (§4).
    package static func parse(_ text: String, limits: JSONLimits = JSONLimits()) throws(JSONError) -> JSONValue {
        try parse(Array(text.utf8), limits: limits)
    }

    /// Reads one JSON text (RFC 8259) from its UTF-8 bytes; ill-formed UTF-8 in a string is a syntax error.
    package static func parse(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) -> JSONValue {
        var parser = JSONParser(bytes: bytes, limits: limits)
        return try parser.document()
    }

    /// Where the value at the end of a path begins in a JSON text, line and column counted from 1.
    ///
    /// nil when the text is no JSON within the limits or has no such value.
    package static func position(
        of path: [JSONStep], in bytes: [UInt8], limits: JSONLimits = JSONLimits()
    ) -> (line: Int, column: Int)? {
        var parser = JSONParser(bytes: bytes, limits: limits, sought: path)
        guard (try? parser.document()) != nil, let found = parser.found else { return nil }
        let error = parser.failure(.shape, "", at: found)
        return (error.line, error.column)
    }
}

private struct JSONParser {
    let bytes: [UInt8]
    let limits: JSONLimits
    var position = 0
    /// The path whose value is sought, how much of it leads to the value being read, and where it was found.
    var sought: [JSONStep]?
    private var reached = 0
    private(set) var found: Int?

    init(bytes: [UInt8], limits: JSONLimits, sought: [JSONStep]? = nil) {
        self.bytes = bytes
        self.limits = limits
        self.sought = sought
    }

    mutating func document() throws(JSONError) -> JSONValue {
        guard bytes.count <= limits.bytes else {
            throw failure(.tooLarge, "the text is longer than \(limits.bytes) bytes")
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        skipSpace()
        let value = try self.value(depth: 0)
        skipSpace()
        guard position == bytes.count else { throw failure(.syntax, "nothing may follow the value") }
        return value
    }

    mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        guard depth < limits.depth else {
            throw failure(.tooDeep, "values are nested deeper than \(limits.depth)")
        }
        if let sought, found == nil, reached == depth, sought.count == depth { found = position }
        switch peek() {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .boolean(true))
        case UInt8(ascii: "f"): return try literal("false", .boolean(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case nil: throw failure(.syntax, "the text ends where a value was expected")
        default: return try number()
        }
    }

    mutating func object(depth: Int) throws(JSONError) -> JSONValue {
        position += 1
        var members: [JSONValue.Member] = []
        var names: Set<String> = []
        skipSpace()
        if take(UInt8(ascii: "}")) { return .object([]) }
        while true {
            skipSpace()
            guard peek() == UInt8(ascii: "\"") else { throw failure(.syntax, "a name in quotes was expected") }
            let start = position
            let name = try string()
            guard names.insert(name).inserted else {
                throw failure(.duplicateName, "the name \(name.prefix(80)) stands twice in one object", at: start)
            }
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw failure(.syntax, "a colon was expected") }
            skipSpace()
            members.append(JSONValue.Member(name, try step(.name(name), depth: depth)))
            skipSpace()
            if take(UInt8(ascii: "}")) { return .object(members) }
            guard take(UInt8(ascii: ",")) else { throw failure(.syntax, "a comma or } was expected") }
        }
    }

    mutating func array(depth: Int) throws(JSONError) -> JSONValue {
        position += 1
        var elements: [JSONValue] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return .array([]) }
        while true {
            skipSpace()
            elements.append(try step(.index(elements.count), depth: depth))
            skipSpace()
            if take(UInt8(ascii: "]")) { return .array(elements) }
            guard take(UInt8(ascii: ",")) else { throw failure(.syntax, "a comma or ] was expected") }
        }
    }

    /// Reads a member or an element.
    private mutating func step(_ step: JSONStep, depth: Int) throws(JSONError) -> JSONValue {
        guard let sought, reached == depth, depth < sought.count, sought[depth] == step else {
            return try value(depth: depth + 1)
        }
        reached += 1
        defer { reached -= 1 }
        return try value(depth: depth + 1)
    }

    mutating func string() throws(JSONError) -> String {
        let start = position
        position += 1
        var text: [UInt8] = []
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                guard let string = String(validating: text, as: UTF8.self) else {
                    throw failure(.syntax, "the string is not UTF-8", at: start)
                }
                return string
            case UInt8(ascii: "\\"):
                position += 1
                try escape(into: &text)
            case 0..<0x20:
                throw failure(.syntax, "a control character in a string must be escaped")
            default:
                text.append(byte)
                position += 1
            }
        }
        throw failure(.syntax, "the string is not closed", at: start)
    }

    mutating func escape(into text: inout [UInt8]) throws(JSONError) {
        guard let byte = peek() else { throw failure(.syntax, "the text ends in an escape") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text.append(contentsOf: Array(String(try unicodeEscape()).utf8))
        default: throw failure(.syntax, "unknown escape", at: position - 2)
        }
    }

    /// A lone surrogate becomes U+FFFD: senders do produce them, and Swift strings cannot hold them.
    mutating func unicodeEscape() throws(JSONError) -> Character {
        let first = try hexadecimal4()
        if (0xD800..<0xDC00).contains(first), position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
        {
            let resume = position
            position += 2
            let second = try hexadecimal4()
            if (0xDC00..<0xE000).contains(second),
                let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
            {
                return Character(scalar)
            }
            position = resume
        }
        return Character(Unicode.Scalar(first) ?? "\u{FFFD}")
    }

    mutating func hexadecimal4() throws(JSONError) -> UInt32 {
        guard position + 4 <= bytes.count else { throw failure(.syntax, "four hexadecimal digits were expected") }
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue, bytes[position] < 0x80 else {
                throw failure(.syntax, "four hexadecimal digits were expected")
            }
            value = value << 4 + UInt32(digit)
            position += 1
        }
        return value
    }

    mutating func number() throws(JSONError) -> JSONValue {
        let start = position
        var isInteger = true
        _ = take(UInt8(ascii: "-"))
        let integerStart = position
        guard digits() > 0 else { throw failure(.syntax, "a value was expected", at: start) }
        if bytes[integerStart] == UInt8(ascii: "0"), position - integerStart > 1 {
            throw failure(.syntax, "a number may not begin with 0", at: integerStart)
        }
        if take(UInt8(ascii: ".")) {
            isInteger = false
            guard digits() > 0 else { throw failure(.syntax, "a digit was expected after the point") }
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            isInteger = false
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            guard digits() > 0 else { throw failure(.syntax, "a digit was expected in the exponent") }
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isInteger, let integer = Int64(text) { return .integer(integer) }
        guard let number = Double(text), number.isFinite else {
            throw failure(.syntax, "the number is out of range", at: start)
        }
        return .number(number)
    }

    mutating func digits() -> Int {
        let start = position
        while let byte = peek(), byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { position += 1 }
        return position - start
    }

    mutating func literal(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        let length = word.utf8CodeUnitCount
        let expected = "\(word)"
        guard position + length <= bytes.count,
            bytes[position..<position + length].elementsEqual(expected.utf8)
        else { throw failure(.syntax, "a value was expected") }
        position += length
        return value
    }

    func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func take(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        position += 1
        return true
    }

    mutating func skipSpace() {
        while let byte = peek(), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    func failure(_ code: JSONError.Code, _ reason: String, at offset: Int? = nil) -> JSONError {
        let end = min(offset ?? position, bytes.count)
        var line = 1
        var lineStart = 0
        for index in 0..<end where bytes[index] == 0x0A {
            line += 1
            lineStart = index + 1
        }
        return JSONError(code, reason, line: line, column: end - lineStart + 1)
    }
}
