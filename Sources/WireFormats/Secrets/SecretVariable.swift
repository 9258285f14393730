/// Secrets in variables: an image's environment, and the build arguments that its history shows.
package enum SecretVariable {
    /// The rule by which a variable holds a secret; nil when it holds none.
    ///
    /// By the value's own form first, then by the name, unless the value is a switch, a path or another variable.
    package static func rule(name: String, value: String) -> String? {
        let bytes = Array(value.utf8)
        if let rule = SecretText.rules(in: bytes).first { return rule }
        if hasPassword(bytes) { return "url-password" }
        guard isSecretName(name), isSecretValue(value) else { return nil }
        return "secret-variable"
    }

    /// The variables in a line of shell or of a Dockerfile, `NAME=VALUE`, and of `|1 NAME=VALUE`, by the legacy builder.
    package static func assignments(in line: String) -> [(name: String, value: String)] {
        line.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\n" }).compactMap { word in
            guard let equals = word.firstIndex(of: "=") else { return nil }
            let name = word[..<equals]
            let isName = name.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || $0 == 0x5F }
            guard !name.isEmpty, isName else { return nil }
            let value = word[word.index(after: equals)...]
            return (String(name), value.trimmingQuotes)
        }
    }

    private static func isSecretName(_ name: String) -> Bool {
        let lowered = name.asciiLowercased
        guard SecretNames.isSecret(lowered.utf8), !lowered.contains("tokenizer") else { return false }
        let last = lowered.split(separator: "_").last.map(String.init) ?? lowered
        return !harmlessEndings.contains(last)
    }

    private static func isSecretValue(_ value: String) -> Bool {
        let trimmed = value.trimmingQuotes
        guard let first = trimmed.first, !"$<{%/".contains(first), !trimmed.hasPrefix("./") else { return false }
        if ["yes", "no", "on", "off", "1", "0"].contains(trimmed.asciiLowercased) { return false }
        return !SecretNames.isPlainAnswer(trimmed)
    }

    /// `DB_PASSWORD_FILE`, `TOKEN_TTL`: names about a secret, not of one.
    private static let harmlessEndings: Set<String> = [
        "file", "path", "dir", "directory", "name", "type", "url", "uri", "endpoint", "host", "port", "user",
        "username",
        "algorithm", "alg", "issuer", "audience", "expiry", "expires", "expiration", "in", "ttl", "timeout", "length",
        "limit", "size", "max", "min", "days", "hours", "minutes", "seconds", "enabled", "disabled", "required",
        "prefix", "suffix", "header", "field", "service", "provider", "manager", "backend", "version", "count",
        "policy", "region", "id", "class", "format", "mode", "store", "storage", "rotation", "interval"
    ]

    /// `scheme://user:password@host` (RFC 3986 §3.2.1), the password no reference to another variable.
    private static func hasPassword(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while let start = rest.firstRange(of: Array("://".utf8)) {
            let authority = rest[start.upperBound...].prefix(1024).prefix { $0 > 0x20 && !"/?#\"'<>".utf8.contains($0) }
            rest = rest[start.upperBound...]
            guard let at = authority.lastIndex(of: UInt8(ascii: "@")),
                let colon = authority[..<at].firstIndex(of: UInt8(ascii: ":"))
            else { continue }
            let password = authority[(colon + 1)..<at]
            if let first = password.first, !"${<%*".utf8.contains(first) { return true }
        }
        return false
    }
}

extension StringProtocol {
    /// Without a pair of quotes around it, or one that stands at either end.
    fileprivate var trimmingQuotes: String {
        let quotes: Set<Character> = ["\"", "'"]
        var text = self[...]
        if let first = text.first, quotes.contains(first) { text = text.dropFirst() }
        if let last = text.last, quotes.contains(last) { text = text.dropLast() }
        return String(text)
    }
}
