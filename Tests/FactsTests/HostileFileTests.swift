import AuditModel
import Facts
import Foundation
import TestSupport
import Testing

private let files: [URL] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Hostile")
    return (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
}()

@Suite struct HostileFileTests {
    @Test(
        "no header lines of the hostile folder trap a grammar, and every declared fact is accounted for",
        arguments: files)
    func total(file: URL) throws {
        let fields = Self.fields(String(decoding: try Data(contentsOf: file), as: UTF8.self))
        for url in ["https://shop.example/", "http://[::1]:8080/"] { account(for: fields, url: url, file) }
    }

    @Test("no change of a byte in the hostile folder traps a grammar", arguments: files)
    func mutated(file: URL) throws {
        let bytes = Array(try Data(contentsOf: file).prefix(4000))
        var random = SeededNumbers(seed: 20_261_121)
        for _ in 0..<8 where !bytes.isEmpty {
            var changed = bytes
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                let index = Int.random(in: 0..<changed.count, using: &random)
                changed[index] = "\0\t ,;=\"'%()*./:\u{7F}é<[{9az".utf8.randomElement(using: &random) ?? 0
            }
            account(for: Self.fields(String(decoding: changed, as: UTF8.self)), url: "https://shop.example/a", file)
        }
    }

    private static func fields(_ text: String) -> [HTTPField] {
        text.split(separator: "\n").map { line in
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            return HTTPField(String(parts[0]), parts.count == 2 ? String(parts[1]) : "")
        }
    }

    /// Every probe of a page says something about each of its facts, whatever the fields.
    private func account(for fields: [HTTPField], url: String, _ file: URL) {
        let exchange = HTTPExchange(
            method: "GET", url: url, status: 200, httpVersion: "1.1", fields: fields,
            body: HTTPBody(text: "{\"status\":\"pass\"}", byteCount: 17), tls: nil, secondsToHead: 0.1)
        var plain = exchange
        plain.url = "http://shop.example/"
        plain.status = 301
        let elements =
            fields.map { PageElement("meta", [HTTPField("http-equiv", $0.name), HTTPField("content", $0.value)]) }
            + fields.map { PageElement("script", [HTTPField("src", $0.value), HTTPField("integrity", $0.name)]) }
        let page = PageObservation(
            url: url, exchanges: [exchange], outline: PageOutline(elements: elements),
            visits: PageVisitKind.allCases.map { PageVisit($0, exchanges: $0 == .http ? [plain, exchange] : [plain]) },
            paths: [PathVisit(path: url, exchanges: [plain])])
        let visit = HealthCapture.Visit(path: "/healthz", role: .given, exchange: exchange, failure: nil, redirects: 0)
        let health = HealthCapture(url: url, visits: [visit], endpoint: "/healthz", latencies: [0.1], requests: 1)
        let found: [(FactSet, ProbeDescription)] = [
            (HeadersCapture(page: page).facts(at: now), HeadersFacts.description),
            (CookiesCapture(page: page).facts(at: now), CookiesFacts.description),
            (RedirectCapture(page: page).facts(at: now), RedirectFacts.description),
            (ObservatoryCapture(page: page).facts(at: now), ObservatoryFacts.description),
            (health.facts(at: now), HealthFacts.description)
        ]
        for (facts, probe) in found {
            for fact in probe.facts where !fact.path.isPattern {
                #expect(facts[fact.path] != .undeclared, "\(file.lastPathComponent): \(fact.path.text)")
            }
            for (path, value) in facts.observed where value != .absent {
                #expect(probe.declaration(of: path)?.type.accepts(value) == true, "\(path.text) is \(value)")
            }
        }
    }

    @Test("the hostile folder is there")
    func present() {
        #expect(files.count >= 10)
    }

    @Test("a usual path that could not be looked at leaves it open whether there is a health endpoint")
    func unseenDiscovery() throws {
        let missing = HTTPExchange(
            method: "GET", url: "http://a.example/health", status: 404, httpVersion: "1.1", fields: [],
            body: HTTPBody(text: "", byteCount: 0), tls: nil, secondsToHead: 0.1)
        let visits = [
            HealthCapture.Visit(path: "/health", role: .discovery, exchange: missing, failure: nil, redirects: 0),
            HealthCapture.Visit(
                path: "/healthz", role: .discovery, exchange: nil, failure: ProbeFailure(.timeout, "no answer"),
                redirects: 0)
        ]
        let path = try #require(FactPath("endpoint.path"))
        let open = HealthCapture(url: "http://a.example/", visits: visits, endpoint: nil, latencies: [], requests: 2)
        #expect(open.facts(at: now)[path] == .unobserved(ProbeFailure(.timeout, "/healthz: no answer")))
        let closed = HealthCapture(
            url: "http://a.example/", visits: [visits[0]], endpoint: nil, latencies: [], requests: 1)
        #expect(closed.facts(at: now)[path] == .absent)
    }
}
