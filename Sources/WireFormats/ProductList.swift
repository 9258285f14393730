/// What a `Server` field names (RFC 9110 §10.2.4): products with versions, comments left out.
package struct ProductList: Equatable, Sendable {
    package struct Product: Equatable, Sendable {
        package let name: String
        /// nil when no version is stated.
        package let version: String?
    }

    package let products: [Product]

    /// Reads as far as the grammar goes: words that are no product, and comments at any depth, are skipped.
    package init(_ value: String) {
        var words: [[UInt8]] = [[]]
        var depth = 0
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"): depth = max(0, depth - 1)
            case _ where depth > 0: continue
            case _ where byte.isBlank: words.append([])
            default: words[words.count - 1].append(byte)
            }
        }
        products = words.compactMap { Self.product(String(decoding: $0, as: UTF8.self)) }
    }

    private static func product(_ word: String) -> Product? {
        let parts = word.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard FieldSyntax.isToken(parts[0]) else { return nil }
        guard parts.count == 2, FieldSyntax.isToken(parts[1]) else { return Product(name: parts[0], version: nil) }
        return Product(name: parts[0], version: parts[1])
    }
}
