/// The type of a hello's extension (IANA, TLS ExtensionType Values).
package struct ExtensionType: RawRepresentable, Sendable, Hashable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    /// IANA's name, `server_name`, or the code as `0x1234` when there is none.
    package var name: String { Self.registry.row(of: rawValue, \.code)?.name ?? rawValue.codeText(digits: 4) }

    package static let serverName = ExtensionType(rawValue: 0)
    package static let truncatedHMAC = ExtensionType(rawValue: 4)
    package static let statusRequest = ExtensionType(rawValue: 5)
    package static let supportedGroups = ExtensionType(rawValue: 10)
    package static let ecPointFormats = ExtensionType(rawValue: 11)
    package static let signatureAlgorithms = ExtensionType(rawValue: 13)
    package static let heartbeat = ExtensionType(rawValue: 15)
    /// application_layer_protocol_negotiation.
    package static let alpn = ExtensionType(rawValue: 16)
    package static let signedCertificateTimestamp = ExtensionType(rawValue: 18)
    package static let padding = ExtensionType(rawValue: 21)
    package static let encryptThenMAC = ExtensionType(rawValue: 22)
    package static let extendedMasterSecret = ExtensionType(rawValue: 23)
    package static let sessionTicket = ExtensionType(rawValue: 35)
    package static let supportedVersions = ExtensionType(rawValue: 43)
    package static let cookie = ExtensionType(rawValue: 44)
    package static let pskKeyExchangeModes = ExtensionType(rawValue: 45)
    package static let signatureAlgorithmsCert = ExtensionType(rawValue: 50)
    package static let keyShare = ExtensionType(rawValue: 51)
    package static let renegotiationInfo = ExtensionType(rawValue: 65281)
}
