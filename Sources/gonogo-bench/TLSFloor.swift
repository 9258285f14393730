import TestSupport
import WireFormats

/// The least that finding every suite of a server can cost, one hello after the other.
///
/// Each suite must be named by one ServerHello, and each version of SSLv3 to TLS 1.3 must refuse once.
struct TLSFloor: Sendable {
    let hellos: Int
    /// Of all hellos with their connections, at the measured median of each kind.
    let milliseconds: Double

    /// - Parameter suites: the names of each version's suites.
    init(port: Int, suites: [String: [String]], samples: Int) throws {
        let client = HelloClient(port: port)
        let codes = Dictionary(CipherSuite.all.map { ($0.name, $0.rawValue) }) { first, _ in first }
        var hellos = 0
        var milliseconds = 0.0
        for version in ProtocolVersion.allCases where version != .ssl2 {
            let known = (suites[version.rawValue] ?? []).compactMap { codes[$0] }
            if !known.isEmpty {
                let hello = client.hello(known, version)
                let accepted = try Self.median(samples) { try client.answer(to: hello, of: version) }
                milliseconds += accepted * Double(known.count)
            }
            let refused = client.hello([Self.unassigned], version)
            milliseconds += try Self.median(samples) { try client.answer(to: refused, of: version) }
            hellos += known.count + 1
        }
        self.hellos = hellos
        self.milliseconds = milliseconds
    }

    /// A suite that no server knows.
    private static let unassigned: UInt16 = 0x13EF

    private static func median(_ samples: Int, _ exchange: () throws -> ServerFlight) throws -> Double {
        let costs = try (0..<samples).map { _ in
            let start = ContinuousClock.now
            _ = try exchange()
            return (ContinuousClock.now - start).milliseconds
        }
        return costs.sorted()[samples / 2]
    }
}
