import AuditModel
import WireFormats

extension TLSProfile {
    /// What RFC 9325 says MUST or MUST NOT, as RFC 10015 sharpens it; SHOULD is a wish.
    static let bcp195 = TLSProfile(
        name: "bcp195", version: "RFC 9325 with RFC 10015", source: "RFC 9325; RFC 10015; RFC 8996; RFC 9155",
        rules: [
            // §3.1.1
            .versions(required: [.tls12], allowed: [.tls12, .tls13]),
            // §4.1, and RFC 10015 for RSA and finite fields
            .noSuite(where: \.isForbidden),
            .forwardSecrecy,
            // §4.5
            .primes(ofAtLeast: 2048), .noGroup { $0.kind == .curve && ($0.bits ?? 0) < 224 },
            .leaves(weaknesses),
            // §3.5
            .extensionRequired("extended-master-secret", .extendedMasterSecret),
            .extensionRequired("renegotiation-info", .renegotiationInfo),
            // §4.6
            .extensionForbidden("truncated-hmac", .truncatedHMAC)
        ],
        wishes: [
            // §3.1.1
            .version(required: .tls13),
            // §4.1
            .noSuite(where: \.isDiscouraged),
            // §4.2
            .encryptThenMAC,
            // §3.3
            .noCompression,
            // §3.7
            .unknownNameRefused,
            // §3.8
            .applicationProtocols
        ])

    /// Keys and signatures that §4.5 and RFC 9155 exclude.
    private static func weaknesses(of leaf: X509Certificate) -> [String] {
        var differences: [String] = []
        let least: Int? =
            switch leaf.publicKey.type {
            case .rsa, .rsaPSS, .dsa: 2048
            case .ecdsa: 224
            default: nil
            }
        if let least, let bits = leaf.publicKey.bits, bits < least {
            differences.append("certificate-key: \(leaf.keyText)")
        }
        if let hash = leaf.signatureAlgorithm.hash, [.md2, .md4, .md5, .sha1].contains(hash) {
            differences.append("certificate-signature: \(leaf.signatureAlgorithm.name)")
        }
        return differences
    }
}

extension OfferedSuite {
    /// Nobody authenticated, nothing or little encrypted, or a key exchange that RFC 10015 ends.
    fileprivate var isForbidden: Bool {
        let forbidden: Set<SuiteWeakness> = [.null, .anon, .export, .rc4, .des, .staticRSA, .dhe]
        return !weaknesses.isDisjoint(with: forbidden) || (strengthBits ?? 128) < 112 || hasFixedKey(.dh)
    }

    fileprivate var isDiscouraged: Bool { !isForbidden && ((strengthBits ?? 128) < 128 || hasFixedKey(.ecdh)) }

    private func hasFixedKey(_ exchange: CipherSuite.KeyExchange) -> Bool {
        if case .tls(let suite) = self { return suite.keyExchange == exchange }
        return false
    }
}

extension ProfileRule {
    /// §4.1: suites with forward secrecy must be supported.
    fileprivate static let forwardSecrecy = ProfileRule(needs: [.versions, .suites]) { evidence in
        let suites = evidence.seenSuites
        if suites.isEmpty || suites.contains(where: \.isForwardSecret) { return ProfileFindings([]) }
        if let failure = evidence.suitesFailure { return ProfileFindings([], failure: failure) }
        return ProfileFindings(["forward-secrecy-missing"])
    }

    fileprivate static func extensionRequired(_ name: String, _ type: ExtensionType) -> ProfileRule {
        ProfileRule(needs: [.versions, .extensions]) { evidence in
            ProfileFindings(evidence.acknowledges(type, in: .every)) { $0 == false ? ["\(name)-missing"] : [] }
        }
    }

    fileprivate static func extensionForbidden(_ name: String, _ type: ExtensionType) -> ProfileRule {
        ProfileRule(needs: [.versions, .extensions]) { evidence in
            ProfileFindings(evidence.acknowledges(type, in: .any)) { $0 == true ? [name] : [] }
        }
    }

    fileprivate static let encryptThenMAC = ProfileRule(needs: [.versions, .extensions]) { evidence in
        ProfileFindings(evidence.encryptsThenMACs) { $0 == false ? ["encrypt-then-mac-missing"] : [] }
    }

    fileprivate static let noCompression = ProfileRule(needs: [.versions, .compression]) { evidence in
        ProfileFindings(evidence.compresses) { $0 ? ["compression"] : [] }
    }

    /// For a host that has a name.
    fileprivate static let unknownNameRefused = ProfileRule(needs: [.serverName]) { evidence in
        ProfileFindings(evidence.unknownNameAnswer) { answer in
            guard let answer, ![.unrecognizedName, .refused].contains(answer) else { return [] }
            return ["unknown-server-name: \(answer.rawValue)"]
        }
    }

    fileprivate static let applicationProtocols = ProfileRule(needs: [.alpn]) { evidence in
        ProfileFindings(evidence.acceptsAnyProtocol) { $0 ? [] : ["alpn-missing"] }
    }
}
