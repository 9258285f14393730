import WireFormats

/// One answer, its CORS fields read as a browser reads them (Fetch, CORS protocol).
struct CORSAnswer: Sendable {
    let kind: CORSClass
    /// The origin sent; nil when none was.
    let origin: String?
    let exchange: HTTPExchange
    /// `Access-Control-Allow-Origin`, several field lines joined as browsers join them; nil when not sent.
    let allowOrigin: String?
    /// `Access-Control-Allow-Credentials` is exactly `true`.
    let allowsCredentials: Bool
    /// The names in `Vary`, in lower case.
    let vary: [String]

    init?(_ visit: CORSCapture.Visit) {
        guard let exchange = visit.exchange else { return nil }
        kind = visit.kind
        origin = visit.origin
        self.exchange = exchange
        allowOrigin = Self.combined(exchange, "access-control-allow-origin")
        allowsCredentials = Self.combined(exchange, "access-control-allow-credentials") == "true"
        vary = FieldSyntax.list(exchange.values(of: "vary")).map(\.asciiLowercased)
    }

    var isWildcard: Bool { allowOrigin == "*" }

    /// The answer names the origin that asked, byte for byte.
    var isEcho: Bool { origin != nil && allowOrigin == origin }

    /// 200 to 299.
    var isSuccess: Bool { (200...299).contains(exchange.status) }

    var variesByOrigin: Bool { vary.contains("origin") || vary.contains("*") }

    /// Whether no cache keeps it.
    var isNeverStored: Bool { cacheControl.has("no-store") }

    /// Whether a shared cache may keep it (RFC 9111 §3).
    var isSharedStorable: Bool {
        let hasExpires = !exchange.values(of: "expires").isEmpty
        return cacheControl.isSharedStorable(CacheControl.Response(status: exchange.status, hasExpires: hasExpires))
    }

    /// Whether the origin's scripts may read it, with cookies or without.
    func isReadable(withCredentials: Bool) -> Bool {
        withCredentials ? isEcho && allowsCredentials : isEcho || isWildcard
    }

    /// The members of a list such as `Access-Control-Allow-Methods`; nil when it was not sent.
    func list(_ name: String) -> [String]? {
        let lines = exchange.values(of: name)
        return lines.isEmpty ? nil : FieldSyntax.list(lines)
    }

    /// Whether any field of the CORS protocol's own was sent.
    var hasCORSFields: Bool {
        exchange.fields.contains { $0.name.asciiLowercased.hasPrefix("access-control-allow-") }
    }

    private var cacheControl: CacheControl { CacheControl(lines: exchange.values(of: "cache-control")) }

    /// What Fetch calls getting a header: all lines joined by comma and space; nil when there is none.
    private static func combined(_ exchange: HTTPExchange, _ name: String) -> String? {
        let lines = exchange.values(of: name)
        return lines.isEmpty ? nil : lines.map(FieldSyntax.trimmed).joined(separator: ", ")
    }
}
