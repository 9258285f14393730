extension CipherSuite {
    /// How the keys are agreed; an export variant of Diffie-Hellman is its plain kind with `isExport`.
    package enum KeyExchange: String, Sendable, Hashable, CaseIterable {
        case null, rsa, rsaExport, dhe, dh, ecdhe, ecdh, dhAnon, ecdhAnon, psk, dhePSK, rsaPSK, ecdhePSK, srp, krb5
        case gost, eccpwd
        /// TLS 1.3 settles it by groups.
        case tls13
        case unknown

        /// Whether recorded traffic stays secret when the server's key is lost; in TLS 1.3 whenever it resumes nothing.
        package var isForwardSecret: Bool {
            [.dhe, .ecdhe, .dhAnon, .ecdhAnon, .dhePSK, .ecdhePSK, .srp, .eccpwd, .tls13].contains(self)
        }
    }

    /// What the server proves itself with.
    package enum Authentication: String, Sendable, Hashable, CaseIterable {
        case null, rsa, dss, ecdsa, anonymous, psk, krb5, gost
        /// A password that both know, without a certificate.
        case password
        /// TLS 1.3 settles it by signature schemes.
        case tls13
        case unknown
    }

    package enum Encryption: String, Sendable, Hashable, CaseIterable {
        case null, rc4, rc2, des40, des, tripleDES, idea, seed, aes128, aes256, camellia128, camellia256, aria128
        case aria256, chacha20, sm4, gost28147, kuznyechik, magma, aegis128, aegis256, unknown

        /// The length of a full key in bits, parity left out.
        package var keyBits: Int {
            switch self {
            case .null, .unknown: 0
            case .des40: 40
            case .des: 56
            case .tripleDES: 168
            case .rc4, .rc2, .idea, .seed, .aes128, .camellia128, .aria128, .sm4, .aegis128: 128
            case .aes256, .camellia256, .aria256, .chacha20, .gost28147, .kuznyechik, .magma, .aegis256: 256
            }
        }
    }

    package enum Mode: String, Sendable, Hashable, CaseIterable {
        /// Nothing is encrypted.
        case null
        case stream, cbc, gcm, ccm
        /// CCM with a tag of 8 bytes (RFC 6655 §4).
        case ccm8
        case poly1305
        /// Counter mode with a MAC of GOST beside it (RFC 9189 §4).
        case counter
        case mgm, aegis, unknown

        var isAEAD: Bool { [.gcm, .ccm, .ccm8, .poly1305, .mgm, .aegis].contains(self) }
    }

    /// What protects records from change.
    package enum MAC: String, Sendable, Hashable, CaseIterable {
        case null, md5, sha1, sha256, sha384, gost
        /// The cipher's own tag.
        case aead
        case unknown
    }
}
