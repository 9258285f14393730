extension SourceList {
    /// What several lists allow together: every enforced policy has to allow a request (CSP Level 3 §8.1).
    ///
    /// A URL that one list names more narrowly stands as the narrower one says. A nonce of one list and a host of
    /// another would both have to match, which no list can say: neither is in the result.
    ///
    /// - Parameter origin: the page's, which `'self'` and hosts without a scheme mean; nil when it is not known.
    package static func intersection(_ lists: [SourceList], origin: URLReference?) -> SourceList? {
        guard let first = lists.first else { return nil }
        return lists.dropFirst().reduce(first) { $0.intersection($1, origin: origin) }
    }

    private func intersection(_ other: SourceList, origin: URLReference?) -> SourceList {
        let mine = urls.prefix(Self.mostCompared)
        let theirs = other.urls.prefix(Self.mostCompared)
        let shared = Set(other.expressions)
        return SourceList(
            expressions.filter { shared.contains($0) }
                + mine.flatMap { one in theirs.compactMap { one.meet($0, origin: origin) } })
    }

    private var urls: [SourceExpression] {
        expressions.filter { expression in
            switch expression {
            case .scheme, .host, .keyword(.own): true
            default: false
            }
        }
    }

    /// Lists are compared pair by pair; of a longer one only equal sources are found.
    private static let mostCompared = 300
}

extension SourceExpression {
    /// The URLs that both match, as one source; nil when there are none.
    func meet(_ other: SourceExpression, origin: URLReference?) -> SourceExpression? {
        if self == other { return self }
        guard let mine = URLPattern(self, origin: origin), let theirs = URLPattern(other, origin: origin),
            let both = mine.meet(theirs, origin: origin)
        else { return nil }
        if both == mine { return self }
        if both == theirs { return other }
        return both.source
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
        guard let scheme = Self.meet(schemes: scheme, other.scheme, origin: origin),
            let host = Self.meet(hosts: host, other.host), let path = Self.meet(paths: path, other.path),
            let port = Self.meet(ports: port, other.port)
        else { return nil }
        return URLPattern(scheme: scheme, host: host, port: port, path: path)
    }

    /// "scheme-part matches" (§6.7.2.9): a plain scheme also matches its secure one.
    private static func meet(schemes one: String?, _ other: String?, origin: URLReference?) -> String?? {
        guard let one else { return other.map { isNetwork($0, origin: origin) ? .some($0) : nil } ?? .some(nil) }
        guard let other else { return isNetwork(one, origin: origin) ? .some(one) : nil }
        if matches(one, other) { return .some(other) }
        return matches(other, one) ? .some(one) : nil
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
        return pattern.hasPrefix("*.") && host.hasSuffix(pattern.dropFirst()) && host.utf8.count > pattern.utf8.count - 1
    }

    /// "path-part matches" (§6.7.2.12): a folder matches what is in it, another path only itself.
    private static func meet(paths one: String, _ other: String) -> String? {
        if one == other || one.isEmpty || one.hasSuffix("/") && other.hasPrefix(one) { return other }
        return other.isEmpty || other.hasSuffix("/") && one.hasPrefix(other) ? one : nil
    }

    /// "port-part matches" (§6.7.2.11): port 80 also matches 443, where a plain scheme matches its secure one.
    private static func meet(ports one: HostSource.Port, _ other: HostSource.Port) -> HostSource.Port? {
        if one == other || one == .any { return other }
        if other == .any { return one }
        return Set([one, other]) == [.number(80), .number(443)] ? .number(443) : nil
    }
}
