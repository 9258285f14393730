import AuditModel
import WireFormats

extension ProfileRule {
    /// Versions that must be there, and those that may be.
    static func versions(required: Set<ProtocolVersion>, allowed: Set<ProtocolVersion>) -> ProfileRule {
        ProfileRule(needs: [.versions]) { evidence in
            let offered = evidence.versions.filter { $0.offered == .yes && !allowed.contains($0.version) }
            let missing = evidence.versions.filter { $0.offered == .no && required.contains($0.version) }
            let open = evidence.versions.first { $0.offered == .inconclusive }
            return ProfileFindings(
                offered.map { "version-offered: \($0.version.rawValue)" }
                    + missing.map { "version-missing: \($0.version.rawValue)" },
                failure: open?.failure)
        }
    }

    /// A version that must be there; what else is there does not matter.
    static func version(required version: ProtocolVersion) -> ProfileRule {
        ProfileRule(needs: [.versions]) { evidence in
            ProfileFindings(evidence.offers(version)) { $0 ? [] : ["version-missing: \(version.rawValue)"] }
        }
    }

    /// Suites that a condition excludes, of any version.
    static func noSuite(where isExcluded: @escaping @Sendable (OfferedSuite) -> Bool) -> ProfileRule {
        ProfileRule(needs: [.versions, .suites]) { evidence in
            ProfileFindings(
                evidence.seenSuites.filter(isExcluded).map { "suite-offered: \($0.name)" },
                failure: evidence.suitesFailure)
        }
    }

    /// Groups of TLS 1.3 and 1.2 that a condition excludes; finite fields of TLS 1.2 go by suites and primes.
    static func noGroup(where isExcluded: @escaping @Sendable (NamedGroup) -> Bool) -> ProfileRule {
        ProfileRule(needs: [.versions, .groups]) { evidence in
            var excluded: [NamedGroup] = []
            var failure: ProbeFailure?
            for version in [ProtocolVersion.tls13, .tls12] {
                switch evidence.groups(of: version) {
                case .success(let groups):
                    excluded += (groups ?? []).filter {
                        isExcluded($0) && !excluded.contains($0) && !(version == .tls12 && $0.isFiniteField)
                    }
                case .failure(let reason): failure = failure ?? reason
                }
            }
            return ProfileFindings(excluded.map { "group-offered: \($0.name)" }, failure: failure)
        }
    }

    /// The client decides which of the common suites is taken, in every version.
    static let clientOrder = ProfileRule(needs: [.versions, .suites]) { evidence in
        let orders = evidence.versions.filter { $0.offered == .yes }.map(evidence.order)
        if orders.contains(.success(.server)) { return ProfileFindings(["order: server"]) }
        return ProfileFindings([], failure: orders.lazy.compactMap(\.failure).first ?? evidence.suitesFailure)
    }

    /// Primes of ephemeral Diffie-Hellman have at least so many bits.
    static func primes(ofAtLeast bits: Int) -> ProfileRule {
        ProfileRule(needs: [.versions, .suites]) { evidence in
            ProfileFindings(evidence.primes) { primes in
                primes.map(\.bits).min().flatMap { $0 < bits ? ["dh-bits: \($0)"] : nil } ?? []
            }
        }
    }

    /// A condition on every leaf that clients of the host are given.
    static func leaves(_ differences: @escaping @Sendable (X509Certificate) -> [String]) -> ProfileRule {
        ProfileRule(needs: [.certificate, .certificates]) { evidence in
            ProfileFindings(evidence.leaves) { leaves in
                leaves.flatMap(differences).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
            }
        }
    }
}

extension TLSEvidence {
    /// Every leaf that clients of the host are given; none when the server has no certificate at all.
    fileprivate var leaves: Known<[X509Certificate]> {
        let leaves = certificates.chains.map(\.leaf)
        if leaves.isEmpty, case .unobserved(let failure) = certificates.missing { return .failure(failure) }
        let readable = leaves.compactMap(\.self)
        return readable.count < leaves.count ? .failure(.noCertificate) : .success(readable)
    }
}

extension Result {
    /// Why it is not known; nil when it is.
    fileprivate var failure: Failure? {
        if case .failure(let failure) = self { return failure }
        return nil
    }
}

extension X509Certificate {
    /// As differences name it: `rsa 1024`, `ecdsa P-521`, `ed25519`.
    var keyText: String {
        let size = publicKey.type == .ecdsa ? publicKey.curve : publicKey.bits.map { "\($0)" }
        let isFixed = [.ed25519, .ed448].contains(publicKey.type)
        return publicKey.type.rawValue + (isFixed ? "" : size.map { " \($0)" } ?? "")
    }
}
