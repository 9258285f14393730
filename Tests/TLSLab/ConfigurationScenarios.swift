import TestSupport

/// Versions, suites, groups and extensions as an administrator sets them.
extension LabScenario {
    static let configurations: [LabScenario] = [
        // 1
        LabScenario("Mozilla's intermediate", .intermediate, intermediateFacts)
            .and([
                "protocols.ssl2.offered": "no", "protocols.ssl3.offered": "no", "protocols.tls10.offered": "no",
                "protocols.tls11.offered": "no", "protocols.tls12.offered": "yes", "protocols.tls13.offered": "yes",
                "protocols.tls12.order": "client", "protocols.tls13.order": "client", "dh.bits": 2048,
                "dh.commonPrime": "RFC 7919 ffdhe2048",
                "forwardSecrecy": "all", "postQuantum": [],
                "groups.tls13": .set(mozillaGroups), "groups.tls12": .set(mozillaGroups),
                "profiles.mozilla57Intermediate.differences": [],
                "profiles.intermediate.differences": .set(dheSuites.map { "suite-offered: \($0)" }),
                "profiles.bcp195.differences": .set(dheSuites.map { "suite-offered: \($0)" }),
                "profiles.modern.differences": .containing(["version-offered: tls12"]),
                "weakSuites.dhe": .set(dheSuites), "weakSuites.anon": [], "weakSuites.null": [], "weakSuites.cbc": [],
                "compression": false, "clientCertificate": "none", "consistent": true, "anomalies": [],
                "sni": "ignored",
                "extensions.extendedMasterSecret": true, "extensions.secureRenegotiation": true,
                "extensions.heartbeat": false, "tolerance.grease": true, "tolerance.longHello": true,
                "tolerance.manySuites": true, "modernClient.connects": true, "modernClient.version": "tls13",
                "downgradeSentinel": true,
                "fallbackSCSV": "yes", "certificate.keyType": "rsa", "certificate.keyBits": 2048,
                "certificate.matchesHost": true, "certificate.daysRemaining": .between(59, 60),
                "certificate.lifetimeDays": 90, "chain.presented": 2, "chain.ordered": true,
                "chain.containsRoot": false, "chain.complete": true, "chain.trusted": true, "chain.problems": []
            ]),
        // 2
        LabScenario(
            "TLS 1.3 alone", .modern,
            [
                "versions": ["tls13"], "protocols.tls13.suites": .set(tls13Suites), "protocols.tls12.offered": "no",
                "protocols.tls12.suites": .absent, "groups.tls13": .set(mozillaGroups), "groups.tls12": .absent,
                "profiles.modern.differences": [],
                "sniUnknownName": .unobserved, "ssl2FormatHello": false,
                "profiles.mozilla57Modern.differences": [], "profiles.bcp195.differences": ["version-missing: tls12"],
                "dh.bits": .absent, "certificate.keyType": "ecdsa",
                "certificate.matchesHost": true, "chain.presented": 2, "chain.trusted": true, "chain.problems": []
            ]),
        // 3
        LabScenario(
            "everything that OpenSSL 3.0 still knows", .legacy,
            [
                "versions": ["tls10", "tls11", "tls12"], "protocols.tls10.suites": .count(18),
                "protocols.tls11.suites": .count(18), "protocols.tls12.suites": .count(71),
                "protocols.tls10.order": "server", "protocols.tls12.order": "server", "dh.bits": 1024,
                "forwardSecrecy": "some", "fallbackSCSV": "yes", "groups.tls13": .absent,
                "weakSuites.anon": .containing(["TLS_DH_anon_WITH_AES_128_CBC_SHA"]),
                "weakSuites.cbc": .containing(["TLS_RSA_WITH_AES_128_CBC_SHA"]),
                "weakSuites.staticRSA": .containing(["TLS_RSA_WITH_AES_128_GCM_SHA256"]), "certificates": .count(2)
            ]),
        // 15
        LabScenario(
            "a client certificate is demanded",
            .nginx(LabServer.intermediateDirectives + " ssl_verify_client on; ssl_client_certificate ROOT;"),
            intermediateFacts
        ).and(["clientCertificate": "required", "certificate.matchesHost": true, "chain.trusted": true]),
        LabScenario(
            "a client certificate is asked for",
            .nginx(LabServer.intermediateDirectives + " ssl_verify_client optional; ssl_client_certificate ROOT;"),
            intermediateFacts
        ).and(["clientCertificate": "requested"]),
        LabScenario(
            "a client certificate is demanded in TLS 1.3 alone",
            .nginx("ssl_protocols TLSv1.3; ssl_verify_client on; ssl_client_certificate ROOT;"),
            ["versions": ["tls13"], "clientCertificate": "required"]),
        LabScenario(
            "a client certificate is demanded in TLS 1.2 alone, in the handshake",
            .openssl(["-tls1_2", "-Verify", "1", "-verify_return_error"]),
            [
                "versions": ["tls12"], "clientCertificate": "required", "modernClient.connects": true,
                "modernClient.version": "tls12"
            ]),
        LabScenario(
            "a client certificate is demanded by haproxy",
            .haproxy(options: "ca-file ROOT verify required ssl-min-ver TLSv1.2"),
            ["versions": ["tls12", "tls13"], "clientCertificate": "required", "chain.trusted": true]),
        LabScenario(
            "a client certificate is demanded by Apache",
            .apache("SSLVerifyClient require\n    SSLCACertificateFile ROOT"),
            ["clientCertificate": "required", "chain.trusted": true]),
        // 16
        LabScenario(
            "unknown names are rejected",
            .nginxServers { authority, address in
                """
                server { listen \(address) ssl default_server; ssl_reject_handshake on; ssl_protocols TLSv1.2; }
                server { listen \(address) ssl; server_name lab.test; ssl_protocols TLSv1.2 TLSv1.3;
                    ssl_certificate \(authority.chain("rsa")); ssl_certificate_key \(authority.key("rsa")); }
                """
            },
            [
                "versions": ["tls12"], "certificate.matchesHost": true, "chain.trusted": true, "sni": "required",
                "sniUnknownName": "alert-unrecognized-name"
            ]),
        LabScenario(
            "another certificate for other names",
            .nginxServers { authority, address in
                ["other-name", "rsa"].map { name in
                    """
                    server { listen \(address) ssl; server_name \(name == "rsa" ? "lab" : "other").test;
                        ssl_certificate \(authority.chain(name)); ssl_certificate_key \(authority.key(name)); }
                    """
                }.joined(separator: "\n")
            },
            [
                "certificate.matchesHost": true, "chain.trusted": true, "sni": "different-certificate",
                "sniUnknownName": "default-certificate"
            ]),
        // 17
        LabScenario(
            "the server's order of five suites",
            .nginx(
                """
                ssl_protocols TLSv1.2; ssl_prefer_server_ciphers on; ssl_ciphers ECDHE-RSA-AES256-GCM-SHA384:\
                ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-SHA:AES256-GCM-SHA384:AES128-SHA;
                """),
            [
                "versions": ["tls12"], "protocols.tls12.order": "server", "forwardSecrecy": "some",
                "protocols.tls12.suites": [
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_RSA_WITH_AES_128_CBC_SHA"
                ], "weakSuites.staticRSA": .count(2), "dh.bits": .absent
            ]),
        // 28
        LabScenario(
            "two groups that no default share is for",
            .nginx("ssl_protocols TLSv1.2 TLSv1.3; ssl_ecdh_curve secp521r1:secp384r1;"),
            [
                "versions": ["tls12", "tls13"], "groups.tls13": .set(["secp521r1", "secp384r1"]),
                "groups.tls12": .set(["secp521r1", "secp384r1"]), "chain.trusted": true
            ]),
        // 35
        LabScenario(
            "one suite",
            .nginx(["ecdsa"], "ssl_protocols TLSv1.2; ssl_ciphers ECDHE-ECDSA-AES256-GCM-SHA384;"),
            [
                "versions": ["tls12"], "protocols.tls12.suites": ["TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"],
                "protocols.tls12.order": "single", "forwardSecrecy": "all", "certificate.keyType": "ecdsa"
            ]),
        // 11
        LabScenario(
            "two certificates and HTTP/2",
            .nginxServers { authority, address in
                """
                server { listen \(address) ssl http2; server_name lab.test;
                    ssl_certificate \(authority.chain("rsa")); ssl_certificate_key \(authority.key("rsa"));
                    ssl_certificate \(authority.chain("ecdsa")); ssl_certificate_key \(authority.key("ecdsa"));
                    \(LabServer.intermediateDirectives.replacing("STRONG_DH", with: authority.strongParameters)) }
                """
            },
            [
                "versions": ["tls12", "tls13"], "protocols.tls12.suites": .count(9), "certificates": .count(2),
                "alpn": .containing(["h2", "http/1.1"]), "chain.trusted": true
            ])
    ]

    /// What stays as it is however the intermediate set-up is disturbed.
    static let intermediateFacts: KeyValuePairs<String, Expected> = [
        "versions": ["tls12", "tls13"], "protocols.tls12.suites": .set(intermediateSuites),
        "protocols.tls13.suites": .set(tls13Suites)
    ]

    static let intermediateSuites =
        dheSuites + [
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
        ]

    private static let dheSuites = [
        "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
    ]

    private static let mozillaGroups = ["x25519", "secp256r1", "secp384r1"]

    static let tls13Suites = ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"]

    /// What OpenSSL 3.0 takes when nobody says which.
    static let openSSL3Groups = [
        "x25519", "secp256r1", "x448", "secp521r1", "secp384r1", "ffdhe2048", "ffdhe3072", "ffdhe4096", "ffdhe6144",
        "ffdhe8192"
    ]
}
