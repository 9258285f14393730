import Foundation
import Testing
import WireFormats

struct PublicSuffixTests {
    @Test(
        "The registrable domain is one label more than the public suffix",
        arguments: [
            ("example.com", "example.com"), ("b.example.com", "example.com"), ("a.b.example.com", "example.com"),
            ("com", nil), ("shop.example", "shop.example"), ("www.shop.example", "shop.example"), ("example", nil),
            ("biz", nil), ("domain.biz", "domain.biz"), ("uk.com", nil), ("example.uk.com", "example.uk.com"),
            ("mm", nil), ("c.mm", nil), ("b.c.mm", "b.c.mm"), ("a.b.c.mm", "b.c.mm"), ("jp", nil),
            ("test.jp", "test.jp"), ("ac.jp", nil), ("test.ac.jp", "test.ac.jp"), ("kobe.jp", "kobe.jp"),
            ("c.kobe.jp", nil), ("b.c.kobe.jp", "b.c.kobe.jp"), ("city.kobe.jp", "city.kobe.jp"),
            ("www.city.kobe.jp", "city.kobe.jp"), ("ck", nil), ("test.ck", nil), ("b.test.ck", "b.test.ck"),
            ("www.ck", "www.ck"), ("www.www.ck", "www.ck"), ("xn--85x722f.com.cn", "xn--85x722f.com.cn"),
            ("xn--85x722f.xn--55qx5d.cn", "xn--85x722f.xn--55qx5d.cn"), ("xn--55qx5d.cn", nil),
            ("www.xn--85x722f.xn--fiqs8s", "xn--85x722f.xn--fiqs8s"), ("me.github.io", "me.github.io"),
            ("github.io", nil), ("a.me.github.io", "me.github.io"), ("example.com.", "example.com"),
            ("localhost", nil), ("127.0.0.1", nil), ("::1", nil), ("", nil), (".", nil), ("..", nil),
            (".com", nil), ("a..com", nil)
        ] as [(String, String?)])
    func registrableDomain(host: String, domain: String?) {
        #expect(PublicSuffix.registrableDomain(of: host) == domain)
    }

    @Test("Hosts of companies are told from registries, and can be left out")
    func sections() {
        #expect(PublicSuffix(host: "me.github.io")?.isPrivate == true)
        #expect(PublicSuffix(host: "shop.co.uk")?.isPrivate == false)
        #expect(PublicSuffix.registrableDomain(of: "me.github.io", sections: .registries) == "github.io")
        #expect(PublicSuffix(host: "shop.example")?.text == "example")
    }

    @Test("The rules are sorted and ASCII, so that a search finds each of them")
    func data() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let file = folder.appending(path: "Sources/WireFormats/PublicSuffix/PublicSuffixRules.swift")
        let text = try String(contentsOf: file, encoding: .utf8)
        let sections = text.components(separatedBy: "\"\"\"").enumerated().filter { $0.offset % 2 == 1 }.map {
            $0.element.split(separator: "\n").map { $0.drop { $0 == " " } }.filter { !$0.isEmpty }
        }
        #expect(sections.count == 2)
        for rules in sections {
            #expect(rules.count > 2000)
            let bytes = rules.map { Array($0.utf8) }
            #expect(zip(bytes, bytes.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
            #expect(bytes.allSatisfy { rule in rule.allSatisfy { $0 > 0x20 && $0 < 0x7F } })
        }
        for rule in sections.flatMap({ $0 }) where !rule.hasPrefix("!") && !rule.hasPrefix("*") {
            #expect(PublicSuffix(host: String(rule))?.text == String(rule), "\(rule)")
        }
    }
}
