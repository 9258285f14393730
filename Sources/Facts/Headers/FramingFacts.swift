import AuditModel
import WireFormats

extension HeadersFacts {
    /// Who may frame the page: X-Frame-Options, and what it comes to beside frame-ancestors.
    static let framing: [FactDefinition<HeadersEvidence>] = [
        FactDefinition(
            "xfo.present", .boolean, meaning: "Whether X-Frame-Options was sent.", source: "HTML, X-Frame-Options"
        ) { .boolean($0.has("x-frame-options")) },
        FactDefinition(
            "xfo.count", .integer, unit: "field lines", meaning: "How many X-Frame-Options lines the response has.",
            source: "HTML, X-Frame-Options"
        ) { .integer($0.lines("x-frame-options").count) },
        FactDefinition(
            "xfo.value", .text, meaning: "All lines joined by commas; absent without one.",
            source: "HTML, X-Frame-Options"
        ) { .text($0.combined("x-frame-options")) },
        FactDefinition(
            "xfo.valid", .boolean,
            meaning: "Whether every line says the same one of DENY and SAMEORIGIN; absent without one.",
            source: "HTML, X-Frame-Options"
        ) { .boolean(ifPresent: $0.frameOptions?.isValid) },
        FactDefinition(
            "xfo.effective", .choice(of: FrameOptions.Effect.self),
            meaning: "What browsers make of it; none for ALLOW-FROM and unknown values; absent without a line.",
            source: "HTML, X-Frame-Options"
        ) { .choice($0.frameOptions?.effect) },
        FactDefinition(
            "framing.protected", .boolean,
            meaning: "Whether not every site may frame the page, by frame-ancestors in the header or X-Frame-Options.",
            source: "CSP Level 3 §6.4.2"
        ) { .boolean(![.any, .absent].contains($0.framing.policy)) },
        FactDefinition(
            "framing.source", .choice(of: Framing.Source.self),
            meaning: "What decides who may frame the page: frame-ancestors beats X-Frame-Options.",
            source: "CSP Level 3 §6.4.2.2"
        ) { .choice($0.framing.source) },
        FactDefinition(
            "framing.policy", .choice(of: Framing.Policy.self),
            meaning: "Who may frame the page: nobody, itself, listed sites, any site; absent when nothing says so.",
            source: "CSP Level 3 §6.4.2"
        ) { .choice($0.framing.policy) }
    ]
}

/// Who may frame a page, and which field says so.
struct Framing {
    enum Source: String, CaseIterable {
        case csp, xfo, none
    }

    enum Policy: String, CaseIterable {
        case none
        case own = "self"
        case list, any, absent
    }

    let source: Source
    let policy: Policy
}

extension HeadersEvidence {
    fileprivate var frameOptions: FrameOptions? { fields["x-frame-options"].map(FrameOptions.init) }

    var framing: Framing {
        if let ancestors = FrameAncestors(policies: policies) {
            switch ancestors {
            case .none: return Framing(source: .csp, policy: .none)
            case .own: return Framing(source: .csp, policy: .own)
            case .list: return Framing(source: .csp, policy: .list)
            case .any: return Framing(source: .csp, policy: .any)
            }
        }
        switch frameOptions?.effect {
        case .deny?: return Framing(source: .xfo, policy: .none)
        case .sameorigin?: return Framing(source: .xfo, policy: .own)
        case FrameOptions.Effect.none?, nil: return Framing(source: .none, policy: .absent)
        }
    }
}
