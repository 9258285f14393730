/// The extensions that our hellos carry. What a length field cannot hold is left out at its end.
extension HelloExtension {
    /// server_name (RFC 6066 §3). The host is a domain name in ASCII without a dot at its end, never an address.
    package static func serverName(_ host: String) -> HelloExtension {
        var entry: [UInt8] = [0]
        entry.append(vector16: Array(host.utf8.prefix(0xFFF0)))
        return HelloExtension(.serverName, vector16: entry)
    }

    /// truncated_hmac (RFC 6066 §7).
    package static var truncatedHMAC: HelloExtension { HelloExtension(.truncatedHMAC) }

    /// status_request for OCSP, any responder (RFC 6066 §8).
    package static var statusRequest: HelloExtension { HelloExtension(.statusRequest, [1, 0, 0, 0, 0]) }

    /// supported_groups (RFC 8446 §4.2.7, RFC 8422 §5.1.1), the preferred first.
    package static func supportedGroups(_ groups: [UInt16]) -> HelloExtension {
        HelloExtension(.supportedGroups, list16: groups)
    }

    /// ec_point_formats (RFC 8422 §5.1.2); 0 is uncompressed, the only one left.
    package static func ecPointFormats(_ formats: [UInt8] = [0]) -> HelloExtension {
        HelloExtension(.ecPointFormats, vector8: formats)
    }

    /// signature_algorithms (RFC 8446 §4.2.3, RFC 5246 §7.4.1.4.1).
    package static func signatureAlgorithms(_ schemes: [UInt16]) -> HelloExtension {
        HelloExtension(.signatureAlgorithms, list16: schemes)
    }

    /// signature_algorithms_cert (RFC 8446 §4.2.3).
    package static func signatureAlgorithmsCert(_ schemes: [UInt16]) -> HelloExtension {
        HelloExtension(.signatureAlgorithmsCert, list16: schemes)
    }

    /// heartbeat: the peer may send requests (RFC 6520 §2).
    package static var heartbeat: HelloExtension { HelloExtension(.heartbeat, [1]) }

    /// application_layer_protocol_negotiation (RFC 7301 §3.1).
    package static func alpn(_ protocols: [String]) -> HelloExtension {
        var names: [UInt8] = []
        for name in protocols { names.append(vector8: Array(name.utf8)) }
        return HelloExtension(.alpn, vector16: names)
    }

    /// signed_certificate_timestamp (RFC 6962 §3.3.1).
    package static var signedCertificateTimestamp: HelloExtension { HelloExtension(.signedCertificateTimestamp) }

    /// padding with zeros (RFC 7685 §3); `ClientHello.padded(to:)` finds the count.
    package static func padding(count: Int) -> HelloExtension {
        HelloExtension(.padding, [UInt8](repeating: 0, count: min(max(0, count), 0xFFFF)))
    }

    /// encrypt_then_mac (RFC 7366 §2).
    package static var encryptThenMAC: HelloExtension { HelloExtension(.encryptThenMAC) }

    /// extended_master_secret (RFC 7627 §5.1).
    package static var extendedMasterSecret: HelloExtension { HelloExtension(.extendedMasterSecret) }

    /// session_ticket without a ticket (RFC 5077 §3.2).
    package static var sessionTicket: HelloExtension { HelloExtension(.sessionTicket) }

    /// supported_versions (RFC 8446 §4.2.1), the preferred first.
    package static func supportedVersions(_ versions: [UInt16]) -> HelloExtension {
        HelloExtension(.supportedVersions, vector8: [UInt8](uint16s: versions.prefix(127)))
    }

    /// cookie of a HelloRetryRequest (RFC 8446 §4.2.2).
    package static func cookie(_ cookie: [UInt8]) -> HelloExtension {
        HelloExtension(.cookie, vector16: cookie)
    }

    /// psk_key_exchange_modes (RFC 8446 §4.2.9); 1 is psk_dhe_ke.
    package static func pskKeyExchangeModes(_ modes: [UInt8] = [1]) -> HelloExtension {
        HelloExtension(.pskKeyExchangeModes, vector8: modes)
    }

    /// key_share (RFC 8446 §4.2.8); without entries it asks for a HelloRetryRequest.
    package static func keyShare(_ entries: [KeyShareEntry] = []) -> HelloExtension {
        var shares: [UInt8] = []
        for entry in entries {
            shares.append(uint16: entry.group)
            shares.append(vector16: entry.key)
        }
        return HelloExtension(.keyShare, vector16: shares)
    }

    /// renegotiation_info of a first handshake (RFC 5746 §3.4).
    package static var renegotiationInfo: HelloExtension { HelloExtension(.renegotiationInfo, [0]) }

    /// An extension of a type reserved for GREASE (RFC 8701 §3.1); every server must ignore it.
    package static func grease(_ value: UInt16, body: [UInt8] = []) -> HelloExtension {
        HelloExtension(type: value, body: body)
    }

    private init(_ type: ExtensionType, vector8 content: [UInt8]) {
        var body: [UInt8] = []
        body.append(vector8: content)
        self.init(type, body)
    }

    private init(_ type: ExtensionType, vector16 content: [UInt8]) {
        var body: [UInt8] = []
        body.append(vector16: content.prefix(0xFFFD))
        self.init(type, body)
    }

    private init(_ type: ExtensionType, list16 values: [UInt16]) {
        self.init(type, vector16: [UInt8](uint16s: values.prefix(0x7FFE)))
    }
}

/// A public key offered for a group (RFC 8446 §4.2.8).
package struct KeyShareEntry: Sendable, Equatable {
    package var group: UInt16
    package var key: [UInt8]

    package init(group: UInt16, key: [UInt8]) {
        self.group = group
        self.key = key
    }
}
