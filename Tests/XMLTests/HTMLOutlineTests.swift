import Testing
import XML

private func outline(_ html: String, charset: String? = "utf-8", limits: HTMLOutline.Limits = .init()) -> HTMLOutline {
    HTMLOutline(Array(html.utf8), charset: charset, limits: limits)
}

struct HTMLOutlineTests {
    @Test("The elements that matter are there in order, with their attributes and the length of their text")
    func elements() {
        let outline = outline(
            """
            <!doctype html><html lang=en><head><title>A &lt;page&gt;</title><base href="/app/">
            <META HTTP-EQUIV="Content-Security-Policy" CONTENT="default-src &#39;self&#39;; img-src &quot;">
            <link rel=stylesheet href=a.css integrity='sha256-x'><style>body { color: red }</style>
            <script src="/a.js" async nonce=abc></script></head>
            <body><p>Text</p><form action=/login method=post></form><iframe src=/f></iframe><script>alert(1)</script></body>
            """)
        #expect(outline.elements.map(\.name) == ["base", "meta", "link", "style", "script", "form", "iframe", "script"])
        #expect(outline.elements.map(\.isInHead) == [true, true, true, true, true, false, false, false])
        #expect(outline.elements.map(\.textLength) == [0, 0, 0, 19, 0, 0, 0, 8])
        #expect(outline.elements[1].attributes.map(\.name) == ["http-equiv", "content"])
        #expect(outline.elements[1].attribute("content") == "default-src 'self'; img-src \"")
        #expect(outline.elements[4].attributes.map(\.value) == ["/a.js", "", "abc"])
        #expect(!outline.isCut)
    }

    private static let policy = #"<meta http-equiv=Content-Security-Policy content=x>"#

    @Test(
        "A policy counts in the head, wherever the page writes its head",
        arguments: [
            (policy, [true]), ("<html><head>\(policy)</head>", [true]), ("<head>\(policy)", [true]),
            ("<!-- c --> \n\(policy)", [true]), ("<title>t</title>\(policy)", [true]),
            ("<script>if (a < b) {}</script>\(policy)", [true]), ("<head></head>\n\(policy)<body>", [true]),
            ("<body>\(policy)", [false]), ("<p>\(policy)", [false]), ("text\(policy)", [false]),
            ("<meta content='\(policy)", []), ("<>\(policy)", [false]),
            ("<head>text\(policy)</head>", [false]), ("<head><div></div>\(policy)</head>", [false]),
            ("<head><section></section>\(policy)</head>", [false]), ("<head><img>\(policy)</head>", [false]),
            ("<head></head><main>\(policy)", [false]), ("<svg></svg>\(policy)", [false]),
            ("<noscript>\(policy)</noscript>", []), ("<title>\(policy)</title>", []),
            ("<template>\(policy)</template>", []), ("<!-- \(policy) -->", []), ("<script>'\(policy)'</script>", []),
            ("<style>\(policy)</style>", []), ("<body><textarea>\(policy)</textarea>", []),
            ("<body><iframe>\(policy)</iframe>", []), ("<head><noscript><p></noscript>\(policy)", [true]),
            ("<plaintext>\(policy)", []), ("<noscript><p></noscript>\(policy)", [true]),
            ("<script><!--<script>\(policy)</script>--></script>\(policy)", [true]),
            ("<script><!--</script>\(policy)", [true]),
            ("<!-->\(policy)", [true]), ("<!--->\(policy)-->", [true]), ("<?x \(policy)", []),
            ("</p>\(policy)", [false]),
            ("<svg><title><script/></title></svg><p>\(policy)", [false]),
            ("<svg><style></svg><p></style>\(policy)", [false]),
            ("<TITLE></tItLe >\(policy)", [true]), ("<title></titles>\(policy)", [])
        ] as [(String, [Bool])])
    func head(html: String, expected: [Bool]) {
        #expect(outline(html).elements.filter { $0.name == "meta" }.map(\.isInHead) == expected)
    }

    @Test(
        "Attributes are read as browsers read them",
        arguments: [
            ("<script src=a.js SRC=b.js>", ["src=a.js"]), ("<script src = 'a b' defer>", ["src=a b", "defer="]),
            ("<script src='a&amp;b'>", ["src=a&b"]), ("<script src=\"a\nb\">", ["src=a\nb"]),
            ("<script src=>", ["src="]), ("<script/src=a.js/defer>", ["src=a.js/defer"]),
            ("<script/defer/src=x>", ["defer=", "src=x"]),
            ("<script ='x' a=b>", ["='x'=", "a=b"]),
            ("<script src='&amp &ltx &colon;&copy=1&alpha'>", ["src=& &ltx :&copy=1&alpha"]),
            ("<script src='&nvlt;&nGtv;&alpha;&notit;&zwnj;'>", ["src=<\u{20D2}\u{226B}\u{338}\u{3B1}&notit;\u{200C}"]),
            ("<script\tsrc\n=\r'x'\u{0C}>", ["src=x"]), ("<script src='&nosuch;&#x41;'>", ["src=&nosuch;A"]),
            ("<script src='é€'>", ["src=é€"]), ("<script data-x=1 src=y>", ["data-x=1", "src=y"])
        ] as [(String, [String])])
    func attributes(html: String, expected: [String]) {
        #expect(outline(html + "</script>").elements.first?.attributes.map { "\($0.name)=\($0.value)" } == expected)
    }

    @Test("Markup is found in every encoding of the web")
    func encodings() {
        let html = "<meta name=a content='é'><script src=/é.js></script>"
        let units = Array(html.utf16)
        let little = units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let big = units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        let latin1 = html.unicodeScalars.map { UInt8($0.value) }
        let cases: [([UInt8], String?)] = [
            (Array(html.utf8), nil), (Array(html.utf8), "utf-8"), ([0xEF, 0xBB, 0xBF] + Array(html.utf8), "iso-8859-1"),
            ([0xFF, 0xFE] + little, nil), ([0xFE, 0xFF] + big, "utf-8"), (little, "UTF-16LE"), (big, "utf-16be"),
            (latin1, nil), (latin1, "iso-8859-1"), (latin1, "windows-1252")
        ]
        for (bytes, charset) in cases {
            let outline = HTMLOutline(bytes, charset: charset)
            #expect(outline.elements.map(\.name) == ["meta", "script"], "\(charset ?? "nil")")
            #expect(outline.elements.last?.attribute("src") == "/é.js", "\(charset ?? "nil")")
        }
        let broken = HTMLOutline(latin1, charset: "utf-8")
        #expect(broken.elements.last?.attribute("src") == "/\u{FFFD}.js")
        // A page cannot change what was decided before it was read.
        let liar =
            "<meta charset=utf-16><meta http-equiv=content-type content='text/html; charset=ibm037'><script src=a>"
        #expect(HTMLOutline(Array(liar.utf8), charset: nil).elements.map(\.name) == ["meta", "meta", "script"])
    }

    @Test("The limits cut, and say so")
    func limits() {
        var limits = HTMLOutline.Limits()
        limits.elements = 3
        #expect(outline(String(repeating: "<script></script>", count: 3), limits: limits).isCut == false)
        let many = outline(String(repeating: "<script></script>", count: 4), limits: limits)
        #expect(many.elements.count == 3 && many.isCut)
        limits.attributes = 2
        let wide = outline("<script a=1 b=2 c=3></script>", limits: limits)
        #expect(wide.elements.first?.attributes.count == 2 && wide.isCut)
        limits.valueLength = 4
        let long = outline("<script src=abcdef></script>", limits: limits)
        #expect(long.elements.first?.attribute("src") == "abcd" && long.isCut)
        limits.bytes = 20
        let short = outline("<base href=x>        <script></script>", limits: limits)
        #expect(short.elements.map(\.name) == ["base"] && short.isCut)
    }
}
