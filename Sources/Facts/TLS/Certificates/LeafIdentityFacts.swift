import AuditModel
import WireFormats

extension TLSFacts {
    /// Whose certificate it is, with which key and signature. The leaf is that of the default handshake.
    static let leafIdentity: [TLSFact] = [
        TLSFact(
            "certificate.subject", .text, needs: [.certificate],
            meaning: "The leaf's subject in the string form of LDAP, the most specific name first.",
            source: "RFC 5280 §4.1.2.6; RFC 4514"
        ) { $0.leaf { .text($0.subject.text) } },
        TLSFact(
            "certificate.issuer", .text, needs: [.certificate],
            meaning: "The leaf's issuer in the string form of LDAP, the most specific name first.",
            source: "RFC 5280 §4.1.2.4; RFC 4514"
        ) { $0.leaf { .text($0.issuer.text) } },
        TLSFact(
            "certificate.san", .list(.text), needs: [.certificate],
            meaning:
                "Subject alternative names in their order, other than domain names and addresses after their kind: "
                + "`uri:…`; absent without the extension.",
            source: "RFC 5280 §4.2.1.6"
        ) { $0.leaf { .texts(ifPresent: $0.extensions.names?.map(\.text)) } },
        TLSFact(
            "certificate.matchesHost", .boolean, needs: [.certificate],
            meaning: "Whether a subject alternative name names the host: a common name never counts, a wildcard stands "
                + "for one label.",
            source: "RFC 9525 §2, §6"
        ) { $0.firstChain { $0.leaf == nil ? .unobserved(.noCertificate) : .boolean($0.matchesHost) } },
        TLSFact(
            "certificate.nameSource", .choice(of: NameSource.self), needs: [.certificate],
            meaning:
                "Where the certificate names hosts: alternative names, only the common name, which clients ignore, "
                + "or nowhere.",
            source: "RFC 9525 §2"
        ) { $0.leaf { .choice(NameSource($0)) } },
        TLSFact(
            "certificate.serial", .text, needs: [.certificate],
            meaning: "The serial number in hexadecimal, lower case.",
            source: "RFC 5280 §4.1.2.2"
        ) { $0.leaf { .text($0.serial.hexadecimal) } },
        TLSFact(
            "certificate.serialBits", .integer, needs: [.certificate], unit: "bits",
            meaning: "The length of the serial number, the most entropy it can hold: public CAs owe 64 bits.",
            source: "CA/Browser Forum Baseline Requirements §7.1"
        ) { $0.leaf { .integer($0.serialBits) } },
        TLSFact(
            "certificate.sha256", .text, needs: [.certificate],
            meaning: "The SHA-256 fingerprint of the certificate in hexadecimal.", source: "FIPS 180-4"
        ) { $0.leaf { .text(SecureHash.sha256($0.der).hexadecimal) } },
        TLSFact(
            "certificate.spkiSha256", .text, needs: [.certificate],
            meaning: "The SHA-256 of the subject's public key in hexadecimal: it survives a renewal with the same key.",
            source: "RFC 7469 §2.4"
        ) { $0.leaf { .text(SecureHash.sha256($0.publicKey.der).hexadecimal) } },
        TLSFact(
            "certificate.version", .integer, needs: [.certificate], unit: "X.509 version",
            meaning: "The version of the certificate: 3 for every one with extensions.", source: "RFC 5280 §4.1.2.1"
        ) { $0.leaf { .integer($0.version) } },
        TLSFact(
            "certificate.keyType", .choice(of: PublicKeyInfo.KeyType.self), needs: [.certificate],
            meaning: "The type of the leaf's key.", source: "RFC 3279; RFC 5480; RFC 8410; RFC 9881"
        ) { $0.leaf { .choice($0.publicKey.type) } },
        TLSFact(
            "certificate.keyBits", .integer, needs: [.certificate], unit: "bits",
            meaning: "The length of the key: modulus, field of the curve, or encoded key; absent when it is not known.",
            source: "RFC 9325 §4.5"
        ) { $0.leaf { .integer(ifPresent: $0.publicKey.bits.map(Int64.init)) } },
        TLSFact(
            "certificate.curve", .text, needs: [.certificate],
            meaning:
                "The curve of an ECDSA key: `P-256`, dotted for an unknown one, `explicit` for parameters in full; "
                + "absent for other keys.",
            source: "RFC 5480 §2.1.1"
        ) { $0.leaf { .text($0.publicKey.curve) } },
        TLSFact(
            "certificate.signature", .text, needs: [.certificate],
            meaning: "The algorithm of the issuer's signature: `sha256WithRSAEncryption`, `ecdsa-with-SHA384`, "
                + "`RSASSA-PSS with SHA-256`; dotted when it is not known.",
            source: "RFC 5280 §4.1.1.2"
        ) { $0.leaf { .text($0.signatureAlgorithm.name) } },
        TLSFact(
            "certificate.defects", .list(.text), needs: [.certificate],
            meaning: "Where the leaf breaks the standard although it could be read, as sentence fragments.",
            source: "RFC 5280 §4.1"
        ) { $0.leaf { .texts($0.defects + $0.lapses) } }
    ]
}

/// Where a certificate names hosts.
private enum NameSource: String, CaseIterable {
    case san
    case cnOnly = "cn-only"
    case none

    init(_ certificate: X509Certificate) {
        let names = certificate.extensions.names ?? []
        let namesHosts = names.contains { name in
            switch name {
            case .dns, .address: true
            default: false
            }
        }
        self = namesHosts ? .san : certificate.subject.values(of: "CN").isEmpty ? .none : .cnOnly
    }
}
