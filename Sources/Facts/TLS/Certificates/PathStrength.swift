import AuditModel
import WireFormats

/// How hard it is to break a key or signature of a path.
struct PathStrength {
    enum Part: String {
        case key, signature
    }

    let certificate: X509Certificate
    let part: Part
    let algorithm: String
    /// Bits of work.
    let strength: Int

    /// Keys of the whole path and signatures below its end, as far as their strength is known.
    static func parts(of chain: ChainEvidence) -> [PathStrength] {
        let keys = chain.path.compactMap { certificate -> PathStrength? in
            let key = certificate.publicKey
            return key.strength.map { strength in
                let size = key.curve ?? key.bits.map(String.init) ?? ""
                return PathStrength(
                    certificate: certificate, part: .key, algorithm: "\(key.type.rawValue) \(size)", strength: strength)
            }
        }
        let signatures = chain.path.dropLast().compactMap { certificate -> PathStrength? in
            let algorithm = certificate.signatureAlgorithm
            return algorithm.hash.map {
                PathStrength(
                    certificate: certificate, part: .signature, algorithm: algorithm.name, strength: $0.strength)
            }
        }
        return keys + signatures
    }

    var record: FactValue {
        .record([
            "subject": .text(certificate.subject.text), "part": .text(part.rawValue), "algorithm": .text(algorithm),
            "strength": .integer(Int64(strength))
        ])
    }
}
