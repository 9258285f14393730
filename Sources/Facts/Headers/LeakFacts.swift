import AuditModel
import WireFormats

extension HeadersFacts {
    /// What the fields tell about the software and the network behind the service.
    static let leak: [FactDefinition<HeadersEvidence>] = [
        FactDefinition(
            "leak.server.value", .text, meaning: "The Server field; absent when not sent.", source: "RFC 9110 §10.2.4"
        ) { .text($0.combined("server")) },
        FactDefinition(
            "leak.server.product", .text, meaning: "The first product that Server names; absent without one.",
            source: "RFC 9110 §10.2.4"
        ) { .text($0.server?.name) },
        FactDefinition(
            "leak.server.version", .text, meaning: "The version of that product; absent when not stated.",
            source: "RFC 9110 §10.2.4"
        ) { .text($0.server?.version) },
        FactDefinition(
            "leak.xPoweredBy", .text, meaning: "The X-Powered-By field; absent when not sent.",
            source: "OWASP Secure Headers Project, headers to remove"
        ) { .text($0.combined("x-powered-by")) },
        FactDefinition(
            "leak.names", .list(.text),
            meaning: "Fields that tell about the software behind the service, in the order received.",
            source: "OWASP Secure Headers Project, headers to remove"
        ) { .texts(LeakingFields.found(in: $0.response.fields).map(\.name)) },
        FactDefinition(
            "leak.count", .integer, unit: "fields", meaning: "How many such fields there are, each name once.",
            source: "OWASP Secure Headers Project, headers to remove"
        ) { .integer(LeakingFields.found(in: $0.response.fields).count) },
        FactDefinition(
            "leak.contentTypeVendor", .text,
            meaning: "The vendor's name in the media type, vnd. and suffix apart; absent for a type of no vendor.",
            source: "RFC 6838 §3.2"
        ) { .text($0.contentType.flatMap { vendor(in: $0.essence) }) },
        FactDefinition(
            "leak.authRealm", .text, meaning: "The first realm that WWW-Authenticate names; absent without one.",
            source: "RFC 9110 §11.5"
        ) { evidence in
            .text(
                evidence.lines("www-authenticate").flatMap(AuthenticationChallenge.list).lazy
                    .compactMap { $0.parameters["realm"] }.first)
        },
        FactDefinition(
            "leak.sourceMap", .text,
            meaning: "Where the source map lies, by SourceMap or X-SourceMap; absent without either.",
            source: "ECMA-426 §11"
        ) { .text($0.combined("sourcemap") ?? $0.combined("x-sourcemap")) },
        FactDefinition(
            "leak.versions", .list(.text),
            meaning: "The words of those fields that hold a version number, in the order received.",
            source: "OWASP Secure Headers Project, headers to remove"
        ) { evidence in
            .texts(LeakingFields.found(in: evidence.response.fields).flatMap { LeakingFields.versions(in: $0.value) })
        },
        FactDefinition(
            "leak.internalAddresses", .list(.text),
            meaning: "Private addresses and internal host names in any field, each once, in the order received.",
            source: "RFC 1918; RFC 4193; RFC 6762"
        ) { evidence in
            var seen: Set<String> = []
            let found = evidence.response.fields.flatMap { InternalAddress.found(in: $0.value).map(\.text) }
            return .texts(found.filter { seen.insert($0).inserted })
        }
    ]

    /// `spring-boot.actuator.v3` of `application/vnd.spring-boot.actuator.v3+json`.
    private static func vendor(in essence: String) -> String? {
        guard let start = essence.firstRange(of: "/vnd.")?.upperBound else { return nil }
        return String(essence[start...].prefix { $0 != "+" })
    }
}

extension HeadersEvidence {
    fileprivate var server: ProductList.Product? {
        lines("server").first.flatMap { ProductList($0).products.first }
    }
}
