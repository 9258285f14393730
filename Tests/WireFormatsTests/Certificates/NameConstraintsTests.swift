import CertificateFixtures
import Testing
import WireFormats

@Suite struct NameConstraintsTests {
    @Test(
        "names are held against permitted and excluded subtrees",
        arguments: [
            (.dns("shop.example"), true), (.dns("a.shop.example"), true), (.dns("SHOP.EXAMPLE"), true),
            (.dns("myshop.example"), false), (.dns("secret.shop.example"), false),
            (.dns("a.secret.shop.example"), false), (.address([10, 1, 2, 3]), true), (.address([11, 0, 0, 1]), false),
            (.address([UInt8](repeating: 0, count: 16)), false), (.email("a@b.example"), true),
            (.uri("https://other.example/"), true)
        ] as [(GeneralName, Bool)])
    func fixture(name: GeneralName, isAllowed: Bool) throws {
        let certificate = try #require(X509Certificate(der: Fixture.certificate("constrained")))
        let constraints = try #require(certificate.extensions.nameConstraints)
        #expect(constraints.allows(name) == isAllowed)
    }

    @Test(
        "each kind of name has its rule",
        arguments: [
            (0x82, ".shop.example", .dns("shop.example"), false), (0x82, ".shop.example", .dns("a.shop.example"), true),
            (0x82, "", .dns("anything.example"), true), (0x81, "shop.example", .email("a@shop.example"), true),
            (0x81, "shop.example", .email("a@b.shop.example"), false),
            (0x81, ".shop.example", .email("a@b.shop.example"), true),
            (0x81, "a@shop.example", .email("b@shop.example"), false),
            (0x86, "shop.example", .uri("spiffe://shop.example/web"), true),
            (0x86, "shop.example", .uri("https://u@shop.example:8443/web"), true),
            (0x86, "shop.example", .uri("https://b.shop.example"), false), (0x86, "shop.example", .uri("mailto"), false)
        ] as [(UInt8, String, GeneralName, Bool)])
    func permitted(tag: UInt8, subtree: String, name: GeneralName, isAllowed: Bool) throws {
        var template = CertificateTemplate()
        let subtrees = DER.element(0xA0, DER.sequence(DER.text(subtree, tag: tag)))
        template.extensions = [CertificateTemplate.extension("2.5.29.30", critical: true, DER.sequence(subtrees))]
        let certificate = try #require(X509Certificate(der: template.der))
        #expect(certificate.extensions.nameConstraints?.allows(name) == isAllowed)
    }

    @Test("the subject is a directory name; case and repeated spaces do not count")
    func directory() throws {
        let bases = [("My shop", true), ("MY  SHOP", true), (" my shop ", true), ("Myshop", false), ("other", false)]
        for (subtree, isAllowed) in bases {
            var template = CertificateTemplate()
            template.subject = CertificateTemplate.name("My shop")
            let base = DER.element(0xA4, CertificateTemplate.name(subtree))
            let subtrees = DER.element(0xA0, DER.sequence(base))
            template.extensions = [CertificateTemplate.extension("2.5.29.30", DER.sequence(subtrees))]
            let certificate = try #require(X509Certificate(der: template.der))
            let constraints = try #require(certificate.extensions.nameConstraints)
            #expect((constraints.violation(in: certificate) == nil) == isAllowed, "\(subtree)")
            #expect(constraints.hasUnusualKinds)
        }
    }
}
