import AuditModel
import WireFormats

extension TLSFacts {
    /// How keys are agreed: groups, hybrids and the parameters of finite fields.
    static let groups: [TLSFact] = [
        TLSFact(
            "groups.tls13", .list(.text), needs: [.versions, .groups],
            meaning: "The groups of TLS 1.3 in the order in which they were found; absent when it is not offered.",
            source: "RFC 8446 §4.2.7; IANA TLS Supported Groups"
        ) { $0.groupFact(of: .tls13) },
        TLSFact(
            "groups.tls12", .list(.text), needs: [.versions, .groups],
            meaning: "The groups of TLS 1.2 in the order in which they were found, curves first, empty when no suite "
                + "takes one; an ECDSA key's own curve may hide others, and a prime of the server's own is no group. "
                + "Absent when TLS 1.2 is not offered.",
            source: "RFC 8422 §5.1.1; RFC 7919 §2"
        ) { $0.groupFact(of: .tls12) },
        TLSFact(
            "postQuantum", .list(.text), needs: [.versions, .groups],
            meaning: "The groups of TLS 1.3 that resist a quantum computer, hybrids first of all; empty when there "
                + "are none.",
            source: "RFC 10024; FIPS 203"
        ) { evidence in
            .known(evidence.groups(of: .tls13)) { .texts(($0 ?? []).filter(\.isPostQuantum).map(\.name)) }
        },
        TLSFact(
            "dh.bits", .integer, needs: [.versions, .suites], unit: "bits",
            meaning: "The length of the shortest prime of ephemeral Diffie-Hellman up to TLS 1.2; absent when no suite "
                + "uses one.",
            source: "RFC 9325 §4.5; RFC 5246 §7.4.3"
        ) { evidence in
            .known(evidence.primes) { .integer(ifPresent: $0.map(\.bits).min().map(Int64.init)) }
        },
        TLSFact(
            "dh.commonPrime", .text, needs: [.versions, .suites],
            meaning: "The name of the shortest prime that many servers share; absent without one, and without "
                + "ephemeral Diffie-Hellman.",
            source: "RFC 2409; RFC 3526; RFC 5114; RFC 7919; weakdh.org"
        ) { evidence in
            .known(evidence.primes) { primes in
                let known = primes.sorted { $0.bits < $1.bits }.compactMap { commonPrimes[$0.digest] }
                return .text(known.first)
            }
        }
    ]
}

extension TLSEvidence {
    fileprivate func groupFact(of version: ProtocolVersion) -> DerivedFact {
        .known(groups(of: version)) { .texts(ifPresent: $0.map { $0.map(\.name) }) }
    }

    /// The groups of a version; nil when it is not offered.
    func groups(of version: ProtocolVersion) -> Known<[NamedGroup]?> {
        offers(version).flatMap { isOffered in
            guard isOffered else { return .success(nil) }
            let found = GroupEnumeration(version, of: capture)
            return found.failure.map { .failure($0) } ?? .success(found.groups)
        }
    }

    /// Every prime that a server sent for ephemeral Diffie-Hellman; a failure when one may be missing.
    var primes: Known<[(bits: Int, digest: String)]> {
        if let suitesFailure { return .failure(suitesFailure) }
        guard seenSuites.contains(where: \.usesFiniteField) else { return .success([]) }
        let primes = capture.exchanges.filter { $0.meaning == .chosen }.compactMap { exchange in
            exchange.answer.dhBits.map { (bits: $0, digest: exchange.answer.dhPrime ?? "") }
        }
        guard primes.isEmpty else { return .success(primes) }
        return .failure(ProbeFailure(.malformed, "the parameters of Diffie-Hellman could not be read"))
    }
}

extension OfferedSuite {
    /// Whether the server sends a prime of its own choice.
    fileprivate var usesFiniteField: Bool {
        guard case .tls(let suite) = self else { return false }
        return [.dhe, .dhAnon, .dhePSK].contains(suite.keyExchange)
    }
}
