import JSON

extension Redactor {
    /// A body without its secrets; when it is not whole, also without a last word that may be the start of one.
    package func redactBody(_ text: String, isWhole: Bool) -> String {
        let text = isWhole ? text : withoutLastWord(text)
        guard let first = text.utf8.first(where: { $0 > 0x20 }), first == 0x7B || first == 0x5B else {
            return SecretScanner.redact(text, with: self, names: .anywhere)
        }
        var redacted = JSONRedaction.redact(text, with: self)
        let limits = JSONLimits(bytes: text.utf8.count, depth: 512)
        if isWhole, (try? JSONValue.parse(text, limits: limits)) == nil {
            redacted = SecretScanner.redact(redacted, with: self, names: .anywhere)
        }
        return redacted
    }

    /// A cut may have gone through a token that no rule knows by its beginning, or through a value that we sent.
    private func withoutLastWord(_ text: String) -> String {
        var bytes = Array(text.utf8)[...]
        let word = bytes.suffix(4096).reversed().prefix { isAlphanumeric($0) || "-._~+/=:@%".utf8.contains($0) }
        bytes = bytes.dropLast(word.count)
        for literal in literals {
            for length in stride(from: min(literal.count, bytes.count), to: 0, by: -1)
            where bytes.suffix(length).elementsEqual(literal.prefix(length)) {
                bytes = bytes.dropLast(length)
                break
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
