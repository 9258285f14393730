import AuditModel
import WireFormats

extension TLSFacts {
    static let certificateList: [TLSFact] = [
        TLSFact(
            "certificates", .list(.record), needs: [.certificate, .certificates],
            meaning:
                "Each leaf that the server has, one for each type of key: subject, issuer, sha256, keyType, keyBits, "
                + "curve, signature, notBefore, notAfter, daysRemaining, matchesHost, versions, and problems where trust "
                + "was looked at.",
            source: "RFC 5280 §4.1; RFC 8446 §4.4.2.2"
        ) { evidence in
            guard evidence.certificates.first != nil else { return evidence.certificates.missing }
            var seen: Set<[UInt8]> = []
            let chains = evidence.certificates.chains.filter { seen.insert($0.leaf?.der ?? []).inserted }
            return .value(.list(chains.map { .record(evidence.record(of: $0)) }))
        }
    ]
}

extension TLSEvidence {
    fileprivate func record(of chain: ChainEvidence) -> [String: FactValue] {
        var record: [String: FactValue] = [
            "matchesHost": .boolean(chain.matchesHost),
            "versions": .list(chain.presented.versions.map { .text($0.rawValue) })
        ]
        if let judgement = chain.judgement {
            record["problems"] = .list(judgement.problems.map { .text($0.rawValue) })
        }
        guard let leaf = chain.leaf else { return record }
        let texts: [String: String?] = [
            "subject": leaf.subject.text, "issuer": leaf.issuer.text, "sha256": SecureHash.sha256(leaf.der).hexadecimal,
            "keyType": leaf.publicKey.type.rawValue, "curve": leaf.publicKey.curve,
            "signature": leaf.signatureAlgorithm.name,
            "notBefore": leaf.notBefore.map { Instant(seconds: $0).iso8601 },
            "notAfter": leaf.notAfter.map { Instant(seconds: $0).iso8601 }
        ]
        record.merge(texts.mapValues { $0.map(FactValue.text) ?? .absent }) { first, _ in first }
        record["keyBits"] = leaf.publicKey.bits.map { .integer(Int64($0)) } ?? .absent
        record["daysRemaining"] = leaf.notAfter.map { .integer(daysRemaining($0)) } ?? .absent
        return record
    }
}
