import AuditModel

/// What is read of one response, whatever the target sends.
enum HTTPLimits {
    /// Status line, field lines and all informational responses before them, counted on the wire.
    static let headBytes = 64 << 10
    /// Unless the request says less.
    static let bodyBytes = 1 << 20
    /// Sizes, extensions and trailers of chunks (RFC 9112 §7.1), besides `framingBytesPerBodyByte`.
    static let framingBytes = 64 << 10
    /// A chunk of one byte costs five on the wire; an honest sender never needs more.
    static let framingBytesPerBodyByte = 8
    static let fieldLines = 2000
    /// The part of a body that a capture keeps.
    static let keptBodyBytes = 64 << 10
    /// How many redirects are followed.
    static let redirects = 10
    /// The answer of a proxy to CONNECT.
    static let proxyHeadBytes = 16 << 10
}
