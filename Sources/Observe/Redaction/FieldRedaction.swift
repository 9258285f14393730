import Facts
import WireFormats

extension Redactor {
    /// A header field without its secrets, still readable by the grammar of its field.
    package func redact(_ field: HTTPField) -> HTTPField {
        let name = SecretScanner.redact(field.name, with: self, names: .inQueries)
        return HTTPField(name, redactedValue(field))
    }

    /// A URL without userinfo, and without the values of query parameters that may be secret.
    package func redact(_ url: URLReference) -> String {
        SecretScanner.redact(url.text, with: self, names: .inQueries)
    }

    private func redactedValue(_ field: HTTPField) -> String {
        let name = field.name.lowercased()
        switch name {
        case "set-cookie", "set-cookie2": return redactedCookie(field.value)
        case "www-authenticate", "proxy-authenticate": return redactedChallenge(field.value)
        case _ where Self.isCredential(name): return field.value.isEmpty ? "" : mark(field.value)
        default:
            let text = SecretScanner.redact(field.value, with: self, names: .inQueries)
            return name == "location" || name == "content-location" ? redactedFragment(text) : text
        }
    }

    /// Fields that carry nothing but a credential. `Authorization` stands in no response, but may be echoed.
    private static func isCredential(_ name: String) -> Bool {
        let policies = ["access-control-", "sec-", "permissions-policy", "feature-policy", "clear-site-data"]
        guard !policies.contains(where: name.hasPrefix) else { return false }
        return name.hasSuffix("authentication-info") || SecretNames.isSecret(name.utf8)
    }

    /// `name=VALUE; attributes` (RFC 6265 §4.1): the value of the cookie only. Without a `=`, the whole pair is one.
    private func redactedCookie(_ line: String) -> String {
        let pair = line.prefix { $0 != ";" }
        let attributes = SecretScanner.redact(String(line[pair.endIndex...]), with: self, names: .inQueries)
        let start = pair.firstIndex(of: "=").map { pair.index(after: $0) } ?? pair.startIndex
        let value = String(pair[start...]).trimmed
        let name = SecretScanner.redact(String(pair[..<start]), with: self, names: .inQueries)
        return name + (value.isEmpty ? "" : mark(value)) + attributes
    }

    /// Keeps schemes and parameters, but not `nonce`, `opaque` and a token after the scheme (RFC 9110 §11.6.1).
    private func redactedChallenge(_ value: String) -> String {
        value.split(separator: ",", omittingEmptySubsequences: false).map { part in
            let words = part.split(separator: " ", omittingEmptySubsequences: false)
            return words.enumerated().map { index, word in
                let name = word.prefix { $0 != "=" }
                let isSecret = ["nonce", "opaque"].contains(name.lowercased()) && name.endIndex < word.endIndex
                let follows = words[..<index].contains { !$0.isEmpty }
                if isSecret { return name + "=\"" + mark(word[name.endIndex...].dropFirst()) + "\"" }
                if follows, word.utf8.count >= 16, word.utf8.allSatisfy(Self.isToken68) { return mark(word) }
                return SecretScanner.redact(String(word), with: self, names: .inQueries)
            }.joined(separator: " ")
        }.joined(separator: ",")
    }

    private static func isToken68(_ byte: UInt8) -> Bool { isAlphanumeric(byte) || "-._~+/=".utf8.contains(byte) }

    /// `#access_token=…`: what an OAuth redirect carries in the fragment (RFC 6749 §4.2.2).
    private func redactedFragment(_ url: String) -> String {
        guard let hash = url.firstIndex(of: "#") else { return url }
        let fragment = SecretScanner.redact("?" + url[url.index(after: hash)...], with: self, names: .inQueries)
        return String(url[...hash] + fragment.dropFirst())
    }
}
