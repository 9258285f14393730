import Testing
import WireFormats

struct MediaTypeTests {
    @Test(
        "All lines together give one type and charset",
        arguments: [
            (["text/html; charset=utf-8"], "text/html", "utf-8"),
            (["Text/HTML;CHARSET=\"UTF-8\""], "text/html", "utf-8"),
            (["application/json"], "application/json", nil), (["text/html; charset=a; charset=b"], "text/html", "a"),
            (["text/html;charset=a", "text/html"], "text/html", "a"),
            (["text/html;charset=a, text/plain"], "text/plain", nil),
            (["text/plain", "*/*", "nonsense"], "text/plain", nil),
            (["text/html; =x; charset=utf-8"], "text/html", "utf-8")
        ] as [([String], String, String?)])
    func extract(lines: [String], essence: String, charset: String?) throws {
        let type = try #require(MediaType.extract(lines: lines))
        #expect(type.essence == essence)
        #expect(type.charset == charset)
    }

    @Test("What is no media type gives none", arguments: ["", "text", "text/", "/html", "a/b/c", "te xt/html", "*/*"])
    func none(text: String) { #expect(MediaType.extract(lines: [text]) == nil) }

    @Test(
        "JSON is known by its type or suffix",
        arguments: [
            ("application/json", true), ("application/health+json", true), ("text/json", true),
            ("application/jsonp", false), ("text/plain", false)
        ])
    func isJSON(essence: String, isJSON: Bool) { #expect(MediaType.isJSON(essence: essence) == isJSON) }

    @Test(
        "A body that browsers guess to be HTML begins with one of its tags",
        arguments: [
            ("<!DOCTYPE html>", true), ("\n\t<html lang=en>", true), ("<!-- x", true), ("<p>", true), ("<b ", true),
            ("<bogus>", false), ("{\"a\":\"<html>\"}", false), ("<html", false), ("", false), ("<?xml", false)
        ])
    func sniffing(body: String, isHTML: Bool) { #expect(MediaType.sniffsAsHTML(body) == isHTML) }
}
