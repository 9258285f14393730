/// The extensions of a certificate, as far as TLS cares (RFC 5280 §4.2); an absent one is nil.
package struct CertificateExtensions: Sendable {
    /// Subject alternative names.
    package private(set) var names: [GeneralName]?
    package private(set) var isNamesCritical = false
    package private(set) var basicConstraints: BasicConstraints?
    package private(set) var keyUsage: [KeyUsage]?
    /// Purposes by name, `serverAuth`; dotted when they have none.
    package private(set) var extendedKeyUsage: [String]?
    package private(set) var nameConstraints: NameConstraints?
    /// Certificate policies between dots.
    package private(set) var policies: [String]?
    /// Where revocation lists are, of URI form.
    package private(set) var crlURLs: [String] = []
    package private(set) var ocspURLs: [String] = []
    package private(set) var caIssuersURLs: [String] = []
    package private(set) var subjectKeyIdentifier: [UInt8]?
    package private(set) var authorityKeyIdentifier: AuthorityKeyIdentifier?
    /// TLS extensions that a server must answer with (RFC 7633 §4): 5 is status_request.
    package private(set) var tlsFeatures: [Int]?
    /// Embedded signed certificate timestamps (RFC 6962 §3.3).
    package private(set) var timestamps: SignedCertificateTimestampList?
    /// Whether it is a precertificate, which nobody may accept (RFC 6962 §3.1).
    package private(set) var isPoisoned = false
    /// Critical extensions that nothing here understands, between dots.
    package private(set) var unknownCritical: [String] = []
    /// Extensions whose value breaks its grammar, or that stand twice, between dots; `extensions` when the list does.
    package private(set) var malformed: [String] = []

    package struct BasicConstraints: Sendable, Hashable {
        package let isCA: Bool
        /// How many intermediates may follow; nil for any number.
        package let pathLength: Int?
    }

    /// Of the issuer's key (RFC 5280 §4.2.1.1).
    package struct AuthorityKeyIdentifier: Sendable, Hashable {
        package let keyIdentifier: [UInt8]?
        /// The name of the issuer's own issuer.
        package let issuer: DistinguishedName?
    }

    /// Bits of the key usage extension (RFC 5280 §4.2.1.3), in their order.
    package enum KeyUsage: String, Sendable, CaseIterable {
        case digitalSignature, nonRepudiation, keyEncipherment, dataEncipherment, keyAgreement, keyCertSign, cRLSign
        case encipherOnly, decipherOnly
    }

    /// Whether a server must staple its certificate's status.
    package var mustStaple: Bool { tlsFeatures?.contains(5) ?? false }

    /// More extensions, purposes, policies or addresses than this are not read.
    private static let most = 200

    init(_ list: DERElement?) {
        guard let list else { return }
        var reader = list.children
        var seen: Set<String> = []
        while seen.count < Self.most, let field = reader.next() {
            var parts = field.children
            guard let identifier = parts.next()?.dotted else { continue }
            let isCritical = parts.next(DERTag.boolean)?.content.contains { $0 != 0 } ?? false
            let value = parts.next(DERTag.octetString)?.first
            let isFirst = seen.insert(identifier).inserted
            if !isFirst || !read(identifier, value, isCritical: isCritical) { malformed.append(identifier) }
        }
        if !reader.isAtEnd { malformed.append("extensions") }
    }

    /// False when the value is not what the identifier announces.
    private mutating func read(_ identifier: String, _ value: DERElement?, isCritical: Bool) -> Bool {
        switch identifier {
        case "2.5.29.14":
            subjectKeyIdentifier = value.flatMap(Self.octets)
            return subjectKeyIdentifier != nil
        case "2.5.29.15":
            keyUsage = value.flatMap(Self.keyUsage)
            return keyUsage != nil
        case "2.5.29.17":
            names = value.flatMap(Self.names)
            isNamesCritical = isCritical
            return names != nil
        case "2.5.29.19":
            basicConstraints = value.flatMap(Self.basicConstraints)
            return basicConstraints != nil
        case "1.3.6.1.4.1.11129.2.4.2":
            // Clients that do not ask for timestamps never read them: a broken list harms nobody else.
            timestamps = value.flatMap(Self.octets).flatMap(SignedCertificateTimestampList.init)
            return true
        case "1.3.6.1.4.1.11129.2.4.3":
            isPoisoned = true
            return true
        // Issuer alternative names, policy mappings, policy constraints, freshest CRL, inhibit any-policy: they do not
        // change a path for which no policy is asked.
        case "2.5.29.18", "2.5.29.33", "2.5.29.36", "2.5.29.46", "2.5.29.54": return true
        default: return readSequence(identifier, value, isCritical: isCritical)
        }
    }

    /// Extensions whose value is a list.
    private mutating func readSequence(_ identifier: String, _ value: DERElement?, isCritical: Bool) -> Bool {
        let list = value.flatMap { $0.tag == DERTag.sequence ? $0 : nil }
        switch identifier {
        case "2.5.29.30": nameConstraints = list.map(NameConstraints.init)
        case "2.5.29.31": crlURLs = list.map(Self.distributionPoints) ?? []
        case "2.5.29.32": policies = list?.children.prefix(Self.most).compactMap { $0.first?.dotted }
        case "2.5.29.35": authorityKeyIdentifier = list.map(Self.authorityKeyIdentifier)
        case "2.5.29.37":
            extendedKeyUsage = list?.children.prefix(Self.most).compactMap(\.dotted).map { Self.purposes[$0] ?? $0 }
        case "1.3.6.1.5.5.7.1.1":
            ocspURLs = list.map { Self.accessURLs($0, method: "1.3.6.1.5.5.7.48.1") } ?? []
            caIssuersURLs = list.map { Self.accessURLs($0, method: "1.3.6.1.5.5.7.48.2") } ?? []
        case "1.3.6.1.5.5.7.1.24": tlsFeatures = list?.children.prefix(Self.most).compactMap(\.smallInteger)
        default:
            if isCritical { unknownCritical.append(identifier) }
            return true
        }
        return list != nil
    }
}
