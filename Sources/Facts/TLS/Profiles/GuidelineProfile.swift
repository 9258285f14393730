import WireFormats

/// A configuration of Mozilla's server-side TLS guidelines, since 6.0 TLSRef's, with the fields of their data file.
struct GuidelineProfile: Sendable {
    var certificateCurves: Set<String>
    var certificateSignatures: Set<String>
    var certificateTypes: Set<PublicKeyInfo.KeyType>
    /// Up to TLS 1.2.
    var ciphers: Set<String>
    /// Of TLS 1.3.
    var ciphersuites: Set<String>
    /// nil when no suite uses one.
    var dhParamSize: Int?
    /// In days.
    var maximumCertificateLifespan: Int64
    var rsaKeySize: Int?
    var curves: Set<String>
    var versions: Set<ProtocolVersion>

    /// The rules that follow; every edition leaves the order to the client (`server_preferred_order: false`).
    ///
    /// `ocsp_staple` is left out: authorities have ended OCSP since, and the generator no longer turns it on.
    var rules: [ProfileRule] {
        let profile = self
        let suites = ciphers.union(ciphersuites)
        let rules: [ProfileRule] = [
            .versions(required: versions, allowed: versions), .noSuite { !suites.contains($0.name) },
            .noGroup { !profile.curves.contains($0.name.asciiLowercased) }, .clientOrder,
            .leaves(profile.differences)
        ]
        return rules + (dhParamSize.map { [.primes(ofAtLeast: $0)] } ?? [])
    }

    private func differences(of leaf: X509Certificate) -> [String] {
        var differences: [String] = []
        if !isKeyAllowed(leaf.publicKey) { differences.append("certificate-key: \(leaf.keyText)") }
        if !certificateSignatures.contains(leaf.signatureAlgorithm.name) {
            differences.append("certificate-signature: \(leaf.signatureAlgorithm.name)")
        }
        if let days = leaf.lifetimeDays, days > maximumCertificateLifespan {
            differences.append("certificate-lifetime: \(days) days")
        }
        return differences
    }

    private func isKeyAllowed(_ key: PublicKeyInfo) -> Bool {
        guard certificateTypes.contains(key.type) else { return false }
        switch key.type {
        case .rsa: return (key.bits ?? 0) >= (rsaKeySize ?? 0)
        case .ecdsa: return key.curve.map(certificateCurves.contains) ?? false
        default: return true
        }
    }
}

extension TLSProfile {
    static let modern = TLSProfile(
        name: "modern", version: "TLSRef 6.0", source: "TLSRef guidelines 6.0, modern", rules: modern60.rules,
        wishes: nil)

    static let intermediate = TLSProfile(
        name: "intermediate", version: "TLSRef 6.0", source: "TLSRef guidelines 6.0, intermediate",
        rules: intermediate60.rules, wishes: nil)

    static let mozilla57Modern = TLSProfile(
        name: "mozilla57Modern", version: "Mozilla 5.7", source: "Mozilla Server Side TLS 5.7, modern",
        rules: modern57.rules, wishes: nil)

    static let mozilla57Intermediate = TLSProfile(
        name: "mozilla57Intermediate", version: "Mozilla 5.7", source: "Mozilla Server Side TLS 5.7, intermediate",
        rules: intermediate57.rules, wishes: nil)

    /// https://data.tlsref.org/guidelines/6.0.json
    private static let modern60 = GuidelineProfile(
        certificateCurves: ["P-256", "P-384"],
        certificateSignatures: ["ecdsa-with-SHA256", "ecdsa-with-SHA384", "ecdsa-with-SHA512"],
        certificateTypes: [.ecdsa], ciphers: [],
        ciphersuites: ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"],
        dhParamSize: nil, maximumCertificateLifespan: 90, rsaKeySize: nil,
        curves: ["x25519mlkem768", "x25519", "secp256r1", "secp384r1"], versions: [.tls13])

    private static let intermediate60: GuidelineProfile = {
        var profile = modern60
        profile.certificateSignatures.insert("sha256WithRSAEncryption")
        profile.certificateTypes.insert(.rsa)
        profile.ciphers = [
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
        ]
        profile.dhParamSize = 2048
        profile.maximumCertificateLifespan = 366
        profile.rsaKeySize = 2048
        profile.versions = [.tls12, .tls13]
        return profile
    }()

    /// https://ssl-config.mozilla.org/guidelines/5.7.json: as 6.0, without hybrids.
    private static let modern57: GuidelineProfile = {
        var profile = modern60
        profile.curves.remove("x25519mlkem768")
        return profile
    }()

    private static let intermediate57: GuidelineProfile = {
        var profile = intermediate60
        profile.curves.remove("x25519mlkem768")
        profile.ciphers.formUnion([
            "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
        ])
        return profile
    }()
}
