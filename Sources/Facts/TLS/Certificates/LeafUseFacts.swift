import AuditModel
import WireFormats

extension TLSFacts {
    /// What the leaf may be used for, and where its status is told.
    static let leafUse: [TLSFact] = [
        TLSFact(
            "certificate.eku", .list(.text), needs: [.certificate],
            meaning: "Purposes by name, `serverAuth`, or dotted; absent without the extension, which allows all.",
            source: "RFC 5280 §4.2.1.12"
        ) { $0.leaf { .texts(ifPresent: $0.extensions.extendedKeyUsage) } },
        TLSFact(
            "certificate.keyUsage", .list(.text), needs: [.certificate],
            meaning: "Uses of the key by name, `digitalSignature`; absent without the extension, which allows all.",
            source: "RFC 5280 §4.2.1.3"
        ) { $0.leaf { .texts(ifPresent: $0.extensions.keyUsage?.map(\.rawValue)) } },
        TLSFact(
            "certificate.isCA", .boolean, needs: [.certificate],
            meaning: "Whether the leaf's basic constraints make it an authority.", source: "RFC 5280 §4.2.1.9"
        ) { $0.leaf { .boolean($0.extensions.basicConstraints?.isCA ?? false) } },
        TLSFact(
            "certificate.selfSigned", .boolean, needs: [.certificate],
            meaning:
                "Whether the leaf is its own issuer, by names and key identifiers, and by its signature where trust "
                + "was looked at.",
            source: "RFC 5280 §3.2"
        ) { $0.firstChain { $0.leaf == nil ? .unobserved(.noCertificate) : .boolean($0.isSelfSigned) } },
        TLSFact(
            "certificate.mustStaple", .boolean, needs: [.certificate],
            meaning: "Whether clients must refuse the leaf unless the server staples its OCSP status.",
            source: "RFC 7633 §4"
        ) { $0.leaf { .boolean($0.extensions.mustStaple) } },
        TLSFact(
            "certificate.policies", .list(.text), needs: [.certificate],
            meaning: "Certificate policies between dots: 2.23.140.1.2.1 is domain validation; absent without any.",
            source: "RFC 5280 §4.2.1.4"
        ) { $0.leaf { .texts(ifPresent: $0.extensions.policies) } },
        TLSFact(
            "certificate.crlURLs", .list(.text), needs: [.certificate],
            meaning: "Where the leaf says revocation lists are.", source: "RFC 5280 §4.2.1.13"
        ) { $0.leaf { .texts($0.extensions.crlURLs) } },
        TLSFact(
            "certificate.ocspURLs", .list(.text), needs: [.certificate],
            meaning: "Where the leaf says an OCSP responder is; that there is none is normal today.",
            source: "RFC 5280 §4.2.2.1"
        ) { $0.leaf { .texts($0.extensions.ocspURLs) } },
        TLSFact(
            "certificate.caIssuersURLs", .list(.text), needs: [.certificate],
            meaning: "Where the leaf says its issuer's certificate is.", source: "RFC 5280 §4.2.2.1"
        ) { $0.leaf { .texts($0.extensions.caIssuersURLs) } }
    ]
}
