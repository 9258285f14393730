/// One source of a directive (CSP Level 3 §2.3.1).
package enum SourceExpression: Hashable, Sendable {
    case keyword(Keyword)
    /// A scheme in lower case, without its colon.
    case scheme(String)
    case host(HostSource)
    /// The nonce itself, which is a password: its case counts.
    case nonce(String)
    case hash(HashSource)
    /// What matches no rule of the grammar: browsers ignore it.
    case invalid(String)

    package enum Keyword: String, Sendable, CaseIterable {
        case none = "'none'"
        case own = "'self'"
        case unsafeInline = "'unsafe-inline'"
        case unsafeEval = "'unsafe-eval'"
        case strictDynamic = "'strict-dynamic'"
        case unsafeHashes = "'unsafe-hashes'"
        case reportSample = "'report-sample'"
        case unsafeAllowRedirects = "'unsafe-allow-redirects'"
        case wasmUnsafeEval = "'wasm-unsafe-eval'"
        case trustedTypesEval = "'trusted-types-eval'"
        case inlineSpeculationRules = "'inline-speculation-rules'"
        case reportSHA256 = "'report-sha256'"
        case reportSHA384 = "'report-sha384'"
        case reportSHA512 = "'report-sha512'"

        /// Without its quotes: a host, which is seldom what was meant.
        package var unquoted: String { String(rawValue.dropFirst().dropLast()) }
    }

    package init(_ text: String) {
        let lower = text.asciiLowercased
        if let keyword = Keyword(rawValue: lower) {
            self = .keyword(keyword)
        } else if text.utf8.first == UInt8(ascii: "'") {
            self = Self.quoted(text, lower) ?? .invalid(text)
        } else if let scheme = Self.scheme(lower) {
            self = .scheme(scheme)
        } else if let host = HostSource(text) {
            self = .host(host)
        } else {
            self = .invalid(text)
        }
    }

    private static func quoted(_ text: String, _ lower: String) -> SourceExpression? {
        guard text.utf8.count > 2, text.utf8.last == UInt8(ascii: "'") else { return nil }
        if lower.hasPrefix("'nonce-") {
            let nonce = String(text.dropFirst(7).dropLast())
            return isBase64Value(nonce) ? .nonce(nonce) : nil
        }
        return HashSource(quoted: text).map { .hash($0) }
    }

    /// `scheme-part ":"` (RFC 3986 §3.1), without the colon.
    private static func scheme(_ text: String) -> String? {
        guard text.utf8.last == UInt8(ascii: ":"), let first = text.utf8.first, first.isASCIILetter else { return nil }
        let name = text.dropLast()
        return name.utf8.allSatisfy({ $0.isASCIILetter || $0.isASCIIDigit || "+-.".utf8.contains($0) })
            ? String(name) : nil
    }

    /// `base64-value`: letters, digits, `+`, `/`, `-`, `_`, then at most two `=` (§2.3.1).
    package static func isBase64Value(_ text: String) -> Bool {
        let digits = text.utf8.prefix { $0 != UInt8(ascii: "=") }
        let padding = text.utf8.dropFirst(digits.count)
        return !digits.isEmpty && padding.count <= 2 && padding.allSatisfy { $0 == UInt8(ascii: "=") }
            && digits.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || "+/-_".utf8.contains($0) }
    }

    /// As browsers read it: keywords, schemes and hosts in lower case.
    package var text: String {
        switch self {
        case .keyword(let keyword): keyword.rawValue
        case .scheme(let scheme): scheme + ":"
        case .host(let host): host.text
        case .nonce(let nonce): "'nonce-\(nonce)'"
        case .hash(let hash): hash.text
        case .invalid(let text): text
        }
    }
}

/// A digest that a script, a style or a URL must have (CSP Level 3 §2.3.1).
package struct HashSource: Hashable, Sendable {
    package enum Subject: String, Sendable, CaseIterable {
        case content = ""
        case url = "url-"
        case evaluated = "eval-"
    }

    package let subject: Subject
    package let algorithm: IntegrityMetadata.Algorithm
    /// `base64-value`, as written.
    package let digest: String

    /// Reads `'sha256-…'` and its siblings; nil for anything else.
    init?(quoted text: String) {
        var inner = text.dropFirst().dropLast()
        let subject = [Subject.url, .evaluated].first {
            inner.asciiLowercasedPrefix($0.rawValue.utf8.count) == $0.rawValue
        }
        inner = inner.dropFirst((subject ?? .content).rawValue.count)
        guard let dash = inner.firstIndex(of: "-"),
            let algorithm = IntegrityMetadata.Algorithm(rawValue: String(inner[..<dash]).asciiLowercased)
        else { return nil }
        let digest = String(inner[inner.index(after: dash)...])
        guard SourceExpression.isBase64Value(digest) else { return nil }
        self.subject = subject ?? .content
        self.algorithm = algorithm
        self.digest = digest
    }

    var text: String { "'\(subject.rawValue)\(algorithm.rawValue)-\(digest)'" }
}

extension Substring {
    fileprivate func asciiLowercasedPrefix(_ length: Int) -> String { String(prefix(length)).asciiLowercased }
}
