/// Why a target, or a part of it, could not be observed.
package struct ProbeFailure: Error, Hashable, Sendable, Codable {
    /// A closed set: programs rely on these names.
    package enum Code: String, Sendable, Codable, CaseIterable {
        case nameNotResolved = "name-not-resolved"
        case refused
        case timeout
        case reset
        case notTLS = "not-tls"
        case tlsFailed = "tls-failed"
        case closedEarly = "closed-early"
        case tooLarge = "too-large"
        case tooManyRedirects = "too-many-redirects"
        case malformed
        case notPermitted = "not-permitted"
        case unsupported
        case cancelled
    }

    package let code: Code
    /// One sentence fragment for people, in lower case, without a full stop; it holds nothing secret.
    package let reason: String
    /// Whether it was our own fault, which says nothing about the target.
    package let isOwnFault: Bool

    package init(_ code: Code, _ reason: String, isOwnFault: Bool = false) {
        self.code = code
        self.reason = String(reason.prefix(500))
        self.isOwnFault = isOwnFault
    }

    private enum CodingKeys: CodingKey {
        case code, reason, isOwnFault
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            try container.decode(Code.self, forKey: .code), try container.decode(String.self, forKey: .reason),
            isOwnFault: try container.decodeIfPresent(Bool.self, forKey: .isOwnFault) ?? false)
    }

    /// `isOwnFault` is written only when it is true.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(code, forKey: .code)
        try container.encode(reason, forKey: .reason)
        if isOwnFault { try container.encode(true, forKey: .isOwnFault) }
    }
}
