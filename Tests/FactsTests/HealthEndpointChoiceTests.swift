import Facts
import Testing

struct HealthEndpointChoiceTests {
    static let text = [("Content-Type", "text/plain")]
    static let ok = #"{"status":"ok"}"#

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let visits: [HealthCapture.Visit]
        let chosen: String?

        init(_ description: String, _ visits: [HealthCapture.Visit], _ chosen: String?) {
            testDescription = description
            self.visits = visits
            self.chosen = chosen
        }
    }

    static func plain(
        _ path: String, _ status: Int, _ body: String, _ role: HealthCapture.Role = .discovery
    ) -> HealthCapture.Visit {
        visit(path, role, status: status, text, body: body)
    }

    static func page503(_ path: String, _ role: HealthCapture.Role = .discovery) -> HealthCapture.Visit {
        visit(path, role, status: 503, [("Content-Type", "text/html")], body: "<h1>503 Service Unavailable</h1>")
    }

    @Test(
        "The endpoint is the given path, else the best that discovery found",
        arguments: [
            Case("given, whatever it answers", [visit("/h", .given, status: 404), visit("/health", body: ok)], "/h"),
            Case("given without an answer", [failedVisit("/h", .given)], "/h"),
            Case("first in order", [visit("/health", body: ok), visit("/healthz", body: ok), notFound], "/health"),
            Case(
                "a format before plain text",
                [visit("/up", .discovery, text, body: "OK"), visit("/health", body: ok), notFound],
                "/health"),
            Case(
                "plain text beside a control", [visit("/healthz", .discovery, text, body: "OK"), notFound], "/healthz"),
            Case("plain text without a control", [visit("/healthz", .discovery, text, body: "OK")], nil),
            Case(
                "plain text, control failed",
                [visit("/healthz", .discovery, text, body: "OK"), failedVisit("/x", .control)], nil),
            Case("a format without a control", [visit("/health", body: ok)], "/health"),
            Case(
                "a failing service", [visit("/health", status: 503, body: #"{"status":"DOWN"}"#), notFound], "/health"),
            Case(
                "JSON that says not found", [visit("/health", status: 404, body: #"{"status":"error"}"#), notFound], nil
            ),
            Case("access denied", [visit("/health", status: 401, body: ok), notFound], nil),
            Case("one answer to everything", [visit("/health", body: ok), visit("/x", .control, body: ok)], nil),
            Case(
                "one text to everything",
                [visit("/up", .discovery, text, body: "OK"), visit("/x", .control, text, body: "OK")], nil
            ),
            Case("HTML", [visit("/health", .discovery, [("Content-Type", "text/html")], body: "<p>OK"), notFound], nil),
            Case("HTTP 204", [visit("/livez", .discovery, status: 204, []), notFound], "/livez"),
            Case("plain 503", [visit("/healthz", .discovery, status: 503, text, body: "down"), notFound], "/healthz"),
            Case("plain 503, no control", [visit("/healthz", .discovery, status: 503, text, body: "down")], nil),
            Case("not ready", [plain("/readyz", 503, "not ready"), plain("/livez", 200, "ok"), notFound], "/readyz"),
            Case("one word", [plain("/readyz", 503, "DOWN"), plain("/livez", 200, "ok"), notFound], "/readyz"),
            Case("no word", [plain("/readyz", 503, ""), plain("/livez", 200, "ok"), notFound], "/readyz"),
            Case("any words", [plain("/readyz", 503, "no db yet"), plain("/livez", 200, "ok"), notFound], "/readyz"),
            Case("a page that says 503", [page503("/readyz"), plain("/livez", 200, "ok"), notFound], "/readyz"),
            Case("a format before a page that says 503", [page503("/readyz"), visit("/up", body: ok), notFound], "/up"),
            Case("the whole site down", [page503("/readyz"), page503("/livez"), page503("/x", .control)], nil),
            Case("down in other words", [page503("/readyz"), plain("/x", 502, "bad gateway", .control)], nil),
            Case("a fault of another kind", [plain("/readyz", 500, "oops"), notFound], nil),
            Case("a role is no discovery", [visit("/live", .liveness, body: ok), notFound], nil),
            Case("nothing", [], nil)
        ])
    func choice(_ expected: Case) { #expect(HealthCapture.chooseEndpoint(visits: expected.visits) == expected.chosen) }

    @Test("The usual paths are few, distinct and absolute")
    func usualPaths() {
        #expect(HealthPaths.usual.count <= 16)
        #expect(Set(HealthPaths.usual).count == HealthPaths.usual.count)
        #expect(HealthPaths.usual.allSatisfy { $0.hasPrefix("/") && !$0.contains("?") })
    }
}
