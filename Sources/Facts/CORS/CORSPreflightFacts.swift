import AuditModel
import WireFormats

extension CORSFacts {
    private static let preflights = "Fetch Standard, CORS-preflight fetch"
    private static let dangerousMethods = ["CONNECT", "DELETE", "PATCH", "PUT", "TRACE", "TRACK"]

    /// What preflights allow. Status and passing are those of an arbitrary origin; methods and header fields are told
    /// by the preflight of an allowed origin, when there is one.
    static let preflight: [FactDefinition<CORSEvidence>] =
        passing + [
            FactDefinition(
                "preflight.methods", .list(.text), meaning: "The methods that are allowed, in the order sent.",
                source: preflights
            ) { $0.ofTellingPreflight { .texts($0.allowedMethods ?? []) } },
            FactDefinition(
                "preflight.methodsWildcard", .boolean, meaning: "Whether * is among the methods.", source: preflights
            ) { $0.ofTellingPreflight { .boolean($0.allowedMethods?.contains("*") == true) } },
            FactDefinition(
                "preflight.methodsReflected", .boolean,
                meaning: "Whether a method that does not exist is allowed because it was asked for.", source: preflights
            ) {
                $0.ofPreflight(.preflightMethod) {
                    .boolean($0.allowedMethods?.contains(CORSPreflight.unknownMethod) == true)
                }
            },
            FactDefinition(
                "preflight.dangerousMethods", .list(.text),
                meaning: "Allowed methods that change or delete what is there, or echo the request, sorted.",
                source: "RFC 9110 §9.2.1"
            ) { $0.ofTellingPreflight { .texts(dangerousMethods.filter(($0.allowedMethods ?? []).contains)) } },
            FactDefinition(
                "preflight.headersAllowed", .list(.text),
                meaning: "The header fields that are allowed, in lower case, in the order sent.", source: preflights
            ) { $0.ofTellingPreflight { .texts(($0.allowedHeaders ?? []).map(\.asciiLowercased)) } },
            FactDefinition(
                "preflight.headersWildcard", .boolean, meaning: "Whether * is among the header fields.",
                source: preflights
            ) { $0.ofTellingPreflight { .boolean($0.allowedHeaders?.contains("*") == true) } },
            FactDefinition(
                "preflight.headersReflected", .boolean,
                meaning: "Whether a field name that we made up is allowed because it was asked for.", source: preflights
            ) {
                $0.ofTellingPreflight {
                    .boolean(($0.allowedHeaders ?? []).contains { $0.asciiLowercased == CORSPreflight.header })
                }
            },
            FactDefinition(
                "preflight.authorizationNeedsExplicit", .boolean,
                meaning: "Whether * is allowed and Authorization is not, which the star does not cover.",
                source: preflights
            ) {
                $0.ofTellingPreflight {
                    let names = ($0.allowedHeaders ?? []).map(\.asciiLowercased)
                    return .boolean(names.contains("*") && !names.contains("authorization"))
                }
            },
            FactDefinition(
                "preflight.maxAgeS", .integer, unit: "seconds",
                meaning: "For how long browsers may keep the permission; absent when not sent or no number.",
                source: preflights
            ) { $0.ofTellingPreflight { .integer(ifPresent: $0.maxAge) } },
            FactDefinition(
                "preflight.maxAgeCapped", .boolean,
                meaning: "Whether that is longer than a day, which no browser keeps; absent when not sent.",
                source: "jub0bs/cors, maximum age"
            ) { $0.ofTellingPreflight { .boolean(ifPresent: $0.maxAge.map { $0 > 86_400 }) } },
            FactDefinition(
                "preflight.credentialsMismatch", .boolean,
                meaning: "Whether preflight and GET of one allowed origin differ in credentials; absent without both.",
                source: fetch
            ) { evidence in
                if let missed = evidence.missed(in: \.isOptions) { return .unobserved(missed) }
                return .boolean(ifPresent: evidence.credentialsDiffer)
            },
            FactDefinition(
                "preflight.privateNetworkAllowed", .boolean,
                meaning: "Whether access to a private network is allowed to the origin that asks for it.",
                source: "WICG, Private Network Access §3.1"
            ) {
                $0.ofPreflight(.preflightNetwork) { answer in
                    let allows = answer.list("access-control-allow-private-network") == ["true"]
                    return .boolean(allows && answer.isReadable(withCredentials: false))
                }
            },
            FactDefinition(
                "preflight.shortCircuitsOptions", .boolean,
                meaning: "Whether OPTIONS with an Origin is answered as a preflight though it is none.",
                source: fetch
            ) {
                $0.ofPreflight(.plainOptions) { answer in
                    let isPreflightAnswer = answer.allowedMethods != nil || answer.allowedHeaders != nil
                    return .boolean(answer.isSuccess && isPreflightAnswer)
                }
            }
        ]

    private static let passing: [FactDefinition<CORSEvidence>] = [
        FactDefinition(
            "preflight.status", .integer, meaning: "The status code of the answer to the arbitrary origin's preflight.",
            source: preflights
        ) { $0.ofPreflight(.preflight) { .integer($0.exchange.status) } },
        FactDefinition(
            "preflight.statusOk", .boolean,
            meaning: "Whether that status is 200 to 299, without which nothing is allowed.",
            source: preflights
        ) { $0.ofPreflight(.preflight) { .boolean($0.isSuccess) } },
        FactDefinition(
            "preflight.passes", .boolean,
            meaning: "Whether an arbitrary origin may send DELETE with Authorization and a field of its own.",
            source: preflights
        ) { evidence in evidence.ofPreflight(.preflight) { .boolean(evidence.passes($0)) } },
        FactDefinition(
            "preflight.methodAllowed", .boolean, meaning: "Whether that preflight's status and methods allow DELETE.",
            source: preflights
        ) {
            $0.ofPreflight(.preflight) {
                .boolean($0.isSuccess && $0.allows(method: CORSPreflight.method, withCredentials: false))
            }
        },
        FactDefinition(
            "preflight.requiresAuth", .boolean,
            meaning: "Whether a preflight, which never carries credentials, is answered with 401 or 407.",
            source: preflights
        ) { $0.ofPreflight(.preflight) { .boolean([401, 407].contains($0.exchange.status)) } }
    ]
}

extension CORSAnswer {
    fileprivate var maxAge: Int64? {
        exchange.values(of: "access-control-max-age").first.flatMap {
            FieldSyntax.deltaSeconds(FieldSyntax.trimmed($0))
        }
    }
}
