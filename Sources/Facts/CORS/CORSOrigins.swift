import WireFormats

/// The origins that a target is asked about: pure, so that a plan can be tested without a network.
///
/// Nothing is ever sent to any of them. Names under `.invalid` cannot be registered (RFC 2606 §2).
package struct CORSOrigins: Sendable {
    /// The attacker's name.
    package static let attacker = "cors-probe.invalid"
    /// The origin of the preflights when no other may read.
    package static let arbitrary = "https://" + attacker

    private let url: URLReference
    /// Without a final dot.
    private let host: String
    private let isAddress: Bool
    /// The registrable domain; nil for addresses and for names of one label.
    private let site: String?

    package init(for url: URLReference) {
        self.url = url
        host = url.host.utf8.last == UInt8(ascii: ".") ? String(url.host.dropLast()) : url.host
        isAddress = IPAddress(host) != nil
        site = PublicSuffix.registrableDomain(of: host)
    }

    /// What is asked first, whatever the answers: who may read at all.
    ///
    /// - Parameter known: origins that may read, besides the own.
    package func opening(known: [String]) -> [CORSQuestion] {
        distinct(
            [CORSQuestion(.none, nil), CORSQuestion(.own, url.origin)] + known.map { CORSQuestion(.known, $0) }
                + [CORSQuestion(.arbitrary, Self.arbitrary), CORSQuestion(.null, "null")])
    }

    /// What is asked when not every origin may read, the most telling first.
    ///
    /// - Parameter label: of a made-up domain, so that no list can know it.
    package func closer(label: String, extended: Bool) -> [CORSQuestion] {
        var questions: [CORSQuestion] = [CORSQuestion(.arbitraryTLD, "https://\(label).\(publicSuffix)")]
        func add(_ kind: CORSClass, _ origins: String...) { questions += origins.map { CORSQuestion(kind, $0) } }
        // No browser takes a number for the last label of a name, nor a name that goes on after a bracket.
        if !isVersion6 {
            add(.hostAsPrefixLabel, "https://\(host).\(Self.attacker)")
            add(.hostAsPrefixGlued, "https://\(host)\(Self.attacker)")
        }
        if !isAddress { questions += nameQuestions }
        if url.scheme == .https { add(.httpDowngrade, "http://\(bracketedHost)") }
        questions += truncated.map { CORSQuestion(.truncated, "https://" + $0) }
        add(.port, "\(url.scheme.rawValue)://\(bracketedHost):\(url.port == 8443 ? 9443 : 8443)")
        let own = ["localhost", "127.0.0.1"].contains(host)
        if !own { add(.localhost, "http://localhost:3000") }
        if url.scheme == .https, !isAddress { add(.httpSubdomain, "http://cors-probe.\(host)") }
        add(.localhostPrefix, "https://localhost.\(Self.attacker)")
        add(.sharedHosting, "https://cors-probe.github.io")
        // What the usual cap has room for only when the target's name leaves out some of the above.
        if let site, site != host { add(.parent, "https://\(site)") }
        if !own { add(.localhost, "http://localhost", "http://127.0.0.1") }
        add(.extension, "chrome-extension://aapbdbdomjkkjkaonfhkkikfgjllcleb")
        if !isAddress { add(.letterCase, "\(url.scheme.rawValue)://\(capitalAuthority)") }
        add(
            .sharedHosting, "https://cors-probe.vercel.app", "https://cors-probe.netlify.app",
            "https://cors-probe.pages.dev")
        if extended, !isVersion6 {
            questions += Self.extendedCharacters.map {
                CORSQuestion(.extended, "https://\(host)\($0).\(Self.attacker)")
            }
        }
        return distinct(questions)
    }

    /// Accepted in host names by some browser: `_` by all, the others by Safari, some by Firefox.
    package static let extendedCharacters = [
        "_", "-", "%60", "`", "{", "}", "+", ",", ";", "!", "$", "&", "'", "(", ")", "*", "=", "~"
    ]

    // MARK: Parts

    private var nameQuestions: [CORSQuestion] {
        var questions: [CORSQuestion] = []
        if let site, site != host { questions.append(CORSQuestion(.hostAsSuffixGlued, "https://cors-probe\(host)")) }
        questions.append(CORSQuestion(.siteAsSuffixGlued, "https://cors-probe\(site ?? host)"))
        questions += unescapedDots.map { CORSQuestion(.unescapedDot, "https://" + $0) }
        questions.append(CORSQuestion(.subdomain, "https://cors-probe.\(host)"))
        if let site, site != host { questions.append(CORSQuestion(.sibling, "https://cors-probe.\(site)")) }
        return questions
    }

    /// The dot before the site's name, then the one inside it, each replaced by a letter.
    private var unescapedDots: [String] {
        guard let site else { return [] }
        var names: [String] = []
        if host != site { names.append("\(host.dropLast(site.count + 1))X\(site)") }
        if let dot = site.firstIndex(of: ".") {
            names.append("\(host.dropLast(site.count))\(site[..<dot])X\(site[site.index(after: dot)...])")
        }
        return names
    }

    private var truncated: [String] {
        let head = String(host.dropFirst())
        if isAddress { return IPAddress(head).map { $0.isVersion6 ? [] : [head] } ?? [] }
        let tail = String((site ?? host).dropLast())
        return [head, tail].filter { name in
            !name.isEmpty && name.utf8.first != UInt8(ascii: ".") && name.utf8.last != UInt8(ascii: ".")
        }
    }

    private var publicSuffix: String {
        guard let site, let dot = site.firstIndex(of: ".") else { return "com" }
        return String(site[site.index(after: dot)...])
    }

    private var isVersion6: Bool { host.utf8.contains(UInt8(ascii: ":")) }
    private var bracketedHost: String { isVersion6 ? "[\(host)]" : host }

    private var capitalAuthority: String {
        let capitals = host.utf8.map { (0x61...0x7A).contains($0) ? $0 & 0xDF : $0 }
        return String(decoding: capitals, as: UTF8.self) + url.authority.dropFirst(url.host.count)
    }

    /// Each origin once, as the first thing that it is.
    private func distinct(_ questions: [CORSQuestion]) -> [CORSQuestion] {
        var seen: Set<String?> = []
        let own = CORSQuestion(.own, url.origin)
        return questions.filter { seen.insert($0.origin).inserted && ($0.kind == .own || $0.origin != own.origin) }
    }
}
