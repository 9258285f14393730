import AuditModel
import WireFormats

extension HeadersFacts {
    /// How the page is kept apart from other origins.
    static let crossOrigin: [FactDefinition<HeadersEvidence>] =
        pagePolicy("coop", "Cross-Origin-Opener-Policy", of: OpenerPolicy.self, unsafe: .unsafeNone)
        + pagePolicy("coep", "Cross-Origin-Embedder-Policy", of: EmbedderPolicy.self, unsafe: .unsafeNone) + [
            FactDefinition(
                "corp.present", .boolean, meaning: "Whether Cross-Origin-Resource-Policy was sent.",
                source: "Fetch, Cross-Origin-Resource-Policy"
            ) { .boolean($0.has("cross-origin-resource-policy")) },
            FactDefinition(
                "corp.valid", .boolean,
                meaning: "Whether it is exactly one known value, else browsers ignore it; absent when not sent.",
                source: "Fetch, Cross-Origin-Resource-Policy"
            ) {
                .boolean(ifPresent: $0.fields["cross-origin-resource-policy"].map { ResourcePolicy(lines: $0) != nil })
            },
            FactDefinition(
                "corp.policy", .choice(of: ResourcePolicy.self),
                meaning: "Who may embed the response; absent when not sent or invalid.",
                source: "Fetch, Cross-Origin-Resource-Policy"
            ) { .choice(ResourcePolicy(lines: $0.lines("cross-origin-resource-policy"))) },
            FactDefinition(
                "crossOriginIsolated", .boolean,
                meaning: "Whether the page gets a browsing context group of its own: COOP and COEP allow it.",
                source: "HTML, cross-origin isolation"
            ) { evidence in
                let opener = CrossOriginPolicy<OpenerPolicy>(lines: evidence.lines("cross-origin-opener-policy"))
                let embedder = CrossOriginPolicy<EmbedderPolicy>(lines: evidence.lines("cross-origin-embedder-policy"))
                return .boolean(
                    opener.policy == .sameOrigin && [.requireCORP, .credentialless].contains(embedder.policy))
            }
        ]

    /// The facts that COOP and COEP have in common.
    private static func pagePolicy<Policy: RawRepresentable<String> & CaseIterable & Sendable & Equatable>(
        _ path: String, _ field: String, of type: Policy.Type, unsafe: Policy
    ) -> [FactDefinition<HeadersEvidence>] {
        let name = field.asciiLowercased
        let source = "HTML, \(field)"
        let parsed: @Sendable (HeadersEvidence) -> CrossOriginPolicy<Policy>? = {
            $0.fields[name].map(CrossOriginPolicy<Policy>.init)
        }
        return [
            FactDefinition("\(path).present", .boolean, meaning: "Whether \(field) was sent.", source: source) {
                .boolean($0.has(name))
            },
            FactDefinition(
                "\(path).valid", .boolean,
                meaning: "Whether it is one structured token that is known, in its exact case; absent when not sent.",
                source: source
            ) { .boolean(ifPresent: parsed($0).map { $0.policy != nil }) },
            FactDefinition(
                "\(path).policy", .choice(of: type),
                meaning: "What browsers make of it: \(unsafe.rawValue) when invalid; absent when not sent.",
                source: source
            ) { .choice(parsed($0).map { $0.policy ?? unsafe }) },
            FactDefinition(
                "\(path).reportTo", .text, meaning: "The reporting endpoint that it names; absent without one.",
                source: source
            ) { .text(parsed($0)?.reportTo) },
            FactDefinition(
                "\(path).reportOnly", .boolean,
                meaning: "Whether \(field)-Report-Only was sent, which enforces nothing.", source: source
            ) { .boolean($0.has("\(name)-report-only")) }
        ]
    }
}
