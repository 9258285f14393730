import AuditModel
import WireFormats

extension TLSFacts {
    /// Signed certificate timestamps of the chain of the default handshake; their signatures are not verified.
    static let timestamps: [TLSFact] = [
        TLSFact(
            "sct.certificate", .integer, needs: [.certificate], unit: "timestamps",
            meaning: "How many signed certificate timestamps the leaf holds.", source: "RFC 6962 §3.3"
        ) { $0.leaf { .integer($0.extensions.timestamps?.entries.count ?? 0) } },
        TLSFact(
            "sct.extension", .integer, needs: [.certificate, .extensions], unit: "timestamps",
            meaning: "How many signed certificate timestamps the server sent in a TLS extension.",
            source: "RFC 6962 §3.3.1"
        ) { evidence in
            evidence.inClear { chain in
                guard let text = chain.presented.timestamps else { return .integer(0) }
                let list = Base64.decode(text).flatMap(SignedCertificateTimestampList.init)
                return .integer(list?.entries.count ?? 0)
            }
        },
        TLSFact(
            "sct.staple", .integer, needs: [.certificate, .extensions], unit: "timestamps",
            meaning: "How many signed certificate timestamps the stapled OCSP response holds.", source: "RFC 6962 §3.3"
        ) { evidence in
            evidence.inClear { .integer($0.single?.timestamps?.entries.count ?? 0) }
        },
        TLSFact(
            "sct.required", .integer, needs: [.certificate], unit: "timestamps",
            meaning: "How many timestamps browsers want of a public certificate of this lifetime: 2 up to 180 days, 3 "
                + "beyond; absent when the dates are none.",
            source: "Chrome and Firefox certificate transparency policies"
        ) { $0.leaf { .integer(ifPresent: $0.lifetime.map { $0 <= 180 * 86_400 ? 2 : 3 }) } }
    ]
}
