import WireFormats

/// The Observatory's judgement of the cookies (`cookies`), those that its jar keeps.
enum ObservatoryCookies {
    /// - Parameters:
    ///   - exchanges: The page's chain; the raw lines of the last one are looked at too.
    ///   - isProtected: Whether the HSTS test passed.
    static func outcome(_ exchanges: [HTTPExchange], isProtected: Bool) -> ObservatoryOutcome {
        let jar = jar(exchanges)
        guard !jar.isEmpty else { return .cookiesNone }
        let raw = exchanges.last?.values(of: "set-cookie") ?? []
        var found = raw.contains(where: hasInvalidSameSite) ? [ObservatoryOutcome.cookiesSameSiteInvalid] : []
        for cookie in jar { found += faults(of: cookie, isProtected: isProtected) }
        if let worst = order.last(where: found.contains) { return worst }
        return jar.allSatisfy { $0.sameSite != nil } ? .cookiesSameSite : .cookiesSecure
    }

    private static func faults(of cookie: SetCookie, isProtected: Bool) -> [ObservatoryOutcome] {
        let name = cookie.name.lowercased()
        let isSession = name.contains("login") || name.contains("sess")
        var faults: [ObservatoryOutcome] = []
        if !cookie.isSecure {
            if cookie.sameSite == SetCookie.SameSite.none { faults.append(.cookiesSameSiteInvalid) }
            faults.append(isProtected ? .cookiesInsecureHSTS : .cookiesInsecure)
            if isSession { faults.append(isProtected ? .cookiesSessionInsecureHSTS : .cookiesSessionInsecure) }
        }
        if name.contains("csrf"), cookie.sameSite == nil { faults.append(.cookiesTokenWithoutSameSite) }
        if isSession, !cookie.isHTTPOnly { faults.append(.cookiesSessionInScripts) }
        return faults
    }

    /// From the mildest to the worst.
    private static let order: [ObservatoryOutcome] = [
        .cookiesInsecureHSTS, .cookiesInsecure, .cookiesSessionInsecureHSTS, .cookiesSameSiteInvalid,
        .cookiesTokenWithoutSameSite, .cookiesSessionInScripts, .cookiesSessionInsecure
    ]

    /// The last cookie of each name, domain and path, without those that the jar refuses.
    private static func jar(_ exchanges: [HTTPExchange]) -> [SetCookie] {
        var kept: [[String]: SetCookie] = [:]
        for exchange in exchanges {
            guard let url = try? URLReference(exchange.url) else { continue }
            for line in exchange.values(of: "set-cookie") {
                guard let cookie = SetCookie(line), isKept(cookie, url) else { continue }
                kept[[cookie.name, cookie.domain ?? url.host, path(of: cookie, url)]] = cookie
            }
        }
        return kept.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
    }

    /// The jar's own rules: prefixes in their exact case, Secure over plain HTTP, no limit of size.
    private static func isKept(_ cookie: SetCookie, _ url: URLReference) -> Bool {
        guard !cookie.name.isEmpty, cookie.name != "heroku-session-affinity", !cookie.hasControlCharacter else {
            return false
        }
        if let domain = cookie.domain {
            if PublicSuffix(host: domain)?.text == domain, !specialNames.contains(domain) { return false }
            guard url.host == domain || url.host.hasSuffix("." + domain) else { return false }
        }
        if cookie.name.hasPrefix("__Secure-"), !cookie.isSecure { return false }
        if cookie.name.hasPrefix("__Host-") {
            return cookie.isSecure && cookie.domain == nil && path(of: cookie, url) == "/"
        }
        return true
    }

    private static let specialNames: Set<String> = ["local", "example", "invalid", "localhost", "test"]

    /// The attribute, else the folder of the URL (RFC 6265 §5.1.4).
    private static func path(of cookie: SetCookie, _ url: URLReference) -> String {
        if let path = cookie.path { return path }
        let end = url.path.utf8.lastIndex(of: UInt8(ascii: "/")) ?? url.path.startIndex
        return end == url.path.startIndex ? "/" : String(url.path[..<end])
    }

    /// Whether a SameSite attribute is empty or none of the three words.
    private static func hasInvalidSameSite(_ line: String) -> Bool {
        line.split(separator: ";").contains { part in
            let pair = part.split(separator: "=", omittingEmptySubsequences: false).map {
                JavaScript.trimmed(String($0)).lowercased()
            }
            guard pair.first == "samesite" else { return false }
            return pair.count < 2 || !["lax", "strict", "none"].contains(pair[1])
        }
    }
}
