/// The tags and texts of an HTML page, one after another, as the tokenizer of browsers finds them (HTML §13.2.5).
///
/// libxml2's HTML parser is not used: it knows HTML 4 only, and compares the attributes of a tag pair by pair, so that
/// one tag of a megabyte holds it for half a minute. This one looks at each byte once.
struct HTMLScanner {
    enum Token: Equatable {
        case start(name: String, attributes: [HTMLOutline.Attribute], isSelfClosing: Bool)
        case end(name: String)
        case text(Range<Int>)
    }

    let bytes: [UInt8]
    let limits: HTMLOutline.Limits
    private(set) var isCut = false
    private var position = 0

    init(_ bytes: [UInt8], limits: HTMLOutline.Limits) {
        self.bytes = bytes
        self.limits = limits
    }

    /// nil at the end; a tag that does not end is none.
    mutating func next() -> Token? {
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "<"), let token = markup() {
                if case .some(let token) = token { return token }
                continue
            }
            let start = position
            position += 1
            while position < bytes.count, bytes[position] != UInt8(ascii: "<") { position += 1 }
            return .text(start..<position)
        }
        return nil
    }

    /// The content of an element that holds text only, up to its end tag or the end of the page.
    mutating func rawText(of name: String) -> Range<Int> {
        let start = position
        let tag = Array("</\(name)".utf8)
        var script = ScriptState()
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "<") || bytes[position] == UInt8(ascii: "-") {
                if name == "script" { script.read(self) }
                if isTag(tag, at: position) {
                    if !script.isDoubleEscaped { return start..<position }
                    script.isDoubleEscaped = false
                }
            }
            position += 1
        }
        return start..<position
    }

    /// The whole rest.
    mutating func rest() -> Range<Int> {
        defer { position = bytes.count }
        return position..<bytes.count
    }

    // MARK: Markup

    /// What begins at a `<`: a token, a comment or the like inside, nil when it is a text's.
    private mutating func markup() -> Token?? {
        guard position + 1 < bytes.count else { return nil }
        let next = bytes[position + 1]
        switch next {
        case UInt8(ascii: "!"):
            if has("<!--", at: position) { skipComment() } else { skip(behind: UInt8(ascii: ">"), from: position + 2) }
            return .some(nil)
        case UInt8(ascii: "?"):
            skip(behind: UInt8(ascii: ">"), from: position + 2)
            return .some(nil)
        case UInt8(ascii: "/"):
            guard position + 2 < bytes.count else { return nil }
            guard Self.isLetter(bytes[position + 2]) else {
                skip(behind: UInt8(ascii: ">"), from: position + 2)
                return .some(nil)
            }
            position += 2
            return .some(tag().map { .end(name: $0.name) })
        default:
            guard Self.isLetter(next) else { return nil }
            position += 1
            return .some(tag().map { .start(name: $0.name, attributes: $0.attributes, isSelfClosing: $0.isClosed) })
        }
    }

    /// Behind `-->`, `--!>`, or the `>` of `<!-->` and `<!--->`.
    private mutating func skipComment() {
        position += 4
        for ending: StaticString in [">", "->"] where has(ending, at: position) {
            position += ending.utf8CodeUnitCount
            return
        }
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "-") {
                for ending: StaticString in ["-->", "--!>"] where has(ending, at: position) {
                    position += ending.utf8CodeUnitCount
                    return
                }
            }
            position += 1
        }
    }

    private mutating func skip(behind byte: UInt8, from start: Int) {
        position = start
        while position < bytes.count, bytes[position] != byte { position += 1 }
        position = min(position + 1, bytes.count)
    }

    /// A tag from its name on; nil when the page ends first.
    private mutating func tag() -> (name: String, attributes: [HTMLOutline.Attribute], isClosed: Bool)? {
        let name = word { Self.isBlank($0) || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ">") }
        var attributes: [HTMLOutline.Attribute] = []
        var names: Set<String> = []
        var isClosed = false
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: ">") {
                position += 1
                return (lowercased(name, limit: 64), attributes, isClosed)
            }
            isClosed = byte == UInt8(ascii: "/")
            if isClosed || Self.isBlank(byte) {
                position += 1
                continue
            }
            guard let (attributeName, value) = attribute() else { return nil }
            let text = lowercased(attributeName, limit: 64)
            if attributes.count >= limits.attributes {
                isCut = true
            } else if names.insert(text).inserted {
                attributes.append(HTMLOutline.Attribute(text, valueText(value)))
            }
        }
        return nil
    }

    /// Where a name and its value stand; nil when the page ends in a quoted value.
    private mutating func attribute() -> (name: Range<Int>, value: Range<Int>)? {
        // An equals sign in front belongs to the name.
        let start = position
        position += 1
        let rest = word { Self.isBlank($0) || "/>=".utf8.contains($0) }
        let name = start..<rest.upperBound
        let end = position
        skipBlanks()
        guard position < bytes.count, bytes[position] == UInt8(ascii: "=") else {
            position = end
            return (name, end..<end)
        }
        position += 1
        skipBlanks()
        guard position < bytes.count else { return nil }
        let quote = bytes[position]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            return (name, word { Self.isBlank($0) || $0 == UInt8(ascii: ">") })
        }
        position += 1
        let value = word { $0 == quote }
        guard position < bytes.count else { return nil }
        position += 1
        return (name, value)
    }

    private mutating func word(until isEnd: (UInt8) -> Bool) -> Range<Int> {
        let start = position
        while position < bytes.count, !isEnd(bytes[position]) { position += 1 }
        return start..<position
    }

    private mutating func skipBlanks() {
        while position < bytes.count, Self.isBlank(bytes[position]) { position += 1 }
    }

    private func lowercased(_ range: Range<Int>, limit: Int) -> String {
        String(decoding: bytes[range.prefix(limit)].map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    private mutating func valueText(_ range: Range<Int>) -> String {
        if range.count > limits.valueLength { isCut = true }
        return HTMLReferences.resolved(bytes[range.prefix(limits.valueLength)])
    }

    // MARK: Bytes

    fileprivate func has(_ text: StaticString, at index: Int) -> Bool {
        guard index + text.utf8CodeUnitCount <= bytes.count else { return false }
        return (0..<text.utf8CodeUnitCount).allSatisfy { bytes[index + $0] == text.utf8Start[$0] }
    }

    /// Whether a tag of that beginning, in lower case, stands there, whatever its case.
    fileprivate func isTag(_ beginning: [UInt8], at index: Int) -> Bool {
        let end = index + beginning.count
        guard end < bytes.count,
            Self.isBlank(bytes[end]) || bytes[end] == UInt8(ascii: "/") || bytes[end] == UInt8(ascii: ">")
        else { return false }
        return beginning.indices.allSatisfy { offset in
            let byte = bytes[index + offset]
            return ((0x41...0x5A).contains(byte) ? byte | 0x20 : byte) == beginning[offset]
        }
    }

    fileprivate var index: Int { position }

    static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D || byte == 0x0C
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
}

extension Range<Int> {
    fileprivate func prefix(_ count: Int) -> Range<Int> { lowerBound..<Swift.min(upperBound, lowerBound + count) }
}

/// Where in a script the scanner is: `<!--` and `<script` together hide an end tag (HTML §13.2.5.17).
private struct ScriptState {
    private var isEscaped = false
    var isDoubleEscaped = false

    /// Takes notice of what stands at the scanner's place.
    mutating func read(_ scanner: HTMLScanner) {
        let index = scanner.index
        if isEscaped {
            if scanner.has("-->", at: index) {
                isEscaped = false
                isDoubleEscaped = false
            } else if !isDoubleEscaped, scanner.isTag(Array("<script".utf8), at: index) {
                isDoubleEscaped = true
            }
        } else if scanner.has("<!--", at: index), !scanner.has("<!-->", at: index), !scanner.has("<!--->", at: index) {
            isEscaped = true
        }
    }
}
