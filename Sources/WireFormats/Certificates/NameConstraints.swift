/// Names that a CA may and may not certify (RFC 5280 §4.2.1.10); minimum and maximum, which must be absent, are not read.
package struct NameConstraints: Sendable, Hashable {
    package let permitted: [GeneralName]
    package let excluded: [GeneralName]

    init(_ element: DERElement) {
        var permitted: [GeneralName] = []
        var excluded: [GeneralName] = []
        for field in element.children {
            let names = field.children.prefix(Self.most).compactMap { $0.first.flatMap(GeneralName.init) }
            if field.tag == DERTag.explicit(0) { permitted += names }
            if field.tag == DERTag.explicit(1) { excluded += names }
        }
        self.permitted = permitted
        self.excluded = excluded
    }

    /// More subtrees than this are not read.
    private static let most = 1000

    /// The first of the certificate's names that the constraints forbid; the subject counts as a directory name.
    package func violation(in certificate: X509Certificate) -> GeneralName? {
        if !certificate.subject.isEmpty, !allows(.directory(certificate.subject)) {
            return .directory(certificate.subject)
        }
        return certificate.extensions.names?.first { !allows($0) }
    }

    /// Whether a CA under these constraints may certify the name.
    package func allows(_ name: GeneralName) -> Bool {
        let ofKind = permitted.filter { $0.isOfKind(of: name) }
        return (ofKind.isEmpty || ofKind.contains { name.isWithin($0) }) && !excluded.contains { name.touches($0) }
    }

    /// Whether a subtree is of a kind other than domain names, addresses and URIs.
    package var hasUnusualKinds: Bool {
        (permitted + excluded).contains { subtree in
            switch subtree {
            case .dns, .address, .uri: false
            case .email, .directory, .other, .unknown: true
            }
        }
    }
}

extension GeneralName {
    fileprivate func isOfKind(of name: GeneralName) -> Bool {
        switch (self, name) {
        case (.dns, .dns), (.address, .address), (.email, .email), (.uri, .uri), (.directory, .directory),
            (.other, .other), (.unknown, .unknown):
            true
        default: false
        }
    }

    /// Whether the name lies in the subtree; one of a kind that has no rule never does.
    fileprivate func isWithin(_ subtree: GeneralName) -> Bool {
        switch (self, subtree) {
        case (.dns(let name), .dns(let base)): Self.isHost(name, within: base, alsoItself: true)
        case (.directory(let name), .directory(let base)): name.isWithin(base)
        case (.address(let address), .address(let base)):
            base.count == 2 * address.count
                && address.indices.allSatisfy { (address[$0] ^ base[$0]) & base[$0 + address.count] == 0 }
        case (.email(let address), .email(let base)): Self.isMailbox(address, within: base)
        case (.uri(let uri), .uri(let base)): Self.isHost(Self.host(of: uri), within: base, alsoItself: false)
        default: false
        }
    }

    /// Whether the name lies in an excluded subtree; a kind without a rule for subtrees is not let through.
    fileprivate func touches(_ subtree: GeneralName) -> Bool {
        switch (self, subtree) {
        case (.other, .other), (.unknown, .unknown): self == subtree
        default: isWithin(subtree)
        }
    }

    /// A base `shop.example` holds the names below it and, for domain names, itself; one with a dot before it only
    /// those below it. An empty base holds everything.
    private static func isHost(_ name: String, within base: String, alsoItself: Bool) -> Bool {
        let (name, base) = (name.asciiLowercased, base.asciiLowercased)
        guard !base.isEmpty else { return true }
        guard !base.hasPrefix(".") else { return name.hasSuffix(base) }
        return name == base || alsoItself && name.hasSuffix("." + base)
    }

    /// A base is a mailbox, a host, or with a dot before it a domain.
    private static func isMailbox(_ address: String, within base: String) -> Bool {
        guard !base.utf8.contains(UInt8(ascii: "@")) else { return address == base }
        let host = address.utf8.lastIndex(of: UInt8(ascii: "@")).map { address[address.utf8.index(after: $0)...] }
        return isHost(String(host ?? ""), within: base, alsoItself: false)
    }

    private static func host(of uri: String) -> String {
        guard let start = uri.utf8.firstIndex(of: UInt8(ascii: ":")) else { return "" }
        let authority = uri[start...].dropFirst().drop { $0 == "/" }.prefix { !"/?#".contains($0) }
        let host = authority.split(separator: "@").last ?? ""
        return String(host.split(separator: ":").first ?? "")
    }
}
