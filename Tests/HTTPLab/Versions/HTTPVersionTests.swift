import AuditModel
import Facts
import Observe
import TestSupport
import Testing

/// The same page from one server that speaks HTTP/1.1 alone and one that speaks HTTP/2 alone.
struct HTTPVersionTests {
    private static let page = #"""
        http-after-response set-header Strict-Transport-Security "max-age=63072000; includeSubDomains; preload"
        http-after-response set-header Content-Security-Policy "default-src 'none'; script-src 'nonce-R4nd0mR4nd0mR4'"
        http-after-response add-header Content-Security-Policy "img-src 'self'"
        http-after-response set-header X-Content-Type-Options nosniff
        http-after-response set-header Referrer-Policy no-referrer
        http-after-response set-header Permissions-Policy camera=()
        http-after-response set-header X-Powered-By Lab/2
        http-after-response add-header Set-Cookie "__Host-sid=1; Secure; HttpOnly; Path=/"
        http-after-response add-header Set-Cookie "theme=dark"
        http-after-response set-header Cache-Control "private, max-age=60"
        http-request return status 404 content-type text/html string gone unless { path / }
        http-request return status 200 content-type text/html string "<title>A page</title><script src=/a.js></script>"
        """#

    /// What the version itself decides.
    private static let differing: Set<String> = ["httpVersion", "requests"]

    @Test(
        "every fact is the same over HTTP/2 as over HTTP/1.1",
        arguments: [ProbeKind.headers, .csp, .cookies, .observatory, .redirect])
    func same(probe: ProbeKind) async throws {
        let old = try await facts(of: probe, from: .haproxy(isHTTP2: false, Self.page))
        let new = try await facts(of: probe, from: .haproxy(isHTTP2: true, Self.page))
        for path in probe.catalogueEntry.facts.map(\.path) where !path.isPattern {
            guard !Self.differing.contains(path.text) else { continue }
            if case .unobserved(let failure) = old[path], case .unobserved(let other) = new[path] {
                #expect(failure.code == other.code, "\(path.text)")
            } else {
                #expect(old[path] == new[path], "\(path.text)")
            }
        }
        if probe == .headers {
            let version = try #require(FactPath("httpVersion"))
            #expect(old[version] == .value(.text("1.1")))
            #expect(new[version] == .value(.text("2")))
        }
        if probe == .cookies {
            let names = new[try #require(FactPath("names"))]
            #expect(names == .value(.list([.text("__Host-sid"), .text("theme")])))
        }
    }

    private func facts(of probe: ProbeKind, from server: HTTPSServer) async throws -> FactSet {
        let certificate = try await TestCertificate.make(names: "DNS:api.example.com")
        var facts: FactSet?
        try await server.run(certificate) { endpoint in
            var context = ProbeContext(timeout: .seconds(30), retries: 0, userAgent: "gonogo/test") {
                Instant(seconds: 1_800_000_000)
            }
            context.extraTrustAnchors = certificate.pem
            context.resolve = [
                ResolveOverride(host: "api.example.com", port: nil, address: "127.0.0.1", toPort: endpoint.port)
            ]
            let request = ObservationRequest(probe: probe, target: "https://api.example.com/", parameters: [:])
            let observation = await Observe.observe(request, in: context)
            #expect(observation.failure == nil)
            facts = try probe.facts(
                of: try #require(observation.capture), at: Instant(seconds: 1_800_000_000))
        }
        return try #require(facts)
    }
}
