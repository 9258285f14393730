import Synchronization
import TestSupport
import WireFormats

/// A server that speaks hellos and nothing else: it picks like a real one, and says what it is told to.
struct ScriptedTLS: Sendable {
    /// The suites of each version, in the server's order.
    var suites: [ProtocolVersion: [UInt16]]
    /// Of TLS 1.3, and of ECDHE before; in the server's order.
    var groups: [UInt16] = [29, 23]
    var followsClient = false
    /// DER, or what stands for it.
    var chain: [[UInt8]] = [[0x30, 0x00]]

    static let suite: UInt16 = 0xC02F
    static let usual = ScriptedTLS(suites: [
        .tls12: [0xC030, 0xC02F, 0xCCA8, 0x009C], .tls13: [0x1302, 0x1301, 0x1303]
    ])

    /// Answers one hello and waits for the client to leave.
    var script: LoopbackServer.Script {
        { connection in
            guard let bytes = try await connection.readHello() else { return }
            try await connection.write(answer(to: bytes))
            while try await connection.read() != nil {}
        }
    }

    /// The flight, or the alert, for a hello.
    func answer(to bytes: [UInt8]) -> [UInt8] {
        guard let hello = HelloShape(bytes) else { return Self.alert(70) }
        guard let version = suites.keys.filter({ $0.isOffered(by: hello) }).max() else { return Self.alert(70) }
        let group = groups.first(where: hello.groups.contains)
        let own = (suites[version] ?? []).filter { group != nil || CipherSuite(rawValue: $0).keyExchange != .ecdhe }
        let pick = followsClient ? hello.suites.first(where: own.contains) : own.first(where: hello.suites.contains)
        guard let pick else { return Self.alert(40) }
        if version == .tls13 {
            guard let group else { return Self.alert(40) }
            return Self.retryRequest(pick, group: group)
        }
        return flight(version, pick, group: group)
    }

    private func flight(_ version: ProtocolVersion, _ suite: UInt16, group: UInt16?) -> [UInt8] {
        let hello = Self.message(
            2, version.code.bytes + [UInt8](repeating: 0x55, count: 32) + [0] + suite.bytes + [0])
        let list = chain.flatMap { Self.length24($0.count) + $0 }
        var messages = hello + Self.message(11, Self.length24(list.count) + list)
        if let group, CipherSuite(rawValue: suite).keyExchange == .ecdhe {
            messages += Self.message(12, [3] + group.bytes + [1, 4] + [4, 1, 0, 0])
        }
        return Self.record(messages + Self.message(14, []), version)
    }

    static func retryRequest(_ suite: UInt16, group: UInt16) -> [UInt8] {
        let random: [UInt8] = [
            0xCF, 0x21, 0xAD, 0x74, 0xE5, 0x9A, 0x61, 0x11, 0xBE, 0x1D, 0x8C, 0x02, 0x1E, 0x65, 0xB8, 0x91, 0xC2, 0xA2,
            0x11, 0x16, 0x7A, 0xBB, 0x8C, 0x5E, 0x07, 0x9E, 0x09, 0xE2, 0xC8, 0xA8, 0x33, 0x9C
        ]
        let extensions: [UInt8] = [0, 43, 0, 2, 3, 4, 0, 51, 0, 2] + group.bytes
        return record(
            message(2, [3, 3] + random + [0] + suite.bytes + [0] + UInt16(extensions.count).bytes + extensions), .tls12)
    }

    static func serverHello(_ suite: UInt16, _ version: ProtocolVersion = .tls12) -> [UInt8] {
        record(message(2, version.code.bytes + [UInt8](repeating: 1, count: 32) + [0] + suite.bytes + [0]), version)
    }

    static func alert(_ description: UInt8, isFatal: Bool = true) -> [UInt8] {
        [21, 3, 1, 0, 2, isFatal ? 2 : 1, description]
    }

    private static func record(_ payload: [UInt8], _ version: ProtocolVersion) -> [UInt8] {
        [22] + version.code.bytes + UInt16(payload.count).bytes + payload
    }

    private static func message(_ type: UInt8, _ body: [UInt8]) -> [UInt8] { [type] + length24(body.count) + body }

    private static func length24(_ count: Int) -> [UInt8] {
        [UInt8(count >> 16 & 0xFF), UInt8(count >> 8 & 0xFF), UInt8(count & 0xFF)]
    }
}

extension ProtocolVersion {
    /// Whether a hello names it, or one above it that has it in its range.
    fileprivate func isOffered(by hello: HelloShape) -> Bool {
        self == .tls13
            ? hello.supportedVersions.contains(code) : hello.version >= code && hello.supportedVersions.isEmpty
    }
}

extension UInt16 {
    var bytes: [UInt8] { [UInt8(self >> 8), UInt8(self & 0xFF)] }
}

/// Counts, from as many connections as there are.
final class SharedCounter: Sendable {
    private let state = Mutex((now: 0, total: 0, most: 0))

    /// How many came so far, this one included.
    func enter() -> Int {
        state.withLock { state in
            state.now += 1
            state.total += 1
            state.most = max(state.most, state.now)
            return state.total
        }
    }

    func leave() { state.withLock { $0.now -= 1 } }

    /// The most that were there at once.
    var most: Int { state.withLock { $0.most } }
    var total: Int { state.withLock { $0.total } }
}
