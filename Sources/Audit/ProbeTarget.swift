import AuditModel
import WireFormats

/// A target as a person writes it for one probe.
package struct ProbeTarget: Sendable, Equatable {
    /// As it was written.
    package let text: String
    /// What the probe is asked for: a URL, or a reference to an image.
    package let address: String

    /// Throws wrong usage for what the probe cannot be asked; for TLS a host with or without a port will do.
    package init(_ text: String, for probe: ProbeKind) throws(AuditError) {
        self.text = text
        guard probe != .image else {
            address = try TargetCheck.image(text)
            return
        }
        if probe == .tls, !text.contains("://") {
            let isAddress = text.contains(":") && IPAddress(text) != nil
            guard isAddress || text.hasPrefix("[") || text.utf8.count(where: { $0 == UInt8(ascii: ":") }) < 2 else {
                throw .usage("that is no IPv6 address; with a port it stands in brackets: [::1]:8443")
            }
            address = isAddress ? "https://[\(text)]" : "https://" + text
        } else {
            address = text
        }
        let target = try TargetCheck.url(address)
        guard probe != .tls || target.scheme == .https else {
            throw .usage("no TLS is spoken at an http URL; write https://HOST:PORT, or HOST:PORT")
        }
    }
}
