import Synchronization

/// Servers that misbehave in front of one that does not: each takes the port of the good one.
package enum Relay {
    /// Resets every fifth connection, and serves the others.
    package static func everyFifthReset(_ port: Int) -> LoopbackServer.Script {
        let count = Counter()
        return { connection in
            guard !count.next().isMultiple(of: 5) else { return try await connection.reset() }
            try await connection.relay(toPort: port)
        }
    }

    /// Serves three connections at a time, and resets those beyond.
    package static func threeAtATime(_ port: Int) -> LoopbackServer.Script {
        let active = Counter()
        return { connection in
            defer { active.previous() }
            guard active.next() <= 3 else { return try await connection.reset() }
            try await connection.relay(toPort: port)
        }
    }

    /// One port after the other, as a load balancer does.
    package static func byTurns(_ ports: [Int]) -> LoopbackServer.Script {
        let count = Counter()
        return { connection in try await connection.relay(toPort: ports[count.next() % ports.count]) }
    }

    /// Says nothing more to a hello of more than 512 bytes.
    package static func hangOnLongHello(_ port: Int) -> LoopbackServer.Script {
        inspecting(port) { hello, connection in
            if hello.length > 512 { try await connection.hang() }
        }
    }

    /// Hangs up on a hello with more than 127 suites.
    package static func refuseManySuites(_ port: Int) -> LoopbackServer.Script {
        inspecting(port) { hello, _ in
            if hello.suites.count > 127 { throw Refusal() }
        }
    }

    /// Answers what it does not know with a fatal handshake_failure (against RFC 8701).
    package static func refuseGrease(_ port: Int) -> LoopbackServer.Script {
        inspecting(port) { hello, connection in
            guard hello.hasGrease else { return }
            try await connection.write([21, 3, 1, 0, 2, 2, 40])
            throw Refusal()
        }
    }

    /// Hangs up on the extension that TLS 1.3 brought.
    package static func refuseSupportedVersions(_ port: Int) -> LoopbackServer.Script {
        inspecting(port) { hello, _ in
            if hello.extensions.contains(43) { throw Refusal() }
        }
    }

    /// A round trip of that length: connecting waits for one, and so does each answer.
    package static func roundTrip(_ delay: Duration) -> @Sendable (Int) -> LoopbackServer.Script {
        { port in
            { connection in
                try await Task.sleep(for: delay)
                try await connection.relay(toPort: port, delay: delay)
            }
        }
    }

    /// Relays, and counts how many connections there are at a time.
    package static func watched(by peak: ConnectionPeak) -> @Sendable (Int) -> LoopbackServer.Script {
        { port in
            { connection in
                peak.begin()
                defer { peak.end() }
                try await connection.relay(toPort: port, delay: .milliseconds(10))
            }
        }
    }

    /// The answer byte by byte, each in a segment of its own.
    package static func singleBytes(_ port: Int) -> LoopbackServer.Script {
        { connection in try await connection.relay(toPort: port) { bytes in bytes.map { [$0] } } }
    }

    /// Every handshake message in clear in records of one byte each.
    package static func singleByteRecords(_ port: Int) -> LoopbackServer.Script {
        { connection in
            let splitter = Mutex(RecordSplitter())
            try await connection.relay(toPort: port) { bytes in [splitter.withLock { $0.split(bytes) }] }
        }
    }

    /// Shows a script the hello, then relays it with all that follows; a `Refusal` ends the connection.
    private static func inspecting(
        _ port: Int, _ look: @escaping @Sendable (HelloShape, LoopbackConnection) async throws -> Void
    ) -> LoopbackServer.Script {
        { connection in
            guard let bytes = try await connection.readHello() else { return }
            if let hello = HelloShape(bytes) { try await look(hello, connection) }
            try await connection.relay(toPort: port, sending: bytes)
        }
    }

    private struct Refusal: Error {}
}

/// The most connections that there were at a time.
package final class ConnectionPeak: Sendable {
    private let state = Mutex((now: 0, most: 0))

    package init() {}

    package var most: Int { state.withLock { $0.most } }

    func begin() {
        state.withLock { state in
            state.now += 1
            state.most = max(state.most, state.now)
        }
    }

    func end() { state.withLock { $0.now -= 1 } }
}

/// Makes records of one byte of those of the handshake, up to the first that is encrypted.
private struct RecordSplitter {
    private var waiting: [UInt8] = []
    private var isEncrypted = false

    mutating func split(_ bytes: [UInt8]) -> [UInt8] {
        waiting += bytes
        var result: [UInt8] = []
        while waiting.count >= 5 {
            let end = 5 + (Int(waiting[3]) << 8 | Int(waiting[4]))
            guard waiting.count >= end else { break }
            if waiting[0] == 20 || waiting[0] == 23 { isEncrypted = true }
            if waiting[0] == 22, !isEncrypted {
                for byte in waiting[5..<end] { result += waiting[..<3] + [0, 1, byte] }
            } else {
                result += waiting[..<end]
            }
            waiting.removeSubrange(..<end)
        }
        return result
    }
}

/// Counts connections; starts at 0.
private final class Counter: Sendable {
    private let count = Mutex(0)

    func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }

    func previous() { count.withLock { $0 -= 1 } }
}
