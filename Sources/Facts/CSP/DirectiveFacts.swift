import AuditModel
import WireFormats

extension CSPFacts {
    /// Directives besides those for scripts.
    static let otherDirectives: [FactDefinition<CSPEvidence>] = [
        FactDefinition(
            enforced: "default.present", .boolean, meaning: "Whether a policy has default-src.",
            source: "CSP Level 3 §6.1.3"
        ) { evidence in .boolean(evidence.policies.contains { $0["default-src"] != nil }) },
        FactDefinition(
            enforced: "default.none", .boolean, meaning: "Whether default-src allows nothing.",
            source: "CSP Level 3 §6.1.3"
        ) { .boolean($0.allowsNothing("default-src")) },
        FactDefinition(
            enforced: "style.unrestricted", .boolean,
            meaning: "Whether style sheets of every host apply: no directive limits them, or it allows any host.",
            source: "CSP Level 3 §6.1.14"
        ) { .boolean($0.styles.isUnrestricted) },
        FactDefinition(
            enforced: "style.unsafeInline", .boolean,
            meaning: "Whether inline styles of any content apply, nonces and hashes taken into account.",
            source: "CSP Level 3 §6.7.3.2"
        ) { .boolean($0.styles.allowsAllInline) },
        FactDefinition(
            enforced: "object.restricted", .boolean,
            meaning: "Whether object-src, or default-src in its place, limits plugins to certain hosts.",
            source: "CSP Level 3 §6.1.9"
        ) { .boolean($0.isRestricted("object-src")) },
        FactDefinition(
            enforced: "baseUri.restricted", .boolean,
            meaning: "Whether base-uri keeps injected markup from moving relative URLs to any host.",
            source: "CSP Level 3 §6.3.1"
        ) { .boolean($0.isRestricted("base-uri")) },
        FactDefinition(
            enforced: "formAction.restricted", .boolean, meaning: "Whether form-action limits forms to certain hosts.",
            source: "CSP Level 3 §6.4.1"
        ) { .boolean($0.isRestricted("form-action")) },
        FactDefinition(
            enforced: "frameAncestors.policy", .choice(["none", "self", "list", "any", "absent"]),
            meaning:
                "Who may frame the page by the header's frame-ancestors; absent is a value here: there is no such directive.",
            source: "CSP Level 3 §6.4.2"
        ) { .text(FrameAncestors(policies: $0.sent.header)?.rawValue ?? "absent") },
        FactDefinition(
            enforced: "sandbox", .list(.text),
            meaning: "What a sandbox of the header still allows, sorted; absent when the page is in none.",
            source: "CSP Level 3 §6.3.2"
        ) { .texts(ifPresent: $0.effective.values(of: "sandbox")) },
        FactDefinition(
            enforced: "upgradeInsecureRequests", .boolean,
            meaning: "Whether the page's plain-HTTP URLs are fetched over HTTPS.",
            source: "Upgrade Insecure Requests §3.1"
        ) { evidence in .boolean(evidence.policies.contains { $0["upgrade-insecure-requests"] != nil }) },
        FactDefinition(
            enforced: "apiLockdown", .boolean,
            meaning: "Whether the policy suits an answer that is no page: everything 'none', and nobody may frame it.",
            source: "OWASP REST Security"
        ) { evidence in
            .boolean(
                evidence.allowsNothing("default-src") && DirectiveName.fetch.allSatisfy(evidence.allowsNothing)
                    && FrameAncestors(policies: evidence.sent.header) == FrameAncestors.none)
        }
    ]

    /// What the policies leave open.
    static let missing: [FactDefinition<CSPEvidence>] = [
        FactDefinition(
            enforced: "missing.noFallback", .list(.text),
            meaning:
                "Which of base-uri, form-action and frame-ancestors no policy has: default-src does not cover them.",
            source: "CSP Level 3 §6.1.3"
        ) { evidence in
            .texts(
                ["base-uri", "form-action", "frame-ancestors"].filter { name in
                    !evidence.policies.contains { $0[name] != nil }
                })
        },
        FactDefinition(
            enforced: "missing.baseUriNeeded", .boolean,
            meaning: "Whether base-uri is missing where nonces, or hashes with 'strict-dynamic', let scripts run.",
            source: "csp-evaluator, MISSING_DIRECTIVES"
        ) { evidence in
            let isNeeded = evidence.scripts.elements.contains { list in
                !list.nonces.isEmpty || !list.hashes.isEmpty && list.has(.strictDynamic)
            }
            return .boolean(isNeeded && !evidence.policies.contains { $0["base-uri"] != nil })
        },
        FactDefinition(
            enforced: "insecureScheme.active", .list(.text),
            meaning:
                "Directives with a source without encryption, as `script-src http://a.example`, images and media aside.",
            source: "Mixed Content §3"
        ) { .texts($0.insecureSources(isPassive: false)) },
        FactDefinition(
            enforced: "insecureScheme.passive", .list(.text),
            meaning: "The same of img-src and media-src.", source: "Mixed Content §3"
        ) { .texts($0.insecureSources(isPassive: true)) }
    ]
}

extension CSPEvidence {
    /// Whether the directive, or what stands in for it, allows no source at all.
    fileprivate func allowsNothing(_ directive: String) -> Bool {
        effective.sources(of: directive)?.active(.other).expressions.isEmpty ?? false
    }

    fileprivate func isRestricted(_ directive: String) -> Bool {
        effective.sources(of: directive).map { !$0.allowsAnyHost && !$0.expressions.contains(.scheme("data")) } ?? false
    }

    fileprivate func insecureSources(isPassive: Bool) -> [String] {
        let passive: Set<String> = ["img-src", "media-src"]
        let found = policies.flatMap(\.directives).filter { directive in
            DirectiveName.ofSources.contains(directive.name) && passive.contains(directive.name) == isPassive
        }
        .flatMap { directive in
            let purpose: SourceList.Purpose = directive.name.hasPrefix("script-src") ? .script : .other
            return directive.sources.active(purpose).expressions.filter(\.isWithoutEncryption)
                .map { "\(directive.name) \($0.text)" }
        }
        return Set(found).sorted()
    }
}

extension SourceExpression {
    fileprivate var isWithoutEncryption: Bool {
        switch self {
        case .scheme(let scheme): ["http", "ws", "ftp"].contains(scheme)
        case .host(let host): host.scheme.map { ["http", "ws", "ftp"].contains($0) } ?? false
        default: false
        }
    }
}
