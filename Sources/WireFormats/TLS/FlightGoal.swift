/// How far a server's answer is read.
package enum FlightGoal: Sendable {
    /// Up to the ServerHello or HelloRetryRequest.
    case hello
    /// Up to TLS 1.2: until the ServerKeyExchange, or the end of a flight that has none.
    case keyExchange
    /// Until the ServerHelloDone; of TLS 1.3 all that is in clear.
    case flight
}

/// The most that is read of a server's answer.
package struct FlightLimits: Sendable {
    /// Of the whole answer.
    package var bytes: Int
    /// Of one Certificate message.
    package var certificates: Int
    /// Alerts at level warning, records and messages that bring the handshake no further.
    package var idleRecords: Int

    package init(bytes: Int = 1 << 20, certificates: Int = 64, idleRecords: Int = 64) {
        self.bytes = bytes
        self.certificates = certificates
        self.idleRecords = idleRecords
    }
}
