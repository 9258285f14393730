/// How a stream is compressed, by its first bytes and never by what it is called.
package enum CompressionFormat: String, Sendable, Hashable, CaseIterable {
    case none, gzip, zstd

    /// How many bytes of a stream are needed to tell.
    package static let signatureLength = 4

    /// RFC 1952 §2.3.1, RFC 8878 §3.1.1; a skippable frame of zstd counts as zstd.
    package init(signature: some Sequence<UInt8>) {
        let bytes = Array(signature.prefix(Self.signatureLength))
        let isSkippable = bytes.count == 4 && bytes[0] & 0xF0 == 0x50 && bytes[1...] == [0x2A, 0x4D, 0x18]
        if bytes.starts(with: [0x1F, 0x8B]) {
            self = .gzip
        } else if bytes == [0x28, 0xB5, 0x2F, 0xFD] || isSkippable {
            self = .zstd
        } else {
            self = .none
        }
    }
}
