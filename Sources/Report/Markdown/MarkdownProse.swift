// Prose that people wrote, as checklists have it, in Markdown that stays readable and harmless.

extension MarkdownText {
    /// The text on one line: words that no rule of Markdown or GitHub can touch stay as they are; what stands between
    /// backticks, and every other word, becomes a code span.
    ///
    /// It belongs behind other words of a line, because a number at its start could begin a list.
    package static func prose(_ untrusted: String, inTable: Bool = false) -> String {
        tokens(of: untrusted.harmlessLine).map { neutralToken($0, inTable: inTable) }.joined(separator: " ")
    }

    /// What spaces part, except those between two backticks; an odd backtick is a character like others.
    private static func tokens(of line: String) -> [String] {
        let isPaired = line.utf8.count { $0 == UInt8(ascii: "`") }.isMultiple(of: 2)
        var tokens: [String] = []
        var token: [UInt8] = []
        var isCode = false
        func end() {
            if !token.isEmpty { tokens.append(String(decoding: token, as: UTF8.self)) }
            token = []
        }
        for byte in line.utf8 {
            if byte == UInt8(ascii: "`"), isPaired { isCode.toggle() }
            if byte == UInt8(ascii: " "), !isCode { end() } else { token.append(byte) }
        }
        end()
        return tokens
    }

    /// The token; around a code span only a bracket and the punctuation that ends a clause.
    private static func neutralToken(_ token: String, inTable: Bool) -> String {
        if isInertToken(token) { return token }
        var core = token[...]
        var (before, behind) = ("", "")
        while let last = core.last, core.count > 1, ".,;:?!".contains(last) {
            behind = String(last) + behind
            core = core.dropLast()
        }
        if core.hasPrefix("("), core.count > 1 {
            before = "("
            core = core.dropFirst()
        }
        if core.hasSuffix(")"), !before.isEmpty || core.dropLast().hasSuffix("`"), core.count > 1 {
            behind = ")" + behind
            core = core.dropLast()
        }
        let inner = core.dropFirst().dropLast()
        let isCode = core.count > 2 && core.hasPrefix("`") && core.hasSuffix("`") && !inner.contains("`")
        return before + codeSpan(String(isCode ? inner : core), inTable: inTable) + behind
    }

    /// Words as `isInertProse` has them, numbers with fractions, `p95` and `and/or`: too short for a commit's digest,
    /// without the dots of an address, the hyphen of an issue or anything that emphasises.
    private static func isInertToken(_ token: String) -> Bool {
        guard token != "%" else { return true }
        var core = token[...]
        if core.hasPrefix("(") { core = core.dropFirst() }
        while let last = core.last, ").,;:?!".contains(last) { core = core.dropLast() }
        if core.hasSuffix("%") { core = core.dropLast() }
        guard !core.isEmpty else { return false }
        let parts = core.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count <= 2 && parts.allSatisfy(isInertPart)
    }

    private static func isInertPart(_ part: Substring) -> Bool {
        if isInertProse(String(part)) { return true }
        let isNumber = part.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }.allSatisfy { digits in
            (1...6).contains(digits.utf8.count) && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
        }
        if isNumber { return true }
        return (1...6).contains(part.utf8.count)
            && part.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) && $0 < 0x80 }
    }
}
