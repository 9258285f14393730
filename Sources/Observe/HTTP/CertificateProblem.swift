import AuditModel
import NIOSSL
import WireFormats

/// Why a certificate is not to be trusted, as far as the handshake tells.
enum CertificateProblem: Error, Hashable {
    case chain
    case hostName

    /// The sentence fragment of a capture; `leaf` is the server's own certificate.
    func text(host: String, leaf: NIOSSLCertificate?, now: Instant) -> String {
        switch self {
        case .hostName: return "the certificate does not name \(host)"
        case .chain:
            guard let leaf else { return "the server sent no certificate" }
            let seconds = now.milliseconds / 1000
            if Int64(leaf.notValidAfter) < seconds { return "the certificate has expired" }
            if Int64(leaf.notValidBefore) > seconds { return "the certificate is not valid yet" }
            return "the certificate's chain does not lead to a trust anchor"
        }
    }
}

extension NIOSSLCertificate {
    /// Whether a subject alternative name is this host, an address or a domain name; a common name never counts
    /// (RFC 9525 §2, §6).
    func names(_ host: String) -> Bool {
        let address = IPAddress(host)
        return _subjectAlternativeNames().contains { name in
            if let address { return name.nameType == .ipAddress && Array(name.contents) == address.bytes }
            return name.nameType == .dnsName && PresentedName(name.contents)?.names(host) == true
        }
    }
}
