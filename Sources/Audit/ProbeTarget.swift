import AuditModel
import WireFormats

/// A target as a person writes it for one probe.
package struct ProbeTarget: Sendable, Equatable {
    /// As it was written.
    package let text: String
    /// What the probe is asked for.
    package let url: String

    /// Throws wrong usage for what the probe cannot be asked; for TLS a host with or without a port will do.
    package init(_ text: String, for probe: ProbeKind) throws(AuditError) {
        self.text = text
        if probe == .tls, !text.contains("://") {
            let isAddress = text.contains(":") && IPAddress(text) != nil
            url = isAddress ? "https://[\(text)]" : "https://" + text
        } else {
            url = text
        }
        _ = try TargetCheck.url(url)
    }
}
