import AuditModel
import Facts
import WireFormats

/// The last answer to a hello, after all attempts.
struct HeardAnswer: Sendable {
    /// What an answer says about what the hello offered.
    enum Verdict: Sendable {
        /// The server goes on.
        case accepted
        /// It does not offer any of it.
        case refused
        case unknown
    }

    var answer: TLSAnswer
    var flight = ServerFlight()
    /// What the last hello offered.
    var suites: [UInt16] = []
    var attempts = 0
    /// Of the last hello, to its answer.
    var milliseconds = 0.0
    /// Why no answer came.
    var failure: ProbeFailure?

    /// Only a few answers mean that something is not offered; everything else tells nothing.
    var verdict: Verdict {
        switch answer.kind {
        case .hello, .helloRetry: .accepted
        case .alert: answer.alert.map(Self.refusals.contains) == true ? .refused : .unknown
        case .closed: attempts > 1 ? .refused : .unknown
        case .reset, .refused, .timeout, .notTLS, .malformed: .unknown
        }
    }

    /// Whether a TLS stack answered.
    var isTLS: Bool { [.hello, .helloRetry, .alert].contains(answer.kind) }

    /// handshake_failure, protocol_version, insufficient_security, inappropriate_fallback, illegal_parameter,
    /// unrecognized_name, and internal_error, which servers send when they have no signature scheme for the rest.
    private static let refusals: Set<UInt8> = [40, 70, 71, 86, 47, 112, 80]
}
