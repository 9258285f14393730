import AuditModel
import WireFormats

extension HeadersFacts {
    /// The field lines as such: which there are, which repeat, which break their grammar.
    static let fieldLines: [FactDefinition<HeadersEvidence>] = [
        FactDefinition(
            "names", .list(.text), meaning: "Names of the response's fields in lower case, in the order received.",
            source: "RFC 9110 §5.1"
        ) { evidence in
            var seen: Set<String> = []
            return .texts(evidence.response.fields.map(\.name.asciiLowercased).filter { seen.insert($0).inserted })
        },
        FactDefinition(
            "values.*", .list(.text),
            meaning: "The lines of a field, by its name in lower case; secrets are redacted.", source: "RFC 9110 §5.2"
        ) { evidence in
            .keyed(evidence.fields.keys.sorted().map { ($0, .list(evidence.lines($0).map(FactValue.text))) })
        },
        FactDefinition(
            "duplicates", .list(.text),
            meaning: "Fields that may be sent once only and were sent more than once, sorted.",
            source: "RFC 9110 §5.3"
        ) { evidence in .texts(FieldRules.singletons.filter { evidence.lines($0.asciiLowercased).count > 1 }) },
        FactDefinition(
            "malformed", .list(.text),
            meaning: "Names in lower case of fields whose value breaks their own grammar, or has control characters.",
            source: "RFC 9110 §5.5 and each field's own definition"
        ) { .texts(FieldRules.malformed(in: $0)) },
        FactDefinition(
            "deprecated", .list(.text),
            meaning: "Fields that browsers no longer heed or that do harm, sorted; X-XSS-Protection counts unless 0.",
            source: "OWASP Secure Headers Project, deprecated headers"
        ) { evidence in
            .texts(
                FieldRules.deprecated.filter { name in
                    let lines = evidence.lines(name.asciiLowercased)
                    return name == "X-XSS-Protection" ? !lines.allSatisfy(FieldRules.isFilterOff) : !lines.isEmpty
                })
        }
    ]
}

/// What is known of fields by their name alone; each list is sorted.
enum FieldRules {
    static let singletons = [
        "Access-Control-Allow-Credentials", "Access-Control-Allow-Origin", "Access-Control-Max-Age", "Age",
        "Content-Length", "Content-Location", "Content-Range", "Content-Type", "Cross-Origin-Embedder-Policy",
        "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Date", "ETag", "Expires", "Last-Modified",
        "Location", "Origin-Agent-Cluster", "Retry-After", "Server", "Strict-Transport-Security",
        "X-Content-Type-Options", "X-Frame-Options"
    ]

    static let deprecated = [
        "Expect-CT", "Feature-Policy", "P3P", "Pragma", "Public-Key-Pins", "Public-Key-Pins-Report-Only",
        "X-Content-Security-Policy", "X-WebKit-CSP", "X-XSS-Protection"
    ]

    /// Whether a value of X-XSS-Protection switches the filter off, whatever follows.
    static func isFilterOff(_ value: String) -> Bool { FieldSyntax.trimmed(String(value.prefix { $0 != ";" })) == "0" }

    static func malformed(in evidence: HeadersEvidence) -> [String] {
        evidence.fields.filter { name, lines in
            !FieldSyntax.isToken(name) || !lines.allSatisfy(FieldSyntax.isFieldValue)
                || grammars[name].map { !$0(lines) } ?? false
        }.keys.sorted()
    }

    /// Whether all lines of a field follow its grammar.
    private static let grammars: [String: @Sendable ([String]) -> Bool] = [
        "age": { $0.allSatisfy { FieldSyntax.deltaSeconds($0) != nil } },
        "cache-control": { CacheControl(lines: $0).isValid },
        "content-length": { $0.allSatisfy { FieldSyntax.deltaSeconds($0) != nil } },
        "content-security-policy": { !ContentSecurityPolicy.policies(lines: $0).isEmpty },
        "content-type": { MediaType.extract(lines: $0) != nil },
        "cross-origin-embedder-policy": { CrossOriginPolicy<EmbedderPolicy>(lines: $0).policy != nil },
        "cross-origin-opener-policy": { CrossOriginPolicy<OpenerPolicy>(lines: $0).policy != nil },
        "cross-origin-resource-policy": { ResourcePolicy(lines: $0) != nil },
        "date": { $0.allSatisfy { HTTPDate.iso8601($0) != nil } },
        "last-modified": { $0.allSatisfy { HTTPDate.iso8601($0) != nil } },
        "permissions-policy": { PermissionsPolicy(lines: $0).isValid },
        "referrer-policy": { ReferrerPolicy(lines: $0).tokens.allSatisfy(FieldSyntax.isToken) },
        "retry-after": { $0.allSatisfy { FieldSyntax.deltaSeconds($0) != nil || HTTPDate.iso8601($0) != nil } },
        "set-cookie": { $0.allSatisfy { SetCookie($0).map { !$0.hasControlCharacter } ?? false } },
        "strict-transport-security": { $0.allSatisfy { StrictTransportSecurity($0).isValid } },
        "x-content-type-options": { ContentTypeOptions(lines: $0).isValid },
        "x-frame-options": { FrameOptions(lines: $0).isValid }
    ]
}
