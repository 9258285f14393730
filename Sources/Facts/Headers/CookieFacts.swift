import AuditModel
import WireFormats

extension HeadersFacts {
    /// The cookies that the responses of the chain set. Of a name that is set twice, the weaker setting is told.
    static let cookies: [FactDefinition<HeadersEvidence>] = [
        FactDefinition(
            "setCookie.count", .integer, unit: "field lines",
            meaning: "How many Set-Cookie lines the responses of the chain have, ignored ones included.",
            source: "RFC 6265 §4.1"
        ) { evidence in .integer(evidence.page.exchanges.reduce(0) { $0 + $1.values(of: "set-cookie").count }) },
        FactDefinition(
            "setCookie.names", .list(.text),
            meaning: "Names of the cookies that the responses of the chain set, each once, sorted.",
            source: "RFC 6265 §4.1"
        ) { .texts(Set($0.cookies.map(\.name)).sorted()) },
        FactDefinition(
            "cookies.*.secure", .boolean, meaning: "Whether browsers send the cookie over HTTPS only.",
            source: "RFC 6265 §4.1.2.5"
        ) { $0.byCookie { cookies in .boolean(cookies.allSatisfy(\.isSecure)) } },
        FactDefinition(
            "cookies.*.httponly", .boolean, meaning: "Whether browsers hide the cookie from scripts.",
            source: "RFC 6265 §4.1.2.6"
        ) { $0.byCookie { cookies in .boolean(cookies.allSatisfy(\.isHTTPOnly)) } },
        FactDefinition(
            "cookies.*.samesite", .choice(of: SetCookie.SameSite.self),
            meaning: "Whether browsers send the cookie with requests from other sites; absent when not stated.",
            source: "RFC 6265bis §4.1.2.7"
        ) { $0.byCookie { cookies in weakestSameSite(cookies.map(\.sameSite)) } },
        FactDefinition(
            "cookies.*.path", .text, meaning: "The path below which the cookie is sent; absent when not stated.",
            source: "RFC 6265 §4.1.2.4"
        ) { $0.byCookie { cookies in cookies.last?.path.map(FactValue.text) ?? .absent } }
    ]

    /// `none`, then not stated, then `lax`, then `strict`.
    private static func weakestSameSite(_ values: [SetCookie.SameSite?]) -> FactValue {
        if values.contains(SetCookie.SameSite.none) { return .text(SetCookie.SameSite.none.rawValue) }
        if values.contains(nil) { return .absent }
        let weakest = values.contains(.lax) ? SetCookie.SameSite.lax : .strict
        return .text(weakest.rawValue)
    }
}

extension HeadersEvidence {
    /// A value for each cookie's name, from all lines that set it.
    fileprivate func byCookie(_ value: ([SetCookie]) -> FactValue) -> DerivedFact {
        let groups = Dictionary(grouping: cookies, by: \.name)
        return .keyed(groups.sorted { $0.key < $1.key }.map { ($0.key, value($0.value)) })
    }
}
