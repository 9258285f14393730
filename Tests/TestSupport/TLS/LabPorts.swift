import NIOCore
import NIOPosix
import Synchronization

/// Ports for servers that programs open themselves.
///
/// Below the range from which the system takes source ports, so that no outgoing connection is in a server's way,
/// and never twice in one process.
package enum LabPorts {
    private static let taken = Mutex<Set<Int>>([])

    /// A port on 127.0.0.1 that nothing listens on at the moment.
    package static func next() async throws -> Int {
        for _ in 0..<200 {
            let port = Int.random(in: 13_000..<32_000)
            guard taken.withLock({ $0.insert(port).inserted }) else { continue }
            let binding = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .bind(host: "127.0.0.1", port: port)
            guard let channel = try? await binding.get() else { continue }
            try await channel.close()
            return port
        }
        throw ProgramFailure(description: "no free port between 13000 and 31999")
    }
}
