/// The value of an `integrity` attribute (W3C Subresource Integrity §3.5, §3.3.2).
package struct IntegrityMetadata: Equatable, Sendable {
    package enum Algorithm: String, Sendable, CaseIterable {
        case sha256, sha384, sha512

        /// Bytes of a digest.
        var length: Int {
            switch self {
            case .sha256: 32
            case .sha384: 48
            case .sha512: 64
            }
        }
    }

    package struct Hash: Hashable, Sendable {
        package let algorithm: Algorithm
        /// `base64-value`, as written.
        package let digest: String
    }

    /// In the order written; with none of them browsers load whatever comes.
    package let hashes: [Hash]
    /// Words that are no hash of a known algorithm, or whose digest has another length.
    package let invalid: [String]

    /// Words between ASCII whitespace: an algorithm, a hyphen, a digest, perhaps `?` and options.
    package init(_ text: String) {
        var hashes: [Hash] = []
        var invalid: [String] = []
        for word in text.utf8.split(whereSeparator: \.isASCIIWhitespace).map({ String(Substring($0)) }) {
            if let hash = Self.hash(word) {
                hashes.append(hash)
            } else {
                invalid.append(word)
            }
        }
        self.hashes = hashes
        self.invalid = invalid
    }

    private static func hash(_ word: String) -> Hash? {
        let expression = word.prefix { $0 != "?" }
        guard let dash = expression.firstIndex(of: "-"),
            let algorithm = Algorithm(rawValue: String(expression[..<dash]).asciiLowercased)
        else { return nil }
        let digest = String(expression[expression.index(after: dash)...])
        // A digest that cannot be one still makes browsers compare, and then refuse: it is as wrong as a typo.
        let digits = digest.utf8.prefix { $0 != UInt8(ascii: "=") }.count
        guard SourceExpression.isBase64Value(digest), digits == (algorithm.length * 8 + 5) / 6 else { return nil }
        return Hash(algorithm: algorithm, digest: digest)
    }
}
