import AuditModel
import WireFormats

private let draft = "draft-ietf-httpapi-ratelimit-headers-11"

extension RateLimitFacts {
    /// What the fields say, of the first answer that has any; all of them absent without such fields.
    static let advertised: [FactDefinition<RateLimitEvidence>] = [
        FactDefinition(
            "advertised.form", .choice(of: RateLimitFields.Form.self),
            meaning: "The dialect in which limits are advertised, the newest of several; none without any.",
            source: draft
        ) { .choice($0.advertised?.fields.form ?? RateLimitFields.Form.none) },
        FactDefinition(
            "advertised.valid", .boolean, meaning: "Whether the fields follow their grammar, so that clients use them.",
            source: draft + " §5"
        ) { $0.fields { .boolean($0.isValid) } },
        FactDefinition(
            "advertised.problems", .list(.choice(of: RateLimitFields.Problem.self)),
            meaning: "What is wrong with the fields, sorted.", source: draft + " §5"
        ) { $0.fields { .texts($0.problems.map(\.rawValue).sorted()) } },
        FactDefinition(
            "advertised.outdated", .boolean, meaning: "Whether only a dialect is spoken that a newer one replaced.",
            source: draft
        ) { $0.fields { .boolean($0.isOutdated) } },
        FactDefinition(
            "advertised.limit", .integer, unit: "requests",
            meaning: "The advertised quota, of several that with the least left.", source: draft + " §3"
        ) { $0.fields { .integer(ifPresent: $0.limit) } },
        FactDefinition(
            "advertised.remaining", .integer, unit: "requests", meaning: "How much of the quota is left.",
            source: draft + " §4"
        ) { $0.fields { .integer(ifPresent: $0.remaining) } },
        FactDefinition(
            "advertised.resetS", .number, unit: "seconds",
            meaning: "Time from the response until the quota is whole again, whatever form it was written in.",
            source: draft + " §4"
        ) { evidence in evidence.fields { _ in .figure(evidence.advertised?.resetSeconds) } },
        FactDefinition(
            "advertised.resetKind", .choice(of: RateLimitReset.Kind.self), meaning: "How the reset is written.",
            source: "gonogo"
        ) { $0.fields { .choice($0.reset?.kind) } },
        FactDefinition(
            "advertised.consistent", .boolean,
            meaning: "Whether what is left falls with each request; absent with fewer than two answers that say it.",
            source: draft + " §4"
        ) { evidence in evidence.fields { _ in .boolean(ifPresent: evidence.isConsistent) } },
        FactDefinition(
            "advertised.pkSensitive", .boolean,
            meaning: "Whether a partition key is readable text that names a person, an address or a credential.",
            source: draft + " §8"
        ) { $0.fields { .boolean($0.hasSensitiveKey) } }
    ]

    /// By the name of each policy and limit.
    static let advertisedPolicies: [FactDefinition<RateLimitEvidence>] = [
        FactDefinition(
            "advertised.policies.*.q", .integer, unit: "requests", meaning: "The policy's quota.",
            source: draft + " §3.1"
        ) { $0.policies { .integer($0.quota) } },
        FactDefinition(
            "advertised.policies.*.w", .integer, unit: "seconds", meaning: "The policy's time window.",
            source: draft + " §3.1"
        ) { $0.policies { $0.window.map(FactValue.integer) } },
        FactDefinition(
            "advertised.policies.*.qu", .text, meaning: "What the policy counts; requests when not stated.",
            source: draft + " §3.1"
        ) { $0.policies { $0.unit.map(FactValue.text) } },
        FactDefinition(
            "advertised.policies.*.pk", .text, meaning: "The policy's partition key, in Base64.",
            source: draft + " §3.1"
        ) { $0.policies { $0.partitionKey.map { .text(Base64.encode($0)) } } },
        FactDefinition(
            "advertised.limits.*.r", .integer, unit: "requests", meaning: "What is left of the quota of that name.",
            source: draft + " §4.1"
        ) { $0.limits { .integer($0.available) } },
        FactDefinition(
            "advertised.limits.*.t", .integer, unit: "seconds",
            meaning: "The effective window: the time within which no more than that is left; before -11 the reset.",
            source: draft + " §4.1"
        ) { $0.limits { $0.reset.map(FactValue.integer) } },
        FactDefinition(
            "advertised.limits.*.pk", .text, meaning: "The limit's partition key, in Base64.", source: draft + " §4.1"
        ) { $0.limits { $0.partitionKey.map { .text(Base64.encode($0)) } } }
    ]
}

extension RateLimitEvidence {
    /// Absent without fields of any dialect; unobserved without an answer.
    fileprivate func fields(_ fact: (RateLimitFields) -> DerivedFact) -> DerivedFact {
        guard let advertised else { return .unobserved(ProbeFailure(.malformed, "the recording holds no response")) }
        return advertised.fields.form == .none ? .absent : fact(advertised.fields)
    }

    fileprivate func policies(_ value: (RateLimitFields.Policy) -> FactValue?) -> DerivedFact {
        .keyed((advertised?.fields.policies ?? []).compactMap { policy in value(policy).map { (policy.name, $0) } })
    }

    fileprivate func limits(_ value: (RateLimitFields.Limit) -> FactValue?) -> DerivedFact {
        .keyed((advertised?.fields.limits ?? []).compactMap { limit in value(limit).map { (limit.name, $0) } })
    }
}
