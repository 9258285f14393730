import AuditModel
import WireFormats

/// What keeps an attacker's script from running; ordered from the strictest.
enum ScriptModel: String, CaseIterable {
    case blocked
    case strictNonce = "strict-nonce"
    case strictHash = "strict-hash"
    case nonce, hash, allowlist, unrestricted
}

extension CSPFacts {
    /// Which scripts run.
    static let scripts: [FactDefinition<CSPEvidence>] = [
        FactDefinition(
            enforced: "script.model", .choice(of: ScriptModel.self),
            meaning:
                "What decides whether a script runs, by the strictest policy; unrestricted: any host, or no rule.",
            source: "CSP Level 3 §6.1.11, §8.2"
        ) { .choice($0.scriptModel) },
        FactDefinition(
            enforced: "script.unrestricted", .boolean,
            meaning: "Whether scripts of every host run: no directive limits them, or it allows any host.",
            source: "CSP Level 3 §6.1.11"
        ) { .boolean($0.scripts.isUnrestricted) },
        FactDefinition(
            enforced: "script.unsafeInline", .boolean,
            meaning:
                "Whether inline scripts or event handlers of any content run, nonces and the like taken into account.",
            source: "CSP Level 3 §6.7.3.2"
        ) { .boolean($0.scripts.allowsAllInline) },
        FactDefinition(
            enforced: "script.unsafeInlineDeclared", .boolean,
            meaning: "Whether 'unsafe-inline' is written for scripts, even where browsers ignore it.",
            source: "CSP Level 3 §8.3"
        ) { .boolean($0.scripts.all.contains { $0.has(.unsafeInline) }) },
        FactDefinition(
            enforced: "script.unsafeEval", .boolean,
            meaning: "Whether strings run as code (eval): no policy forbids it.",
            source: "CSP Level 3 §4.4"
        ) { .boolean($0.lists(of: "script-src").allSatisfy { $0.has(.unsafeEval) }) },
        FactDefinition(
            enforced: "script.unsafeHashes", .boolean,
            meaning: "Whether 'unsafe-hashes' lets event handlers run whose hash is listed.", source: "CSP Level 3 §8.4"
        ) { .boolean(isEverywhere(.unsafeHashes, in: $0.scripts.attributes)) },
        FactDefinition(
            enforced: "script.wasmUnsafeEval", .boolean,
            meaning: "Whether 'wasm-unsafe-eval' lets bytes be compiled to WebAssembly.", source: "CSP Level 3 §4.5"
        ) { .boolean(isEverywhere(.wasmUnsafeEval, in: $0.lists(of: "script-src"))) },
        FactDefinition(
            enforced: "script.strictDynamic", .boolean,
            meaning: "Whether 'strict-dynamic' is written: scripts that may run may load others.",
            source: "CSP Level 3 §8.2"
        ) { .boolean($0.scripts.elements.contains { $0.has(.strictDynamic) }) },
        FactDefinition(
            enforced: "script.strictDynamicStandalone", .boolean,
            meaning: "Whether a policy has 'strict-dynamic' without nonce and hash, so that no script runs.",
            source: "CSP Level 3 §8.2"
        ) { .boolean($0.scripts.elements.contains { $0.has(.strictDynamic) && !$0.hasNonceOrHash }) },
        FactDefinition(
            enforced: "script.trustedTypes.required", .boolean,
            meaning: "Whether scripts must pass typed values to the page's dangerous functions.",
            source: "Trusted Types §4.2"
        ) { .boolean($0.values(of: "require-trusted-types-for").contains("'script'")) },
        FactDefinition(
            enforced: "script.trustedTypes.policies", .list(.text),
            meaning:
                "Names and keywords of trusted-types that all policies list, sorted; absent without the directive.",
            source: "Trusted Types §4.3"
        ) { .texts(ifPresent: $0.effective.values(of: "trusted-types")) }
    ]

    /// Where scripts may come from.
    static let scriptSources: [FactDefinition<CSPEvidence>] = [
        FactDefinition(
            enforced: "script.wildcard", .boolean,
            meaning: "Whether a source of scripts that counts names any host: *.",
            source: "CSP Level 3 §6.7.2.8"
        ) { .boolean($0.scripts.sources.contains { $0.isAnyHost }) },
        FactDefinition(
            enforced: "script.broadSources", .list(.text),
            meaning: "Sources of scripts that count and name a scheme or any host, but no host in particular; sorted.",
            source: "CSP Level 3 §6.7.2.8"
        ) { .texts($0.scripts.sources.filter(\.isBroad).map(\.text).sorted()) },
        FactDefinition(
            enforced: "script.ignored", .list(.text),
            meaning: "Sources of scripts that browsers ignore because of nonces, hashes or 'strict-dynamic'; sorted.",
            source: "CSP Level 3 §8.2, §8.3"
        ) { evidence in .texts(Set(evidence.scripts.all.flatMap { $0.ignored(.script) }.map(\.text)).sorted()) },
        FactDefinition(
            enforced: "script.bypassableHosts", .list(.text),
            meaning: "Hosts of script sources that count, where anybody can have a script of their choice; sorted.",
            source: "csp-evaluator, SCRIPT_ALLOWLIST_BYPASS"
        ) { evidence in
            let withEval = evidence.lists(of: "script-src").allSatisfy { $0.has(.unsafeEval) }
            let locations = evidence.scripts.sources.compactMap { source in
                if case .host(let host) = source, !host.isAnyHost { SourceLocation(host.text) } else { nil }
            }
            return .texts(Set(locations.filter { BypassableHosts.allows($0, withEval: withEval) }.map(\.host)).sorted())
        },
        FactDefinition(
            enforced: "script.ipSources", .list(.text),
            meaning: "Sources of scripts that name an address; browsers match none but 127.0.0.1. Sorted.",
            source: "CSP Level 3 §6.7.2.10"
        ) { evidence in
            let texts = evidence.scripts.all.flatMap(\.expressions).map(\.text)
            return .texts(Set(texts.filter { SourceLocation($0)?.isAddress == true }).sorted())
        }
    ]

    private static func isEverywhere(_ keyword: SourceExpression.Keyword, in lists: [SourceList]) -> Bool {
        !lists.isEmpty && lists.allSatisfy { $0.has(keyword) }
    }
}

extension InlineRules {
    /// What all policies together allow, as elements.
    fileprivate var sources: [SourceExpression] { allowed?.expressions ?? [] }
}

extension SourceExpression {
    fileprivate var isAnyHost: Bool {
        if case .host(let host) = self { return host.isAnyHost }
        return false
    }

    fileprivate var isBroad: Bool {
        if case .scheme = self { return true }
        return isAnyHost
    }
}

extension CSPEvidence {
    fileprivate var scriptModel: ScriptModel {
        let models = scripts.elements.map(Self.model)
        let strictest = ScriptModel.allCases.first(where: models.contains) ?? .unrestricted
        // Two allowlists with nothing in common allow nothing.
        let allowsNothing = scripts.allowed?.expressions.isEmpty == true && !scripts.allowsAllInline
        return strictest == .allowlist && allowsNothing ? .blocked : strictest
    }

    private static func model(_ list: SourceList) -> ScriptModel {
        let active = list.active(.script)
        if list.has(.strictDynamic) {
            return list.nonces.isEmpty ? (list.hashes.isEmpty ? .blocked : .strictHash) : .strictNonce
        }
        if !list.nonces.isEmpty { return .nonce }
        if !list.hashes.isEmpty { return .hash }
        if active.allowsAnyHost { return .unrestricted }
        return active.hasURLs || active.allowsAllInline(.script) ? .allowlist : .blocked
    }
}
