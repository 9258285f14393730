/// Secrets that are known by their own form, wherever they stand in a text.
package enum SecretText {
    /// The names of the rules that find something, each once, in order.
    package static func rules(in bytes: [UInt8]) -> [String] {
        var rules: [String] = []
        var before: UInt8 = 0
        for (position, byte) in bytes.enumerated() {
            defer { before = byte }
            if byte == UInt8(ascii: "-") {
                guard before != byte, hasPrivateKey(at: position, in: bytes) else { continue }
                if !rules.contains(privateKey) { rules.append(privateKey) }
            } else if SecretToken.mayBegin(with: byte), !isWord(before),
                let (token, end) = SecretToken.token(at: position, in: bytes),
                !rules.contains(token.rule), !isExample(bytes[position..<end], of: token)
            {
                rules.append(token.rule)
            }
        }
        return rules
    }

    static let privateKey = "private-key"

    /// Whether a block of RFC 7468 begins here, or what OpenSSH and PGP made after it, with something of a key in it.
    ///
    /// Programs that read keys hold the line alone, and so do their manuals. Line ends may be escaped, as in JSON.
    private static func hasPrivateKey(at position: Int, in bytes: [UInt8]) -> Bool {
        guard let end = privateKeyHeader(at: position, in: bytes) else { return false }
        var rest = bytes[end...].prefix(2048)
        while true {
            guard let body = afterLineEnd(rest) else { return false }
            let line = body.prefix { $0 > 0x20 && $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: "\"") }
            if line.count >= 16, line.allSatisfy(isBase64) { return true }
            // `Proc-Type: …` and `DEK-Info: …` (RFC 1421 §4.6), PGP's `Version: …`, and the empty line after them.
            guard line.isEmpty || line.contains(UInt8(ascii: ":")) else { return false }
            rest = body.drop { $0 != 0x0A && $0 != UInt8(ascii: "\\") }
        }
    }

    /// The end of `-----BEGIN … PRIVATE KEY-----`; nil when no such line begins here.
    static func privateKeyHeader(at position: Int, in bytes: [UInt8]) -> Int? {
        let start = bytes[position...].prefix(80)
        guard start.starts(with: "-----BEGIN ".utf8) else { return nil }
        let label = start.dropFirst(11).prefix { (0x41...0x5A).contains($0) || $0 == 0x20 || $0.isASCIIDigit }
        guard label.endIndex < start.endIndex, start[label.endIndex...].starts(with: "-----".utf8) else { return nil }
        let text = String(decoding: label, as: UTF8.self)
        return text.hasSuffix("PRIVATE KEY") || text.hasSuffix("PRIVATE KEY BLOCK") ? label.endIndex + 5 : nil
    }

    private static func afterLineEnd(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let rest = bytes.drop { $0 == 0x0D || $0 == 0x20 }
        if rest.first == 0x0A { return rest.dropFirst() }
        if rest.starts(with: "\\r\\n".utf8) { return rest.dropFirst(4) }
        return rest.starts(with: "\\n".utf8) ? rest.dropFirst(2) : nil
    }

    /// `AKIAIOSFODNN7EXAMPLE` and its kind stand in every SDK's manual; a longer word is something else.
    private static func isExample(_ word: ArraySlice<UInt8>, of token: SecretToken) -> Bool {
        guard token.rule == "aws-access-key-id" else { return false }
        return word.count != 20 || word.suffix(7).elementsEqual("EXAMPLE".utf8)
    }

    private static func isWord(_ byte: UInt8) -> Bool { byte.isASCIILetter || byte.isASCIIDigit || byte == 0x5F }

    private static func isBase64(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte.isASCIIDigit || "+/=".utf8.contains(byte)
    }
}
