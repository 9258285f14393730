import WireFormats

/// What a cookie is for, as far as its name says it.
enum CookieRole: String, CaseIterable, Sendable {
    case session, csrf, other

    /// What the caller said prevails.
    init(name: String, hints: PageHints?) {
        if hints?.csrfCookies?.contains(name) == true {
            self = .csrf
        } else if hints?.sessionCookies?.contains(name) == true {
            self = .session
        } else {
            self.init(name: name.asciiLowercased)
        }
    }

    private init(name: String) {
        let words = name.utf8.split { !(0x61...0x7A).contains($0) && !(0x30...0x39).contains($0) }
            .map { String(Substring($0)) }
        if Self.csrfParts.contains(where: name.contains) {
            self = .csrf
        } else if Self.sessionParts.contains(where: name.contains) || words.contains(where: Self.isSessionWord) {
            self = .session
        } else {
            self = .other
        }
    }

    private static let csrfParts = ["csrf", "xsrf", "antiforgery", "requestverificationtoken", "authenticity"]

    private static let sessionParts = ["sess", "login", "remember", "aspnetcore.identity", "aspxauth"]

    /// `sid` ends the names of many frameworks: `connect.sid`, `appsid`.
    private static func isSessionWord(_ word: String) -> Bool {
        ["auth", "token", "jwt", "sso", "accesstoken", "refreshtoken", "idtoken", "authtoken"].contains(word)
            || word.hasSuffix("sid")
    }
}
