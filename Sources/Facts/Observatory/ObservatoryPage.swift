import AuditModel
import WireFormats

/// The Observatory's judgement of the way to the page (`redirection`) and of its scripts (`subresource-integrity`).
enum ObservatoryPage {
    /// - Parameter chain: From plain HTTP on; nil when nobody answers there.
    static func redirection(_ chain: RedirectChain?, isPreloaded: (String) -> Bool) -> ObservatoryOutcome {
        guard let chain else { return .redirectionNoHTTP }
        if chain.exchanges.contains(where: { $0.tls?.isVerified == false }) { return .redirectionInvalidCertificate }
        let route = chain.route
        if route.allSatisfy({ isPreloaded($0.host) }) { return .redirectionPreloaded }
        if route.count <= 1 { return .redirectionMissing }
        if route.last?.scheme != .https { return .redirectionNotToHTTPS }
        if route[1].scheme == .http { return .redirectionNotAtFirst }
        return route[0].scheme == .http && route[0].host != route[1].host ? .redirectionOffHost : .redirectionToHTTPS
    }

    /// - Parameters:
    ///   - response: The page's answer.
    ///   - site: The host that was asked for.
    static func subresourceIntegrity(
        _ response: HTTPExchange, _ outline: PageOutline?, site: String
    ) -> ObservatoryOutcome {
        let type = response.values(of: "content-type").first?.prefix { $0 != ";" } ?? ""
        guard type.isEmpty || htmlTypes.contains(String(type)) else { return .sriNotHTML }
        if outline?.failure?.code == .malformed { return .sriUnparseable }
        let scripts = outline?.elements.filter { $0.name == "script" } ?? []
        guard !scripts.isEmpty else { return .sriNoScripts }
        let isHTTPS = (try? URLReference(response.url))?.scheme == .https
        var result: ObservatoryOutcome?
        var isForeign = false
        for element in scripts {
            guard let script = ObservatoryScript(element, site: site, isHTTPS: isHTTPS) else { continue }
            isForeign = isForeign || !script.isOwn
            if let found = script.outcome(isFirst: result == nil) {
                result = worse(found, result)
            }
        }
        return result ?? (isForeign ? .sriExternal : .sriOwnScripts)
    }

    static let htmlTypes: Set<String> = ["text/html", "application/xhtml+xml"]

    private static func worse(_ found: ObservatoryOutcome, _ other: ObservatoryOutcome?) -> ObservatoryOutcome {
        let order: [ObservatoryOutcome] = [.sriAll, .sriExternal, .sriInsecure, .sriMissing, .sriMissingInsecure]
        guard let other, let place = order.firstIndex(of: other), let new = order.firstIndex(of: found) else {
            return found
        }
        return new > place ? found : other
    }
}

/// A script as the Observatory sorts it by the text of its `src`.
private struct ObservatoryScript {
    /// Whether it is relative or of the same registrable domain; `//host` is not, whatever the host.
    let isOwn: Bool
    private let isSecure: Bool
    private let hasIntegrity: Bool

    /// nil for a script without `src`.
    init?(_ element: PageElement, site: String, isHTTPS: Bool) {
        guard let source = element.attribute("src"), !source.isEmpty else { return nil }
        hasIntegrity = !(element.attribute("integrity") ?? "").isEmpty
        if source.hasPrefix("//"), source.utf8.count > 2, !source.hasPrefix("///") {
            isOwn = false
            isSecure = false
        } else if source.hasPrefix("https://") || source.hasPrefix("http://") {
            let host = (try? URLReference(source))?.host
            isOwn = host.map { Self.domain($0) == Self.domain(site) } ?? false
            isSecure = source.hasPrefix("https:")
        } else {
            isOwn = true
            isSecure = isHTTPS
        }
    }

    /// The hosts of companies do not count as suffixes; an address and a name of one label have no domain.
    private static func domain(_ host: String) -> String? {
        PublicSuffix.registrableDomain(of: host, sections: .registries)
    }

    /// nil when it changes nothing. An own script with integrity counts only as long as nothing else was found.
    func outcome(isFirst: Bool) -> ObservatoryOutcome? {
        if isOwn { return hasIntegrity && isSecure && isFirst ? .sriAll : nil }
        switch (hasIntegrity, isSecure) {
        case (true, true): return nil
        case (true, false): return .sriInsecure
        case (false, true): return .sriMissing
        case (false, false): return .sriMissingInsecure
        }
    }
}
