import AuditModel
import WireFormats

extension CookiesFacts {
    /// Which cookies there are, and what is wrong with them.
    static let overview: [FactDefinition<CookiesEvidence>] = [
        FactDefinition(
            "requests", .integer, unit: "requests", meaning: "How many requests the page's probes spent together.",
            source: "gonogo"
        ) { .integer($0.page.requestCount) },
        FactDefinition(
            "count", .integer, unit: "cookies",
            meaning: "How many cookies of different names the page and plain HTTP set, rejected ones included.",
            source: "RFC 6265 §4.1"
        ) { .integer($0.names.count) },
        FactDefinition(
            "names", .list(.text), meaning: "Their names, sorted; an empty name for a line without an equals sign.",
            source: "RFC 6265 §4.1"
        ) { .texts($0.names) },
        FactDefinition(
            "problems", .list(.text),
            meaning: "What is wrong, as NAME: PROBLEM, sorted by name; cookies that are being removed are left out.",
            source: "RFC 6265bis §5.7; OWASP ASVS 5.0 V3.3"
        ) { evidence in
            if let unjudged = evidence.unjudged { return .unobserved(unjudged.failure) }
            return .texts(evidence.groups.flatMap { group in group.problems.map { "\(group.name): \($0)" } })
        }
    ]
}

extension CookieGroup {
    /// Kebab-case names; a reason for which browsers reject the cookie stands first.
    fileprivate var problems: [String] {
        guard !isRemoval else { return [] }
        var problems = rejection.map { [$0.rawValue] } ?? []
        if !every(\.isSecure) { problems.append("without-secure") }
        if role == .session, !every(\.isHTTPOnly) { problems.append("session-without-httponly") }
        if !every({ $0.unknownSameSite == nil }) {
            problems.append("samesite-invalid")
        } else if role != .other, !every({ $0.sameSite != nil }) {
            problems.append("without-samesite")
        }
        if any({ ($0.life ?? 0) > SetCookie.longestLife }) { problems.append("over-400-days") }
        if duplicates > 0 { problems.append("set-twice") }
        return problems
    }
}
