import AuditModel
import Facts
import Observe
import TestSupport
import Testing

/// A server that misbehaves, and the failure that the headers probe must end with.
struct HostileServer: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let code: ProbeFailure.Code
    /// Short where the server makes the client wait for its deadline.
    let timeout: Duration
    let script: @Sendable (LoopbackConnection) async throws -> Void

    init(
        _ description: String, _ code: ProbeFailure.Code, timeout: Duration = .seconds(60),
        script: @escaping @Sendable (LoopbackConnection) async throws -> Void
    ) {
        testDescription = description
        self.code = code
        self.timeout = timeout
        self.script = script
    }

    /// Answers the first request with these bytes and closes.
    static func answering(_ description: String, _ code: ProbeFailure.Code, _ bytes: String) -> HostileServer {
        HostileServer(description, code) { connection in
            _ = try await connection.readRequest()
            try await connection.write(bytes)
        }
    }

    /// Answers the first request with a beginning, then the same bytes for ever.
    static func repeating(
        _ description: String, _ code: ProbeFailure.Code, _ bytes: String, after start: String = ""
    ) -> HostileServer {
        HostileServer(description, code) { connection in
            _ = try await connection.readRequest()
            try await connection.write(start)
            let block = String(repeating: bytes, count: 1 + 8192 / bytes.utf8.count)
            while true { try await connection.write(block) }
        }
    }
}

private let ok = "HTTP/1.1 200 OK\r\n"
private let chunked = ok + "Transfer-Encoding: chunked\r\n\r\n"

struct HostileServerTests {
    static let withoutHead: [HostileServer] = [
        HostileServer("never answers", .timeout, timeout: .seconds(1)) { connection in
            _ = try await connection.readRequest()
            try await connection.hang()
        },
        HostileServer("never reads", .timeout, timeout: .seconds(1)) { try await $0.hang() },
        HostileServer("sends its head one byte at a time", .timeout, timeout: .seconds(1)) { connection in
            _ = try await connection.readRequest()
            for byte in (ok + "A: " + String(repeating: "a", count: 600)).utf8 {
                try await connection.write([byte])
                try await Task.sleep(for: .milliseconds(100))
            }
        },
        .answering("closes before its head", .closedEarly, ""),
        .answering("closes in its head", .closedEarly, ok + "A: b"),
        HostileServer("resets", .reset) { connection in
            _ = try await connection.readRequest()
            try await connection.reset()
        },
        .repeating("header fields for ever", .tooLarge, "A: b\r\n", after: ok),
        .repeating("one header field for ever", .tooLarge, "a", after: ok + "A: "),
        .repeating("a header name for ever", .tooLarge, "a", after: ok),
        .repeating("a reason phrase for ever", .tooLarge, "a", after: "HTTP/1.1 200 "),
        .repeating("informational responses for ever", .tooLarge, "HTTP/1.1 103 Early Hints\r\nA: b\r\n\r\n"),
        .repeating("line ends for ever", .tooLarge, "\r\n\r\n\r\n\r\n"),
        .answering("garbage", .malformed, "\u{1}\u{2}\u{3}garbage\r\n\r\n"),
        .answering("another protocol", .malformed, "SSH-2.0-OpenSSH_9.2\r\n"),
        HostileServer("a banner before the request", .malformed) { connection in
            try await connection.write("220 mail.example ESMTP\r\n")
            try await connection.hang()
        },
        .answering("a negative length", .malformed, ok + "Content-Length: -1\r\n\r\n"),
        .answering("a length beyond all numbers", .malformed, ok + "Content-Length: 99999999999999999999999\r\n\r\n"),
        .answering("two lengths", .malformed, ok + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
        .answering("NUL in a header value", .malformed, ok + "A: b\u{0}c\r\nContent-Length: 0\r\n\r\n"),
        .answering("ESC in a header value", .malformed, ok + "A: \u{1B}[31mred\r\nContent-Length: 0\r\n\r\n"),
        .answering("a space in a header name", .malformed, ok + "A b: c\r\nContent-Length: 0\r\n\r\n"),
        .answering("HTTP/2 in the status line", .malformed, "HTTP/3.0 200 OK\r\n\r\n")
    ]

    @Test("a server without a usable head is a typed failure", arguments: withoutHead)
    func failsWithoutHead(server: HostileServer) async throws {
        try await LoopbackServer.run(script: server.script) { loopback in
            let observation = await observe(request(.headers, loopback.url), in: makeContext(timeout: server.timeout))
            #expect(observation.failure?.code == server.code)
            #expect(observation.failure?.reason.contains("127.0.0.1:\(loopback.port)") == true)
            #expect(observation.failure?.reason.unicodeScalars.allSatisfy { (" "..."~").contains($0) } == true)
            #expect(observation.capture == nil)
            #expect(observation.failure?.isOwnFault != true)
            #expect(observation.attempts.count == 1)
        }
    }

    static let withBrokenBody: [HostileServer] = [
        .repeating("a body without end", .tooLarge, "a", after: ok + "Content-Length: 1073741824\r\n\r\n"),
        .repeating("chunks without end", .tooLarge, "8\r\naaaaaaaa\r\n", after: chunked),
        .repeating("a chunk extension without end", .tooLarge, "a", after: chunked + "1;a="),
        .repeating("trailers without end", .tooLarge, "A: b\r\n", after: chunked + "0\r\n"),
        .answering("a chunk larger than all memory", .malformed, chunked + "FFFFFFFFFFFFFFFFF\r\nabc"),
        .answering("a chunk that is no number", .malformed, chunked + "xyz\r\nabc"),
        .answering("less body than promised", .closedEarly, ok + "Content-Length: 100\r\n\r\nabc"),
        .answering("a chunked body without its end", .closedEarly, chunked + "3\r\nabc\r\n"),
        HostileServer("a body one byte at a time", .timeout, timeout: .seconds(2)) { connection in
            _ = try await connection.readRequest()
            try await connection.write(ok + "Content-Length: 600\r\n\r\n")
            for _ in 0..<600 {
                try await connection.write("a")
                try await Task.sleep(for: .milliseconds(100))
            }
        }
    ]

    @Test("a broken body leaves the head and says why it is not whole", arguments: withBrokenBody)
    func keepsHead(server: HostileServer) async throws {
        try await LoopbackServer.run(script: server.script) { loopback in
            let capture = try await observeHeaders(loopback.url, in: makeContext(timeout: server.timeout))
            let exchange = try #require(capture.exchanges.last)
            #expect(exchange.status == 200)
            #expect(exchange.body.failure?.code == server.code)
            #expect(exchange.body.byteCount <= 1 << 20)
            #expect(exchange.body.text.utf8.count <= 64 << 10)
        }
    }

    @Test("a body that the end of the connection ends is whole")
    func bodyUntilClose() async throws {
        let server = HostileServer.answering(
            "", .closedEarly, "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nhello")
        try await LoopbackServer.run(script: server.script) { loopback in
            let exchange = try #require(try await observeHeaders(loopback.url).exchanges.last)
            #expect(exchange.body == HTTPBody(text: "hello", byteCount: 5))
            #expect(exchange.httpVersion == "1.0")
        }
    }

    @Test("field lines stay as they came, after informational responses")
    func rawFields() async throws {
        let early = "HTTP/1.1 103 Early\r\nLink: a\r\n\r\n"
        let head = "HTTP/1.1 204 None\r\nX-b: 2\r\nx-A: \u{E9}\r\nX-B:1\r\nEmpty:\r\n\r\n"
        let server = HostileServer.answering("", .closedEarly, early + head)
        try await LoopbackServer.run(script: server.script) { loopback in
            let exchange = try #require(try await observeHeaders(loopback.url).exchanges.last)
            #expect(exchange.status == 204)
            #expect(
                exchange.fields == [
                    HTTPField("X-b", "2"), HTTPField("x-A", "\u{E9}"), HTTPField("X-B", "1"), HTTPField("Empty", "")
                ])
        }
    }

    @Test("a port that nothing listens on refuses")
    func refused() async throws {
        let port = try await freePort()
        let observation = await observe(request(.headers, "http://127.0.0.1:\(port)"), in: makeContext())
        #expect(observation.failure?.code == .refused)
    }

    @Test("a name without an address is not resolved")
    func notResolved() async throws {
        let observation = await observe(request(.headers, "http://name.invalid"), in: makeContext())
        #expect(observation.failure?.code == .nameNotResolved)
        #expect(observation.failure?.reason.contains("name.invalid:80") == true)
    }
}
