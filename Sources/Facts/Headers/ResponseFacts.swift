import AuditModel
import WireFormats

extension HeadersFacts {
    /// Which response the other facts describe.
    static let response: [FactDefinition<HeadersEvidence>] = [
        FactDefinition(
            "url", .text, meaning: "The URL that was asked for, without credentials.", source: "RFC 3986 §3"
        ) { .text($0.page.url) },
        FactDefinition(
            "finalUrl", .text,
            meaning: "The URL of the response that the facts describe, after redirects on the same host.",
            source: "RFC 9110 §15.4"
        ) { .text($0.response.url) },
        FactDefinition(
            "redirects", .integer, unit: "redirects", meaning: "How many redirects on the same host were followed.",
            source: "RFC 9110 §15.4"
        ) { .integer($0.page.exchanges.count - 1) },
        FactDefinition(
            "requests", .integer, unit: "requests", meaning: "How many requests the page's probes spent together.",
            source: "gonogo"
        ) { .integer($0.page.requestCount) },
        FactDefinition("status", .integer, meaning: "The response's status code.", source: "RFC 9110 §15") {
            .integer($0.response.status)
        },
        FactDefinition(
            "httpVersion", .text, meaning: "The protocol version of the response, such as 1.1.",
            source: "RFC 9110 §2.5"
        ) { .text($0.response.httpVersion) },
        FactDefinition(
            "https", .boolean, meaning: "Whether the response came over HTTPS.", source: "RFC 9110 §4.2.2"
        ) { .boolean($0.isHTTPS) },
        FactDefinition(
            "certVerified", .boolean,
            meaning: "Whether the certificate chain and the host name verified; absent over plain HTTP.",
            source: "RFC 9110 §4.3.4"
        ) { .boolean(ifPresent: $0.response.tls?.isVerified) },
        FactDefinition(
            "certProblem", .text,
            meaning: "Why the certificate did not verify; absent when it did and over plain HTTP.",
            source: "RFC 9110 §4.3.4"
        ) { .text($0.response.tls?.problem) },
        FactDefinition(
            "profile", .choice(of: ResponseProfile.self),
            meaning: "What kind of content the media type says it is: a page, an API's answer, a static file.",
            source: "RFC 9110 §8.3"
        ) { .choice(ResponseProfile(essence: $0.contentType?.essence)) }
    ]
}

/// Kinds of content that deserve different header fields.
enum ResponseProfile: String, CaseIterable {
    case html, api, `static`, other

    init(essence: String?) {
        guard let essence else {
            self = .other
            return
        }
        if MediaType.isHTML(essence: essence) {
            self = .html
        } else if Self.isStatic(essence) {
            self = .static
        } else if MediaType.isJSON(essence: essence) || essence.hasSuffix("+xml") || Self.apiTypes.contains(essence)
            || essence.hasPrefix("application/grpc")
        {
            self = .api
        } else {
            self = .other
        }
    }

    private static func isStatic(_ essence: String) -> Bool {
        ["image/", "font/", "audio/", "video/"].contains(where: essence.hasPrefix) || staticTypes.contains(essence)
    }

    private static let staticTypes: Set<String> = [
        "text/css", "text/javascript", "application/javascript", "application/manifest+json", "application/pdf",
        "application/wasm"
    ]

    private static let apiTypes: Set<String> = [
        "application/xml", "text/xml", "text/event-stream", "application/x-ndjson", "application/cbor",
        "application/msgpack", "application/x-protobuf", "application/protobuf"
    ]
}
