import TestSupport

/// The server's own certificate: dates, names, keys, signatures, what is stapled to it.
extension LabScenario {
    static let certificates: [LabScenario] = [
        // 5
        served(
            "expired", "expired",
            [
                "certificate.daysRemaining": -31, "certificate.lifetimeDays": 90,
                "certificate.matchesHost": true, "chain.trusted": false, "chain.problems": ["expired"]
            ]),
        // 6
        served(
            "for another name", "other-name",
            ["certificate.matchesHost": false, "chain.trusted": false, "chain.problems": ["name-mismatch"]]),
        // 9
        served(
            "signed with SHA-1", "sha1", directives: "ssl_ciphers DEFAULT:@SECLEVEL=0;",
            ["chain.problems": .containing(["weak-signature"]), "chain.trusted": false]),
        // 10
        served(
            "an RSA key of 1024 bits", "rsa1024", directives: "ssl_ciphers DEFAULT:@SECLEVEL=0;",
            [
                "certificate.keyType": "rsa", "certificate.keyBits": 1024, "certificate.matchesHost": true,
                "certificate.subject": "CN=lab.test"
            ]),
        // 12
        served(
            "six days left", "six-days-left",
            ["certificate.daysRemaining": .between(5, 6), "chain.trusted": true]),
        served(
            "not yet valid", "not-yet-valid",
            ["certificate.daysRemaining": .between(91, 92), "chain.problems": ["not-yet-valid"]]),
        served(
            "valid for 825 days", "long-lived",
            [
                "certificate.lifetimeDays": 825, "chain.trusted": true,
                "certificate.maximumLifetimeDays": .between(47, 398)
            ]
        ),
        served("valid for 200 days and a second", "two-hundred-days", ["certificate.lifetimeDays": 201]),
        // 13
        served(
            "a good OCSP response is stapled", "stapled",
            directives: "ssl_stapling on; ssl_stapling_file GOOD_STAPLE;",
            ["ocsp.stapled": true, "ocsp.status": "good", "certificate.keyType": "ecdsa", "chain.trusted": true]),
        served(
            "an OCSP response that revokes is stapled", "revoked",
            directives: "ssl_stapling on; ssl_stapling_file REVOKED_STAPLE;",
            ["ocsp.stapled": true, "ocsp.status": "revoked"]),
        // 14
        served(
            "must staple and does not", "must-staple", ["certificate.mustStaple": true, "ocsp.stapled": false]),
        served("three timestamps inside", "timestamped", ["sct.certificate": 3]),
        // 18
        served(
            "a common name alone", "common-name-only",
            ["certificate.matchesHost": false, "certificate.nameSource": "cn-only"]),
        // 20
        served(
            "Ed25519", "ed25519",
            ["certificate.keyType": "ed25519", "certificate.matchesHost": true, "chain.presented": 2]),
        served("Ed448", "ed448", ["certificate.keyType": "ed448", "certificate.matchesHost": true]),
        served("P-384", "p384", ["certificate.keyType": "ecdsa", "certificate.keyBits": 384, "chain.trusted": true]),
        served("P-521", "p521", ["certificate.keyType": "ecdsa", "certificate.keyBits": 521, "chain.trusted": true]),
        served("RSA-PSS", "pss", ["certificate.keyType": "rsa-pss", "certificate.keyBits": 2048]),
        LabScenario(
            "DSA",
            .nginx(["dsa"], "ssl_protocols TLSv1.2; ssl_dhparam STRONG_DH; ssl_ciphers ALL:@SECLEVEL=0;"),
            ["versions": ["tls12"], "certificate.keyType": "dsa", "certificate.keyBits": 2048]),
        // 21
        served(
            "for clients only", "client-only",
            ["chain.problems": ["wrong-purpose"], "chain.trusted": false, "certificate.matchesHost": true]),
        served(
            "a wildcard, one label below", "wildcard", host: "a.wild.lab.test",
            ["certificate.matchesHost": true, "chain.trusted": true]),
        served(
            "a wildcard, two labels below", "wildcard", host: "a.b.wild.lab.test",
            ["certificate.matchesHost": false, "chain.problems": ["name-mismatch"]]),
        served(
            "a wildcard, its own parent", "wildcard", host: "wild.lab.test", ["certificate.matchesHost": false]),
        served(
            "an address by IPv4", "address", host: "127.0.0.1",
            ["certificate.matchesHost": true, "chain.trusted": true]),
        LabScenario(
            "an address by IPv6",
            .nginxServers(host: "::1") { authority, address in
                """
                server { listen \(address) ssl; ssl_certificate \(authority.chain("address"));
                    ssl_certificate_key \(authority.key("address")); }
                """
            }, host: "[::1]", ["certificate.matchesHost": true, "chain.trusted": true]),
        served(
            "an address that the certificate does not name", "rsa", host: "127.0.0.1",
            ["certificate.matchesHost": false, "chain.problems": ["name-mismatch"]]),
        served(
            "an international name", "international", host: "xn--bcher-kva.lab.test",
            ["certificate.matchesHost": true, "chain.trusted": true]),
        served(
            "ten thousand names", "ten-thousand-names",
            ["versions": ["tls12", "tls13"], "protocols.tls12.offered": "yes"])
    ]

    /// How nginx serves a certificate, with versions and suites as they come.
    static func served(
        _ name: String, _ certificate: String, host: String = "lab.test", directives: String = "",
        _ facts: KeyValuePairs<String, Expected>
    ) -> LabScenario {
        LabScenario(name, .nginx([certificate], "ssl_protocols TLSv1.2 TLSv1.3; " + directives), host: host, facts)
    }
}
