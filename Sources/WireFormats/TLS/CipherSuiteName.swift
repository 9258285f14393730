/// What a suite's name says: `TLS_<key exchange>_WITH_<cipher>_<hash>`, of TLS 1.3 `TLS_<cipher>_<hash>`.
struct CipherSuiteName: Sendable {
    private(set) var keyExchange = CipherSuite.KeyExchange.unknown
    private(set) var authentication = CipherSuite.Authentication.unknown
    private(set) var encryption = CipherSuite.Encryption.unknown
    private(set) var mode = CipherSuite.Mode.unknown
    private(set) var mac = CipherSuite.MAC.unknown
    /// Of a key that was shortened for export.
    private(set) var exportBits: Int?

    var isExport: Bool { exportBits != nil }

    init(_ name: String) {
        // The protocol before it, and the mark of codes that were used before the registered ones.
        var text = Array(name.utf8.dropFirst(4))[...]
        if text.ends(with: "_OLD") { text = text.dropLast(4) }
        let with = text.indices.first { text[$0...].starts(with: "_WITH_".utf8) }
        readCipher(with.map { text[($0 + 6)...] } ?? text)
        // RFC 9367 names suites of TLS 1.3 in the old manner.
        if let with, mode != .mgm {
            readKeyExchange(text[..<with])
        } else if mode != .unknown {
            (keyExchange, authentication) = (.tls13, .tls13)
        }
    }

    private mutating func readKeyExchange(_ text: ArraySlice<UInt8>) {
        var text = text
        for (mark, bits) in [("_EXPORT", 40), ("_EXPORT1024", 56)] where text.ends(with: mark) {
            exportBits = bits
            text = text.dropLast(mark.utf8.count)
        }
        guard let known = Self.keyExchanges[String(decoding: text, as: UTF8.self)] else { return }
        (keyExchange, authentication) = known
        if isExport, keyExchange == .rsa { keyExchange = .rsaExport }
    }

    /// The cipher, and then the hash, which a suite with CCM or MGM may leave out.
    private mutating func readCipher(_ text: ArraySlice<UInt8>) {
        let last = text.lastIndex(of: UInt8(ascii: "_"))
        let hash = last.flatMap { Self.macs[String(decoding: text[($0 + 1)...], as: UTF8.self)] }
        let cipher = hash == nil ? text : text[..<(last ?? text.endIndex)]
        guard let known = Self.ciphers[String(decoding: cipher, as: UTF8.self)] else { return }
        (encryption, mode) = known
        mac = mode.isAEAD ? .aead : hash ?? .unknown
    }
}

extension ArraySlice<UInt8> {
    fileprivate func ends(with text: String) -> Bool { suffix(text.utf8.count).elementsEqual(text.utf8) }
}

// MARK: Words

extension CipherSuiteName {
    private static let keyExchanges: [String: (CipherSuite.KeyExchange, CipherSuite.Authentication)] = [
        "NULL": (.null, .null),
        "RSA": (.rsa, .rsa),
        "RSA_FIPS": (.rsa, .rsa),
        "DHE_RSA": (.dhe, .rsa),
        "DHE_DSS": (.dhe, .dss),
        "DH_RSA": (.dh, .rsa),
        "DH_DSS": (.dh, .dss),
        "DH_anon": (.dhAnon, .anonymous),
        "ECDHE_RSA": (.ecdhe, .rsa),
        "ECDHE_ECDSA": (.ecdhe, .ecdsa),
        "ECDH_RSA": (.ecdh, .rsa),
        "ECDH_ECDSA": (.ecdh, .ecdsa),
        "ECDH_anon": (.ecdhAnon, .anonymous),
        "PSK": (.psk, .psk),
        "DHE_PSK": (.dhePSK, .psk),
        "PSK_DHE": (.dhePSK, .psk),
        "RSA_PSK": (.rsaPSK, .rsa),
        "ECDHE_PSK": (.ecdhePSK, .psk),
        "SRP_SHA": (.srp, .password),
        "SRP_SHA_RSA": (.srp, .rsa),
        "SRP_SHA_DSS": (.srp, .dss),
        "KRB5": (.krb5, .krb5),
        "GOSTR341094": (.gost, .gost),
        "GOSTR341001": (.gost, .gost),
        "GOSTR341112_256": (.gost, .gost),
        "ECCPWD": (.eccpwd, .password)
    ]

    /// SHA512 and SM3 stand only beside ciphers that bring their own tag.
    private static let macs: [String: CipherSuite.MAC] = [
        "NULL": .null, "MD5": .md5, "SHA": .sha1, "SHA256": .sha256, "SHA384": .sha384, "SHA512": .aead, "SM3": .aead,
        "GOSTR3411": .gost, "IMIT": .gost, "OMAC": .gost
    ]

    private static let ciphers: [String: (CipherSuite.Encryption, CipherSuite.Mode)] = [
        "NULL": (.null, .null),
        // RFC 9150: TLS 1.3 that protects integrity alone names its hash twice.
        "SHA256": (.null, .null),
        "SHA384": (.null, .null),
        "RC4_40": (.rc4, .stream),
        "RC4_56": (.rc4, .stream),
        "RC4_128": (.rc4, .stream),
        "RC2_CBC_40": (.rc2, .cbc),
        "RC2_CBC_56": (.rc2, .cbc),
        "IDEA_CBC": (.idea, .cbc),
        "DES40_CBC": (.des40, .cbc),
        "DES_CBC_40": (.des40, .cbc),
        "DES_CBC": (.des, .cbc),
        "3DES_EDE_CBC": (.tripleDES, .cbc),
        "SEED_CBC": (.seed, .cbc),
        "AES_128_CBC": (.aes128, .cbc),
        "AES_256_CBC": (.aes256, .cbc),
        "AES_128_GCM": (.aes128, .gcm),
        "AES_256_GCM": (.aes256, .gcm),
        "AES_128_CCM": (.aes128, .ccm),
        "AES_256_CCM": (.aes256, .ccm),
        "AES_128_CCM_8": (.aes128, .ccm8),
        "AES_256_CCM_8": (.aes256, .ccm8),
        "CAMELLIA_128_CBC": (.camellia128, .cbc),
        "CAMELLIA_256_CBC": (.camellia256, .cbc),
        "CAMELLIA_128_GCM": (.camellia128, .gcm),
        "CAMELLIA_256_GCM": (.camellia256, .gcm),
        "ARIA_128_CBC": (.aria128, .cbc),
        "ARIA_256_CBC": (.aria256, .cbc),
        "ARIA_128_GCM": (.aria128, .gcm),
        "ARIA_256_GCM": (.aria256, .gcm),
        "CHACHA20_POLY1305": (.chacha20, .poly1305),
        "SM4_GCM": (.sm4, .gcm),
        "SM4_CCM": (.sm4, .ccm),
        "AEGIS_128L": (.aegis128, .aegis),
        "AEGIS_256": (.aegis256, .aegis),
        "28147_CNT": (.gost28147, .counter),
        "KUZNYECHIK_CTR": (.kuznyechik, .counter),
        "MAGMA_CTR": (.magma, .counter),
        "KUZNYECHIK_MGM_L": (.kuznyechik, .mgm),
        "KUZNYECHIK_MGM_S": (.kuznyechik, .mgm),
        "MAGMA_MGM_L": (.magma, .mgm),
        "MAGMA_MGM_S": (.magma, .mgm)
    ]
}
