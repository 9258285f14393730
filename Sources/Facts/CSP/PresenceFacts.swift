import AuditModel
import WireFormats

extension CSPFacts {
    /// Where policies were sent, and how many.
    static let presence: [FactDefinition<CSPEvidence>] = [
        FactDefinition(
            "requests", .integer, unit: "requests", meaning: "How many requests the probe spent.", source: "gonogo"
        ) { .integer($0.page.requests ?? $0.page.exchanges.count) },
        FactDefinition(
            "profile", .choice(of: ResponseProfile.self),
            meaning: "What kind of content the media type says it is: a page, an API's answer, a static file.",
            source: "RFC 9110 §8.3"
        ) { evidence in
            let type = MediaType.extract(lines: evidence.response.values(of: "content-type"))
            return .choice(ResponseProfile(essence: type?.essence))
        },
        FactDefinition(
            "present", .boolean,
            meaning:
                "Whether a Content-Security-Policy field or a meta element of that name was sent, even an empty one.",
            source: "CSP Level 3 §3.1, §3.3"
        ) { evidence in
            if evidence.sent.source != nil { return .boolean(true) }
            return evidence.sent.pageFailure.map { .unobserved($0) } ?? .boolean(false)
        },
        FactDefinition(
            "enforced", .boolean,
            meaning: "Whether a policy with at least one directive that has an effect is enforced.",
            source: "CSP Level 3 §4.2"
        ) { evidence in
            if !evidence.policies.isEmpty { return .boolean(true) }
            return evidence.sent.pageFailure.map { .unobserved($0) } ?? .boolean(false)
        },
        FactDefinition(
            "source", .choice(of: SentPolicies.Source.self),
            meaning:
                "Where policies were sent: in the header, in meta elements of the head, or both; absent without any.",
            source: "CSP Level 3 §3"
        ) { $0.sent.source.map { .choice($0) } ?? $0.withoutPolicy },
        FactDefinition(
            "policies.count", .integer, unit: "policies",
            meaning: "How many policies are enforced, over lines, commas and meta elements; all of them must allow.",
            source: "CSP Level 3 §8.1"
        ) { .integer($0.policies.count) },
        FactDefinition(
            "policies.raw", .list(.text), meaning: "The enforced policies as written, those of the header first.",
            source: "CSP Level 3 §2.2"
        ) { .texts($0.policies.map(\.text)) },
        FactDefinition(
            "reportOnly.present", .boolean, meaning: "Whether a Content-Security-Policy-Report-Only field was sent.",
            source: "CSP Level 3 §3.2"
        ) { .boolean($0.sent.hasReportOnlyLine) },
        FactDefinition(
            "reportOnly.policies.count", .integer, unit: "policies",
            meaning: "How many policies only report and enforce nothing.", source: "CSP Level 3 §3.2"
        ) { .integer($0.sent.reportOnly.count) },
        FactDefinition(
            "meta.ignoredDirectives", .list(.text),
            meaning: "Directives of meta elements that have no effect there, sorted.", source: "CSP Level 3 §3.3"
        ) { evidence in
            if let failure = evidence.sent.pageFailure { return .unobserved(failure) }
            let names = Set(evidence.sent.metaWritten.flatMap { $0.directives.map(\.name) })
            return .texts(names.intersection(ContentSecurityPolicy.ignoredInMeta).sorted())
        },
        FactDefinition(
            "sizeBytes", .integer, unit: "bytes",
            meaning: "Length of the field lines and of the meta elements' content together; absent without any.",
            source: "gonogo"
        ) { evidence in
            guard evidence.sent.source != nil else { return evidence.withoutPolicy }
            let texts = evidence.sent.lines + evidence.sent.metaWritten.map(\.text)
            return .integer(texts.reduce(0) { $0 + $1.utf8.count })
        }
    ]

    /// What is wrong with how the enforced policies are written.
    static let syntax: [FactDefinition<CSPEvidence>] = [
        FactDefinition(
            sent: "syntax.errors", .list(.choice(of: PolicySyntax.Mistake.self)),
            meaning: "Kinds of mistakes that browsers pass over in silence, sorted; absent without a policy.",
            source: "CSP Level 3 §2.2, §2.3"
        ) { $0.mistakes.map(\.rawValue) },
        FactDefinition(
            sent: "syntax.duplicates",
            meaning: "Directives that repeat inside a policy; only their first occurrence counts.",
            source: "CSP Level 3 §2.2.1"
        ) { Array($0.duplicates) },
        FactDefinition(
            sent: "syntax.unknown", meaning: "Directives that no standard defines, in lower case.",
            source: "CSP Level 3 §6"
        ) { Array($0.unknown) },
        FactDefinition(
            sent: "syntax.missingSemicolon",
            meaning: "Names of directives that stand among the values of another, where a semicolon is missing.",
            source: "CSP Level 3 §2.2.1"
        ) { Array($0.missingSemicolons) },
        FactDefinition(
            sent: "syntax.unquotedKeywords",
            meaning: "Keywords, nonces and hashes without their quotes, which browsers take for hosts.",
            source: "CSP Level 3 §2.3.1"
        ) { Array($0.unquotedKeywords) },
        FactDefinition(
            sent: "syntax.invalidSources", meaning: "Sources that match no rule of the grammar: browsers ignore them.",
            source: "CSP Level 3 §2.3.1"
        ) { Array($0.invalidSources) },
        FactDefinition(
            sent: "syntax.deprecated", meaning: "Directives that browsers no longer read, or never did.",
            source: "CSP Level 3 §6"
        ) { Array($0.deprecated) }
    ]
}

extension SentPolicies {
    enum Source: String, CaseIterable {
        case header, meta, both
    }

    /// nil when nothing was sent.
    var source: Source? {
        if lines.isEmpty { return metaWritten.isEmpty ? nil : .meta }
        return metaWritten.isEmpty ? .header : .both
    }
}

extension FactDefinition<CSPEvidence> {
    /// A sorted list about how the policies are written; absent where none was sent.
    fileprivate init(
        sent path: String, _ type: FactType = .list(.text), meaning: String, source: String,
        texts: @escaping @Sendable (PolicySyntax) -> [String]
    ) {
        self.init(path, type, meaning: meaning, source: source) { evidence in
            evidence.sent.source == nil ? evidence.withoutPolicy : .texts(texts(evidence.syntax).sorted())
        }
    }
}
