import AuditModel
import JSON
import Report
import Testing

struct CaptureTextTests {
    @Test("an exchange is its request line, its status line and its fields in order, then what else was noted")
    func exchange() throws {
        let text = try capture(
            #"""
            {"url": "https://a.test/", "exchanges": [{"method": "GET", "url": "https://a.test/", "status": 200,
             "httpVersion": "1.1", "fields": [["Date", "now"], ["X-A", "1"], ["X-A", "2"]], "body": {"byteCount": 3}}],
             "requests": 1}
            """#)
        #expect(
            text == """
                url: https://a.test/
                exchanges:
                  GET https://a.test/
                  HTTP/1.1 200
                  Date: now
                  X-A: 1
                  X-A: 2
                  · body: {"byteCount":3}
                requests: 1

                """)
    }

    @Test("an exchange inside of what a probe noted is found, and what has none stays on a line")
    func nested() throws {
        let text = try capture(
            #"""
            {"visits": [{"kind": "own", "exchange": {"status": 204, "fields": []}}], "answers": [{"alert": 70}],
             "asked": ["a", "b"]}
            """#)
        #expect(
            text == """
                visits:
                  kind: own
                  exchange:
                    HTTP 204
                answers:
                  {"alert":70}
                asked: a, b

                """)
    }

    @Test("a certificate is PEM that other programs read")
    func certificate() throws {
        let text = try capture(#"{"certificates": ["\#(String(repeating: "A", count: 70))"]}"#)
        #expect(
            text == """
                certificates:
                  -----BEGIN CERTIFICATE-----
                  \(String(repeating: "A", count: 64))
                  AAAAAA
                  -----END CERTIFICATE-----

                """)
    }

    @Test("a capture is cut behind 64 KiB, and says how much is missing")
    func limit() throws {
        let text = try capture(#"{"body": "\#(String(repeating: "é", count: 50_000))"}"#)
        #expect(text.utf8.count < (64 << 10) + 40 && text.hasSuffix("… [truncated 34471 bytes]"), "\(text.suffix(40))")
    }

    @Test(
        "whatever a capture is, it has a text",
        arguments: [
            "null", "[]", "{}", "1", "\"a\\nb\"", "{\"fields\": 1}", "{\"fields\": [1, [], [1, 2], [\"a\"]]}",
            "{\"certificates\": [1, \"\", null]}", "{\"a\": {\"fields\": [[\"\", \"\\u001b[2J\"]]}}",
            String(repeating: "[", count: 60) + String(repeating: "]", count: 60)
        ])
    func anything(json: String) throws {
        #expect(try capture(json).utf8.count < 500)
    }

    @Test("the page folds what came over the wire below the facts, escaped and bounded; outsiders do not get it")
    func page() throws {
        var sample = Samples.noGo
        sample.observations[0].capture = "GET <b>&\u{1B}[31m " + String(repeating: "x", count: 100_000)
        let html = try #require(ReportFormat.named("html"))
        let page = html.render(sample)
        let capture = try #require(page.between("<details class=\"capture\">", "</details>"))
        #expect(capture.contains("<summary>What came over the wire (100014 bytes)</summary>"))
        #expect(capture.contains("<pre>GET &lt;b&gt;&amp; xxx") && capture.utf8.count < 66_000)
        #expect(capture.contains("[truncated ") && !capture.contains("\u{1B}"))
        #expect(page.ranges(of: "<details class=\"capture\">").count == 1)
        for format in ReportFormat.all {
            let report = format.render(sample.redacted)
            #expect(!report.contains("xxxx") && !report.contains("<details class=\"capture\">"), "\(format.name)")
        }
    }

    private func capture(_ json: String) throws -> String { CaptureText.text(of: try JSONValue.parse(json)) }
}
