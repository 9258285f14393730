import AuditModel
import WireFormats

/// What the cookies probe saw, parsed once; the facts read it.
package struct CookiesEvidence: Sendable {
    let page: PageObservation
    /// The names of all cookies, sorted.
    let names: [String]
    /// The cookies by their names, sorted; of a hostile crowd the first ones only.
    let groups: [CookieGroup]

    /// nil when the capture holds no response, which no probe records.
    init?(_ capture: CookiesCapture, at now: Instant) {
        guard !capture.page.exchanges.isEmpty else { return nil }
        page = capture.page
        let isPlain = (try? URLReference(page.exchanges[0].url))?.scheme == .http
        let plain = Result { () throws(ProbeFailure) in try PlainHTTP(capture.page).plainExchanges() }
        let others = isPlain ? [] : (try? plain.get()) ?? []
        let lines = (page.exchanges + others).flatMap { CookieLine.all(in: $0, at: now) }
        let again = page[.again].map { visit in visit.exchanges.flatMap { CookieLine.all(in: $0, at: now) } }
        let hints = page.hints
        let byName = Dictionary(grouping: lines, by: \.cookie.name)
        names = byName.keys.sorted()
        groups = names.prefix(Self.mostCookies).map { name in
            CookieGroup(
                name: name, lines: byName[name] ?? [], again: again?.filter { $0.cookie.name == name },
                role: CookieRole(name: name, hints: hints))
        }
        plainHTTPFailure = if case .failure(let failure) = plain { failure } else { nil }
    }

    /// How many cookies are judged; browsers keep no more than 180 of a site.
    static let mostCookies = 200

    /// The first cookie that is not judged, and that it is not; nil when all are.
    var unjudged: KeyedFailure? {
        guard names.count > groups.count else { return nil }
        return (names[groups.count], ProbeFailure(.tooLarge, "only the first \(Self.mostCookies) cookies are judged"))
    }

    /// A value for each cookie.
    func each(_ value: (CookieGroup) -> FactValue) -> DerivedFact {
        .keyed(groups.map { ($0.name, value($0)) }, unobserved: unjudged.map { [$0] } ?? [])
    }

    /// Why it is not known which cookies plain HTTP sets; nil when it is.
    let plainHTTPFailure: ProbeFailure?
}

/// A Set-Cookie line with the response that it came in.
struct CookieLine: Sendable {
    let cookie: SetCookie
    let url: URLReference
    /// Seconds from the response to the date in Expires; nil without one.
    let expiresAfter: Int64?
    let isAPI: Bool
    /// Tells lines of one response from those of another.
    let response: String

    /// The lines of a response, of which browsers would ignore some; none when its URL is none.
    static func all(in exchange: HTTPExchange, at now: Instant) -> [CookieLine] {
        guard let url = try? URLReference(exchange.url) else { return [] }
        let essence = MediaType.extract(lines: exchange.values(of: "content-type"))?.essence
        let sent = exchange.values(of: "date").first.flatMap(CookieDate.seconds) ?? now.milliseconds / 1000
        return exchange.values(of: "set-cookie").compactMap(SetCookie.init).map { cookie in
            CookieLine(
                cookie: cookie, url: url, expiresAfter: cookie.expires.map { $0 - sent },
                isAPI: ResponseProfile(essence: essence) == .api, response: "\(exchange.status) \(exchange.url)")
        }
    }

    var rejection: CookieStorage.Rejection? { CookieStorage.rejection(of: cookie, from: url) }

    /// Max-Age prevails over Expires (RFC 6265bis §5.7); nil when the cookie ends with the browser's session.
    var life: Int64? { cookie.maxAge ?? expiresAfter }
}

/// All lines that set a cookie of one name; where they differ, the weaker setting is told.
struct CookieGroup: Sendable {
    let name: String
    /// Never empty.
    let lines: [CookieLine]
    /// Those of the second answer; nil when there was none.
    let again: [CookieLine]?
    let role: CookieRole

    var last: CookieLine { lines[lines.count - 1] }

    func every(_ holds: (SetCookie) -> Bool) -> Bool { lines.allSatisfy { holds($0.cookie) } }

    func any(_ holds: (CookieLine) -> Bool) -> Bool { lines.contains(where: holds) }

    /// The first reason against one of the lines.
    var rejection: CookieStorage.Rejection? { lines.lazy.compactMap(\.rejection).first }

    /// Whether the line that counts takes the cookie back.
    var isRemoval: Bool { last.life.map { $0 <= 0 } ?? false }

    /// How many lines of one response repeat an earlier one of the same name, domain and path.
    var duplicates: Int {
        let keys = lines.map { [$0.response, $0.cookie.domain ?? "", $0.cookie.path ?? ""] }
        return keys.count - Set(keys).count
    }
}
