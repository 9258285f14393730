import WireFormats

/// The suites, groups and signature schemes that hellos offer, in the order of their preference.
///
/// Everything that a server may choose by is offered: a curve or scheme left out hides suites.
enum HelloLists {
    /// Suites of a version, the usual ones first, so that the first hello meets what most servers have.
    static func suites(_ version: ProtocolVersion) -> [UInt16] { suitesByVersion[version] ?? [] }

    /// Groups that a version has.
    static func groups(_ version: ProtocolVersion) -> [UInt16] { version == .tls13 ? groups13 : groups12 }

    /// What the probe has to know of a suite that a server chose.
    static func traits(_ suite: UInt16) -> SuiteTraits { traitsByCode[suite] ?? SuiteTraits(suite) }

    /// The refused suites that are to be offered once more without those of ECDSA: some servers with two keys, haproxy
    /// among them, take the one of ECDSA as soon as any suite of it is on offer, and refuse those of the other.
    static func hidden(in refused: [UInt16], from accepted: [UInt16]) -> [UInt16] {
        let authentications = accepted.map { traits($0).authentication }
        guard authentications.contains(.ecdsa), !authentications.contains(.rsa),
            refused.contains(where: { traits($0).authentication == .ecdsa })
        else { return [] }
        return refused.filter { traits($0).authentication != .ecdsa }
    }

    static func isGOST(_ suite: UInt16) -> Bool { suitesOfGOST.contains(suite) }

    private static let suitesOfGOST = CipherSuite.all.filter { $0.keyExchange == .gost }.map(\.rawValue)

    private static let traitsByCode = Dictionary(
        uniqueKeysWithValues: CipherSuite.all.map { ($0.rawValue, SuiteTraits($0.rawValue)) })

    private static let suitesByVersion: [ProtocolVersion: [UInt16]] = {
        // The first hello waits for this, so each suite's traits are looked up once.
        let codes = CipherSuite.all.map(\.rawValue).filter { $0 != 0 }
        let ranked = codes.map { (code: $0, traits: traits($0)) }
            .sorted { ($0.traits.rank, $0.code) < ($1.traits.rank, $1.code) }
        return Dictionary(
            uniqueKeysWithValues: ProtocolVersion.allCases.map { version in
                (version, ranked.filter { $0.traits.isPossible(in: version) }.map(\.code))
            })
    }()
}

/// What the probe has to know of a suite.
struct SuiteTraits: Sendable {
    let versions: [ProtocolVersion]
    let keyExchange: CipherSuite.KeyExchange
    let authentication: CipherSuite.Authentication
    let isCBC: Bool
    let isChaCha: Bool
    /// Where it stands in our hellos: 0 for the suites of browsers, then by how usual its parts are.
    let rank: Int

    init(_ code: UInt16) {
        let suite = CipherSuite(rawValue: code)
        versions = suite.versions
        keyExchange = suite.keyExchange
        authentication = suite.authentication
        isCBC = suite.mode == .cbc
        isChaCha = suite.encryption == .chacha20
        rank = Self.rank(suite)
    }

    /// SRP needs an extension (RFC 5054 §2.3), and SSLv3 has none.
    func isPossible(in version: ProtocolVersion) -> Bool {
        versions.contains(version) && !(version == .ssl3 && keyExchange == .srp)
    }

    private static func rank(_ suite: CipherSuite) -> Int {
        if suite.keyExchange == .tls13 { return [0x1301, 0x1302, 0x1303].contains(suite.rawValue) ? 0 : 1 }
        let exchange =
            switch suite.keyExchange {
            case .ecdhe: suite.authentication == .ecdsa ? 0 : 1
            case .dhe: suite.authentication == .rsa ? 2 : 5
            case .rsa: 3
            case .dhAnon, .ecdhAnon, .rsaExport: 4
            case .dh, .ecdh, .gost: 6
            case .psk, .dhePSK, .rsaPSK, .ecdhePSK: 7
            default: 8
            }
        let cipher =
            switch suite.encryption {
            case .aes128: suite.isAEAD ? 0 : 2
            case .aes256, .chacha20: suite.isAEAD ? 1 : 2
            case .tripleDES, .camellia128, .camellia256, .rc4: 3
            default: 4
            }
        return 2 + (suite.isExport ? 4 : exchange) * 5 + cipher
    }
}

extension HelloLists {
    /// Groups and schemes that every server knows, for hellos that must be short.
    static let usualGroups: Set<UInt16> = [0x11EC, 29, 23, 24, 25, 30, 256]
    static let usualSchemes: Set<UInt16> = [0x0403, 0x0503, 0x0804, 0x0805, 0x0401, 0x0501, 0x0601, 0x0807, 0x0201]

    /// Signature schemes for every kind of key, the usual first; those of GOST go with its suites alone.
    static let schemes: [UInt16] = preferring(
        [0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0603, 0x0806, 0x0601, 0x0807, 0x0808],
        in: SignatureScheme.all.filter { [.rsa, .rsaPSS, .dsa, .ecdsa, .ed25519, .ed448].contains($0.key) }
            .map(\.rawValue).filter { $0 & 0xFF != 0x20 && $0 < 0x0819 && $0 != 0x0102 && $0 != 0x0103 })

    /// What TLS 1.3 knows besides.
    static let schemes13: [UInt16] = preferring(schemes, in: SignatureScheme.all.map(\.rawValue))

    static let schemesOfGOST = SignatureScheme.all.filter { $0.key == .gost }.map(\.rawValue)
    static let groupsOfGOST = NamedGroup.all.filter { $0.name.hasPrefix("GC") }.map(\.rawValue)

    private static let groups12: [UInt16] = preferring(
        [29, 23, 24, 25, 30], in: NamedGroup.all(in: .tls12).map(\.rawValue)
    ).filter { !groupsOfGOST.contains($0) }

    private static let groups13: [UInt16] = preferring(
        [0x11EC, 29, 23, 24, 25, 30], in: NamedGroup.all(in: .tls13).map(\.rawValue))

    private static func preferring(_ first: [UInt16], in all: [UInt16]) -> [UInt16] {
        first.filter(all.contains) + all.filter { !first.contains($0) }
    }
}
