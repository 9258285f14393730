/// What is spoken on a connection, by its name in ALPN (RFC 7301 §6).
enum ApplicationProtocol: String, Hashable, Sendable {
    case http1 = "http/1.1"
    case http2 = "h2"
}
