/// A cipher suite by its code (IANA, TLS Cipher Suites); what it is made of is read from its name.
package struct CipherSuite: RawRepresentable, Sendable, Hashable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    /// Every suite of the registry and the few that servers speak without it, by code; no signalling values.
    package static let all: [CipherSuite] = registry.map { CipherSuite(rawValue: $0.code) }

    /// The suites that a server of a version may choose, by code; of SSLv2 none, it has cipher kinds of its own.
    package static func all(in version: ProtocolVersion) -> [CipherSuite] {
        all.filter { $0.versions.contains(version) }
    }

    /// TLS_FALLBACK_SCSV (RFC 7507): a signal in the list of suites, not a suite.
    package static let fallbackSignal: UInt16 = 0x5600
    /// TLS_EMPTY_RENEGOTIATION_INFO_SCSV (RFC 5746 §3.3): a signal in the list of suites, not a suite.
    package static let renegotiationSignal: UInt16 = 0x00FF

    /// IANA's name, or the code as `0x1234` when there is none.
    package var name: String { row?.name ?? rawValue.codeText(digits: 4) }

    /// Whether IANA has given the code to the suite.
    package var isRegistered: Bool { row != nil && !Self.unregisteredCodes.contains(rawValue) }

    private var row: (code: UInt16, name: String)? { Self.registry.row(of: rawValue, \.code) }

    private var parts: CipherSuiteName {
        Self.registry.position(of: rawValue, \.code).map { Self.names[$0] } ?? CipherSuiteName("")
    }

    /// The names of the registry, read once when the first is asked for.
    private static let names: [CipherSuiteName] = registry.map { CipherSuiteName($0.name) }

    package var keyExchange: KeyExchange { parts.keyExchange }
    package var authentication: Authentication { parts.authentication }
    package var encryption: Encryption { parts.encryption }
    package var mode: Mode { parts.mode }
    package var mac: MAC { parts.mac }
    package var isAEAD: Bool { mac == .aead }
    /// Whether it was weakened for export from the United States, to 40 or 56 bits.
    package var isExport: Bool { parts.isExport }

    /// What an attacker must try, as a power of two; 112 for 3DES (SP 800-57 part 1 §5.6.1); nil for an unknown suite.
    package var strengthBits: Int? {
        let parts = parts
        if parts.encryption == .unknown { return nil }
        if parts.encryption == .tripleDES { return 112 }
        return parts.exportBits ?? parts.encryption.keyBits
    }

    /// The versions in which a server may choose it: more than the RFCs allow where implementations took more.
    ///
    /// TLS 1.2 brought AEAD (RFC 5246 §6.2.3.3). CBC with SHA-256 is for TLS 1.2 too, but for pre-shared keys
    /// (RFC 5487 §3, RFC 5489 §3), yet GnuTLS up to 3.5 chose it from TLS 1.0 on.
    package var versions: [ProtocolVersion] {
        let parts = parts
        if parts.keyExchange == .unknown { return [] }
        if parts.keyExchange == .tls13 { return [.tls13] }
        switch parts.mac {
        case .aead: return [.tls12]
        case .sha256, .sha384: return [.tls10, .tls11, .tls12]
        case .gost: return isRegistered ? [.tls12] : [.tls10, .tls11, .tls12]
        default: return [.ssl3, .tls10, .tls11, .tls12]
        }
    }
}
