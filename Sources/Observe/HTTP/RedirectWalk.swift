import AuditModel
import Facts
import NIOCore
import WireFormats

/// GETs a URL and follows redirects that stay on its host (RFC 9110 §15.4).
struct RedirectWalk: Sendable {
    let session: HTTPSession
    let redactor: Redactor
    /// How many redirects are followed; one more is `too-many-redirects`.
    let limit: Int
    /// The part of each body that a capture keeps, in bytes.
    var keeping = HTTPLimits.keptBodyBytes
    /// Sent with every request; names as in `HTTPRequest`.
    var fields: [(name: String, value: String)] = []

    /// A walk's exchanges, in order, and the URL of the last one.
    struct Path: Sendable {
        var exchanges: [HTTPExchange]
        var last: HTTPExchange
        /// The last response as it came.
        var response: HTTPResponse
        var url: URLReference
        /// Why the walk did not come to its end: `too-many-redirects`.
        var failure: ProbeFailure?
    }

    /// As `follow`; throws as well when the redirects have no end.
    func get(_ start: URLReference, until deadline: NIODeadline) async throws(ProbeFailure) -> Path {
        let path = try await follow(start, until: deadline)
        if let failure = path.failure { throw failure }
        return path
    }

    /// Any port and scheme, and `www.` added or removed, is the same host. A redirect elsewhere ends the walk.
    func follow(_ start: URLReference, until deadline: NIODeadline) async throws(ProbeFailure) -> Path {
        var url = start
        var seen: Set<URLReference> = [start]
        var exchanges: [HTTPExchange] = []
        while true {
            let response = try await session.send(HTTPRequest(url: url, fields: fields), until: deadline)
            let exchange = HTTPExchange(response, from: url, keeping: keeping, redactor: redactor)
            exchanges.append(exchange)
            var path = Path(exchanges: exchanges, last: exchange, response: response, url: url)
            guard let next = Self.redirect(response, from: url), isSameSite(next.host, start.host) else { return path }
            guard seen.insert(next).inserted else {
                path.failure = ProbeFailure(.tooManyRedirects, "\(url.hostAndPort) redirects in a circle")
                return path
            }
            guard exchanges.count <= limit else {
                path.failure = ProbeFailure(
                    .tooManyRedirects, "\(url.hostAndPort) redirects more than \(limit) times")
                return path
            }
            url = next
        }
    }

    /// Where a response points to; nil when it is no redirect, or to nothing that can be asked for.
    private static func redirect(_ response: HTTPResponse, from url: URLReference) -> URLReference? {
        guard [301, 302, 303, 307, 308].contains(response.status),
            let location = response.values(of: "location").first
        else { return nil }
        var next = try? url.resolving(location)
        next?.userinfo = nil
        return next
    }

    private func isSameSite(_ left: String, _ right: String) -> Bool {
        sameHost(left, right) || sameHost("www." + left, right) || sameHost(left, "www." + right)
    }
}
