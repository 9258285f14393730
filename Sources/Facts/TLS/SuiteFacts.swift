import AuditModel
import WireFormats

extension TLSFacts {
    /// What the suites of all versions have in common.
    static let suites: [TLSFact] =
        SuiteWeakness.allCases.map { weakness in
            TLSFact(
                "weakSuites.\(weakness.rawValue)", .list(.text), needs: [.versions, .suites],
                meaning: "The suites of any version \(weakness.meaning); at least these when not every version could "
                    + "be observed.",
                source: weakness.source
            ) { evidence in
                let weak = evidence.seenSuites.filter { $0.weaknesses.contains(weakness) }
                return .findings(weak.map(\.name), unless: evidence.suitesFailure)
            }
        } + [
            TLSFact(
                "suites", .list(.text), needs: [.versions, .suites],
                meaning: "Every suite of any version, each once, those of the oldest version first.",
                source: "IANA TLS Cipher Suites"
            ) { evidence in
                evidence.suitesFailure.map(DerivedFact.unobserved) ?? .texts(evidence.seenSuites.map(\.name))
            },
            TLSFact(
                "forwardSecrecy", .choice(of: ForwardSecrecy.self), needs: [.versions, .suites],
                meaning: "Whether recorded traffic stays secret when the server's key is lost: with all, some or none "
                    + "of its suites; absent when it accepts none.",
                source: "RFC 9325 §4.1"
            ) { evidence in
                let secret = Set(evidence.seenSuites.map(\.isForwardSecret))
                if secret.count < 2, let failure = evidence.suitesFailure { return .unobserved(failure) }
                return .choice(ForwardSecrecy(secret))
            }
        ]
}

/// How many of a server's suites keep recorded traffic secret.
private enum ForwardSecrecy: String, CaseIterable {
    case all, some, none

    init?(_ suites: Set<Bool>) {
        guard let first = suites.first else { return nil }
        self = suites.count > 1 ? .some : first ? .all : .none
    }
}
