import Crypto
import CryptoExtras
import FoundationEssentials
import WireFormats

extension X509Certificate {
    /// Whether the issuer's key made this certificate's signature.
    ///
    /// nil when the libraries cannot tell: keys of Ed448, DSA, GOST, ML-DSA, RSA below 1024 and above 8192 bits and on
    /// curves other than P-256, P-384 and P-521; MD5, SHA-224, SHA-3; PSS with a salt of another length than its hash.
    func isSigned(by issuer: X509Certificate) -> Bool? {
        switch signatureAlgorithm.scheme {
        case .rsaPKCS1: verifyRSA(issuer.publicKey, padding: .insecurePKCS1v1_5)
        case .rsaPSS(let salt, let mask):
            mask == signatureAlgorithm.hash && salt == digest.map { type(of: $0).byteCount }
                ? verifyRSA(issuer.publicKey, padding: .PSS) : nil
        case .ecdsa: verifyECDSA(issuer.publicKey)
        case .ed25519:
            issuer.publicKey.type != .ed25519
                ? false
                : (try? Curve25519.Signing.PublicKey(rawRepresentation: issuer.publicKey.key))?
                    .isValidSignature(signature, for: toBeSigned) ?? false
        case .dsa, .ed448, .mlDSA, .slhDSA, .gost, .sm2, .unknown: nil
        }
    }

    /// nil for hash functions that the library does not have, or traps on.
    private var digest: (any Digest)? {
        switch signatureAlgorithm.hash {
        case .sha1: Insecure.SHA1.hash(data: toBeSigned)
        case .sha256: SHA256.hash(data: toBeSigned)
        case .sha384: SHA384.hash(data: toBeSigned)
        case .sha512: SHA512.hash(data: toBeSigned)
        default: nil
        }
    }

    private func verifyRSA(_ key: PublicKeyInfo, padding: _RSA.Signing.Padding) -> Bool? {
        guard key.type == .rsa || key.type == .rsaPSS else { return false }
        guard let digest, let bits = key.bits, (1024...8192).contains(bits) else { return nil }
        // The initialiser that takes short keys also takes a bare RSAPublicKey, and so keys of RSASSA-PSS.
        guard let key = try? _RSA.Signing.PublicKey(unsafeDERRepresentation: key.key) else { return false }
        return key.isValidSignature(.init(rawRepresentation: signature), for: digest, padding: padding)
    }

    private func verifyECDSA(_ key: PublicKeyInfo) -> Bool? {
        guard key.type == .ecdsa else { return false }
        guard let digest else { return nil }
        switch key.curve {
        case "P-256":
            guard let key = try? P256.Signing.PublicKey(x963Representation: key.key),
                let signature = try? P256.Signing.ECDSASignature(derRepresentation: signature)
            else { return false }
            return key.isValidSignature(signature, for: digest)
        case "P-384":
            guard let key = try? P384.Signing.PublicKey(x963Representation: key.key),
                let signature = try? P384.Signing.ECDSASignature(derRepresentation: signature)
            else { return false }
            return key.isValidSignature(signature, for: digest)
        case "P-521":
            guard let key = try? P521.Signing.PublicKey(x963Representation: key.key),
                let signature = try? P521.Signing.ECDSASignature(derRepresentation: signature)
            else { return false }
            return key.isValidSignature(signature, for: digest)
        default: return nil
        }
    }
}
