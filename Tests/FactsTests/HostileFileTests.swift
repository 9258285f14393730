import AuditModel
import Facts
import Foundation
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
        let fields = String(decoding: try Data(contentsOf: file), as: UTF8.self).split(separator: "\n").map { line in
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            return HTTPField(String(parts[0]), parts.count == 2 ? String(parts[1]) : "")
        }
        for url in ["https://shop.example/", "http://[::1]:8080/"] {
            let exchange = HTTPExchange(
                method: "GET", url: url, status: 200, httpVersion: "1.1", fields: fields,
                body: HTTPBody(text: "{\"status\":\"pass\"}", byteCount: 17), tls: nil, secondsToHead: 0.1)
            let headers = HeadersCapture(page: PageObservation(url: url, exchanges: [exchange])).facts(at: now)
            let visit = HealthCapture.Visit(
                path: "/healthz", role: .given, exchange: exchange, failure: nil, redirects: 0)
            let health = HealthCapture(url: url, visits: [visit], endpoint: "/healthz", latencies: [0.1], requests: 1)
                .facts(at: now)
            for (facts, probe) in [(headers, HeadersFacts.description), (health, HealthFacts.description)] {
                for fact in probe.facts where !fact.path.isPattern {
                    #expect(facts[fact.path] != .undeclared, "\(file.lastPathComponent): \(fact.path.text)")
                }
            }
        }
    }

    @Test("the hostile folder is there")
    func present() {
        #expect(files.count >= 7)
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
