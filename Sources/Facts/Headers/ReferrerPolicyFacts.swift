import AuditModel
import WireFormats

extension HeadersFacts {
    /// What other sites learn of the page's URL. A `<meta>` element comes later and prevails over the header.
    static let referrerPolicy: [FactDefinition<HeadersEvidence>] = [
        FactDefinition(
            "referrerPolicy.present", .boolean, meaning: "Whether Referrer-Policy was sent.",
            source: "Referrer Policy §4.1"
        ) { .boolean($0.has("referrer-policy")) },
        FactDefinition(
            "referrerPolicy.tokens", .list(.text),
            meaning: "All its values in lower case, in order; absent when it was not sent.",
            source: "Referrer Policy §8.1"
        ) { .texts(ifPresent: $0.referrerPolicy?.tokens) },
        FactDefinition(
            "referrerPolicy.unknownTokens", .list(.text),
            meaning: "Values that browsers skip; absent when it was not sent.", source: "Referrer Policy §8.1"
        ) { .texts(ifPresent: $0.referrerPolicy?.unknownTokens) },
        FactDefinition(
            "referrerPolicy.effective", .choice(of: ReferrerPolicy.Token.self),
            meaning: "The value that counts: the last known one of <meta> elements, else of the header; absent without "
                + "one: the browser's default stays.",
            source: "Referrer Policy §8.1; HTML, meta name=referrer"
        ) { .choice($0.effectiveReferrerPolicy?.token) },
        FactDefinition(
            "referrerPolicy.source", .choice(["header", "meta"]),
            meaning: "Where that value stands; absent without one.", source: "HTML, meta name=referrer"
        ) { .text($0.effectiveReferrerPolicy?.source) },
        FactDefinition(
            "referrerPolicy.safe", .boolean,
            meaning: "Whether other sites learn the origin at most, and none over plain HTTP; absent without a value.",
            source: "Referrer Policy §3"
        ) { .boolean(ifPresent: $0.effectiveReferrerPolicy?.token.isSafe) }
    ]
}

extension HeadersEvidence {
    fileprivate var referrerPolicy: ReferrerPolicy? { fields["referrer-policy"].map(ReferrerPolicy.init) }

    fileprivate var effectiveReferrerPolicy: (token: ReferrerPolicy.Token, source: String)? {
        let elements = page.outline?.elements.filter { element in
            element.name == "meta" && element.attribute("name")?.asciiLowercased == "referrer"
        }
        let tokens = (elements ?? []).compactMap { $0.attribute("content") }.compactMap(ReferrerPolicy.token(ofMeta:))
        if let token = tokens.last { return (token, "meta") }
        return referrerPolicy?.effective.map { ($0, "header") }
    }
}
