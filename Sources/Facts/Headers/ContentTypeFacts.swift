import AuditModel
import WireFormats

extension HeadersFacts {
    /// What the content is said to be, and whether browsers believe it.
    static let contentType: [FactDefinition<HeadersEvidence>] = [
        FactDefinition(
            "contentType.present", .boolean, meaning: "Whether Content-Type was sent.", source: "RFC 9110 §8.3"
        ) { .boolean($0.has("content-type")) },
        FactDefinition(
            "contentType.essence", .text,
            meaning: "The media type in lower case without parameters; absent when none or no media type was sent.",
            source: "Fetch, extract a MIME type"
        ) { .text($0.contentType?.essence) },
        FactDefinition(
            "contentType.charset", .text, meaning: "The charset parameter in lower case; absent when not sent.",
            source: "Fetch, extract a MIME type"
        ) { .text($0.contentType?.charset) },
        FactDefinition(
            "contentType.mismatch", .boolean,
            meaning: "Whether the body begins like HTML under a type that is none; absent without a type.",
            source: "WHATWG MIME Sniffing §7.1"
        ) { mismatch($0) },
        FactDefinition(
            "xcto.present", .boolean, meaning: "Whether X-Content-Type-Options was sent.",
            source: "Fetch, determine nosniff"
        ) { .boolean($0.has("x-content-type-options")) },
        FactDefinition(
            "xcto.count", .integer, unit: "field lines",
            meaning: "How many X-Content-Type-Options lines the response has.", source: "Fetch, determine nosniff"
        ) { .integer($0.lines("x-content-type-options").count) },
        FactDefinition(
            "xcto.nosniff", .boolean,
            meaning: "Whether browsers stop guessing types: the first value is nosniff.",
            source: "Fetch, determine nosniff"
        ) { .boolean(ContentTypeOptions(lines: $0.lines("x-content-type-options")).isNosniff) }
    ]

    private static func mismatch(_ evidence: HeadersEvidence) -> DerivedFact {
        guard let essence = evidence.contentType?.essence else { return .absent }
        let body = evidence.response.body
        // A cut body decides when it is long enough to be recognised by its beginning.
        if let failure = body.failure, body.text.utf8.count < 512 { return .unobserved(failure) }
        return .boolean(!MediaType.isHTML(essence: essence) && MediaType.sniffsAsHTML(body.text))
    }
}
