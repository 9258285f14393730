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
}

extension HeadersEvidence {
    fileprivate var server: ProductList.Product? {
        lines("server").first.flatMap { ProductList($0).products.first }
    }
}
