import AuditModel
import JSON
import Report
import ReportTemplates
import Testing
import WireFormats
import XMLReading

struct HTMLTests {
    @Test("the page's policy admits its own style sheets and script and nothing else")
    func policy() throws {
        let page = html(Samples.noGo)
        let hashes = (page.all("<style>", "</style>") + page.all("<script>", "</script>")).map { text in
            "'sha256-\(Base64.encode(SecureHash.sha256(Array(text.utf8))))'"
        }
        try #require(hashes.count == 3)
        let policy = try #require(page.between("http-equiv=\"Content-Security-Policy\" content=\"", "\""))
        #expect(
            policy == "default-src 'none'; style-src \(hashes[0]) \(hashes[1]); script-src \(hashes[2]); "
                + "base-uri 'none'; form-action 'none'")
    }

    @Test("style sheet and script can neither end their element nor break the page's form as XML")
    func embedded() throws {
        for name in ["report.css", "report.js"] {
            let text = try #require(EmbeddedFiles.all.first { $0.path == name }).text
            #expect(text.utf8.count > 1000 && !text.contains("<") && !text.contains("&"), "\(name)")
        }
    }

    @Test(
        "the page loads nothing",
        arguments: [
            " style=\"", "<link", "<img", "<iframe", "<form", "@import", "url(", "javascript:", " src=", "innerHTML",
            "eval(", "fetch("
        ])
    func selfContained(part: String) {
        #expect(!html(HTMLSamples.full).contains(part))
    }

    @Test(
        "the header of printed pages holds the service's name as an escaped string of CSS",
        arguments: [
            ("shop", "shop"), ("a\"b\\c", #"a\22 b\5c c"#), ("</style>", #"\3c \2f style\3e "#), ("é\n", #"\e9  "#),
            (String(repeating: "x", count: 99), String(repeating: "x", count: 65) + "\\2026 ")
        ])
    func pageHeader(name: String, expected: String) throws {
        var result = Samples.go
        result.service = ServiceIdentity(name: name)
        let rule = try #require(html(result).all("<style>", "</style>").last)
        #expect(rule.contains(#"@top-left { content: "GO \b7  \#(expected)" }"#), "\(rule)")
    }

    @Test("every link inside the page has its target, and every target is one", arguments: Samples.all.map(\.name))
    func anchors(sample: String) throws {
        let page = html(try #require(Samples.all.first { $0.name == sample }).result)
        let ids = page.all(" id=\"", "\"")
        #expect(Set(ids).count == ids.count)
        let links = page.all("href=\"#", "\"")
        #expect(links.count > 5)
        #expect(Set(links).subtracting(ids) == [])
    }

    @Test("an item is its own anchor, and its title leads there")
    func anchor() {
        let page = html(Samples.noGo)
        for item in Samples.noGo.items {
            #expect(page.contains("<div class=\"item \(item.status.rawValue)\" id=\"item-\(item.id)\""), "\(item.id)")
            #expect(page.contains("<h5><a href=\"#item-\(item.id)\">"), "\(item.id)")
        }
    }

    @Test(
        "an anchor has letters, digits, dots, hyphens and escapes only",
        arguments: [
            ("a b", "item-a_20b"), ("a_b", "item-a_5Fb"), ("ä\"", "item-_C3_A4_22"), ("tls.v1-3", "item-tls.v1-3")
        ])
    func anchorNames(id: String, anchor: String) {
        #expect(html(result(.go, items: [item(id, "A", .pass)])).contains("id=\"\(anchor)\""))
    }

    @Test("a number leads to exactly the items that it counts")
    func counts() throws {
        let page = html(Samples.noGo)
        for status in Status.allCases where Samples.noGo.counts[status] > 0 {
            #expect(page.contains("href=\"#index-\(status.rawValue)\" data-filter=\"is=\(status.rawValue)\""))
            let list = try #require(page.between("<div id=\"index-\(status.rawValue)\">", "</div>"))
            let expected = Samples.noGo.items.filter { $0.status == status }.map { "item-\($0.id)" }
            #expect(String(list).all("href=\"#", "\"") == expected)
        }
        let waived = try #require(page.between("<div id=\"index-waived\">", "</div>"))
        #expect(String(waived).all("href=\"#", "\"") == ["item-permissions-policy"])
        let blocking = try #require(page.between("<div id=\"index-blocking\">", "</div>"))
        #expect(
            String(blocking).all("href=\"#", "\"") == Samples.noGo.items.filter(\.blocks).map { "item-\($0.id)" })
        let section = try #require(page.between("<ul id=\"index-fail-section-web-service-security\">", "</ul>"))
        let failing = Samples.noGo.items.filter { $0.status == .fail && $0.section == "security" }
        #expect(String(section).all("href=\"#", "\"") == failing.map { "item-\($0.id)" })
    }

    @Test("a group that is too long for its list leads to all of its items")
    func longGroup() throws {
        let page = html(largeResult(items: 400))
        let blockers = try #require(page.between("id=\"blocker\"", "</section>"))
        #expect(String(blockers).ranges(of: "<li class=\"finding").count == 30)
        let count = try #require(Int(String(blockers).all("class=\"count\">", "<").first ?? ""))
        #expect(blockers.contains("<a href=\"#all-blocker\">\(count - 30) more: all \(count)</a>"))
        let list = try #require(page.between("<ul id=\"all-blocker-list\">", "</ul>"))
        #expect(String(list).ranges(of: "<li>").count == count)
    }

    @Test("an item says what it is filtered by")
    func filters() {
        let page = html(Samples.noGo)
        #expect(
            page.contains(
                "id=\"item-on-call-rotation\" data-is=\"stale blocking\" data-severity=\"high\" "
                    + "data-owners=\"service-owner\">"))
        #expect(page.contains("data-is=\"fail waived\" data-severity=\"medium\" data-owners=\"\">"))
        #expect(page.contains("<section class=\"items\""))
    }

    @Test("what differs from the earlier result is counted, and each number leads to its entries")
    func changes() throws {
        let page = html(HTMLSamples.full)
        let summary = try #require(page.between("id=\"changes\"", "</section>"))
        #expect(summary.contains("The answer was AWAITING; it is NO-GO now."))
        for kind in ResultChanges.Kind.allCases {
            let entries = HTMLSamples.changes.entries.filter { $0.kind == kind }
            #expect(
                summary.contains("<a href=\"#changes-\(kind.rawValue)\"><b>\(entries.count)</b> \(kind.rawValue)</a>"))
            let list = try #require(page.between("id=\"changes-\(kind.rawValue)\">", "</ul>"))
            #expect(String(list).all("<code class=\"id\">", "</code>") == entries.map(\.item))
        }
        #expect(!html(Samples.noGo).contains("id=\"changes\""))
    }

    @Test("what ends stands on the time line, the first end first, ended or not")
    func validity() throws {
        let chart = try #require(
            html(HTMLSamples.full).between("<table class=\"chart\" aria-label=\"Validity\">", "</table>"))
        let titles = String(chart).all("<title>", "</title>")
        #expect(titles.count == 9)
        #expect(titles.first == "From 2026-10-03 09:12 UTC to 2026-10-31 09:12 UTC, 20 days ago")
        #expect(titles.contains("From 2026-09-20 00:00 UTC to 2026-12-19 00:00 UTC, in 27 days"))
        #expect(chart.contains("CN=old.example.com at https://shop.example.com/"))
        let ends = titles.compactMap { $0.split(separator: " to ").last.map(String.init)?.prefix(16) }
        #expect(ends == ends.sorted())
    }

    @Test("latencies and requests are drawn from facts, and stay away without them")
    func measures() throws {
        let page = html(HTMLSamples.full)
        for text in ["p50: 4.4 ms", "p95: 13.4 ms", "max: 21.0 ms"] { #expect(page.contains("<title>\(text)</title>")) }
        #expect(page.contains("<title>ratelimit: 60</title>") && page.contains("<title>tls: 43</title>"))
        #expect(page.contains("125 requests or connections in all"))
        #expect(!html(Samples.noGo).contains("id=\"latency\""))
    }

    @Test("the probes of one page share their visit, which is counted once")
    func sharedVisit() {
        var result = Samples.noGo
        result.observations = [ProbeKind.headers, .csp, .cookies].map { probe in
            var observation = headersObservation
            observation.probe = probe
            observation.facts = .object([.init("requests", .integer(7))])
            return observation
        }
        #expect(html(result).contains("<title>headers, csp, cookies: 7</title>"))
        #expect(html(result).contains("7 requests or connections in all"))
    }

    @Test(
        "only an address of the web becomes a link",
        arguments: [
            ("https://example.com/a?b=1&c=2", "<a href=\"https://example.com/a?b=1&amp;c=2\" rel="),
            ("RFC 6797 §6.1", "</b> RFC 6797 §6.1</p>"), ("javascript:alert(1)", "</b> javascript:alert(1)</p>"),
            ("https://a b", "</b> https://a b</p>"), ("data:text/html,x", "</b> data:text/html,x</p>")
        ])
    func references(text: String, expected: String) {
        #expect(html(result(.go, items: [item("a", "A", .pass, references: [text])])).contains(expected))
    }

    @Test("what decides stands first")
    func order() {
        let page = html(HTMLSamples.full)
        let anchors = [
            "<h1>", "class=\"lead\"", "class=\"identity\"", "class=\"counts\"", "id=\"blocker\"", "id=\"undetermined\"",
            "id=\"waived\"", "id=\"awaiting\"", "id=\"changes\"", "id=\"votes\"", "id=\"item-list\"", "id=\"advisory\"",
            "id=\"gate\"", "id=\"notices\"", "id=\"sections\"", "id=\"items\"", "id=\"index\"", "id=\"evidence\"",
            "id=\"validity\"", "id=\"latency\"", "id=\"requests\"", "id=\"observations\"", "id=\"method\"",
            "id=\"sign-off\""
        ]
        let positions = anchors.map { page.firstRange(of: $0)?.lowerBound ?? page.endIndex }
        #expect(positions == positions.sorted() && !positions.contains(page.endIndex))
    }

    @Test("each role signs once, and none when none is demanded")
    func signOff() throws {
        let table = try #require(html(Samples.noGo).between("<table class=\"signatures stacked\"", "</table>"))
        #expect(
            String(table).all("data-label=\"Role\"><span>", " <small>") == [
                "service-owner", "sre-lead", "security-lead"
            ])
        #expect(String(table).ranges(of: "☐ go  ☐ go with conditions  ☐ no-go").count == 3)
        #expect(!html(Samples.go).contains("id=\"sign-off\""))
    }

    @Test("a vote shows who cast it, how surely, and on what condition; a line to sign is left where one lacks")
    func votes() throws {
        let page = html(HTMLSamples.full)
        let table = try #require(page.between("<table class=\"signatures stacked\"", "</table>"))
        for text in [
            "go with conditions", "no-go", "missing", "ana@example.com (service-owner)", "No backup, no launch.",
            "signed (SHA256:9b74c9897bac770ffc029102a200c5de7a1c3e9f)", "committed (1f3c2a9)"
        ] {
            #expect(table.contains(text), "\(text)")
        }
        #expect(String(table).ranges(of: "class=\"to-sign\"").count == 1)
        #expect(page.contains("1 of 3 roles signed off."))
    }

    @Test("a thousand items make a well-formed page")
    func large() {
        let page = html(largeResult(items: 1000))
        #expect(xmlProblem(in: page) == nil)
        #expect(page.ranges(of: "<div class=\"item ").count == 1000)
    }

    private func html(_ result: AuditResult) -> String { ReportFormat.named("html")?.render(result) ?? "" }
}

extension String {
    /// The first text between two others.
    func between(_ open: String, _ close: String) -> Substring? {
        guard let start = firstRange(of: open), let end = self[start.upperBound...].firstRange(of: close) else {
            return nil
        }
        return self[start.upperBound..<end.lowerBound]
    }

    /// Every text between two others.
    func all(_ open: String, _ close: String) -> [String] {
        ranges(of: open).compactMap { start in
            self[start.upperBound...].firstRange(of: close).map { String(self[start.upperBound..<$0.lowerBound]) }
        }
    }
}
