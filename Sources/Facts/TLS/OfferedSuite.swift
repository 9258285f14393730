import WireFormats

/// A suite that a server accepted, of TLS or of SSLv2.
enum OfferedSuite: Sendable, Hashable {
    case tls(CipherSuite)
    case ssl2(SSL2Cipher)

    init(_ code: UInt16) { self = .tls(CipherSuite(rawValue: code)) }

    init(_ kind: UInt32) { self = .ssl2(SSL2Cipher(rawValue: kind)) }

    /// IANA's name, of SSLv2 the draft's; the code when there is none.
    var name: String {
        switch self {
        case .tls(let suite): suite.name
        case .ssl2(let cipher): cipher.name
        }
    }

    /// Whether a hello of that version can have offered it.
    func isPossible(in version: ProtocolVersion) -> Bool {
        switch self {
        case .tls(let suite): suite.rawValue != 0 && suite.versions.contains(version)
        case .ssl2: version == .ssl2
        }
    }

    /// Whether recorded traffic stays secret when the server's key is lost; SSLv2 encrypts its keys with RSA.
    var isForwardSecret: Bool {
        switch self {
        case .tls(let suite): suite.keyExchange.isForwardSecret
        case .ssl2: false
        }
    }

    /// What an attacker must try, as a power of two; nil when it is not known.
    var strengthBits: Int? {
        switch self {
        case .tls(let suite): suite.strengthBits
        case .ssl2(let cipher): weaknesses.contains(.tripleDES) ? 112 : cipher.exportBits ?? cipher.keyBits
        }
    }

    var weaknesses: Set<SuiteWeakness> {
        switch self {
        case .tls(let suite): Set(SuiteWeakness.allCases.filter { $0.concerns(suite) })
        case .ssl2(let cipher): Set(SuiteWeakness.allCases.filter { $0.concerns(cipher) })
        }
    }
}

/// Why a suite is better not offered.
enum SuiteWeakness: String, Sendable, CaseIterable {
    case null, anon, export, rc4, des, tripleDES, cbc, staticRSA, staticDH, dhe, psk, md5, noAEAD

    fileprivate func concerns(_ suite: CipherSuite) -> Bool {
        switch self {
        case .null: suite.encryption == .null
        case .anon: [.anonymous, .null].contains(suite.authentication)
        case .export: suite.isExport
        case .rc4: suite.encryption == .rc4
        case .des: [.des, .des40].contains(suite.encryption)
        case .tripleDES: suite.encryption == .tripleDES
        case .cbc: suite.mode == .cbc
        case .staticRSA: [.rsa, .rsaExport, .rsaPSK].contains(suite.keyExchange)
        case .staticDH: [.dh, .ecdh].contains(suite.keyExchange)
        case .dhe: [.dhe, .dhePSK].contains(suite.keyExchange)
        case .psk: [.psk, .dhePSK, .rsaPSK, .ecdhePSK].contains(suite.keyExchange)
        case .md5: suite.mac == .md5
        case .noAEAD: !suite.isAEAD
        }
    }

    /// The kinds of SSLv2 all encrypt the key with RSA, and know no AEAD.
    fileprivate func concerns(_ cipher: SSL2Cipher) -> Bool {
        switch self {
        case .null, .anon, .staticDH, .dhe, .psk: false
        case .staticRSA, .noAEAD: true
        case .export: cipher.name.contains("EXPORT")
        case .rc4: cipher.name.contains("RC4")
        case .des: cipher.name.contains("_DES_64_")
        case .tripleDES: cipher.name.contains("_EDE3_")
        case .cbc: cipher.name.contains("_CBC_")
        case .md5: cipher.name.hasSuffix("_MD5")
        }
    }

    /// What it is and what is wrong with it, for the catalogue.
    var meaning: String {
        switch self {
        case .null: "which encrypt nothing"
        case .anon: "without any authentication of the server"
        case .export: "that were weakened to 40 or 56 bits for export"
        case .rc4: "with RC4, whose biases give plaintext away"
        case .des: "with DES, a key of 56 bits or less"
        case .tripleDES: "with 3DES: 112 bits, in blocks of 64 bits that repeat after 32 GiB"
        case .cbc: "in CBC mode, safe only with encrypt_then_mac"
        case .staticRSA: "that encrypt the key with the certificate's RSA key"
        case .staticDH: "with a Diffie-Hellman key that is fixed in the certificate"
        case .dhe: "with ephemeral Diffie-Hellman over a finite field that the server chooses alone"
        case .psk: "with a key shared beforehand"
        case .md5: "with HMAC-MD5, of SSLv2 with MD5"
        case .noAEAD: "without authenticated encryption"
        }
    }

    var source: String {
        switch self {
        case .null: "RFC 9325 §4.1"
        case .anon: "RFC 5246 §F.1.1.1"
        case .export: "RFC 9325 §4.1; RFC 4346 §A.5"
        case .rc4: "RFC 7465 §2"
        case .des: "RFC 5469 §4; RFC 9325 §4.1"
        case .tripleDES: "RFC 9325 §4.1; CVE-2016-2183"
        case .cbc: "RFC 9325 §4.2; RFC 7366"
        case .staticRSA: "RFC 10015; RFC 9325 §4.1"
        case .staticDH: "RFC 10015; RFC 9325 §4.1"
        case .dhe: "RFC 10015"
        case .psk: "RFC 4279 §2"
        case .md5: "RFC 6151 §2"
        case .noAEAD: "RFC 9325 §4.2; RFC 5116"
        }
    }
}

extension SSL2Cipher {
    /// 40 for what was weakened for export, 64 of RC4 with a short key; nil for the others.
    fileprivate var exportBits: Int? { name.contains("EXPORT40") ? 40 : name.contains("RC4_64") ? 64 : nil }

    fileprivate var keyBits: Int { name.contains("_DES_64_") ? 56 : 128 }
}
