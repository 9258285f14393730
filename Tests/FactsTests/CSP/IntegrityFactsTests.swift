import AuditModel
import Facts
import Testing

struct IntegrityFactsTests {
    private static let digest = "sha256-" + String(repeating: "a", count: 43) + "="

    private static func script(_ src: String, _ attributes: (String, String)...) -> PageElement {
        PageElement("script", [HTTPField("src", src)] + attributes.map { HTTPField($0.0, $0.1) })
    }

    private static func style(_ href: String, _ attributes: (String, String)...) -> PageElement {
        PageElement(
            "link",
            [HTTPField("rel", "Alternate STYLESHEET"), HTTPField("href", href)]
                + attributes.map { HTTPField($0.0, $0.1) })
    }

    @Test("Foreign scripts need integrity and CORS; the page's own do not")
    func scripts() {
        let facts = csp(elements: [
            Self.script("/own.js"), Self.script("https://shop.example/abs.js", ("integrity", Self.digest)),
            Self.script("https://a.example/bare.js"), Self.script("//b.example/relative.js"),
            Self.script("https://c.example/good.js", ("integrity", Self.digest), ("crossorigin", "anonymous")),
            Self.script("https://d.example/refused.js", ("integrity", Self.digest)),
            Self.script("https://e.example/typo.js", ("integrity", "sha265-x"), ("crossorigin", "")),
            Self.script("http://f.example/plain.js", ("integrity", Self.digest), ("crossorigin", "")),
            Self.script("https://g.example/module.js", ("type", "Module"), ("integrity", Self.digest)),
            Self.script("https://h.example/data.json", ("type", "application/json")), Self.script(""),
            PageElement("script", [], textLength: 10)
        ]).facts(at: now)
        #expect(facts["integrity.script.count"] == .integer(9))
        #expect(
            facts["integrity.script.foreign"]
                == .texts(
                    "http://f.example/plain.js", "https://a.example/bare.js", "https://b.example/relative.js",
                    "https://c.example/good.js", "https://d.example/refused.js", "https://e.example/typo.js",
                    "https://g.example/module.js"))
        #expect(
            facts["integrity.script.missing"]
                == .texts("https://a.example/bare.js", "https://b.example/relative.js", "https://e.example/typo.js"))
        #expect(facts["integrity.script.invalid"] == .texts("https://e.example/typo.js"))
        #expect(facts["integrity.script.withoutCORS"] == .texts("https://d.example/refused.js"))
        #expect(facts["integrity.script.insecure"] == .texts("http://f.example/plain.js"))
        #expect(facts["integrity.style.count"] == .integer(0) && facts["integrity.style.missing"] == .texts())
    }

    @Test("Style sheets are judged alike, other links are not")
    func styles() {
        let facts = csp(elements: [
            Self.style("a.css"), Self.style("https://a.example/a.css"), Self.style("http://shop.example/b.css"),
            PageElement("link", [HTTPField("rel", "icon"), HTTPField("href", "https://a.example/i.png")])
        ]).facts(at: now)
        #expect(facts["integrity.style.count"] == .integer(3))
        #expect(facts["integrity.style.missing"] == .texts("http://shop.example/b.css", "https://a.example/a.css"))
        #expect(facts["integrity.style.insecure"] == .texts("http://shop.example/b.css"))
    }

    @Test(
        "URLs start from the first base element that can be read, and are cleaned as browsers do",
        arguments: [
            ("https://cdn.example/x/", "a.js", "https://cdn.example/x/a.js", true),
            ("/x/", "a.js", "https://shop.example/x/a.js", false),
            ("mailto:x", "a.js", "https://shop.example/p/a.js", false),
            ("https://cdn.example/", "https://shop.example/a.js", "https://shop.example/a.js", false),
            ("", " \n/a b.js\t", "https://shop.example/a%20b.js", false),
            ("", "ht\ntps://a.example/x", "https://a.example/x", true),
            ("", "\\\\a.example\\x.js", "https://a.example/x.js", true),
            ("", "https://bücher.example/x.js", "https://bücher.example/x.js", true),
            ("", "data:text/javascript,1", "data:text/javascript,1", false),
            ("", "https://shop.example:443/a.js", "https://shop.example/a.js", false),
            ("", "https://shop.example:8443/a.js", "https://shop.example:8443/a.js", true)
        ])
    func bases(base: String, src: String, url: String, isForeign: Bool) {
        let head = base.isEmpty ? [] : [PageElement("base"), PageElement("base", [HTTPField("href", base)])]
        let facts = csp(elements: head + [Self.script(src, ("integrity", "?"))], url: "https://shop.example/p/").facts(
            at: now)
        #expect(facts["integrity.script.invalid"] == .list([url]))
        #expect(facts["integrity.script.foreign"] == .list(isForeign ? [url] : []))
    }

    @Test("An answer that is no page has nothing to judge")
    func noPage() {
        let facts = csp("default-src 'none'").facts(at: now)
        for path in ["integrity.script.count", "integrity.script.missing", "integrity.base"] {
            #expect(facts[path] == .absent)
        }
    }
}
