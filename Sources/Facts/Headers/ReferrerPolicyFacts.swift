import AuditModel
import WireFormats

extension HeadersFacts {
    /// What other sites learn of the page's URL. A policy in a `<meta>` element is not looked at.
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
            meaning: "The last known value, which counts; absent without one: the browser's default stays.",
            source: "Referrer Policy §8.1"
        ) { .choice($0.referrerPolicy?.effective) },
        FactDefinition(
            "referrerPolicy.safe", .boolean,
            meaning: "Whether other sites learn the origin at most, and none over plain HTTP; absent without a value.",
            source: "Referrer Policy §3"
        ) { .boolean(ifPresent: $0.referrerPolicy?.effective?.isSafe) }
    ]
}

extension HeadersEvidence {
    fileprivate var referrerPolicy: ReferrerPolicy? { fields["referrer-policy"].map(ReferrerPolicy.init) }
}
