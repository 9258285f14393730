import AuditModel
import WireFormats

extension CSPFacts {
    /// Whether what the page loads is what its author meant; `kind` is `script` or `style`.
    static func integrity(of kind: String) -> [FactDefinition<CSPEvidence>] {
        let noun = kind == "script" ? "external scripts" : "linked style sheets"
        let resources: @Sendable (PageResources) -> [PageResource] = { kind == "script" ? $0.scripts : $0.styles }
        return [
            FactDefinition(
                page: "integrity.\(kind).count", .integer, unit: noun, meaning: "How many \(noun) the page loads.",
                source: "HTML §4.12.1, §4.6.7.22"
            ) { .integer(resources($0).count) },
            FactDefinition(
                urls: "integrity.\(kind).foreign", meaning: "URLs of \(noun) that come from another origin.",
                source: "Subresource Integrity §3.2"
            ) { resources($0).filter(\.isForeign) },
            FactDefinition(
                urls: "integrity.\(kind).missing",
                meaning: "URLs of foreign \(noun) without integrity metadata that could fail.",
                source: "Subresource Integrity §3.3"
            ) { resources($0).filter { $0.isForeign && $0.integrity?.hashes.isEmpty != false } },
            FactDefinition(
                urls: "integrity.\(kind).invalid",
                meaning: "URLs of \(noun) whose integrity metadata holds something that is no digest.",
                source: "Subresource Integrity §3.5"
            ) { resources($0).filter { $0.integrity?.invalid.isEmpty == false } },
            FactDefinition(
                urls: "integrity.\(kind).withoutCORS",
                meaning: "URLs of foreign \(noun) with integrity but without crossorigin, which browsers refuse.",
                source: "Subresource Integrity §3.3.4"
            ) { resources($0).filter { $0.isForeign && $0.integrity?.hashes.isEmpty == false && !$0.usesCORS } },
            FactDefinition(
                urls: "integrity.\(kind).insecure", meaning: "URLs of \(noun) that are fetched over plain HTTP.",
                source: "Mixed Content §3"
            ) { resources($0).filter(\.isInsecure) }
        ]
    }

    static let integrityBase: [FactDefinition<CSPEvidence>] = [
        FactDefinition(
            page: "integrity.base", .text,
            meaning: "What the page's relative URLs start from: its base element, or itself.",
            source: "HTML §4.2.3"
        ) { .text($0.base?.text) }
    ]
}

extension FactDefinition<CSPEvidence> {
    /// A fact about a page: absent for an answer that is no HTML, unobserved where the page was not read whole.
    fileprivate init(
        page path: String, _ type: FactType, unit: String? = nil, meaning: String, source: String,
        derive: @escaping @Sendable (PageResources) -> DerivedFact
    ) {
        self.init(path, type, unit: unit, meaning: meaning, source: source) { evidence in
            guard let outline = evidence.page.outline else { return .absent }
            if let failure = outline.failure { return .unobserved(failure) }
            return derive(PageResources(elements: outline.elements, page: evidence.origin))
        }
    }

    /// URLs of a page, each once, sorted.
    fileprivate init(
        urls path: String, meaning: String, source: String,
        resources: @escaping @Sendable (PageResources) -> [PageResource]
    ) {
        self.init(page: path, .list(.text), meaning: meaning, source: source) { page in
            .texts(Set(resources(page).map(\.url)).sorted())
        }
    }
}
