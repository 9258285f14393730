import AuditModel
import Facts
import Testing
import WireFormats

@Suite struct SuiteFactsTests {
    static let reasons = [
        "null", "anon", "export", "rc4", "des", "tripleDES", "cbc", "staticRSA", "staticDH", "dhe", "psk", "md5",
        "noAEAD"
    ]

    @Test(
        "A suite is weak for its reasons and no other",
        arguments: [
            (ecdheRSA, .tls12, []), (aes128, .tls13, []), (chacha, .tls13, []),
            (dheRSA, .tls12, ["dhe"]), ("TLS_RSA_WITH_AES_128_GCM_SHA256", .tls12, ["staticRSA"]),
            (rsaCBC, .tls12, ["cbc", "staticRSA", "noAEAD"]),
            ("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", .tls10, ["cbc", "noAEAD"]),
            ("TLS_RSA_WITH_RC4_128_MD5", .tls10, ["rc4", "staticRSA", "md5", "noAEAD"]),
            ("TLS_RSA_WITH_3DES_EDE_CBC_SHA", .tls11, ["tripleDES", "cbc", "staticRSA", "noAEAD"]),
            ("TLS_RSA_WITH_DES_CBC_SHA", .ssl3, ["des", "cbc", "staticRSA", "noAEAD"]),
            (
                "TLS_RSA_EXPORT_WITH_DES40_CBC_SHA", .ssl3, ["export", "des", "cbc", "staticRSA", "noAEAD"]
            ),
            ("TLS_RSA_WITH_NULL_SHA256", .tls12, ["null", "staticRSA", "noAEAD"]),
            ("TLS_DH_anon_WITH_AES_128_GCM_SHA256", .tls12, ["anon"]),
            ("TLS_ECDH_anon_WITH_RC4_128_SHA", .tls12, ["anon", "rc4", "noAEAD"]),
            ("TLS_DH_RSA_WITH_AES_128_GCM_SHA256", .tls12, ["staticDH"]),
            ("TLS_ECDH_ECDSA_WITH_AES_128_GCM_SHA256", .tls12, ["staticDH"]),
            ("TLS_DHE_PSK_WITH_AES_128_GCM_SHA256", .tls12, ["dhe", "psk"]),
            ("TLS_RSA_PSK_WITH_AES_128_GCM_SHA256", .tls12, ["staticRSA", "psk"]),
            ("TLS_SHA256_SHA256", .tls13, ["null", "noAEAD"]),
            ("SSL_CK_RC4_128_WITH_MD5", .ssl2, ["rc4", "staticRSA", "md5", "noAEAD"]),
            (
                "SSL_CK_RC2_128_CBC_EXPORT40_WITH_MD5", .ssl2, ["export", "cbc", "staticRSA", "md5", "noAEAD"]
            ),
            (
                "SSL_CK_DES_192_EDE3_CBC_WITH_MD5", .ssl2, ["tripleDES", "cbc", "staticRSA", "md5", "noAEAD"]
            ),
            ("SSL_CK_DES_64_CBC_WITH_MD5", .ssl2, ["des", "cbc", "staticRSA", "md5", "noAEAD"])
        ] as [(String, ProtocolVersion, [String])])
    func weakness(name: String, version: ProtocolVersion, weaknesses: [String]) {
        let facts = SampleServer(suites: [version: [name]]).facts
        #expect(facts["protocols.\(version.rawValue).suites"] == .texts(name))
        for reason in Self.reasons {
            let names: FactSet.Knowledge = weaknesses.contains(reason) ? .texts(name) : .texts()
            #expect(facts["weakSuites.\(reason)"] == names, "\(reason)")
        }
    }

    @Test("Weak suites of several versions are named once")
    func once() {
        let server = SampleServer(suites: [.tls10: [rsaCBC], .tls11: [rsaCBC], .tls12: [ecdheRSA, rsaCBC]])
        #expect(server.facts["weakSuites.cbc"] == .texts(rsaCBC))
    }

    @Test(
        "Forward secrecy",
        arguments: [
            ([.tls12: [ecdheRSA], .tls13: [aes128]], .text("all")), ([.tls12: [ecdheRSA, rsaCBC]], .text("some")),
            ([.tls10: [rsaCBC], .tls13: [aes128]], .text("some")), ([.tls12: [rsaCBC]], .text("none")),
            ([.ssl2: ["SSL_CK_RC4_128_WITH_MD5"]], .text("none")), ([:], .absent)
        ] as [([ProtocolVersion: [String]], FactSet.Knowledge)])
    func forwardSecrecy(suites: [ProtocolVersion: [String]], expected: FactSet.Knowledge) {
        #expect(SampleServer(suites: suites).facts["forwardSecrecy"] == expected)
    }

    @Test("Forward secrecy is known to be mixed as soon as both kinds were seen, and not otherwise")
    func partialForwardSecrecy() {
        let silence = TLSExchange(.suites, .tls10, TLSAnswer(.timeout))
        let mixed = SampleServer(suites: [.tls12: [ecdheRSA, rsaCBC]]).replacing(silence)
        #expect(mixed.facts["forwardSecrecy"] == .text("some"))
        #expect(SampleServer.good.replacing(silence).facts.isUnobserved("forwardSecrecy", as: .timeout))
    }
}

@Suite struct KeyExchangeFactsTests {
    @Test("Groups stand in the order found; a version that is not offered has none")
    func groups() {
        let facts = SampleServer.good.with { $0.groups[.tls13] = ["X25519MLKEM768", "x25519"] }.facts
        #expect(facts["groups.tls12"] == .texts("x25519", "secp256r1", "secp384r1"))
        #expect(facts["groups.tls13"] == .texts("X25519MLKEM768", "x25519"))
        #expect(facts["postQuantum"] == .texts("X25519MLKEM768"))
        let old = SampleServer(suites: [.tls12: [ecdheRSA]]).facts
        #expect(old["groups.tls13"] == .absent)
        #expect(old["postQuantum"] == .texts())
        #expect(SampleServer.onlyTLS13.facts["groups.tls12"] == .absent)
        #expect(SampleServer(suites: [.tls12: [rsaCBC]]).facts["groups.tls12"] == .texts())
    }

    @Test("Groups that suites were eliminated together with count, and stand before the others")
    func together() {
        let facts = SampleServer.onlyTLS13.replacing(
            TLSExchange(.suites, .tls13, .picks(aes128, in: .tls13, group: groupCode("x25519"))),
            TLSExchange(.suites, .tls13, .picks(aes256, in: .tls13, group: groupCode("secp256r1"))),
            TLSExchange(.suites, .tls13, .alert(40)),
            TLSExchange(.groups, .tls13, .picks(aes128, in: .tls13, group: groupCode("x448"))),
            TLSExchange(.groups, .tls13, .alert(40))
        ).facts
        #expect(facts["groups.tls13"] == .texts("x25519", "secp256r1", "x448"))
    }

    @Test(
        "Groups are not known before a server refuses what is left",
        arguments: [
            ([TLSExchange(.groups, .tls13, TLSAnswer(.timeout))], .timeout),
            ([TLSExchange(.groups, .tls13, .picks(aes128, in: .tls13, group: groupCode("x448")))], .cancelled),
            (
                [
                    TLSExchange(.groups, .tls13, .picks(aes128, in: .tls13, group: groupCode("x448"))),
                    TLSExchange(.groups, .tls13, .picks(aes128, in: .tls13, group: groupCode("x448")))
                ], .tlsFailed
            )
        ] as [([TLSExchange], ProbeFailure.Code)])
    func openGroups(exchanges: [TLSExchange], code: ProbeFailure.Code) {
        let facts = SampleServer.good.with { $0.replacing = exchanges }.facts
        #expect(facts.isUnobserved("groups.tls13", as: code))
        #expect(facts.isUnobserved("postQuantum", as: code))
        #expect(facts["groups.tls12"] != .absent)
    }

    @Test("An answer with a suite that takes no group ends the groups of TLS 1.2")
    func suiteWithoutGroup() {
        let facts = SampleServer.good.replacing(
            TLSExchange(.groups, .tls12, .picks(ecdheRSA, in: .tls12, group: groupCode("x25519"))),
            TLSExchange(.groups, .tls12, .picks(rsaCBC, in: .tls12))
        ).facts
        #expect(facts["groups.tls12"] == .texts("x25519"))
    }

    @Test(
        "The shortest prime, and its name when others have it too",
        arguments: [
            (2048, "9cd3b7f336872f46c09428d1bbc19877a4d440512cda8d1c1cf0cd6e33698966", .text("RFC 7919 ffdhe2048")),
            (1024, "8ae47dca3d24e9b64640062686da234dcabada26b0da6f090c5449c1338d9a11", .text("nginx, 1024 bits")),
            (1024, "3f35a3f5f6c4376a744acad409bb22f8d897f949d2311d885adaa890981b67a0", .text("RFC 2409 group 2")),
            (2048, "00", .absent)
        ] as [(Int, String, FactSet.Knowledge)])
    func primes(bits: Int, digest: String, name: FactSet.Knowledge) {
        let server = SampleServer(suites: [.tls12: [ecdheRSA, dheRSA]]).with {
            ($0.dhBits, $0.dhPrime) = (bits, digest)
        }
        #expect(server.facts["dh.bits"] == .integer(Int64(bits)))
        #expect(server.facts["dh.commonPrime"] == name)
    }

    @Test("Without a suite of ephemeral Diffie-Hellman there is no prime; one that was not read is not known")
    func noPrime() {
        #expect(SampleServer.good.facts["dh.bits"] == .absent)
        #expect(SampleServer.good.facts["dh.commonPrime"] == .absent)
        let unread = TLSCapture(
            host: "a.example", port: 443, questions: TLSQuestion.allCases,
            exchanges: ProtocolVersion.allCases.flatMap { version in
                (version == .tls12 ? [TLSExchange(.suites, version, .picks(dheRSA, in: version))] : [])
                    + [TLSExchange(.suites, version, .alert(40))]
            })
        #expect(unread.facts(at: now).isUnobserved("dh.bits", as: .malformed))
        let silence = SampleServer.good.replacing(TLSExchange(.suites, .tls10, TLSAnswer(.timeout)))
        #expect(silence.facts.isUnobserved("dh.bits", as: .timeout))
    }
}
