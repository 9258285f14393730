/// Why an alert was sent (IANA, TLS Alerts).
package struct AlertDescription: RawRepresentable, Sendable, Hashable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// IANA's name, `handshake_failure`, or the number when there is none.
    package var name: String { Self.registry.row(of: rawValue, \.code)?.name ?? String(rawValue) }

    package static let closeNotify = AlertDescription(rawValue: 0)
    package static let handshakeFailure = AlertDescription(rawValue: 40)
    package static let illegalParameter = AlertDescription(rawValue: 47)
    package static let protocolVersion = AlertDescription(rawValue: 70)
    package static let insufficientSecurity = AlertDescription(rawValue: 71)
    package static let internalError = AlertDescription(rawValue: 80)
    package static let inappropriateFallback = AlertDescription(rawValue: 86)
    package static let unrecognizedName = AlertDescription(rawValue: 112)
    package static let noApplicationProtocol = AlertDescription(rawValue: 120)
}
