import AuditModel
import WireFormats

extension HeadersFacts {
    /// Smaller fields that tell browsers what to do, and where to report.
    static let browserHints: [FactDefinition<HeadersEvidence>] = [
        FactDefinition(
            "originAgentCluster", .boolean,
            meaning: "Whether the page asks for a process of its own: ?1; absent when not sent or no boolean.",
            source: "HTML, Origin-Agent-Cluster"
        ) { .boolean(ifPresent: StructuredField.boolean($0.lines("origin-agent-cluster"))) },
        FactDefinition(
            "featurePolicy.present", .boolean,
            meaning: "Whether Feature-Policy was sent, the older name of Permissions-Policy.",
            source: "OWASP Secure Headers Project, deprecated headers"
        ) { .boolean($0.has("feature-policy")) },
        FactDefinition(
            "clearSiteData.types", .list(.text),
            meaning:
                "What browsers are to forget, as after a logout, in order; absent when Clear-Site-Data was not sent.",
            source: "Clear Site Data §3.1"
        ) { evidence in
            .texts(ifPresent: evidence.fields["clear-site-data"].map { FieldSyntax.list($0).compactMap(quoted) })
        },
        FactDefinition(
            "reporting.endpoints", .list(.text),
            meaning: "Names of the endpoints that Reporting-Endpoints defines; absent when not sent or no dictionary.",
            source: "Reporting API §3.2"
        ) { evidence in
            .texts(ifPresent: evidence.fields["reporting-endpoints"].flatMap(StructuredField.keys))
        },
        FactDefinition(
            "reporting.reportTo", .list(.text),
            meaning: "Groups that the older Report-To field defines; absent when not sent or no JSON.",
            source: "Reporting API, draft of 2018 §3.1"
        ) { evidence in .texts(ifPresent: evidence.fields["report-to"].flatMap(ReportTo.groups)) },
        FactDefinition(
            "reporting.nel", .boolean, meaning: "Whether NEL was sent, which asks for reports of network errors.",
            source: "Network Error Logging §5.1"
        ) { .boolean($0.has("nel")) },
        FactDefinition(
            "integrityPolicy.present", .boolean,
            meaning: "Whether Integrity-Policy was sent, which demands integrity metadata of scripts.",
            source: "Subresource Integrity §3.8"
        ) { .boolean($0.has("integrity-policy")) },
        text("xpcdp.value", "x-permitted-cross-domain-policies", "X-Permitted-Cross-Domain-Policies"),
        text("dnsPrefetchControl", "x-dns-prefetch-control", "X-DNS-Prefetch-Control"),
        FactDefinition(
            "timingAllowOrigin", .list(.text),
            meaning: "Origins that may read the response's timing; absent when Timing-Allow-Origin was not sent.",
            source: "Resource Timing §4.5.1"
        ) { .texts(ifPresent: $0.fields["timing-allow-origin"].map(FieldSyntax.list)) }
    ]

    private static func text(_ path: String, _ field: String, _ name: String) -> FactDefinition<HeadersEvidence> {
        FactDefinition(
            path, .text, meaning: "The \(name) field in lower case; absent when not sent.",
            source: "OWASP Secure Headers Project"
        ) { .text($0.combined(field).map { FieldSyntax.trimmed($0).asciiLowercased }) }
    }

    /// The content of a word in quotes; nil for one without.
    private static func quoted(_ word: String) -> String? {
        let bytes = word.utf8
        guard bytes.count >= 2, bytes.first == UInt8(ascii: "\""), bytes.last == UInt8(ascii: "\"") else { return nil }
        return String(Substring(bytes.dropFirst().dropLast()))
    }
}
