import Crypto
import WireFormats

/// A random key of one run, never stored: marks made under it say nothing about a secret to anyone else.
package struct RedactionKey: Sendable {
    fileprivate let key = SymmetricKey(size: .bits256)

    package init() {}
}

/// Replaces secrets by marks `[redacted LENGTH:8HEX]`: the length in bytes, and an HMAC-SHA256 cut to 32 bits.
///
/// Equal secrets get equal marks within one run.
package struct Redactor: Sendable {
    private let key: RedactionKey
    /// Secrets that we sent ourselves, longest first, as a target may echo them.
    /// In lower case, the longest first.
    let literals: [[UInt8]]

    package init(key: RedactionKey, literals: [String] = []) {
        self.key = key
        let forms = Set(literals.flatMap(Self.forms)).filter { $0.count >= Self.shortestLiteral }
        self.literals = forms.sorted { ($1.count, $1.lexicographicKey) < ($0.count, $0.lexicographicKey) }
    }

    /// Shorter values (`1`, `en`) are no secrets, and replacing them everywhere would destroy the capture.
    static let shortestLiteral = 4

    static let markPrefix = "[redacted "

    package func mark(_ secret: some StringProtocol) -> String { mark(Array(secret.utf8)) }

    func mark(_ secret: [UInt8]) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: secret, using: key.key)
        let digits = Array("0123456789abcdef".utf8)
        let hex = code.prefix(4).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return "\(Self.markPrefix)\(secret.count):\(String(decoding: hex, as: UTF8.self))]"
    }

    /// A header value's forms: whole, without its scheme (RFC 9110 §11.4), and what Basic encodes (RFC 7617 §2).
    private static func forms(_ value: String) -> [[UInt8]] {
        let value = value.trimmed
        var forms = [value]
        let parts = value.split(separator: " ", maxSplits: 1)
        if parts.count == 2 {
            forms.append(String(parts[1]))
            if parts[0].lowercased() == "basic", let decoded = Base64.decode(parts[1]) {
                let pair = String(decoding: decoded, as: UTF8.self)
                forms.append(pair)
                if let colon = pair.firstIndex(of: ":") { forms.append(String(pair[pair.index(after: colon)...])) }
            }
        }
        forms += forms.map { Base64.encode(Array($0.utf8)) }
        return (forms.map { Array($0.utf8) } + forms.map { percentEncoded($0) })
            .map { form in form.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 } }
    }
}

extension [UInt8] {
    fileprivate var lexicographicKey: String { String(decoding: self, as: UTF8.self) }
}

/// As a form or a query holds it: all but unreserved characters encoded (RFC 3986 §2.3).
func percentEncoded(_ text: String) -> [UInt8] {
    let digits = Array("0123456789ABCDEF".utf8)
    return text.utf8.flatMap { byte -> [UInt8] in
        let isUnreserved = isAlphanumeric(byte) || "-._~".utf8.contains(byte)
        return isUnreserved ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
}

func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
}

extension ProbeContext {
    /// Knows the request headers and the proxies' credentials besides the rules for secrets.
    var redactor: Redactor {
        let userinfos = [proxies.http, proxies.https].compactMap { $0 }.compactMap(userinfo)
        return Redactor(key: redactionKey, literals: requestHeaders.map(\.value) + userinfos)
    }
}

/// `user:password` of a URL; nil when it has none.
private func userinfo(of url: String) -> String? {
    let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
    return rest.prefix { $0 != "/" }.lastIndex(of: "@").map { String(rest[..<$0]) }
}
