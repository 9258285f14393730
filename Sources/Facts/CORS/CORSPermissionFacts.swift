import AuditModel
import WireFormats

extension CORSFacts {
    /// What the answers to GET permit, whoever asks.
    static let permissions: [FactDefinition<CORSEvidence>] = [
        FactDefinition(
            "enabled", .boolean, meaning: "Whether any answer carries a field of the CORS protocol.", source: fetch
        ) { evidence in
            let isEnabled = (evidence.answers + evidence.options).contains(where: \.hasCORSFields)
            return evidence.found(.boolean(isEnabled), isFound: isEnabled) { _ in true }
        },
        FactDefinition(
            "wildcard", .boolean, meaning: "Whether a GET is answered with Access-Control-Allow-Origin: *.",
            source: fetch
        ) { $0.any(\.isWildcard) },
        FactDefinition(
            "wildcardWithCredentials", .boolean,
            meaning: "Whether * stands beside Access-Control-Allow-Credentials: true, which browsers refuse.",
            source: fetch
        ) { $0.any { $0.isWildcard && $0.allowsCredentials } },
        FactDefinition(
            "credentials", .boolean,
            meaning: "Whether a GET that names an allowed origin also allows credentials: exactly true.", source: fetch
        ) { $0.any { $0.allowOrigin != nil && $0.allowsCredentials } },
        FactDefinition(
            "staticOrigin", .boolean,
            meaning: "Whether the answer to a request without Origin names one origin all the same.", source: fetch
        ) { evidence in
            .boolean(ifPresent: evidence.baseline.map { $0.allowOrigin.map(isSerializedOrigin) ?? false })
        },
        FactDefinition(
            "allowlistObserved", .list(.text),
            meaning: "Origins that the answers name and that no attack made up; empty when every origin is named.",
            source: "gonogo"
        ) { evidence in
            let members = evidence.observedMembers
            return evidence.found(.texts(members), isFound: !members.isEmpty)
        },
        FactDefinition(
            "invalidAcao", .list(.text),
            meaning: "Values of Access-Control-Allow-Origin that match in no browser: lists, several fields, paths.",
            source: fetch
        ) { evidence in
            let values = evidence.invalidOrigins
            return evidence.found(.texts(values), isFound: !values.isEmpty)
        },
        FactDefinition(
            "exposeHeaders", .list(.text),
            meaning: "Header fields that scripts of allowed origins may read, in lower case, sorted.", source: fetch
        ) { evidence in
            let lists = evidence.answers.compactMap { $0.list("access-control-expose-headers") }
            return .texts(Set(lists.joined().map(\.asciiLowercased)).sorted())
        },
        FactDefinition(
            "onlyOnErrors", .boolean,
            meaning: "Whether an allowed origin is named on answers of 400 and above alone; absent when on none.",
            source: fetch
        ) { evidence in
            let named = evidence.answers.filter { $0.allowOrigin != nil }
            return named.isEmpty ? .absent : .boolean(named.allSatisfy { $0.exchange.status >= 400 })
        },
        FactDefinition(
            "headersSentWhenDenied", .list(.choice(CORSLeftover.allCases.map(\.rawValue))),
            meaning: "What is allowed to origins that no Access-Control-Allow-Origin is sent to.", source: fetch
        ) { evidence in
            let denied = (evidence.answers + evidence.options).filter { $0.origin != nil && $0.allowOrigin == nil }
            return .texts(
                CORSLeftover.allCases.filter { leftover in
                    denied.contains { !$0.exchange.values(of: leftover.field).isEmpty }
                }.map(\.rawValue))
        },
        FactDefinition(
            "timingAllowOriginAny", .boolean,
            meaning: "Whether every origin may read exact timings: Timing-Allow-Origin: *.",
            source: "Resource Timing §4.5.1"
        ) { $0.any { $0.list("timing-allow-origin")?.contains("*") == true } },
        FactDefinition(
            "redirectCrossSite", .boolean,
            meaning: "Whether a GET is redirected to another site, where the origin counts as null.", source: fetch
        ) { evidence in evidence.any { evidence.leavesSite($0.exchange) } }
    ]
}

/// A permission that stands without a permitted origin.
private enum CORSLeftover: String, CaseIterable {
    case credentials, headers, methods

    var field: String { "access-control-allow-" + rawValue }
}

extension CORSEvidence {
    /// Whether an answer to GET is so; no is only known when all were answered.
    fileprivate func any(_ condition: (CORSAnswer) -> Bool) -> DerivedFact {
        let isFound = answers.contains(where: condition)
        return found(.boolean(isFound), isFound: isFound)
    }

    fileprivate func leavesSite(_ exchange: HTTPExchange) -> Bool {
        guard [301, 302, 303, 307, 308].contains(exchange.status), let target,
            let location = exchange.values(of: "location").first,
            let next = try? target.resolving(location)
        else { return false }
        let hosts = [target.host, next.host]
        let sites = hosts.map { PublicSuffix.registrableDomain(of: $0) ?? $0 }
        return sites[0] != sites[1]
    }
}
