import WireFormats

/// What the caller said about a page, which no response tells.
package struct PageHints: Codable, Sendable, Equatable {
    /// Whether its content is for one person's eyes.
    package var isSensitive: Bool?
    /// Whether the requests carried credentials, so that the answers are for one person.
    package var sendsCredentials: Bool?
    /// Whether `Authorization` was among them, which shared caches heed (RFC 9111 §3.5).
    package var sendsAuthorization: Bool?
    /// Names of cookies that carry a session, besides those whose name says so.
    package var sessionCookies: [String]?
    /// Names of cookies that carry a token against request forgery, besides those whose name says so.
    package var csrfCookies: [String]?
    /// Domains that browsers' preload lists hold together with their subdomains.
    package var preloaded: [String]?

    package init(
        isSensitive: Bool? = nil, sendsCredentials: Bool? = nil, sendsAuthorization: Bool? = nil,
        sessionCookies: [String]? = nil, csrfCookies: [String]? = nil, preloaded: [String]? = nil
    ) {
        self.isSensitive = isSensitive
        self.sendsCredentials = sendsCredentials
        self.sendsAuthorization = sendsAuthorization
        self.sessionCookies = sessionCookies
        self.csrfCookies = csrfCookies
        self.preloaded = preloaded
    }

    /// Whether the host or a domain above it is on a preload list; nil when nobody said what is.
    func isPreloaded(_ host: String) -> Bool? {
        preloaded.map { domains in domains.contains { domainMatches(host, $0.asciiLowercased) } }
    }
}
