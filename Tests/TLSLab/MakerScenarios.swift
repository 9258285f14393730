import TestSupport

/// Servers with the TLS, or the defaults, of other makers.
extension LabScenario {
    static let makers: [LabScenario] = [
        // 4
        LabScenario(
            "GnuTLS", .gnutls(),
            [
                "versions": ["tls10", "tls11", "tls12", "tls13"], "protocols.tls10.suites": .count(6),
                "protocols.tls11.suites": .count(6), "protocols.tls12.suites": .count(18),
                "protocols.tls13.suites": .set(tls13Suites + ["TLS_AES_128_CCM_SHA256"]),
                "groups.tls13": .set(openSSL3Groups), "groups.tls12": .set(openSSL3Groups),
                "extensions.encryptThenMAC": true, "extensions.sessionTicket": true, "chain.trusted": true
            ]),
        // 22
        LabScenario(
            "GnuTLS with anonymous and broken suites",
            .gnutlsWithBrokenSuites,
            [
                "versions": ["tls10", "tls11", "tls12"], "protocols.tls10.suites": .count(24),
                "protocols.tls11.suites": .count(24), "protocols.tls12.suites": .count(46),
                "protocols.tls12.order": "server", "protocols.tls13.offered": "no",
                "weakSuites.rc4": .containing(["TLS_RSA_WITH_RC4_128_SHA"]),
                "weakSuites.tripleDES": .containing(["TLS_RSA_WITH_3DES_EDE_CBC_SHA"]),
                "weakSuites.anon": .containing(["TLS_DH_anon_WITH_AES_128_CBC_SHA"])
            ]),
        // 23
        LabScenario(
            "openssl s_server with NULL and anonymous suites",
            .opensslWithoutEncryption,
            [
                "versions": ["tls12"], "protocols.tls12.suites": .count(17),
                "weakSuites.null": .containing(["TLS_RSA_WITH_NULL_SHA256", "TLS_ECDHE_RSA_WITH_NULL_SHA"]),
                "weakSuites.anon": .containing(["TLS_DH_anon_WITH_AES_256_GCM_SHA384"])
            ]),
        // 24
        LabScenario(
            "haproxy", .haproxy(),
            [
                "versions": ["tls12", "tls13"], "protocols.tls12.suites": .count(13),
                "protocols.tls13.suites": .set(tls13Suites), "protocols.tls12.order": "server",
                "groups.tls13": .set(openSSL3Groups), "chain.trusted": true
            ]),
        LabScenario(
            "haproxy, whose key of ECDSA hides its suites of RSA",
            .haproxy(
                options: """
                    crt ECDSA_BUNDLE ssl-min-ver TLSv1.2 \
                    ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:AES128-SHA
                    """),
            [
                "versions": ["tls12", "tls13"], "consistent": true,
                "protocols.tls12.suites": .set([
                    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                    "TLS_RSA_WITH_AES_128_CBC_SHA"
                ]),
                "weakSuites.staticRSA": ["TLS_RSA_WITH_AES_128_CBC_SHA"], "chain.trusted": true
            ]),
        LabScenario(
            "stunnel", .stunnel(),
            [
                "versions": ["tls12", "tls13"], "protocols.tls12.suites": .count(27), "protocols.tls10.offered": "no",
                "protocols.tls13.suites": .set(tls13Suites), "chain.trusted": true
            ]),
        // 25
        LabScenario(
            "OpenSSL 4 with ML-KEM", .pyOpenSSL(),
            [
                "versions": ["tls12", "tls13"], "protocols.tls12.suites": .count(20),
                "protocols.tls13.suites": .set(tls13Suites),
                "postQuantum": .set(["X25519MLKEM768", "SecP256r1MLKEM768", "curveSM2MLKEM768"]),
                "groups.tls13": .containing(["X25519MLKEM768", "x25519", "secp256r1"]), "chain.trusted": true
            ]),
        // 26
        LabScenario(
            "Java's TLS with all that it has", .jsse(),
            [
                "versions": ["ssl3", "tls10", "tls11", "tls12", "tls13"], "protocols.ssl2.offered": "no",
                "protocols.ssl3.suites": .count(32), "protocols.tls10.suites": .count(32),
                "protocols.tls11.suites": .count(27), "protocols.tls12.suites": .count(43),
                "protocols.tls13.suites": .set(tls13Suites), "fallbackSCSV": "no", "chain.trusted": true
            ]),
        // 27
        LabScenario(
            "NSS", .nss(),
            [
                "versions": ["tls10", "tls11", "tls12", "tls13"], "protocols.tls10.suites": .count(10),
                "protocols.tls11.suites": .count(10), "protocols.tls12.suites": .count(23),
                "protocols.tls13.suites": .set(tls13Suites), "chain.trusted": true
            ]),
        LabScenario(
            "Apache with the server's order",
            .apache(
                """
                SSLProtocol all -SSLv3 -TLSv1 -TLSv1.1
                    SSLHonorCipherOrder on
                    SSLCipherSuite ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-AES128-GCM-SHA256:AES128-SHA
                """),
            [
                "versions": ["tls12", "tls13"], "protocols.tls12.order": "server",
                "protocols.tls12.suites": [
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                    "TLS_RSA_WITH_AES_128_CBC_SHA"
                ], "chain.trusted": true
            ]),
        LabScenario(
            "lighttpd", .lighttpd(),
            [
                "versions": ["tls12", "tls13"], "protocols.tls12.suites": .count(4),
                "protocols.tls13.suites": .set(tls13Suites), "forwardSecrecy": "all", "chain.trusted": true
            ]),
        LabScenario(
            "hitch", .hitch(),
            [
                "versions": ["tls12", "tls13"], "protocols.tls12.suites": .count(4),
                "protocols.tls13.suites": .set(tls13Suites), "chain.trusted": true
            ]),
        LabScenario(
            "Caddy, which is Go's TLS", .caddy(),
            [
                "versions": ["tls12", "tls13"], "protocols.tls12.suites": .count(3),
                "protocols.tls13.suites": .set(tls13Suites), "groups.tls13": .set(["x25519", "secp256r1"]),
                "alpn": .containing(["h2", "http/1.1"]), "chain.trusted": true
            ]),
        // 34, but for a renegotiation by the client
        LabScenario(
            "openssl s_server with legacy renegotiation",
            .openssl(["-tls1_2", "-legacy_renegotiation", "-client_renegotiation"]),
            ["versions": ["tls12"], "extensions.secureRenegotiation": true])
    ]
}
