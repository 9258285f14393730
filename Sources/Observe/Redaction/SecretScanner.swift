import WireFormats

/// Finds secrets in text by their own form: keys, tokens, credentials in URLs, values that we sent.
///
/// One pass over the bytes; what it looks ahead is bounded or consumed, so hostile text costs no more than its length.
struct SecretScanner {
    /// Which values are secret because of the name before them.
    enum Names {
        /// Only parameters after `?` and `&`: for header fields, whose own syntax has harmless names with `=`.
        case inQueries
        /// Also `name=value`, `name: value` and `"name": "value"`: for bodies.
        case anywhere
    }

    private let redactor: Redactor
    private let names: Names
    private let bytes: [UInt8]
    private var output: [UInt8] = []

    private init(_ text: String, redactor: Redactor, names: Names) {
        self.redactor = redactor
        self.names = names
        bytes = Array(text.utf8)
        output.reserveCapacity(bytes.count)
    }

    /// The text with a mark in the place of every secret found.
    static func redact(_ text: String, with redactor: Redactor, names: Names) -> String {
        var scanner = SecretScanner(text, redactor: redactor, names: names)
        return scanner.run()
    }

    private mutating func run() -> String {
        var position = 0
        while position < bytes.count {
            guard let secret = secret(at: position) else {
                output.append(bytes[position])
                position += 1
                continue
            }
            output += bytes[position..<secret.lowerBound]
            output += redactor.mark(Array(bytes[secret])).utf8
            position = secret.upperBound
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// The bytes to replace of a secret that begins here, with what introduces it; never empty.
    private func secret(at position: Int) -> Range<Int>? {
        if let end = literalEnd(at: position) { return position..<end }
        switch bytes[position] {
        case UInt8(ascii: ":"): if let range = userinfo(at: position) { return range }
        case UInt8(ascii: "-"): if let range = privateKey(at: position) { return range }
        case UInt8(ascii: "?"), UInt8(ascii: "&"): if let range = parameter(at: position) { return range }
        default: break
        }
        guard isWordStart(position) else { return nil }
        return token(at: position) ?? credentials(at: position)
            ?? (names == .anywhere ? named(at: position) : nil)
    }

    private func literalEnd(at position: Int) -> Int? {
        // Servers change the case of what they echo.
        let first = lowercased(bytes[position])
        for literal in redactor.literals where literal[0] == first {
            let end = position + literal.count
            if end <= bytes.count, zip(bytes[position..<end], literal).allSatisfy({ lowercased($0) == $1 }) {
                return end
            }
        }
        return nil
    }

    // MARK: Forms

    /// `://user:password@` (RFC 3986 §3.2.1).
    private func userinfo(at position: Int) -> Range<Int>? {
        guard bytes[position...].starts(with: "://".utf8) else { return nil }
        let start = position + 3
        let authority = bytes[start...].prefix(1024).prefix { $0 > 0x20 && !"/?#\"'<>".utf8.contains($0) }
        guard let at = authority.lastIndex(of: UInt8(ascii: "@")), at > start, !isMark(at: start) else { return nil }
        return start..<at
    }

    /// `-----BEGIN … PRIVATE KEY-----` to its end (RFC 7468 §2), or to the end of the text.
    private func privateKey(at position: Int) -> Range<Int>? {
        guard bytes[position...].starts(with: "-----BEGIN ".utf8) else { return nil }
        let label = bytes[position...].prefix(80)
        guard let header = label.firstRange(of: Array("PRIVATE KEY".utf8)) else { return nil }
        guard let footer = bytes[header.upperBound...].firstRange(of: Array("-----END ".utf8)) else {
            return position..<bytes.count
        }
        let end = bytes[footer.upperBound...].prefix(80).firstRange(of: Array("-----".utf8))?.upperBound
        return position..<(end ?? bytes.count)
    }

    /// `?name=value` and `&name=value` with a secret name.
    private func parameter(at position: Int) -> Range<Int>? {
        var start = position + 1
        if bytes[start...].starts(with: "amp;".utf8) { start += 4 }
        let name = bytes[start...].prefix(64).prefix { isAlphanumeric($0) || "-_.~%[]$".utf8.contains($0) }
        guard name.endIndex < bytes.count, bytes[name.endIndex] == UInt8(ascii: "="),
            SecretNames.isSecretParameter(name)
        else { return nil }
        return value(from: name.endIndex + 1) { $0 > 0x20 && !"&#\"'<>;,)`".utf8.contains($0) }
    }

    /// Tokens that are known by their beginning.
    private func token(at position: Int) -> Range<Int>? {
        if let end = SecretToken.token(at: position, in: bytes)?.end { return position..<end }
        return webToken(at: position)
    }

    /// A JSON web token in compact form: `eyJ….….…` (RFC 7515 §7.1).
    private func webToken(at position: Int) -> Range<Int>? {
        let isPart: (UInt8) -> Bool = { isAlphanumeric($0) || "-_.=".utf8.contains($0) }
        // Not in the middle of a word: a long one of many `eyJ-` would be read from each of them.
        let before = position > 0 ? bytes[position - 1] : 0
        guard bytes[position...].starts(with: "eyJ".utf8), before == UInt8(ascii: "=") || !isPart(before) else {
            return nil
        }
        let word = bytes[position...].prefix(while: isPart)
        let parts = word.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count >= 2, parts[0].count >= 10, !parts[1].isEmpty else { return nil }
        return position..<word.endIndex
    }

    /// What follows `Bearer` or `Basic` (RFC 9110 §11.4), unless it reads like a word or a parameter.
    private func credentials(at position: Int) -> Range<Int>? {
        guard "Bb".utf8.contains(bytes[position]) else { return nil }
        for scheme in ["bearer ", "basic "] {
            let word = bytes[position...].prefix(scheme.utf8.count)
            guard String(decoding: word, as: UTF8.self).lowercased() == scheme else { continue }
            let secret = bytes[word.endIndex...].prefix { isAlphanumeric($0) || "-._~+/=".utf8.contains($0) }
            let isParameter =
                secret.last == UInt8(ascii: "=") && secret.endIndex < bytes.count
                && bytes[secret.endIndex] == UInt8(ascii: "\"")
            let isWord = secret.count < 20 && secret.allSatisfy { !(0x30...0x39).contains($0) && $0 != 0x3D }
            if secret.count >= 8, !isParameter, !isWord { return secret.indices }
        }
        return nil
    }

    /// `name=value`, `name: value`, `"name": "value"` with a secret name.
    private func named(at position: Int) -> Range<Int>? {
        let name = bytes[position...].prefix(64).prefix { isAlphanumeric($0) || "-_.".utf8.contains($0) }
        var next = name.endIndex
        if next < bytes.count, "\"'".utf8.contains(bytes[next]) { next += 1 }
        next = skippingBlanks(from: next)
        guard next < bytes.count, "=:".utf8.contains(bytes[next]), SecretNames.isSecret(name) else { return nil }
        next = skippingBlanks(from: next + 1)
        guard next < bytes.count else { return nil }
        let quote = bytes[next]
        if "\"'".utf8.contains(quote) {
            return value(from: next + 1) { $0 != quote && $0 != 0x0A }
        }
        return value(from: next) { $0 > 0x20 && !"&;,<>\"'){}[]".utf8.contains($0) }
    }

    // MARK: Parts

    private func value(from start: Int, while holds: (UInt8) -> Bool) -> Range<Int>? {
        let value = bytes[min(start, bytes.count)...].prefix(while: holds)
        let text = String(decoding: value.prefix(32), as: UTF8.self)
        guard !isMark(at: start), !SecretNames.isPlainAnswer(text) else { return nil }
        return value.indices
    }

    private func isMark(at position: Int) -> Bool {
        position < bytes.count && bytes[position...].starts(with: Redactor.markPrefix.utf8)
    }

    private func skippingBlanks(from start: Int) -> Int {
        bytes[min(start, bytes.count)...].prefix(16).prefix { $0 == 0x20 || $0 == 0x09 }.endIndex
    }

    private func isWordStart(_ position: Int) -> Bool {
        guard isAlphanumeric(bytes[position]) else { return false }
        return position == 0 || !isAlphanumeric(bytes[position - 1]) && bytes[position - 1] != UInt8(ascii: "_")
    }
}

private func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
