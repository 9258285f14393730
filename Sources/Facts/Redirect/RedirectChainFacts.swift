import AuditModel
import WireFormats

extension RedirectFacts {
    /// The way as a whole. Redirects to another host are told, not followed.
    static let chain: [FactDefinition<RedirectEvidence>] = [
        FactDefinition(
            "chain", .list(.record),
            meaning: "The answers from plain HTTP on, each with url, status and, where it leads away, location; "
                + "absent without HTTP.",
            source: "RFC 9110 §15.4"
        ) { $0.along { chain in .value(.list(chain.exchanges.map(\.record))) } },
        FactDefinition(
            "hops", .integer, unit: "redirects",
            meaning:
                "How many redirects there are from plain HTTP on, one to another host included; absent without HTTP.",
            source: "RFC 9110 §15.4"
        ) { $0.along { .integer(max(0, $0.route.count - 1)) } },
        FactDefinition(
            "finalUrl", .text, meaning: "Where the way from plain HTTP ends; absent without HTTP.",
            source: "RFC 9110 §15.4"
        ) { $0.along { .text($0.route.last?.text) } },
        flag("toHttps", "Whether the way from plain HTTP ends at HTTPS; absent without HTTP.", "RFC 9110 §4.2.2") {
            $0.route.last?.scheme == .https && !$0.isTooLong && !$0.isLoop
        },
        flag(
            "downgrade", "Whether a redirect leads from HTTPS back to plain HTTP; absent without HTTP.",
            "RFC 9110 §15.4"
        ) { $0.isDowngraded },
        flag("loop", "Whether the redirects go in a circle; absent without HTTP.", "RFC 9110 §15.4") { $0.isLoop },
        flag(
            "tooMany", "Whether there are more redirects than are followed, and no circle; absent without HTTP.",
            "RFC 9110 §15.4"
        ) { $0.isTooLong && !$0.isLoop },
        FactDefinition(
            "preservesPath", .boolean,
            meaning: "Whether the first URL over HTTPS has the path that was asked for; absent without one, "
                + "and for the path / that every redirect keeps.",
            source: "RFC 9110 §15.4.9"
        ) { evidence in
            evidence.along { chain in
                guard let start = chain.route.first, let secure = chain.firstSecure else { return .absent }
                return start.path == "/" && secure.path == "/" ? .absent : .boolean(start.path == secure.path)
            }
        },
        FactDefinition(
            "preservesQuery", .boolean,
            meaning:
                "Whether the first URL over HTTPS has the query that was asked for; absent when none was asked for.",
            source: "RFC 9110 §15.4.9"
        ) { evidence in
            evidence.along { chain in
                guard let query = chain.route.first?.query, let secure = chain.firstSecure else { return .absent }
                return .boolean(secure.query == query)
            }
        },
        FactDefinition(
            "hstsOnFirstHttps", .boolean,
            meaning:
                "Whether the first answer over HTTPS on the way sends Strict-Transport-Security; absent without one.",
            source: "RFC 6797 §7.2"
        ) { evidence in
            evidence.along { chain in
                let secure = chain.exchanges.first { (try? URLReference($0.url))?.scheme == .https }
                return .boolean(ifPresent: secure.map { !$0.values(of: "strict-transport-security").isEmpty })
            }
        }
    ]

    private static func flag(
        _ path: String, _ meaning: String, _ source: String, _ holds: @escaping @Sendable (RedirectChain) -> Bool
    ) -> FactDefinition<RedirectEvidence> {
        FactDefinition(path, .boolean, meaning: meaning, source: source) { $0.along { .boolean(holds($0)) } }
    }
}

extension HTTPExchange {
    fileprivate var record: FactValue {
        var members: [String: FactValue] = ["url": .text(url), "status": .integer(Int64(status))]
        if let location = values(of: "location").first { members["location"] = .text(location) }
        return .record(members)
    }
}
