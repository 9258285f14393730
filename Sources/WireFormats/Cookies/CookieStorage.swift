/// Whether a browser keeps a cookie (RFC 6265bis §5.7), and for whom.
package enum CookieStorage {
    /// Why browsers throw a cookie away.
    package enum Rejection: String, Sendable, CaseIterable {
        case controlCharacter = "control-character"
        case oversize
        case publicSuffix = "public-suffix"
        case domainMismatch = "domain-mismatch"
        case secureOverHTTP = "secure-over-http"
        case sameSiteNoneWithoutSecure = "samesite-none-without-secure"
        case partitionedWithoutSecure = "partitioned-without-secure"
        case securePrefixWithoutSecure = "secure-prefix-without-secure"
        case hostPrefixWithDomain = "host-prefix-with-domain"
        case hostPrefixPath = "host-prefix-path"
        case httpPrefixWithoutHTTPOnly = "http-prefix-without-httponly"
    }

    /// The first reason against a cookie in a response from this URL, in the order of §5.7; nil when it is kept.
    package static func rejection(of cookie: SetCookie, from url: URLReference) -> Rejection? {
        if cookie.hasControlCharacter { return .controlCharacter }
        if cookie.size > SetCookie.largestSize { return .oversize }
        if let domain = cookie.domain, domain != url.host {
            if PublicSuffix(host: domain)?.text == domain { return .publicSuffix }
            if !domainMatches(url.host, domain) { return .domainMismatch }
        }
        if cookie.isSecure, url.scheme != .https { return .secureOverHTTP }
        if !cookie.isSecure {
            if cookie.sameSite == SetCookie.SameSite.none { return .sameSiteNoneWithoutSecure }
            if cookie.isPartitioned { return .partitionedWithoutSecure }
        }
        return prefixRejection(of: cookie, from: url)
    }

    /// What the cookie's prefix demands and the cookie does not keep; nil without a prefix.
    package static func prefixRejection(of cookie: SetCookie, from url: URLReference) -> Rejection? {
        guard let prefix = cookie.prefix else { return nil }
        if !cookie.isSecure || url.scheme != .https { return .securePrefixWithoutSecure }
        if prefix.isBoundToHost {
            if !isHostOnly(cookie, from: url) { return .hostPrefixWithDomain }
            if cookie.path != "/" { return .hostPrefixPath }
        }
        return prefix.isForServersOnly && !cookie.isHTTPOnly ? .httpPrefixWithoutHTTPOnly : nil
    }

    /// Whether subdomains do not get the cookie: no Domain attribute, or one that is a public suffix and the host.
    package static func isHostOnly(_ cookie: SetCookie, from url: URLReference) -> Bool {
        guard let domain = cookie.domain else { return true }
        return domain == url.host && PublicSuffix(host: domain)?.text == domain
    }
}
