import AuditModel
import FoundationEssentials
import NIOHTTP1

/// What the demo service answers, over one of its two ports.
struct DemoSite: Sendable {
    /// Whoever sends this as a bearer token may read `/health/detailed`.
    static let token = "demo"
    static let version = "1.4.2"

    struct Response {
        var status: HTTPResponseStatus
        var headers: [(String, String)]
        var body: String
    }

    let isHealthy: Bool
    let isSecure: Bool
    /// The HTTPS port that every request is sent to; nil to answer here.
    let redirectPort: Int?
    let startedAt: Instant
    /// nil for a service that lets everybody ask without end.
    let limiter: DemoLimiter?

    /// What of a request decides its answer.
    struct Request {
        var method: HTTPMethod
        var uri: String
        var host: String?
        var origin: String?
        /// Of a preflight (Fetch, CORS-preflight request).
        var requestedMethod: String?
        var isAuthorized: Bool
    }

    func response(to request: Request) -> Response {
        let (method, uri) = (request.method, request.uri)
        let now = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        var response: Response
        if let redirectPort, uri.hasPrefix("/") {
            response = redirect(to: uri, host: request.host, port: redirectPort)
        } else {
            switch method {
            case .GET, .HEAD: response = limitedContent(request, now: now)
            case .OPTIONS: response = Response(status: .noContent, headers: [("Allow", Self.methods)], body: "")
            default: response = text(.methodNotAllowed, "method not allowed\n", [("Allow", Self.methods)])
            }
        }
        response.headers.insert(("Date", now.httpDate), at: 0)
        response.headers += securityHeaders(isPage: uri == "/") + crossOriginHeaders(request)
        return response
    }

    private func limitedContent(_ request: Request, now: Instant) -> Response {
        let path = String(request.uri.prefix { $0 != "?" })
        // Health endpoints stay open: a load balancer asks them whatever else happens.
        guard let limiter, path == "/" || path.hasPrefix("/api/") else {
            return content(of: request.uri, isAuthorized: request.isAuthorized, now: now)
        }
        let answer = limiter.take("\(request.origin ?? "") \(path)", at: now.seconds(since: startedAt))
        let window = DemoLimiter.capacity / DemoLimiter.refillPerSecond
        let advertised = [
            ("RateLimit-Policy", "\"site\";q=\(DemoLimiter.capacity);w=\(window)"),
            ("RateLimit", "\"site\";r=\(answer.remaining);t=\(answer.secondsToFull)")
        ]
        guard answer.isAllowed else {
            return text(
                .tooManyRequests, "too many requests\n", advertised + [("Retry-After", "\(answer.secondsToFull)")])
        }
        var response = content(of: request.uri, isAuthorized: request.isAuthorized, now: now)
        response.headers += advertised
        return response
    }

    /// The shop's own front end may read; a faulty service lets everybody read with the visitor's cookies.
    private func crossOriginHeaders(_ request: Request) -> [(String, String)] {
        guard isHealthy else {
            guard let origin = request.origin else { return [] }
            let methods = request.requestedMethod.map { [("Access-Control-Allow-Methods", $0)] } ?? []
            return [("Access-Control-Allow-Origin", origin), ("Access-Control-Allow-Credentials", "true")] + methods
        }
        let vary = [("Vary", "Origin")]
        guard request.origin == Self.frontEnd else { return vary }
        let methods =
            request.requestedMethod == nil
            ? [] : [("Access-Control-Allow-Methods", "GET"), ("Access-Control-Max-Age", "600")]
        return vary + [("Access-Control-Allow-Origin", Self.frontEnd)] + methods
    }

    private static let frontEnd = "https://app.shop.example"

    private static let methods = "GET, HEAD, OPTIONS"

    /// The host of a redirect is never taken from the request, unless it is one of our own names.
    private func redirect(to uri: String, host: String?, port: Int) -> Response {
        let isAddress = host.map { $0 == "127.0.0.1" || $0.hasPrefix("127.0.0.1:") } ?? false
        let name = isAddress ? "127.0.0.1" : "localhost"
        return text(.permanentRedirect, "", [("Location", "https://\(name):\(port)\(uri)")])
    }

    private func content(of uri: String, isAuthorized: Bool, now: Instant) -> Response {
        let health = DemoHealth(uptime: Int64(now.seconds(since: startedAt)), now: now)
        switch uri.prefix(while: { $0 != "?" }) {
        case "/": return page
        case "/api/orders": return json("application/json", Self.orders)
        case "/healthz": return json("application/health+json", isHealthy ? DemoHealth.status : health.leaking)
        case "/readyz": return json("application/health+json", DemoHealth.status)
        case "/livez": return isHealthy ? text(.ok, "ok\n", []) : json("application/health+json", health.detailed)
        case "/health/detailed":
            guard isAuthorized else {
                return text(.unauthorized, "unauthorized\n", [("WWW-Authenticate", "Bearer realm=\"health\"")])
            }
            return json("application/health+json", health.detailed)
        default: return text(.notFound, "not found\n", [])
        }
    }

    private var page: Response {
        Response(
            status: .ok,
            headers: [
                ("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "private, no-cache"),
                ("Set-Cookie", sessionCookie), ("Set-Cookie", preferenceCookie)
            ],
            body: Self.html)
    }

    private var sessionCookie: String {
        // 127 random bits (OWASP asks for 64), always 32 digits long.
        let value = String(UInt128.random(in: UInt128(1) << 127 ... .max), radix: 16)
        guard isHealthy else { return "session=\(value); Path=/" }
        return "__Host-session=\(value); Path=/; Secure; HttpOnly; SameSite=Lax"
    }

    /// A faulty service promises by the name what the attributes do not keep, so browsers refuse the cookie.
    private var preferenceCookie: String {
        isHealthy
            ? "__Host-language=en; Path=/; Max-Age=31536000; Secure; HttpOnly; SameSite=Lax"
            : "__Host-language=en; Path=/; Domain=localhost; Max-Age=94608000"
    }

    private func json(_ type: String, _ body: String) -> Response {
        Response(status: .ok, headers: [("Content-Type", type), ("Cache-Control", "no-store")], body: body)
    }

    private func text(_ status: HTTPResponseStatus, _ body: String, _ headers: [(String, String)]) -> Response {
        let common = [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store")]
        return Response(status: status, headers: common + headers, body: body)
    }

    /// On every response, the errors too. A faulty service has what a framework sets by default and no more.
    private func securityHeaders(isPage: Bool) -> [(String, String)] {
        var headers = [
            ("Content-Security-Policy", isPage ? Self.pagePolicy : "default-src 'none'; frame-ancestors 'none'"),
            ("Referrer-Policy", "strict-origin-when-cross-origin"),
            ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(self)")
        ]
        guard isHealthy else {
            return headers + [("Server", "demo-shop/\(Self.version)"), ("X-Powered-By", "Hummingbird 2.25.0")]
        }
        headers += [
            ("Server", "demo-shop"), ("X-Content-Type-Options", "nosniff"),
            ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin")
        ]
        // Over plain HTTP the field has no effect and may not be sent (RFC 6797 §7.2).
        if isSecure { headers.append(("Strict-Transport-Security", "max-age=63072000; includeSubDomains")) }
        return headers
    }

    private static let pagePolicy =
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"

    private static let orders = """
        {"orders":[{"id":1042,"total":"19.90","currency":"EUR","state":"shipped"},\
        {"id":1043,"total":"7.50","currency":"EUR","state":"open"}]}
        """

    private static let html = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Demo shop</title>
        </head>
        <body>
        <h1>Demo shop</h1>
        <p>A sample service that gonogo audits. Nothing here can be bought.</p>
        <ul>
        <li>Teapot, 19.90 EUR</li>
        <li>Cup, 7.50 EUR</li>
        </ul>
        <p><a href="/api/orders">Orders as JSON</a></p>
        </body>
        </html>

        """
}
