import AuditModel
import Report
import ReportTemplates
import Testing
import WireFormats
import XML

struct HTMLTests {
    @Test("the page's policy admits its own style sheet and nothing else")
    func policy() throws {
        let page = html(Samples.noGo)
        let style = try #require(page.between("<style>", "</style>"))
        #expect(style.utf8.count > 1000)
        let policy = try #require(page.between("http-equiv=\"Content-Security-Policy\" content=\"", "\""))
        #expect(
            policy == "default-src 'none'; style-src 'sha256-\(Base64.encode(SecureHash.sha256(Array(style.utf8))))'; "
                + "base-uri 'none'; form-action 'none'")
    }

    @Test(
        "the page loads nothing and runs nothing",
        arguments: [
            "<script", " style=\"", "<link", "<img", "<iframe", "<form", "@import", "url(", "javascript:", " src="
        ])
    func selfContained(part: String) {
        #expect(!html(Samples.noGo).contains(part))
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

    @Test("an item's anchor stands inside of what is folded, so that a link unfolds it")
    func anchorInside() {
        let page = html(Samples.noGo)
        for item in Samples.noGo.items {
            #expect(page.contains("<div class=\"body\" id=\"item-\(item.id)\">"), "\(item.id)")
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
            #expect(page.contains("href=\"#status-\(status.rawValue)\""))
            let list = try #require(page.between("<ul id=\"status-\(status.rawValue)\">", "</ul>"))
            let expected = Samples.noGo.items.filter { $0.status == status }.map { "item-\($0.id)" }
            #expect(String(list).all("href=\"#", "\"") == expected)
        }
        let waived = try #require(page.between("<ul id=\"status-waived\">", "</ul>"))
        #expect(String(waived).all("href=\"#", "\"") == ["item-permissions-policy"])
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
        let page = html(Samples.noGo)
        let anchors = [
            "<h1>", "class=\"identity\"", "class=\"counts\"", "id=\"blocker\"", "id=\"undetermined\"",
            "id=\"awaiting\"", "id=\"waived\"", "id=\"gate\"", "id=\"notices\"", "id=\"sections\"", "id=\"items\"",
            "id=\"observations\"", "id=\"method\"", "id=\"sign-off\""
        ]
        let positions = anchors.map { page.firstRange(of: $0)?.lowerBound ?? page.endIndex }
        #expect(positions == positions.sorted() && !positions.contains(page.endIndex))
    }

    @Test("each role signs once, and none when none is demanded")
    func signOff() throws {
        let table = try #require(html(Samples.noGo).between("<table class=\"signatures\">", "</table>"))
        #expect(String(table).all("<th scope=\"row\">", "</th>") == ["service-owner", "sre-lead", "security-lead"])
        #expect(!html(Samples.go).contains("Sign-off"))
    }

    @Test("a thousand items make a well-formed page")
    func large() {
        let page = html(largeResult(items: 1000))
        #expect(xmlProblem(in: page) == nil)
        #expect(page.ranges(of: "<details class=\"item ").count == 1002)
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
