/// A version of SSL or TLS, oldest first; the raw value is its name in facts and captures.
package enum ProtocolVersion: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    case ssl2, ssl3, tls10, tls11, tls12, tls13

    /// The version on the wire: 0x0002 for SSLv2, 0x0300 for SSLv3, 0x0301 to 0x0304 for TLS (RFC 8446 §4.2.1).
    package var code: UInt16 {
        switch self {
        case .ssl2: 0x0002
        case .ssl3: 0x0300
        case .tls10: 0x0301
        case .tls11: 0x0302
        case .tls12: 0x0303
        case .tls13: 0x0304
        }
    }

    /// nil for a code that no standard gives to a version.
    package init?(code: UInt16) {
        guard let version = Self.allCases.first(where: { $0.code == code }) else { return nil }
        self = version
    }

    /// How people write it: `SSLv3`, `TLS 1.2`.
    package var title: String {
        switch self {
        case .ssl2: "SSLv2"
        case .ssl3: "SSLv3"
        case .tls10: "TLS 1.0"
        case .tls11: "TLS 1.1"
        case .tls12: "TLS 1.2"
        case .tls13: "TLS 1.3"
        }
    }

    package static func < (left: ProtocolVersion, right: ProtocolVersion) -> Bool { left.code < right.code }
}
