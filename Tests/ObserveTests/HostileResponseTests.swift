import AuditModel
import Facts
import JSON
import Observe
import TestSupport
import Testing

/// What a server answers to everything, and what a probe of HTTP must make of it.
struct HostileResponse: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// How it must end; nil when the response is within all bounds.
    var code: ProbeFailure.Code?
    let bytes: String

    init(_ description: String, _ code: ProbeFailure.Code? = nil, fields: String = "", body: String = "") {
        testDescription = description
        self.code = code
        bytes =
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\(fields)Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    init(_ description: String, _ code: ProbeFailure.Code? = nil, raw bytes: String) {
        testDescription = description
        self.code = code
        self.bytes = bytes
    }

    static let all: [HostileResponse] = [
        HostileResponse("10,000 header fields", .tooLarge, fields: lines(10_000) { "X-Field-\($0): \($0)" }),
        HostileResponse("a header field of 1 MiB", .tooLarge, fields: "X-Long: \(a(1 << 20))\r\n"),
        HostileResponse("a policy of 48 kB in one field", fields: "Content-Security-Policy: \(policy(48 << 10))\r\n"),
        HostileResponse(
            "a policy of 100 kB in one field", .tooLarge, fields: "Content-Security-Policy: \(policy(100 << 10))\r\n"),
        HostileResponse(
            "a policy of 100 kB in a meta element",
            body: "<meta http-equiv=Content-Security-Policy content=\"\(policy(100 << 10))\">"),
        HostileResponse(
            "a thousand directives of one name",
            fields: "Content-Security-Policy: \(many(1000, "script-src 'self';"))\r\n"),
        HostileResponse("as many cookies as there may be fields", fields: lines(90) { "Set-Cookie: c\($0)=v; Path=/" }),
        HostileResponse("thousands of cookies", .tooLarge, fields: lines(3000) { "Set-Cookie: c\($0)=v" }),
        HostileResponse("a cookie of 30 kB", fields: "Set-Cookie: \(a(15 << 10))=\(a(15 << 10))\r\n"),
        HostileResponse("cookies without names, values or sense", fields: cookies),
        HostileResponse(
            "bytes that are no UTF-8", fields: "Server: \u{FF}\u{FE}\r\nContent-Security-Policy: \u{C0}\r\n"),
        HostileResponse("structured fields that are none", fields: structured),
        HostileResponse("numbers beyond all bounds", fields: numbers),
        HostileResponse(
            "HSTS in a thousand directives", fields: "Strict-Transport-Security: \(many(1000, "max-age=1;"))\r\n"),
        HostileResponse(
            "fields that would inject",
            fields: "Server: <script>alert(1)</script>]]>\r\nX-Powered-By: ${jndi:ldap://x}\r\n"),
        HostileResponse("elements in elements without end", body: many(50_000, "<div><a><svg>")),
        HostileResponse("an attribute without end", body: "<meta content=\"" + a(200_000)),
        HostileResponse("a document of brackets", body: many(100_000, "<")),
        HostileResponse(
            "scripts by the thousand", body: many(5000, "<script src=//a.example/x integrity=sha256-x></script>")),
        HostileResponse("JSON in JSON without end", body: many(100_000, "[")),
        HostileResponse("noise as of HTTP/0.9", .malformed, raw: "<html>no head at all</html>"),
        HostileResponse("two heads in one", .malformed, raw: "HTTP/1.1 200 OK\r\nHTTP/1.1 200 OK\r\n\r\n"),
        HostileResponse("a bare line end in a value", .malformed, raw: "HTTP/1.1 200 OK\r\nA: b\rc\r\n\r\n")
    ]

    private static func a(_ count: Int) -> String { String(repeating: "a", count: count) }

    private static func many(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }

    private static func lines(_ count: Int, _ line: (Int) -> String) -> String {
        (0..<count).map { line($0) + "\r\n" }.joined()
    }

    private static func policy(_ size: Int) -> String {
        "script-src " + (0..<(size / 24)).map { "https://h\($0 + 100_000).example" }.joined(separator: " ")
    }

    private static let cookies = lines(40) {
        ["Set-Cookie: =", "Set-Cookie: ;;;;", "Set-Cookie: a", "Set-Cookie: =v; Domain=.", "Set-Cookie: __Host-=;"][
            $0 % 5]
    }

    private static let structured = """
        Permissions-Policy: camera=(((((((((((\r
        RateLimit: "a";r=99999999999999999999;t=-1, ;;;\r
        RateLimit-Policy: :::\r
        Cross-Origin-Opener-Policy: "same-origin\r
        Reporting-Endpoints: a="b", a="\r

        """

    private static let numbers = """
        Strict-Transport-Security: max-age=99999999999999999999999999\r
        Cache-Control: max-age=-1, s-maxage=1e999, max-age="\r
        Age: 18446744073709551616\r
        Retry-After: 99999999999999999999\r
        X-RateLimit-Limit: -9223372036854775809\r
        X-RateLimit-Reset: 1e400\r
        Access-Control-Max-Age: 99999999999999999999\r
        Expires: Thu, 99 Foo 99999 99:99:99 GMT\r

        """
}

struct HostileResponseTests {
    static let probes = ProbeKind.allCases.filter { $0 != .tls && $0 != .image }

    /// Bursts are as short as they may be.
    private static func observing(_ probe: ProbeKind, _ url: String) -> ObservationRequest {
        request(
            probe, url,
            probe == .rateLimit ? ["requests": .integer(10), "rate": .integer(50), "seconds": .integer(5)] : [:])
    }

    @Test("a hostile response is described or refused, and never our fault", arguments: probes, HostileResponse.all)
    func response(probe: ProbeKind, response: HostileResponse) async throws {
        let script: LoopbackServer.Script = { connection in
            while try await connection.readRequest() != nil {
                try await connection.write(response.bytes)
                if response.code != nil { return }
            }
        }
        try await LoopbackServer.run(script: script) { server in
            let observation = await observe(Self.observing(probe, server.url), in: makeContext(timeout: .seconds(20)))
            #expect(observation.failure?.code == response.code)
            #expect(observation.failure?.isOwnFault != true)
            guard let capture = observation.capture else { return }
            #expect(capture.compact.utf8.count < 4 << 20)
            let facts = try probe.facts(of: capture, at: now)
            for declaration in probe.catalogueEntry.facts where !declaration.path.isPattern {
                #expect(facts[declaration.path] != .undeclared, "\(declaration.path.text)")
            }
        }
    }

    @Test("a target that redirects to itself for ever ends", arguments: probes)
    func loop(probe: ProbeKind) async throws {
        let script: LoopbackServer.Script = { connection in
            while try await connection.readRequest() != nil {
                try await connection.write("HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n")
            }
        }
        try await LoopbackServer.run(script: script) { server in
            let observation = await observe(Self.observing(probe, server.url), in: makeContext(timeout: .seconds(20)))
            #expect(observation.failure?.isOwnFault != true)
            #expect(server.requests.count <= (probe == .rateLimit ? 60 : 80))
        }
    }

    @Test("a body that inflates without end is not inflated", arguments: probes)
    func bomb(probe: ProbeKind) async throws {
        let zeros = gzip([UInt8](repeating: 0, count: 32 << 20))
        let script: LoopbackServer.Script = { connection in
            while try await connection.readRequest() != nil {
                try await connection.write(
                    "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(zeros.count)\r\n\r\n")
                try await connection.write(zeros)
            }
        }
        try await LoopbackServer.run(script: script) { server in
            let observation = await observe(Self.observing(probe, server.url), in: makeContext(timeout: .seconds(20)))
            #expect(observation.failure?.isOwnFault != true)
            if let capture = observation.capture { #expect(capture.compact.utf8.count < 4 << 20) }
        }
    }
}
