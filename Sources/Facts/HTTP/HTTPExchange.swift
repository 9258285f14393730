import AuditModel

/// One HTTP request and its answer, near the wire, redacted.
package struct HTTPExchange: Codable, Sendable, Equatable {
    package var method: String
    /// Without credentials.
    package var url: String
    package var status: Int
    /// `1.0`, `1.1` or `2`.
    package var httpVersion: String
    /// The field lines in the order received, names in the sender's case.
    package var fields: [HTTPField]
    package var body: HTTPBody
    /// How the TLS handshake went; nil over plain HTTP.
    package var tls: TLSSummary?
    /// From the first byte sent to the last byte of the response's head, in seconds.
    package var secondsToHead: Double

    package init(
        method: String, url: String, status: Int, httpVersion: String, fields: [HTTPField], body: HTTPBody,
        tls: TLSSummary?, secondsToHead: Double
    ) {
        self.method = method
        self.url = url
        self.status = status
        self.httpVersion = httpVersion
        self.fields = fields
        self.body = body
        self.tls = tls
        self.secondsToHead = secondsToHead
    }

    /// The values of all field lines of that name, in order, without regard to case (RFC 9110 §5.1).
    package func values(of name: String) -> [String] {
        fields.values(of: name)
    }
}

extension [HTTPField] {
    /// The values of all lines of that name, in order, without regard to case (RFC 9110 §5.1).
    package func values(of name: String) -> [String] {
        let name = name.lowercased()
        return filter { $0.name.lowercased() == name }.map(\.value)
    }
}

package struct HTTPField: Codable, Sendable, Equatable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    package init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        name = try container.decode(String.self)
        value = try container.decode(String.self)
    }

    /// Written as `[name, value]`.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        try container.encode(name)
        try container.encode(value)
    }
}

/// What was read of a response's body.
package struct HTTPBody: Codable, Sendable, Equatable {
    /// The bytes kept, as text; bytes that are not UTF-8 became U+FFFD.
    package var text: String
    /// How many bytes were read, before any cut.
    package var byteCount: Int
    /// Why the body is not whole: `too-large`, `closed-early`, `timeout`; nil when it is whole.
    package var failure: ProbeFailure?

    package init(text: String, byteCount: Int, failure: ProbeFailure? = nil) {
        self.text = text
        self.byteCount = byteCount
        self.failure = failure
    }
}

/// What the client's own handshake says about a server: whether a client would trust it.
package struct TLSSummary: Codable, Sendable, Equatable {
    /// Whether chain and host name verified against the trust anchors in use.
    package var isVerified: Bool
    /// Why not, in one sentence fragment; nil when it verified.
    package var problem: String?
    /// `tls12`, `tls13`, …; nil when unknown.
    package var version: String?

    package init(isVerified: Bool, problem: String?, version: String?) {
        self.isVerified = isVerified
        self.problem = problem
        self.version = version
    }
}
