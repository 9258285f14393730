import Crypto
import WireFormats

/// Takes the bytes of a blob and says whether they are a digest's (OCI image-spec, descriptor.md, Digests).
struct DigestVerification {
    private enum Hash {
        case sha256(SHA256)
        case sha384(SHA384)
        case sha512(SHA512)
    }

    private let expected: String
    private var hash: Hash

    /// nil for an algorithm that is not registered: nothing can be verified by it.
    init?(_ digest: ContentDigest) {
        expected = digest.encoded
        switch digest.algorithm {
        case "sha256": hash = .sha256(SHA256())
        case "sha384": hash = .sha384(SHA384())
        case "sha512": hash = .sha512(SHA512())
        default: return nil
        }
    }

    mutating func update(_ piece: UnsafeRawBufferPointer) {
        switch hash {
        case .sha256(var state):
            state.update(bufferPointer: piece)
            hash = .sha256(state)
        case .sha384(var state):
            state.update(bufferPointer: piece)
            hash = .sha384(state)
        case .sha512(var state):
            state.update(bufferPointer: piece)
            hash = .sha512(state)
        }
    }

    var holds: Bool {
        switch hash {
        case .sha256(let state): hexadecimal(state.finalize()) == expected
        case .sha384(let state): hexadecimal(state.finalize()) == expected
        case .sha512(let state): hexadecimal(state.finalize()) == expected
        }
    }

    /// The SHA-256 of bytes as a digest's text.
    static func sha256(of bytes: [UInt8]) -> String { "sha256:" + hexadecimal(SHA256.hash(data: bytes)) }
}

private func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}
