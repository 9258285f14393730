import AuditModel
import WireFormats

extension RateLimitFacts {
    /// What a denied client is told; all but `denied` absent where nothing was denied.
    static let denial: [FactDefinition<RateLimitEvidence>] = [
        FactDefinition(
            "denied", .boolean, meaning: "Whether any request was denied, the first one included.",
            source: "RFC 6585 §4"
        ) { .boolean($0.isDenied) },
        FactDefinition(
            "deniedStatus", .integer, meaning: "The status code of a denial.", source: "RFC 6585 §4"
        ) { $0.told { denial, _ in .integer(ifPresent: denial.status.map(Int64.init)) } },
        FactDefinition(
            "deniedBodyType", .text, meaning: "The media type of a denial's body; absent without one.",
            source: "RFC 9110 §8.3"
        ) { $0.told { denial, _ in .text(denial.essence) } },
        FactDefinition(
            "retryAfterPresent", .boolean, meaning: "Whether a denial says when to come back.",
            source: "RFC 9110 §10.2.3"
        ) { $0.told { _, timing in .boolean(timing.retryAfter != nil) } },
        FactDefinition(
            "retryAfterForm", .choice(of: RetryAfter.Form.self), meaning: "How Retry-After is written.",
            source: "RFC 9110 §10.2.3"
        ) { $0.told { _, timing in .choice(timing.retryAfter?.form) } },
        FactDefinition(
            "retryAfterS", .number, unit: "seconds", meaning: "The time that Retry-After asks a client to wait.",
            source: "RFC 9110 §10.2.3"
        ) { $0.told { _, timing in .figure(timing.retryAfterSeconds) } },
        FactDefinition(
            "retryAfterBeforeReset", .boolean,
            meaning: "Whether Retry-After sends clients back before the quota is there again; absent without both.",
            source: "draft-ietf-httpapi-ratelimit-headers-11 §5"
        ) {
            $0.told { _, timing in
                guard let retry = timing.retryAfterSeconds, let reset = timing.resetSeconds else { return .absent }
                return .boolean(retry < reset)
            }
        },
        FactDefinition(
            "problemType", .text, meaning: "The type of the denial's problem details; absent without such a body.",
            source: "RFC 9457 §3.1.1"
        ) { $0.told { denial, _ in .text(denial.problem?.type) } },
        FactDefinition(
            "violatedPolicies", .list(.text), meaning: "The policies that a denial says were violated.",
            source: "draft-ietf-httpapi-ratelimit-headers-11 §6"
        ) { $0.told { denial, _ in .texts(ifPresent: denial.problem?.violatedPolicies) } },
        FactDefinition(
            "noStoreOnDenial", .boolean, meaning: "Whether caches are told not to keep a denial.",
            source: "RFC 6585 §4"
        ) {
            $0.told { denial, _ in
                .boolean(CacheControl(lines: denial.values(of: "cache-control")).has("no-store"))
            }
        },
        FactDefinition(
            "corsOnDenial", .boolean,
            meaning: "Whether a denial may be read across origins as the usual answer may; absent where that may not.",
            source: "Fetch, CORS protocol"
        ) { evidence in
            evidence.told { denial, _ in
                let name = "access-control-allow-origin"
                let usual = evidence.own.first { $0.outcome == .accepted }?.request.values(of: name) ?? []
                return usual.isEmpty ? .absent : .boolean(!denial.values(of: name).isEmpty)
            }
        },
        FactDefinition(
            "leakOnDenial", .list(.choice(of: Disclosure.self)),
            meaning: "What a denial's body tells of the service's inside, sorted.", source: "OWASP ASVS 5.0 V16.5.1"
        ) {
            $0.told { denial, _ in
                guard let body = denial.body else {
                    return .unobserved(ProbeFailure(.unsupported, "the denial's body was not kept"))
                }
                let found = Disclosure.found(in: body.text).map(\.rawValue).sorted()
                return found.isEmpty ? body.failure.map { .unobserved($0) } ?? .texts(found) : .texts(found)
            }
        }
    ]
}

extension RateLimitEvidence {
    /// Absent where requests were sent and none was denied; unobserved where none could have been.
    fileprivate func told(_ fact: (RateLimitCapture.Request, RateLimitTiming) -> DerivedFact) -> DerivedFact {
        if let denial, let denialTiming { return fact(denial, denialTiming) }
        return mode == nil ? .unobserved(unmeasured) : .absent
    }
}

extension RateLimitCapture.Request {
    fileprivate var essence: String? { MediaType.extract(lines: values(of: "content-type"))?.essence }

    fileprivate var problem: ProblemDetails? { ProblemDetails(mediaType: essence, body: body?.text ?? "") }
}
