import AuditModel
import WireFormats

/// What the answers amount to.
package enum CORSVerdict: String, Sendable, CaseIterable {
    case critical, high, minor
    /// Anybody may read, without credentials: meant so, or harmless.
    case `public`
    /// What was meant works in no browser.
    case brokenConfig = "broken-config"
    case none
}

/// How bad the worst finding is.
package enum CORSSeverity: String, Sendable, CaseIterable, Comparable {
    case none, low, medium, high, critical

    package static func < (left: CORSSeverity, right: CORSSeverity) -> Bool { left.rank < right.rank }

    /// One step milder, but still a finding.
    var lowered: CORSSeverity { self == .critical ? .high : self == .high ? .medium : self == .none ? .none : .low }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

extension CORSEvidence {
    /// The worst of all findings.
    var severity: CORSSeverity {
        var found = bypasses.map(severity)
        if let severity = writeSeverity { found.append(severity) }
        if mayMixInCaches { found.append(.low) }
        return found.max() ?? .none
    }

    var verdict: CORSVerdict {
        switch severity {
        case .critical: .critical
        case .high: .high
        case _ where isBroken: .brokenConfig
        case .medium, .low: .minor
        case .none: answers.contains(where: \.isWildcard) ? .public : .none
        }
    }

    private var isBroken: Bool {
        !invalidOrigins.isEmpty || answers.contains { $0.isWildcard && $0.allowsCredentials }
    }

    /// Of one origin that may read.
    private func severity(_ answer: CORSAnswer) -> CORSSeverity {
        guard answer.allowsCredentials else { return isPrivateHost ? .medium : .low }
        let full = answer.kind.severityWithCredentials
        // An error shows that the origin is trusted, not what it gets to see.
        let seen = answer.isSuccess ? full : full.lowered
        return areCookiesKeptFromOthers && !isSameSite(answer.origin) ? seen.lowered : seen
    }

    /// Of a preflight that lets an arbitrary origin send what it may not read; nil when it may not, or may read too.
    private var writeSeverity: CORSSeverity? {
        guard let answer = answer(.preflight), answer.isEcho, passes(answer), !reflectsArbitrary else { return nil }
        guard answer.allowsCredentials else { return .low }
        return areCookiesKeptFromOthers ? .medium : .high
    }

    /// A cache, the browser's own included, may hand the permission for one origin to another.
    private var mayMixInCaches: Bool { answersWithoutVary.contains { !$0.isWildcard && !$0.isNeverStored } }

    // MARK: Cookies

    private var sessionCookies: [SetCookie] {
        (capture.redirects + answers.map(\.exchange)).flatMap { $0.values(of: "set-cookie") }
            .compactMap(SetCookie.init).filter { SessionCookieName.matches($0.name) }
    }

    /// A session cookie was seen, and none of them goes along with other sites' requests.
    private var areCookiesKeptFromOthers: Bool {
        let cookies = sessionCookies
        return !cookies.isEmpty && !cookies.contains(where: \.isSentByOtherSites)
    }

    /// Whether a foreign page reads with the visitor's session; nil when no session cookie was seen.
    var isCookieExploitable: Bool? {
        guard bypasses.contains(where: { $0.allowsCredentials && !isSameSite($0.origin) }) else { return false }
        let cookies = sessionCookies
        return cookies.isEmpty ? nil : cookies.contains(where: \.isSentByOtherSites)
    }
}

extension CORSClass {
    /// When the answer that the origin reads carries the visitor's cookies.
    fileprivate var severityWithCredentials: CORSSeverity {
        switch self {
        // A frame in a sandbox, or somebody on the network, must help.
        case .null, .httpDowngrade, .httpSubdomain: .high
        default: .critical
        }
    }
}

extension SetCookie {
    /// SameSite=None with Secure, without which browsers drop the cookie (RFC 6265bis §5.7).
    fileprivate var isSentByOtherSites: Bool { sameSite == SameSite.none && isSecure }
}

/// Names that session cookies have.
enum SessionCookieName {
    private static let parts = ["sess", "sid", "auth", "login", "token", "jwt", "remember", "identity"]

    /// Tokens against request forgery are none.
    static func matches(_ name: String) -> Bool {
        let name = name.asciiLowercased
        return !name.contains("csrf") && !name.contains("xsrf") && parts.contains(where: name.contains)
    }
}
