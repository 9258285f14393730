import AuditModel
import Facts
import NIOCore
import NIOHTTP1
import WireFormats

/// A request without a body.
struct HTTPRequest: Sendable {
    var method = HTTPMethod.GET
    var url: URLReference
    /// Sent with these names, in this order, in the place of fields of the same name, the audit's own included.
    var fields: [(name: String, value: String)] = []
    /// False for what a browser sends without credentials, such as a preflight.
    var carriesAuditFields = true
    /// The most that is read of the response's body; a longer one is cut, as `too-large`, and ends the connection.
    var bodyLimit = HTTPLimits.bodyBytes
    /// nil for HTTP/1.1, or HTTP/2 where the server speaks nothing else.
    var version: ApplicationProtocol?
}

/// A response as it came, not redacted: it must not leave this module.
struct HTTPResponse: Sendable {
    var status: Int
    /// `1.0`, `1.1` or `2`.
    var httpVersion: String
    var fields: [HTTPField]
    var body: [UInt8] = []
    /// Why the body is not whole.
    var bodyFailure: ProbeFailure?
    var tls: TLSSummary?
    var timeToHead: TimeAmount
    /// Whether the server takes another request on the connection; over TLS a closing one looks open for a while.
    var keepsConnection = true

    func values(of name: String) -> [String] {
        fields.values(of: name)
    }
}

/// A request that got no response, and whether the same request on another connection may.
struct ExchangeFailure: Error {
    var failure: ProbeFailure
    /// No byte of the response came: a server that closes an idle connection looks like this (RFC 9112 §9.3.1).
    var isBeforeFirstByte: Bool
}
