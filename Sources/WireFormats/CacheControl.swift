/// All `Cache-Control` field lines of a response, merged (RFC 9111 §5.2.2).
package struct CacheControl: Equatable, Sendable {
    /// In the order written; of a name that repeats, the first counts (§4.2.1).
    package let directives: [FieldDirective]
    /// Whether every member follows the grammar and every age is a number of seconds.
    package let isValid: Bool

    package init(lines: [String]) {
        let members = FieldSyntax.list(lines)
        directives = members.compactMap(FieldDirective.init)
        isValid =
            directives.count == members.count
            && directives.allSatisfy { directive in
                !["max-age", "s-maxage"].contains(directive.name)
                    || directive.value.flatMap(FieldSyntax.deltaSeconds) != nil
            }
    }

    /// Whether a directive stands there without a list of field names, so that it concerns the whole response.
    package func hasUnqualified(_ name: String) -> Bool {
        directives.contains { $0.name == name && $0.value == nil }
    }

    /// Whether a directive stands there, with a value or without.
    package func has(_ name: String) -> Bool { directives.contains { $0.name == name } }

    /// Seconds; nil when missing or no number.
    package func seconds(_ name: String) -> Int64? {
        directives.first { $0.name == name }?.value.flatMap(FieldSyntax.deltaSeconds)
    }
}

extension CacheControl {
    /// What of a response besides `Cache-Control` decides whether a cache may keep it.
    package struct Response: Sendable {
        package var status: Int
        package var hasExpires: Bool

        package init(status: Int, hasExpires: Bool) {
            self.status = status
            self.hasExpires = hasExpires
        }
    }

    /// Whether a shared cache may store the answer to a GET without credentials (RFC 9111 §3).
    package func isSharedStorable(_ response: Response) -> Bool {
        let isUnderstood = Self.finalStatuses.contains(response.status)
        // A cache that understands the status ignores no-store beside must-understand (§5.2.2.3).
        let isForbidden = has("no-store") && !(hasUnqualified("must-understand") && isUnderstood)
        guard response.status >= 200, response.status != 206, response.status != 304, !isForbidden,
            !hasUnqualified("private")
        else { return false }
        if hasUnqualified("must-understand"), !isUnderstood { return false }
        return hasExplicitLifetime(response) || hasUnqualified("public")
            || Self.heuristicStatuses.contains(response.status)
    }

    /// Whether a shared cache may store it and must guess for how long (§4.2.2).
    package func isHeuristic(_ response: Response) -> Bool {
        isSharedStorable(response) && !hasExplicitLifetime(response)
    }

    private func hasExplicitLifetime(_ response: Response) -> Bool {
        response.hasExpires || has("max-age") || has("s-maxage")
    }

    /// Statuses that may be cached without being told to (RFC 9110 §15.1); 206 needs a cache that keeps ranges.
    private static let heuristicStatuses: Set<Int> = [200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501]

    /// Statuses whose caching rules are specified (RFC 9110 §15, RFC 6585, RFC 7725).
    private static let finalStatuses = heuristicStatuses.union([
        201, 202, 205, 302, 303, 307, 400, 401, 402, 403, 406, 407, 408, 409, 411, 412, 413, 415, 416, 417, 421, 422,
        426, 428, 429, 431, 451, 500, 502, 503, 504, 505, 511
    ])
}
