extension SourceList {
    /// What several lists allow together: every enforced policy has to allow a request (CSP Level 3 §8.1).
    ///
    /// A URL that one list names more narrowly stands as the narrower one says. A nonce of one list and a host of
    /// another would both have to match, which no list can say: neither is in the result.
    ///
    /// - Parameter origin: the page's, which `'self'` and hosts without a scheme mean; nil when it is not known.
    package static func intersection(_ lists: [SourceList], origin: URLReference?) -> SourceList? {
        guard let first = lists.first else { return nil }
        let limit = lists.count <= 4 ? 200 : 20
        return lists.dropFirst().reduce(first) { $0.intersection($1, origin: origin, limit: limit) }
    }

    /// - Parameter limit: sources are compared pair by pair; of a longer list only equal ones are found.
    private func intersection(_ other: SourceList, origin: URLReference?, limit: Int) -> SourceList {
        let shared = Set(other.expressions)
        let mine = patterns(origin).prefix(limit)
        let theirs = other.patterns(origin).prefix(limit)
        return SourceList(
            expressions.filter { shared.contains($0) }
                + mine.flatMap { one in theirs.compactMap { one.meet($0, origin: origin) } })
    }

    private func patterns(_ origin: URLReference?) -> [PatternedSource] {
        expressions.compactMap { PatternedSource($0, origin: origin) }
    }
}

/// A source that matches URLs, and which ones.
private struct PatternedSource {
    let source: SourceExpression
    let pattern: URLPattern

    /// nil for a source that matches no URLs.
    init?(_ source: SourceExpression, origin: URLReference?) {
        guard let pattern = URLPattern(source, origin: origin) else { return nil }
        self.source = source
        self.pattern = pattern
    }

    /// The URLs that both match, as one source; nil when there are none.
    func meet(_ other: PatternedSource, origin: URLReference?) -> SourceExpression? {
        guard let both = pattern.meet(other.pattern, origin: origin) else { return nil }
        let written = [self, other].filter { $0.pattern == both }.map(\.source)
        return written.min(by: Self.isClearer) ?? both.source
    }

    /// Of two ways to say the same, the one to show: a keyword, else the shorter.
    private static func isClearer(_ one: SourceExpression, _ other: SourceExpression) -> Bool {
        if case .keyword = one { return true }
        if case .keyword = other { return false }
        return (one.text.utf8.count, one.text) < (other.text.utf8.count, other.text)
    }
}

/// Which URLs a source matches, with all that it leaves out made explicit.
private struct URLPattern: Equatable {
    /// nil for every scheme of the network, as `*` has it.
    var scheme: String?
    var host: String
    var port: HostSource.Port
    var path: String

    init?(_ source: SourceExpression, origin: URLReference?) {
        switch source {
        case .keyword(.own):
            guard let origin else { return nil }
            (scheme, host, port, path) = (origin.scheme.rawValue, origin.host, .number(origin.port), "")
        case .scheme(let name):
            (scheme, host, port, path) = (name, "*", .any, "")
        case .host(let source) where source == HostSource(host: "*"):
            (scheme, host, port, path) = (nil, "*", .any, "")
        case .host(let source):
            guard let name = source.scheme ?? origin?.scheme.rawValue else { return nil }
            scheme = name
            host = source.host
            port = source.port ?? Self.defaultPort(of: name)
            path = source.path
        default: return nil
        }
    }

    private init(scheme: String?, host: String, port: HostSource.Port, path: String) {
        (self.scheme, self.host, self.port, self.path) = (scheme, host, port, path)
    }

    private static func defaultPort(of scheme: String) -> HostSource.Port {
        switch scheme {
        case "http", "ws": .number(80)
        case "https", "wss": .number(443)
        case "ftp": .number(21)
        default: .any
        }
    }

    var source: SourceExpression {
        if host == "*", port == .any, path.isEmpty {
            return scheme.map { .scheme($0) } ?? .host(HostSource(host: "*"))
        }
        let isDefault = scheme.map { Self.defaultPort(of: $0) == port } ?? false
        return .host(HostSource(scheme: scheme, host: host, port: isDefault ? nil : port, path: path))
    }

    func meet(_ other: URLPattern, origin: URLReference?) -> URLPattern? {
        guard let host = Self.meet(hosts: host, other.host),
            let part = Self.meet(schemes: scheme, other.scheme, origin: origin),
            let path = Self.meet(paths: path, other.path),
            let port = Self.meet(ports: port(for: part.name), other.port(for: part.name))
        else { return nil }
        return URLPattern(scheme: part.name, host: host, port: port, path: path)
    }

    /// The port when requests go by another scheme: the plain one's own port becomes the secure one's.
    private func port(for scheme: String?) -> HostSource.Port {
        guard let own = self.scheme, let scheme, own != scheme, port == Self.defaultPort(of: own) else { return port }
        return Self.defaultPort(of: scheme)
    }

    /// "scheme-part matches" (§6.7.2.9): a plain scheme also matches its secure one; nil when none matches both.
    private static func meet(schemes one: String?, _ other: String?, origin: URLReference?) -> SchemePart? {
        switch (one, other) {
        case (nil, nil): return SchemePart(name: nil)
        case (let scheme?, nil), (nil, let scheme?):
            return isNetwork(scheme, origin: origin) ? SchemePart(name: scheme) : nil
        case (let one?, let other?):
            if matches(one, other) { return SchemePart(name: other) }
            return matches(other, one) ? SchemePart(name: one) : nil
        }
    }

    private struct SchemePart {
        /// nil for every scheme of the network.
        let name: String?
    }

    private static func matches(_ part: String, _ scheme: String) -> Bool {
        switch (part, scheme) {
        case ("http", "https"), ("ws", "wss"), ("ws", "http"), ("ws", "https"), ("wss", "https"): true
        default: part == scheme
        }
    }

    private static func isNetwork(_ scheme: String, origin: URLReference?) -> Bool {
        ["http", "https", "ws", "wss", "ftp"].contains(scheme) || scheme == origin?.scheme.rawValue
    }

    private static func meet(hosts one: String, _ other: String) -> String? {
        if matches(host: one, other) { return other }
        return matches(host: other, one) ? one : nil
    }

    /// "host-part matches" (§6.7.2.10), where what is matched may itself be a wildcard.
    private static func matches(host pattern: String, _ host: String) -> Bool {
        if pattern == "*" || pattern == host { return true }
        return pattern.hasPrefix("*.") && host.hasSuffix(pattern.dropFirst())
            && host.utf8.count > pattern.utf8.count - 1
    }

    /// "path-part matches" (§6.7.2.12): a folder matches what is in it, another path only itself.
    private static func meet(paths one: String, _ other: String) -> String? {
        if one == other || one.isEmpty || one.hasSuffix("/") && other.hasPrefix(one) { return other }
        return other.isEmpty || other.hasSuffix("/") && one.hasPrefix(other) ? one : nil
    }

    /// "port-part matches" (§6.7.2.11).
    private static func meet(ports one: HostSource.Port, _ other: HostSource.Port) -> HostSource.Port? {
        if one == other || one == .any { return other }
        return other == .any ? one : nil
    }
}
