/// A digest of content: `algorithm:encoded` (OCI image-spec, descriptor.md, Digests).
package struct ContentDigest: Hashable, Sendable {
    /// Such as `sha256`.
    package let algorithm: String
    /// Hexadecimal in lower case for the algorithms that are registered.
    package let encoded: String

    package var text: String { "\(algorithm):\(encoded)" }

    /// The name of the blob below `blobs/` of a layout.
    package var blobPath: String { "\(algorithm)/\(encoded)" }

    /// Whether the encoded part may be turned into a name of a file, and its length fits the algorithm.
    ///
    /// nil for anything else: `sha256` and `sha512` must have their number of hexadecimal digits in lower case.
    package init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 512, Self.isAlgorithm(parts[0]), !parts[1].isEmpty else {
            return nil
        }
        algorithm = String(Substring(parts[0]))
        encoded = String(Substring(parts[1]))
        switch Self.lengths[algorithm] {
        case let length?: guard parts[1].count == length, parts[1].allSatisfy(Self.isHexadecimal) else { return nil }
        case nil: guard parts[1].allSatisfy(Self.isEncoded) else { return nil }
        }
    }

    private static let lengths = ["sha256": 64, "sha384": 96, "sha512": 128]

    /// Lower-case letters and digits in parts that one of `+ . _ -` separates.
    private static func isAlgorithm(_ bytes: Substring.UTF8View) -> Bool {
        bytes.split(omittingEmptySubsequences: false) { "+._-".utf8.contains($0) }
            .allSatisfy { !$0.isEmpty && $0.allSatisfy { (0x61...0x7A).contains($0) || $0.isASCIIDigit } }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool { byte.isASCIIDigit || (0x61...0x66).contains(byte) }

    private static func isEncoded(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte.isASCIIDigit || "=_-".utf8.contains(byte)
    }
}
