import Foundation

/// A server of the lab: how it is started, and what ends it.
package struct LabServer: Sendable {
    /// Runs the body against the server; the server ends with it.
    package let run: @Sendable (LabAuthority, (LabEndpoint) async throws -> Void) async throws -> Void

    init(_ run: @escaping @Sendable (LabAuthority, (LabEndpoint) async throws -> Void) async throws -> Void) {
        self.run = run
    }
}

/// Where a server of the lab listens.
package struct LabEndpoint: Sendable {
    package let port: Int
    /// How many connections it accepted so far; nil when nothing of ours counts them.
    package var connections: @Sendable () -> Int? = { nil }
}

// MARK: Servers whose every byte is ours

extension LabServer {
    /// A server on loopback that runs a script for each connection.
    package static func script(_ script: @escaping LoopbackServer.Script) -> LabServer {
        LabServer { _, body in
            try await LoopbackServer.run(script: script) { server in
                try await body(LabEndpoint(port: server.port) { server.connections })
            }
        }
    }

    /// A port on which nothing listens.
    package static let closed = LabServer { _, body in
        try await body(LabEndpoint(port: try await LabPorts.next()))
    }

    /// A server of TLS 1.2 that sends its certificate a hundred times.
    package static let hundredCertificates = LabServer { authority, body in
        let pem = try String(contentsOfFile: authority.certificate("rsa"), encoding: .utf8)
        let base64 = pem.split(separator: "\n").filter { !$0.hasPrefix("-----") }.joined()
        let certificate = Data(base64Encoded: base64).map { [UInt8]($0) } ?? []
        try await script(Hostile.manyCertificates(certificate, count: 100)).run(authority, body)
    }

    /// This server behind one that does as a script says; the script gets the port of this one.
    package func behind(_ script: @escaping @Sendable (Int) -> LoopbackServer.Script) -> LabServer {
        LabServer { authority, body in
            try await run(authority) { endpoint in
                try await LoopbackServer.run(script: script(endpoint.port)) { server in
                    try await body(LabEndpoint(port: server.port) { server.connections })
                }
            }
        }
    }

    /// This server and another one behind one address, by turns.
    package func alternating(with other: LabServer) -> LabServer {
        LabServer { authority, body in
            try await run(authority) { first in
                try await other.run(authority) { second in
                    try await LoopbackServer.run(script: Relay.byTurns([first.port, second.port])) { server in
                        try await body(LabEndpoint(port: server.port) { server.connections })
                    }
                }
            }
        }
    }
}
