/// The end of a host name below which anybody may register a name (Public Suffix List, https://publicsuffix.org).
package struct PublicSuffix: Hashable, Sendable {
    /// In lower case, without a leading dot: `co.uk`, `github.io`.
    package let text: String
    /// Whether a company lets its customers have the names below, as `github.io` does, and no registry.
    package let isPrivate: Bool

    /// Which rules count.
    package enum Sections: Sendable {
        case all
        /// The registries' only, without the hosts of companies.
        case registries
    }

    /// The suffix of a host name, which may be the name itself; nil for an address and for what is no host name.
    ///
    /// The host is in lower case ASCII, as in a `URLReference`. A name that no rule knows ends in its last label.
    package init?(host: String, sections: Sections = .all) {
        let labels = Self.labels(host)
        guard !labels.isEmpty, IPAddress(host) == nil else { return nil }
        // Rules are tried from the longest suffix on: the longest match prevails, an exception over all.
        for start in labels.indices {
            let suffix = labels[start...].joined(separator: ".")
            let wildcard = "*" + suffix.dropFirst(labels[start].count)
            if let section = Self.section(of: "!" + suffix, in: sections) {
                self.init(text: labels[(start + 1)...].joined(separator: "."), isPrivate: section == .privateHosts)
                return
            }
            if let section = Self.section(of: suffix, in: sections)
                ?? (start + 1 < labels.count ? Self.section(of: wildcard, in: sections) : nil)
            {
                self.init(text: suffix, isPrivate: section == .privateHosts)
                return
            }
        }
        self.init(text: labels[labels.count - 1], isPrivate: false)
    }

    private init(text: String, isPrivate: Bool) {
        self.text = text
        self.isPrivate = isPrivate
    }

    /// The suffix with one label more, the part of a host name that one party controls; nil for a suffix itself.
    package static func registrableDomain(of host: String, sections: Sections = .all) -> String? {
        guard let suffix = PublicSuffix(host: host, sections: sections) else { return nil }
        let count = suffix.text.utf8.count(where: { $0 == UInt8(ascii: ".") }) + 2
        let labels = labels(host)
        return labels.count < count ? nil : labels.suffix(count).joined(separator: ".")
    }

    private enum Section {
        case registries, privateHosts
    }

    private static func section(of rule: String, in sections: Sections) -> Section? {
        if SortedLines(PublicSuffixRules.registries).contains(rule) { return .registries }
        if sections == .all, SortedLines(PublicSuffixRules.privateHosts).contains(rule) { return .privateHosts }
        return nil
    }

    /// At most 127 labels of at most 63 bytes (RFC 1035 §2.3.4); empty for anything else. A final dot is dropped.
    private static func labels(_ host: String) -> [String] {
        guard host.utf8.count <= 254 else { return [] }
        let name = host.utf8.last == UInt8(ascii: ".") ? String(host.dropLast()) : host
        let labels = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.allSatisfy({ (1...63).contains($0.count) }) else { return [] }
        return labels.map { String(Substring($0)) }
    }
}
