import CertificateFixtures
import Testing
import WireFormats

private func fixture(_ name: String) throws -> X509Certificate {
    try #require(X509Certificate(der: Fixture.certificate(name)), "\(name)")
}

private func read(_ change: (inout CertificateTemplate) -> Void) throws -> X509Certificate {
    var template = CertificateTemplate()
    change(&template)
    return try #require(X509Certificate(der: template.der))
}

@Suite struct X509CertificateTests {
    @Test(
        "keys and signatures of every kind are described",
        arguments: [
            ("rsa1024", .rsa, 1024, nil, "sha256WithRSAEncryption"),
            ("rsa2048", .rsa, 2048, nil, "sha256WithRSAEncryption"),
            ("p-224", .ecdsa, 224, "P-224", "sha256WithRSAEncryption"),
            ("leaf", .ecdsa, 256, "P-256", "ecdsa-with-SHA256"),
            ("p-384", .ecdsa, 384, "P-384", "sha256WithRSAEncryption"),
            ("p-521", .ecdsa, 521, "P-521", "sha256WithRSAEncryption"),
            ("brainpoolp256r1", .ecdsa, 256, "brainpoolP256r1", "sha256WithRSAEncryption"),
            ("secp256k1", .ecdsa, 256, "secp256k1", "sha256WithRSAEncryption"),
            ("explicit", .ecdsa, 256, "explicit", "sha256WithRSAEncryption"),
            ("ed25519", .ed25519, 256, nil, "sha256WithRSAEncryption"),
            ("ed448", .ed448, 456, nil, "sha256WithRSAEncryption"),
            ("dsa", .dsa, 2048, nil, "sha256WithRSAEncryption"),
            ("rsa-pss", .rsaPSS, 2048, nil, "sha256WithRSAEncryption"),
            ("pss-signed", .ecdsa, 256, "P-256", "RSASSA-PSS with SHA-256"),
            ("by-ed25519-ca", .ecdsa, 256, "P-256", "Ed25519"), ("by-ed448-ca", .ecdsa, 256, "P-256", "Ed448"),
            ("by-p521-ca", .ecdsa, 256, "P-256", "ecdsa-with-SHA256"),
            ("md5", .ecdsa, 256, "P-256", "md5WithRSAEncryption"),
            ("sha1", .ecdsa, 256, "P-256", "sha1WithRSAEncryption"),
            ("sha384", .ecdsa, 256, "P-256", "sha384WithRSAEncryption"),
            ("ecdsa-sha1", .ecdsa, 256, "P-256", "ecdsa-with-SHA1")
        ] as [(String, PublicKeyInfo.KeyType, Int, String?, String)])
    func algorithms(name: String, type: PublicKeyInfo.KeyType, bits: Int, curve: String?, signature: String) throws {
        let certificate = try fixture(name)
        #expect(certificate.publicKey.type == type)
        #expect(certificate.publicKey.bits == bits)
        #expect(certificate.publicKey.curve == curve)
        #expect(certificate.signatureAlgorithm.name == signature)
        #expect(certificate.defects == [])
    }

    @Test(
        "algorithms that OpenSSL 3 does not make are named too",
        arguments: [
            ("2.16.840.1.101.3.4.3.18", PublicKeyInfo.KeyType.mlDSA, "ML-DSA-65", 15_616),
            ("2.16.840.1.101.3.4.3.22", .slhDSA, "SLH-DSA-SHA2-192s", 15_616),
            ("1.2.643.7.1.1.1.2", .gost, "1.2.643.7.1.1.1.2", 512), ("1.2.3.4", .unknown, "1.2.3.4", nil)
        ] as [(String, PublicKeyInfo.KeyType, String, Int?)])
    func others(identifier: String, type: PublicKeyInfo.KeyType, signature: String, bits: Int?) throws {
        let certificate = try read {
            $0.algorithm = DER.sequence(DER.identifier(identifier))
            $0.key = DER.sequence($0.algorithm, DER.bits([UInt8](repeating: 1, count: 1952)))
        }
        #expect(certificate.publicKey.type == type)
        #expect(certificate.publicKey.bits == bits)
        #expect(certificate.signatureAlgorithm.name == signature)
    }

    @Test("every fixture can be read, and its subject without the rest")
    func subjects() throws {
        for name in try Fixture.names() {
            let der = try Fixture.certificate(name)
            let certificate = try fixture(name)
            #expect(X509Certificate.subject(of: der).map(Array.init) == certificate.subject.der, "\(name)")
        }
    }

    @Test("the whole of a leaf is read")
    func leaf() throws {
        let leaf = try fixture("leaf")
        #expect(leaf.version == 3)
        #expect(leaf.serial.hexadecimal.hasPrefix("4f6e65206f66206d616e792e"))
        #expect(leaf.serialBits == 103)
        #expect(leaf.subject.text == "CN=shop.example,O=gonogo")
        #expect(leaf.issuer.text == "CN=Test Intermediate,O=gonogo")
        #expect(leaf.notBefore == 1_796_083_200)
        #expect(leaf.notAfter == 1_803_859_200)
        #expect(leaf.publicKey.key.count == 65)
        #expect(leaf.extensions.names == [.dns("shop.example"), .dns("*.shop.example")])
        #expect(leaf.extensions.basicConstraints?.isCA == false)
        #expect(leaf.extensions.keyUsage == [.digitalSignature])
        #expect(leaf.extensions.extendedKeyUsage == ["serverAuth"])
        #expect(leaf.extensions.policies == ["2.23.140.1.2.1"])
        #expect(leaf.extensions.ocspURLs == ["http://ocsp.test.example"])
        #expect(leaf.extensions.caIssuersURLs == ["http://ca.test.example/i.der"])
        #expect(leaf.extensions.crlURLs == ["http://crl.test.example/i.crl"])
        #expect(!leaf.extensions.mustStaple)
        #expect(leaf.extensions.timestamps == nil)
        #expect(leaf.mayBeIssued(by: try fixture("intermediate")))
        #expect(!leaf.mayBeIssued(by: try fixture("impostor")))
    }

    @Test("extensions of other certificates are read")
    func extensions() throws {
        let intermediate = try fixture("intermediate")
        #expect(intermediate.extensions.basicConstraints?.isCA == true)
        #expect(intermediate.extensions.basicConstraints?.pathLength == 0)
        #expect(intermediate.extensions.keyUsage == [.keyCertSign, .cRLSign])
        #expect(try fixture("root").isSelfIssued)
        #expect(try fixture("must-staple").extensions.mustStaple)
        #expect(try fixture("client-only").extensions.extendedKeyUsage == ["clientAuth"])
        #expect(try fixture("critical").extensions.unknownCritical == ["1.2.3.4"])
        #expect(try fixture("no-extensions").extensions.names == nil)
        #expect(try fixture("year9999").notAfter == 253_402_300_799)
        let timestamps = try #require(try fixture("timestamps").extensions.timestamps)
        #expect(timestamps.entries.map(\.milliseconds) == [1_796_083_199_000, 1_796_083_199_000])
        #expect(timestamps.entries.map { $0.log.last } == [1, 2])
    }

    @Test("names of all kinds have a text")
    func names() throws {
        #expect(
            try fixture("all-names").extensions.names?.map(\.text) == [
                "shop.example", "10.1.2.3", "uri:spiffe://shop/web", "email:ops@shop.example", "unknown:8",
                "other:1.2.3.5", "directory:CN=inner"
            ])
        #expect(try fixture("ip").extensions.names?.map(\.text) == ["127.0.0.1", "2001:db8::1"])
        let many = try #require(try fixture("many-names").extensions.names)
        #expect(many.count == 10_000)
        #expect(many.last == .dns("shop.example"))
    }

    @Test(
        "a host is named by an alternative name alone",
        arguments: [
            ("leaf", "shop.example", true), ("leaf", "SHOP.example", true), ("leaf", "a.shop.example", true),
            ("leaf", "a.b.shop.example", false), ("leaf", "shop.example.evil", false),
            ("cn-only", "shop.example", false),
            ("ip", "127.0.0.1", true), ("ip", "2001:DB8:0::1", true), ("ip", "127.0.0.2", false),
            ("idn", "xn--bcher-kva.example", true), ("idn", "XN--BCHER-KVA.EXAMPLE", true),
            ("many-names", "n09999.shop.example", true)
        ])
    func hosts(name: String, host: String, isNamed: Bool) throws {
        let names = try fixture(name).extensions.names ?? []
        #expect(names.contains { $0.names(host, address: IPAddress(host)) } == isNamed)
    }

    @Test("a domain name that spells an address does not name it")
    func addressInName() throws {
        let certificate = try read { $0.extensions = [CertificateTemplate.names("127.0.0.1")] }
        #expect(
            certificate.extensions.names?.contains { $0.names("127.0.0.1", address: IPAddress("127.0.0.1")) } == false)
    }
}

@Suite struct DistinguishedNameTests {
    @Test("a name is written as RFC 4514 says")
    func text() throws {
        #expect(
            try fixture("odd-subject").subject.text
                == #"CN=bücher,OU=\ #1\ ,O=Bücher\, \"Schön\" \+ \<Co\>,C=DE"#)
    }

    @Test(
        "every string type is read",
        arguments: [
            (0x0C, [0x42, 0xC3, 0xBC], "Bü"), (0x13, [0x41, 0x42], "AB"), (0x16, [0x41], "A"),
            (0x14, [0x42, 0xFC], "Bü"), (0x1E, [0x00, 0x42, 0x00, 0xFC], "Bü"),
            (0x1E, [0xD8, 0x3D, 0xDE, 0x00], "😀"), (0x1C, [0, 0, 0, 0x42, 0, 1, 0xF6, 0x00], "B😀"),
            (0x1C, [0, 0xFF, 0xFF, 0xFF], "\u{FFFD}"), (0x0C, [0xFF], "\u{FFFD}"), (0x1E, [0x00], ""),
            (0x04, [0xAB], "#0401ab"), (0x0C, [0x00, 0x0A], "\\00\\0a"),
            (0x0C, Array("a\u{202E}b".utf8), "a\\e2\\80\\aeb")
        ] as [(UInt8, [UInt8], String)])
    func strings(tag: UInt8, bytes: [UInt8], text: String) throws {
        let attribute = DER.sequence(DER.identifier("2.5.4.3"), DER.element(tag, bytes))
        let certificate = try read { $0.subject = DER.sequence(DER.set(attribute)) }
        #expect(certificate.subject.text == "CN=" + text)
    }

    @Test(
        "identifiers are written between dots",
        arguments: ["2.999.3", "1.2.840.113549.1.9.99", "2.25.329800735698586629295641978511506172918", "0.0"])
    func identifiers(dotted: String) throws {
        let attribute = DER.sequence(DER.identifier(dotted), DER.text("x"))
        let certificate = try read { $0.subject = DER.sequence(DER.set(attribute)) }
        #expect(certificate.subject.text == dotted + "=x")
    }

    @Test("relative names of several attributes are joined")
    func joined() throws {
        let first = DER.sequence(DER.identifier("2.5.4.3"), DER.text("a"))
        let second = DER.sequence(DER.identifier("2.5.4.5"), DER.text("7"))
        let certificate = try read { $0.subject = DER.sequence(DER.set(first, second)) }
        #expect(certificate.subject.text == "CN=a+serialNumber=7")
    }

    @Test("a hostile name is bounded")
    func bounded() throws {
        let long = DER.set(DER.sequence(DER.identifier("2.5.4.3"), DER.text(String(repeating: "é", count: 1500))))
        let certificate = try read { $0.subject = DER.element(0x30, Array(repeatElement(long, count: 110).joined())) }
        #expect(certificate.subject.relativeNames.count == 100)
        #expect(certificate.subject.values(of: "CN").first?.unicodeScalars.count == 1001)
    }
}

@Suite struct CertificateTimeTests {
    @Test(
        "dates are seconds since 1970",
        arguments: [
            (0x17, "700101000000Z", 0), (0x17, "491231235959Z", 2_524_607_999), (0x17, "500101000000Z", -631_152_000),
            (0x17, "2701150800Z", 1_800_000_000), (0x17, "270115090000+0100", 1_800_000_000),
            (0x17, "270115070000-0100", 1_800_000_000), (0x18, "20270115080000Z", 1_800_000_000),
            (0x18, "20270115080000.5Z", 1_800_000_000), (0x18, "20270115080000", 1_800_000_000),
            (0x18, "20240229000000Z", 1_709_164_800), (0x18, "20000229000000Z", 951_782_400),
            (0x18, "00000101000000Z", -62_167_219_200), (0x18, "99991231235959Z", 253_402_300_799),
            (0x18, "20230229000000Z", nil), (0x18, "21000229000000Z", nil), (0x17, "271301000000Z", nil),
            (0x17, "270100000000Z", nil), (0x17, "270101240000Z", nil), (0x17, "270101006000Z", nil),
            (0x17, "270101000060Z", nil), (0x17, "", nil), (0x17, "270101000000X", nil),
            (0x17, "270101000000Zx", nil), (0x17, "270101000000+1", nil), (0x18, "2027", nil),
            (0x0C, "270101000000Z", nil)
        ] as [(UInt8, String, Int64?)])
    func dates(tag: UInt8, text: String, seconds: Int64?) throws {
        let certificate = try read { $0.notAfter = DER.element(tag, Array(text.utf8)) }
        #expect(certificate.notAfter == seconds)
        #expect(certificate.defects == (seconds == nil ? ["a date that is none"] : []))
    }
}

@Suite struct LenientReadingTests {
    @Test("what real certificates get wrong is tolerated and told")
    func defects() throws {
        let twice = CertificateTemplate.names("shop.example")
        #expect(try read { $0.extensions = [twice, twice] }.defects == ["the extension 2.5.29.17"])
        let broken = CertificateTemplate.extension("2.5.29.17", [0x30, 0x05, 0x82, 0x01])
        #expect(try read { $0.extensions = [broken] }.defects == ["the extension 2.5.29.17"])
        let other = DER.sequence(DER.identifier("1.2.840.10045.4.3.3"))
        #expect(try read { $0.innerAlgorithm = other }.defects == ["two signature algorithms"])
        let padded = try #require(X509Certificate(der: CertificateTemplate().der + [0]))
        #expect(padded.defects == ["bytes after its end"])
    }

    @Test(
        "who has no name but alternative ones marks them critical, and no client minds who does not",
        arguments: [true, false])
    func emptySubject(critical: Bool) throws {
        let names = CertificateTemplate.extension(
            "2.5.29.17", critical: critical, DER.sequence(DER.text("shop.example", tag: 0x82)))
        let certificate = try read {
            $0.subject = DER.sequence()
            $0.extensions = [names]
        }
        #expect(certificate.defects == [])
        #expect(certificate.lapses.isEmpty == critical)
        #expect(try read { $0.extensions = [names] }.lapses == [])
    }

    @Test("a serial number is shown as sent")
    func serials() throws {
        #expect(try read { $0.serial = [0xFF, 0x01] }.serial == [0xFF, 0x01])
        #expect(try read { $0.serial = [0] }.serial == [0])
        #expect(try read { $0.serial = [0] }.serialBits == 0)
        #expect(try read { $0.serial = [0xFF, 0x01] }.serialBits == 16)
    }

    @Test("lengths in a longer form than they need are read")
    func longLengths() throws {
        let name = Array(CertificateTemplate.name("shop.example").dropFirst(2))
        let certificate = try read { $0.subject = [0x30, 0x84, 0, 0, 0, UInt8(name.count)] + name }
        #expect(certificate.subject.text == "CN=shop.example")
    }

    @Test("a precertificate shows its poison")
    func poison() throws {
        let poison = CertificateTemplate.extension("1.3.6.1.4.1.11129.2.4.3", critical: true, [5, 0])
        #expect(try read { $0.extensions = [poison] }.extensions.isPoisoned)
    }
}
