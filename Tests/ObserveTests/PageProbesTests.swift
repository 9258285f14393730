import AuditModel
import Facts
import JSON
import Observe
import TestSupport
import Testing

/// What the probes that look at one page send together, and what each keeps of it.
struct PageProbesTests {
    private static let probes: [ProbeKind] = [.cookies, .csp, .headers, .observatory, .redirect]

    /// A page with a cookie, a policy and a script; every other path is unknown.
    private static let shop: LoopbackServer.Script = { connection in
        while let head = try await connection.readRequest() {
            let path = target(of: head)
            let page = [
                ("Content-Type", "text/html"), ("Set-Cookie", "sid=\(UInt64.random(in: 0 ... .max)); Path=/"),
                ("X-Content-Type-Options", "nosniff"), ("Content-Security-Policy", "script-src 'nonce-c2FtZSBhZ2Fpbg'")
            ]
            let html = """
                <!doctype html><html><head><meta name="csrf-token" content="tok-5d41402abc4b2a76">
                <script nonce="c2FtZSBhZ2Fpbg" src="https://cdn.example/a.js"></script></head></html>
                """
            if path.hasPrefix("/__no-such-path") {
                try await connection.respond("404 Not Found", [("Content-Type", "text/html")], body: "no")
            } else if head.hasPrefix("OPTIONS") {
                try await connection.respond("204 No Content", [("Allow", "GET")])
            } else {
                try await connection.respond("200 OK", page, body: html)
            }
        }
    }

    private static func facts(_ observations: [RecordedObservation], _ probe: ProbeKind) throws -> FactSet {
        let observation = try #require(observations.first { $0.request.probe == probe })
        return try probe.facts(of: try #require(observation.capture), at: now)
    }

    @Test("five probes of one page spend at most eight requests on it, each further path at most two")
    func budget() async throws {
        try await LoopbackServer.run(script: Self.shop) { server in
            let first = Self.probes.map { request($0, server.url) }
            let observations = await observe(first, concurrency: 8, in: makeContext())
            #expect(observations.allSatisfy { $0.failure == nil })
            let spent = server.requests
            // Loopback permits the active ones: two Host fields, an unknown method, two foreign names.
            let passive = spent.filter { head in
                !head.contains("gonogo-probe.invalid\r\nUser-Agent") && !head.hasPrefix("PROBE")
                    && !head.contains("X-Forwarded-Host") && !head.contains("Host: gonogo-probe.invalid")
            }
            #expect(passive.count <= 8, "\(passive)")
            #expect(spent.count - passive.count <= 4, "\(spent)")
            let before = spent.count
            let further = first + Self.probes.map { request($0, server.url, ["path": .text("/cart")]) }
            _ = await observe(further, concurrency: 8, in: makeContext())
            #expect(server.requests.count - before <= before + 2, "\(server.requests.dropFirst(before))")
        }
    }

    @Test("header, cookie, policy, outline and the answers around the page reach the facts")
    func facts() async throws {
        try await LoopbackServer.run(script: Self.shop) { server in
            let observations = await observe(
                Self.probes.map { request($0, server.url) }, concurrency: 8, in: makeContext())
            let headers = try Self.facts(observations, .headers)
            #expect(
                headers[path("parity.notFound.missing")] == texts(["Content-Security-Policy", "X-Content-Type-Options"])
            )
            let cookies = try Self.facts(observations, .cookies)
            #expect(cookies[path("count")] == .value(.integer(1)))
            #expect(cookies[path("sid.rotates")] == .value(.boolean(true)))
            let csp = try Self.facts(observations, .csp)
            #expect(csp[path("script.nonce.static")] == .value(.boolean(true)))
            #expect(csp[path("integrity.script.missing")] == texts(["https://cdn.example/a.js"]))
            #expect(try Self.facts(observations, .redirect)[path("http.reachable")] == .value(.boolean(true)))
            #expect(try Self.facts(observations, .observatory)[path("algorithmVersion")] == .value(.integer(6)))
        }
    }

    @Test("a token in the page's meta elements is not in the capture")
    func secrets() async throws {
        try await LoopbackServer.run(script: Self.shop) { server in
            let observation = await observe(request(.csp, server.url), in: makeContext())
            let capture = try #require(observation.capture).compact
            #expect(!capture.contains("tok-5d41402abc4b2a76"))
            #expect(capture.contains("c2FtZSBhZ2Fpbg"))
        }
    }

    @Test("a page that is sent gzipped is read, and a bomb is cut")
    func compressed() async throws {
        let html = "<!doctype html><script src=https://cdn.example/b.js></script>"
        let bomb = [UInt8](html.utf8) + [UInt8](repeating: 0x20, count: 64 << 20)
        for (body, isWhole) in [([UInt8](html.utf8), true), (bomb, false)] {
            let gzip = TestSupport.gzip(body)
            let script: LoopbackServer.Script = { connection in
                while try await connection.readRequest() != nil {
                    let head =
                        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n"
                        + "Content-Length: \(gzip.count)\r\n\r\n"
                    try await connection.write([UInt8](head.utf8) + gzip)
                }
            }
            try await LoopbackServer.run(script: script) { server in
                let page = try await observePage(.csp, server.url)
                #expect(page.outline?.elements.first?.attribute("src") == "https://cdn.example/b.js")
                #expect((page.outline?.failure == nil) == isWhole)
            }
        }
    }
}

private func path(_ text: String) -> FactPath { FactPath(text) ?? FactPath(segments: [text]) }

private func texts(_ values: [String]) -> FactSet.Knowledge { .value(.list(values.map(FactValue.text))) }
