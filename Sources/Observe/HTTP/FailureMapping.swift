import AuditModel
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

extension ProbeFailure {
    static let cancelled = ProbeFailure(.cancelled, "the audit was cancelled")

    /// What an error of the network libraries says about the target; `place` is its host and port.
    init(_ error: any Error, place: String) {
        switch error {
        case let failure as ProbeFailure: self = failure
        case is CancellationError: self = .cancelled
        case let error as NIOConnectionError: self.init(connecting: error, place: place)
        case let error as IOError: self.init(errno: error.errnoCode, place: place)
        case let error as NIOSSLError: self.init(tls: error, place: place)
        case let error as BoringSSLError: self.init(tlsReason: error.reasonName, place: place)
        case let error as HTTPParserError: self.init(parsing: error, place: place)
        case is NIOHTTPDecoderError: self.init(.malformed, "\(place) sent a response that nobody asked for")
        case let error as ChannelError: self.init(channel: error, place: place)
        default: self.init(.closedEarly, "the connection to \(place) broke (\(printable("\(error)")))")
        }
    }

    private init(channel error: ChannelError, place: String) {
        switch error {
        case .connectTimeout: self.init(.timeout, "\(place) did not accept a connection in time")
        case .connectPending, .operationUnsupported, .inappropriateOperationForState:
            self.init(.unsupported, "the connection to \(place) could not be used (\(error))")
        default: self.init(.closedEarly, "\(place) closed the connection")
        }
    }

    /// The last address tried decides; without one, the name has no address.
    private init(connecting error: NIOConnectionError, place: String) {
        guard let last = error.connectionErrors.last else {
            self.init(.nameNotResolved, "the name of \(place) has no address")
            return
        }
        self.init(last.error, place: place)
    }

    private init(errno: CInt, place: String) {
        switch errno {
        case ECONNREFUSED: self.init(.refused, "\(place) refused the connection")
        case ECONNRESET, EPIPE, ECONNABORTED: self.init(.reset, "\(place) reset the connection")
        case ETIMEDOUT: self.init(.timeout, "\(place) did not accept a connection in time")
        case ENETUNREACH, EHOSTUNREACH, EADDRNOTAVAIL:
            self.init(.refused, "there is no route to \(place) (errno \(errno))")
        case EACCES, EPERM: self.init(.refused, "this machine may not connect to \(place) (errno \(errno))")
        case EMFILE, ENFILE, ENOMEM, ENOBUFS:
            self.init(
                .unsupported, "this machine has no room for another connection (errno \(errno))", isOwnFault: true)
        default: self.init(.reset, "the connection to \(place) failed (errno \(errno))")
        }
    }

    private init(parsing error: HTTPParserError, place: String) {
        switch error {
        case .invalidEOFState: self.init(.closedEarly, "\(place) closed the connection before the end of its response")
        case .headerOverflow: self.init(.tooLarge, "\(place) sent too many or too long header fields")
        default: self.init(.malformed, "\(place) does not speak valid HTTP/1.1 (\(printable("\(error)")))")
        }
    }

    private init(tls error: NIOSSLError, place: String) {
        switch error {
        case .handshakeFailed(let error): self.init(tlsReason: error.reasonName, place: place)
        case .uncleanShutdown: self.init(.closedEarly, "\(place) closed the connection")
        default: self.init(.tlsFailed, "TLS with \(place) failed (\(printable("\(error)")))")
        }
    }

    private init(tlsReason reason: String, place: String) {
        switch reason {
        case "WRONG_VERSION_NUMBER", "HTTP_REQUEST", "HTTPS_PROXY_REQUEST":
            self.init(.notTLS, "\(place) does not speak TLS")
        case "EOF during handshake": self.init(.closedEarly, "\(place) closed the connection during the TLS handshake")
        case "TLSV1_ALERT_CERTIFICATE_REQUIRED", "TLSV1_CERTIFICATE_REQUIRED":
            self.init(.tlsFailed, "\(place) demands a client certificate")
        default: self.init(.tlsFailed, "TLS with \(place) failed (\(printable(reason)))")
        }
    }
}

extension Error {
    /// Whether a server closed TCP without the closing alert of TLS (RFC 8446 §6.1).
    var isUncleanTLSShutdown: Bool { (self as? NIOSSLError) == .uncleanShutdown }

    /// Whether the server refused every protocol that ALPN offered (RFC 7301 §3.2).
    var isUnknownProtocol: Bool {
        guard case .handshakeFailed(let error)? = self as? NIOSSLError else { return false }
        return error.reasonName == "TLSV1_ALERT_NO_APPLICATION_PROTOCOL"
    }

    /// Whether a handshake failed for nothing but the certificate, and for which part of it.
    var certificateProblem: CertificateProblem? {
        switch self as? NIOSSLError {
        case .handshakeFailed(let error) where error.reasonName == "CERTIFICATE_VERIFY_FAILED": return .chain
        case .unableToValidateCertificate, .noCertificateToValidate: return .chain
        default: return nil
        }
    }
}

extension BoringSSLError {
    /// The library's name for the first error of its stack, such as `WRONG_VERSION_NUMBER`.
    fileprivate var reasonName: String {
        switch self {
        case .sslError(let stack), .unknownError(let stack), .invalidSNIName(let stack), .failedToSetALPN(let stack):
            guard let text = stack.first?.description else { return "unknown error" }
            guard let start = text.firstRange(of: "OPENSSL_internal:")?.upperBound else {
                return text.hasPrefix("Error:  ") ? String(text.dropFirst(8)) : text
            }
            return String(text[start...].prefix { $0 != " " })
        default: return "\(self)"
        }
    }
}

/// The text for a reason: printable ASCII only, at most 120 characters.
func printable(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.prefix(120).map { (" "..."~").contains($0) ? $0 : "?" }))
}
