import AuditModel
import WireFormats

/// What the TLS probe saw, read once for an instant; the facts read it.
package struct TLSEvidence: Sendable {
    let capture: TLSCapture
    /// The instant at which certificates, staples and paths are judged.
    let now: Instant
    let certificates: CertificateEvidence
    /// What the hellos of each version came to, oldest first.
    let versions: [SuiteEnumeration]
    /// Answers that contradict each other, as anomalies; what was refused may be offered by another machine then.
    let contradictions: [String]

    init(_ capture: TLSCapture, at now: Instant) {
        self.capture = capture
        self.now = now
        certificates = CertificateEvidence(capture, at: now)
        let isHeard = capture.exchanges.contains { $0.meaning == .chosen }
        let found = ProtocolVersion.allCases.map { SuiteEnumeration($0, of: capture, isHeard: isHeard) }
        contradictions = Contradictions(found, in: capture, certificates: certificates.certificates).texts
        versions = contradictions.first.map { found.doubted(because: $0, in: capture) } ?? found
    }

    func exchanges(_ purposes: TLSExchange.Purpose...) -> [TLSExchange] {
        capture.exchanges.filter { purposes.contains($0.purpose) }
    }

    /// What was found of one version.
    subscript(version: ProtocolVersion) -> SuiteEnumeration? { versions.first { $0.version == version } }

    /// The versions that are offered, oldest first; a failure when one of them is not known.
    var offeredVersions: Known<[ProtocolVersion]> {
        for version in versions where version.offered == .inconclusive {
            let failure = version.failure ?? .notAsked
            return .failure(ProbeFailure(failure.code, "\(version.version.title): \(failure.reason)"))
        }
        return .success(versions.filter { $0.offered == .yes }.map(\.version))
    }

    /// Whether a version is offered; a failure when it is not known.
    func offers(_ version: ProtocolVersion) -> Known<Bool> {
        guard let found = self[version], found.offered != .inconclusive else {
            return .failure(self[version]?.failure ?? .notAsked)
        }
        return .success(found.offered == .yes)
    }

    /// Whether the server speaks TLS 1.3 alone, in which much is encrypted or gone.
    var offersOnlyTLS13: Known<Bool> { offeredVersions.map { $0 == [.tls13] } }

    /// Every suite that was seen to be accepted, in any version, each once.
    var seenSuites: [OfferedSuite] {
        var seen: Set<OfferedSuite> = []
        return versions.flatMap(\.suites).filter { seen.insert($0).inserted }
    }

    /// Why the suites that were seen may not be all; nil when they are.
    var suitesFailure: ProbeFailure? {
        versions.lazy.compactMap { version in
            version.failure.map { ProbeFailure($0.code, "\(version.version.title): \($0.reason)") }
        }.first
    }
}

/// A value, or why it is not known.
typealias Known<Value> = Result<Value, ProbeFailure>

extension DerivedFact {
    /// The fact that a value gives; unobserved when it is not known.
    static func known<Value>(_ value: Known<Value>, _ fact: (Value) -> DerivedFact) -> DerivedFact {
        switch value {
        case .success(let value): fact(value)
        case .failure(let failure): .unobserved(failure)
        }
    }

    /// Findings of which even one decides: what was found, or why that there is none is not known.
    static func findings(_ texts: [String], unless failure: ProbeFailure?) -> DerivedFact {
        if texts.isEmpty, let failure { return .unobserved(failure) }
        return .texts(texts)
    }
}
