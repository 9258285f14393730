import AuditModel
import WireFormats

/// What an answer says about what the hello offered.
enum AnswerMeaning: Sendable, Equatable {
    /// The server chose something; whether it was on offer is for the reader to see.
    case chosen
    /// The server will have none of it; `how` is the name of that end, `alert-handshake-failure` or `closed`.
    case refused(how: String)
    /// The answer tells nothing.
    case unknown(how: String, ProbeFailure)
}

extension TLSExchange {
    /// Only an alert about what was offered, or a clean end of stream that repeats, is a refusal.
    var meaning: AnswerMeaning {
        switch answer.kind {
        case .hello, .helloRetry: .chosen
        case .alert: alertMeaning
        case .closed: attempts > 1 ? .refused(how: "closed") : unknown(.closedEarly, "the stream ended, once")
        case .reset: unknown(.reset, "the connection was reset")
        case .refused: unknown(.refused, "the connection was refused")
        case .timeout: unknown(.timeout, "no answer came in time")
        case .notTLS: unknown(.notTLS, "the answer was not TLS")
        case .malformed: unknown(.malformed, "the answer breaks the grammar of TLS")
        }
    }

    private var alertMeaning: AnswerMeaning {
        let alert = AlertDescription(rawValue: answer.alert ?? 0)
        if alert.refusesOffer { return .refused(how: "alert-\(alert.kebabName)") }
        let failure = ProbeFailure(.tlsFailed, "the alert \(alert.kebabName) does not refuse what was offered")
        return .unknown(how: "alert-\(alert.kebabName)", failure)
    }

    private func unknown(_ code: ProbeFailure.Code, _ what: String) -> AnswerMeaning {
        let count = attempts > 1 ? " (\(attempts) attempts)" : ""
        // What the network says tells it all; what breaks the grammar only says where.
        let text = answer.reason.map { answer.kind == .malformed ? "\(what): \($0)" : $0 } ?? what
        return .unknown(how: answer.kind.rawValue, ProbeFailure(code, text + count))
    }
}

extension AlertDescription {
    /// Whether the alert turns down what the hello offered, rather than the way it was written or something else.
    ///
    /// stunnel and others answer internal_error when a suite was found but no signature algorithm of that version.
    fileprivate var refusesOffer: Bool {
        [
            .handshakeFailure, .illegalParameter, .protocolVersion, .insufficientSecurity, .internalError,
            .inappropriateFallback, .unrecognizedName
        ].contains(self)
    }

    /// `handshake-failure`.
    fileprivate var kebabName: String { name.replacing("_", with: "-") }
}
