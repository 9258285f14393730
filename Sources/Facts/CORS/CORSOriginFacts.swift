import AuditModel
import WireFormats

extension CORSFacts {
    /// Which origins may read.
    static let origins: [FactDefinition<CORSEvidence>] = [
        FactDefinition(
            "reflectsArbitrary", .boolean,
            meaning: "Whether an origin that nobody chose is named in the answer: every web page may read.",
            source: "PortSwigger, CORS: reflected origins"
        ) { $0.isTrusted(.arbitrary, .arbitraryTLD) },
        FactDefinition(
            "reflectsCaseInsensitively", .boolean,
            meaning: "Whether the own origin in capitals is accepted; no browser sends it. Absent for addresses.",
            source: "RFC 6454 §4"
        ) { evidence in
            evidence.isTrusted(.letterCase) { $0.isEcho || $0.allowOrigin == evidence.target?.origin }
        },
        FactDefinition(
            "nullAllowed", .boolean,
            meaning: "Whether the origin null may read, which any page gets in a sandboxed frame.",
            source: "PortSwigger, CORS: whitelisted null origin"
        ) { $0.isTrusted(.null) },
        FactDefinition(
            "subdomainsTrusted", .boolean,
            meaning:
                "Whether any name below the host or beside it may read: one takeover or script hole there is enough.",
            source: "PortSwigger, CORS: trust relationships"
        ) { $0.isTrusted(.subdomain, .sibling) },
        FactDefinition(
            "httpDowngrade", .boolean,
            meaning: "Whether the host or a name below it may read over plain HTTP, so that the network may too; "
                + "absent for a plain target.",
            source: "PortSwigger, CORS: breaking TLS"
        ) { $0.isTrusted(.httpDowngrade, .httpSubdomain) },
        FactDefinition(
            "localhostTrusted", .boolean,
            meaning: "Whether a development server's origin may read: localhost or 127.0.0.1.", source: "gonogo"
        ) { $0.isTrusted(.localhost) },
        FactDefinition(
            "anyPort", .boolean, meaning: "Whether the host's origin at another port may read.", source: "RFC 6454 §4"
        ) { $0.isTrusted(.port) },
        FactDefinition(
            "extensionOrigins", .boolean, meaning: "Whether a browser extension's origin may read.",
            source: "gonogo"
        ) { $0.isTrusted(.extension) },
        FactDefinition(
            "sharedHostingTrusted", .list(.text),
            meaning: "Hosts of many tenants whose names may all read, such as github.io.",
            source: "Public Suffix List"
        ) { evidence in
            let names = evidence.answers([.sharedHosting]).filter(\.isEcho).compactMap(\.origin)
                .map { $0.split(separator: ".").dropFirst().joined(separator: ".") }
            guard names.isEmpty else { return .texts(names.sorted()) }
            guard case .unobserved(let failure) = evidence.isTrusted(.sharedHosting) else { return .texts([]) }
            return .unobserved(failure)
        },
        FactDefinition(
            "bypass", .list(.choice(CORSClass.allCases.filter(\.isBypass).map(\.rawValue))),
            meaning: "The classes of origins that may read although the service does not need them.",
            source: "PortSwigger, CORS"
        ) { evidence in
            let classes = evidence.bypassClasses
            return evidence.found(.texts(classes.map(\.rawValue)), isFound: !classes.isEmpty)
        },
        FactDefinition(
            "validation", .choice(of: CORSValidation.self),
            meaning: "How origins seem to be compared, told from those that are accepted.", source: "gonogo"
        ) { evidence in
            let validation = evidence.validation
            return evidence.found(.choice(validation), isFound: ![.none, .exact].contains(validation))
        }
    ]
}
