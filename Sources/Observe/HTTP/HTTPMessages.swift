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
    /// The most that is read of the response's body; a longer one is cut, as `too-large`, and ends the connection.
    var bodyLimit = HTTPLimits.bodyBytes
}

/// A response as it came, not redacted: it must not leave this module.
struct HTTPResponse: Sendable {
    var status: Int
    /// `1.0` or `1.1`.
    var httpVersion: String
    var fields: [HTTPField]
    var body: [UInt8] = []
    /// Why the body is not whole.
    var bodyFailure: ProbeFailure?
    var tls: TLSSummary?
    var timeToHead: TimeAmount

    func values(of name: String) -> [String] {
        fields.filter { $0.name.lowercased() == name }.map(\.value)
    }
}

/// A request that got no response, and whether the same request on another connection may.
struct ExchangeFailure: Error {
    var failure: ProbeFailure
    /// No byte of the response came: a server that closes an idle connection looks like this (RFC 9112 §9.3.1).
    var isBeforeFirstByte: Bool
}
