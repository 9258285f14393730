import AuditModel
import WireFormats

extension CookiesFacts {
    /// What the lines say of each cookie. Of a name that is set twice, the weaker setting is told, else the later.
    static let attributes: [FactDefinition<CookiesEvidence>] = [
        each(
            "secure", .boolean, meaning: "Whether browsers send the cookie over HTTPS only.",
            source: "RFC 6265 §4.1.2.5"
        ) { .boolean($0.every(\.isSecure)) },
        each(
            "httponly", .boolean, meaning: "Whether browsers hide the cookie from scripts.",
            source: "RFC 6265 §4.1.2.6"
        ) { .boolean($0.every(\.isHTTPOnly)) },
        each(
            "samesite", .choice(of: SetCookie.SameSite.self),
            meaning: "Whether browsers send the cookie with requests from other sites; absent when not validly stated.",
            source: "RFC 6265bis §4.1.2.7"
        ) { $0.weakestSameSite.map { .text($0.rawValue) } ?? .absent },
        each(
            "samesiteInvalid", .text,
            meaning: "What SameSite says when that is none of strict, lax and none; absent otherwise.",
            source: "RFC 6265bis §5.6.7"
        ) { $0.lines.lazy.compactMap(\.cookie.unknownSameSite).first.map(FactValue.text) ?? .absent },
        each(
            "samesiteEffective", .choice(SetCookie.SameSite.allCases.map(\.rawValue) + ["lax-default"]),
            meaning: "What browsers make of it: lax-default when nothing valid is stated, which spares POSTs at first.",
            source: "RFC 6265bis §5.6.7.2"
        ) { .text($0.weakestSameSite?.rawValue ?? "lax-default") },
        each(
            "domain", .text,
            meaning: "The domain that gets the cookie with its subdomains, in lower case; absent when not stated.",
            source: "RFC 6265bis §5.6.3"
        ) { group in
            (group.lines.lazy.compactMap(\.cookie.domain).first).map(FactValue.text) ?? .absent
        },
        each(
            "hostOnly", .boolean, meaning: "Whether no other host gets the cookie, subdomains included.",
            source: "RFC 6265bis §5.7"
        ) { group in .boolean(!group.any { !CookieStorage.isHostOnly($0.cookie, from: $0.url) }) },
        each(
            "path", .text, meaning: "The path below which the cookie is sent; absent when not stated.",
            source: "RFC 6265 §4.1.2.4"
        ) { $0.last.cookie.path.map(FactValue.text) ?? .absent },
        each(
            "maxAgeS", .integer, unit: "seconds",
            meaning: "How long the cookie is to live, as stated by Max-Age; absent when not stated.",
            source: "RFC 6265bis §5.6.2"
        ) { group in (group.lines.compactMap(\.cookie.maxAge).max()).map(FactValue.integer) ?? .absent },
        each(
            "expiresS", .integer, unit: "seconds",
            meaning: "From the response's Date, or else the judging instant, to Expires; absent when not stated.",
            source: "RFC 6265bis §5.6.1"
        ) { group in (group.lines.compactMap(\.expiresAfter).max()).map(FactValue.integer) ?? .absent },
        each(
            "session", .boolean,
            meaning: "Whether the cookie ends with the browser's session: neither Max-Age nor Expires is stated.",
            source: "RFC 6265bis §5.7"
        ) { .boolean($0.last.life == nil) },
        each(
            "removed", .boolean, meaning: "Whether the response takes the cookie back: its life ends at once.",
            source: "RFC 6265bis §5.7"
        ) { .boolean($0.isRemoval) },
        each(
            "over400Days", .boolean, meaning: "Whether it is to live longer than browsers let it: 400 days.",
            source: "RFC 6265bis §5.5"
        ) { group in .boolean(group.any { ($0.life ?? 0) > SetCookie.longestLife }) },
        each(
            "sizeBytes", .integer, unit: "bytes", meaning: "Name and value together, the longest of several.",
            source: "RFC 6265bis §5.6"
        ) { group in .integer(Int64(group.lines.map(\.cookie.size).max() ?? 0)) },
        each(
            "over4096", .boolean, meaning: "Whether name and value are longer than browsers take: 4096 bytes.",
            source: "RFC 6265bis §5.6"
        ) { group in .boolean(group.any { $0.cookie.size > SetCookie.largestSize }) },
        each(
            "partitioned", .boolean, meaning: "Whether the cookie is kept apart for each site that embeds the page.",
            source: "CHIPS §2"
        ) { .boolean($0.every(\.isPartitioned)) },
        each(
            "partitionedOk", .boolean,
            meaning: "Whether a partitioned cookie is Secure, as browsers demand; absent when it is not partitioned.",
            source: "CHIPS §2"
        ) { group in
            let partitioned = group.lines.filter(\.cookie.isPartitioned)
            return partitioned.isEmpty ? .absent : .boolean(partitioned.allSatisfy(\.cookie.isSecure))
        }
    ]
}

extension CookieGroup {
    /// `none`, then not stated, then `lax`, then `strict`.
    fileprivate var weakestSameSite: SetCookie.SameSite? {
        let values = lines.map(\.cookie.sameSite)
        if values.contains(SetCookie.SameSite.none) { return SetCookie.SameSite.none }
        if values.contains(nil) { return nil }
        return values.contains(.lax) ? .lax : .strict
    }
}
