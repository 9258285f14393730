import AuditModel
import WireFormats

extension HeadersFacts {
    /// The fields that the OWASP Secure Headers Project adds, compared by what they mean.
    static let secureHeaders: [FactDefinition<HeadersEvidence>] = [
        FactDefinition(
            "oshp.matched", .integer, unit: "fields",
            meaning: "How many fields of the OWASP list protect as much as it asks, however they are written.",
            source: source
        ) { evidence in .integer(SecureHeader.all.count { $0.strength(evidence) == .full }) },
        FactDefinition(
            "oshp.missing", .list(.text), meaning: "Fields of the list that protect nothing here, sorted.",
            source: source
        ) { .texts(SecureHeader.names(in: $0, .missing)) },
        FactDefinition(
            "oshp.weaker", .list(.text), meaning: "Fields of the list that protect less than it asks, sorted.",
            source: source
        ) { .texts(SecureHeader.names(in: $0, .weaker)) }
    ]

    private static let source = "OWASP Secure Headers Project, headers to add, 2026-07-19"
}

/// A field of the list. Clear-Site-Data, for logout pages only, is left out.
private struct SecureHeader: Sendable {
    enum Strength {
        case missing, weaker, full
    }

    let name: String
    let strength: @Sendable (HeadersEvidence) -> Strength

    static func names(in evidence: HeadersEvidence, _ strength: Strength) -> [String] {
        all.filter { $0.strength(evidence) == strength }.map(\.name)
    }

    /// Sorted by name.
    static let all: [SecureHeader] = [
        field("Cache-Control") { $0.cacheControl.has("no-store") },
        SecureHeader(name: "Content-Security-Policy") { evidence in
            evidence.policies.isEmpty ? .missing : isStrict(evidence.policies) ? .full : .weaker
        },
        field("Cross-Origin-Embedder-Policy") {
            CrossOriginPolicy<EmbedderPolicy>(lines: $0.lines("cross-origin-embedder-policy")).policy == .requireCORP
        },
        field("Cross-Origin-Opener-Policy") {
            CrossOriginPolicy<OpenerPolicy>(lines: $0.lines("cross-origin-opener-policy")).policy == .sameOrigin
        },
        field("Cross-Origin-Resource-Policy") {
            ResourcePolicy(lines: $0.lines("cross-origin-resource-policy")) == .sameOrigin
        },
        field("Permissions-Policy") { evidence in
            let policy = PermissionsPolicy(lines: evidence.lines("permissions-policy"))
            return !policy.denied.isEmpty && policy.wildcards.isEmpty
        },
        field("Referrer-Policy") {
            [.noReferrer, .sameOrigin].contains(ReferrerPolicy(lines: $0.lines("referrer-policy")).effective)
        },
        SecureHeader(name: "Strict-Transport-Security") { evidence in
            guard let hsts = evidence.hsts, hsts.isValid, let age = hsts.maxAge, age > 0 else { return .missing }
            return age >= 31_536_000 && hsts.includesSubdomains ? .full : .weaker
        },
        field("X-Content-Type-Options") { ContentTypeOptions(lines: $0.lines("x-content-type-options")).isNosniff },
        field("X-DNS-Prefetch-Control") { $0.isSaid("x-dns-prefetch-control", "off") },
        SecureHeader(name: "X-Frame-Options") { evidence in
            switch evidence.framing.policy {
            case .none: .full
            case .own, .list: .weaker
            case .any, .absent: .missing
            }
        },
        field("X-Permitted-Cross-Domain-Policies") { $0.isSaid("x-permitted-cross-domain-policies", "none") }
    ]

    private static func field(
        _ name: String, _ isFull: @escaping @Sendable (HeadersEvidence) -> Bool
    ) -> SecureHeader {
        let key = name.asciiLowercased
        return SecureHeader(name: name) { $0.has(key) ? isFull($0) ? .full : .weaker : .missing }
    }

    /// Whether the policies together say as much as the list's: own sources by default, no plugins, no foreign base,
    /// forms and frames.
    private static func isStrict(_ policies: [ContentSecurityPolicy]) -> Bool {
        let own: Set<String> = ["'self'", "'none'"]
        func isBound(_ names: [String], _ allowed: Set<String>) -> Bool {
            policies.contains { policy in
                guard let list = names.lazy.compactMap({ policy[$0] }).first else { return false }
                return list.values.allSatisfy { allowed.contains($0.asciiLowercased) }
            }
        }
        return isBound(["default-src"], own) && isBound(["object-src", "default-src"], ["'none'"])
            && isBound(["base-uri"], own) && isBound(["form-action"], own) && isBound(["frame-ancestors"], ["'none'"])
            && policies.contains { ($0["script-src"] ?? $0["default-src"]).map(isSafe) ?? false }
    }

    /// Neither inline scripts without nonce or hash, nor whole schemes.
    private static func isSafe(_ list: ContentSecurityPolicy.Directive) -> Bool {
        let sources = list.values.map(\.asciiLowercased)
        let isBound = sources.contains { source in
            ["'nonce-", "'sha256-", "'sha384-", "'sha512-"].contains(where: source.hasPrefix)
        }
        return !sources.contains { source in
            ["*", "http:", "https:", "data:", "'unsafe-eval'"].contains(source)
                || source == "'unsafe-inline'" && !isBound
        }
    }
}

extension HeadersEvidence {
    fileprivate func isSaid(_ field: String, _ value: String) -> Bool {
        combined(field).map { FieldSyntax.trimmed($0).asciiLowercased } == value
    }
}
