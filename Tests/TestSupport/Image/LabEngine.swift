import Foundation

/// Podman's service for Docker's API, at a socket of its own.
package struct LabEngine: Sendable {
    private let socket: String

    /// The environment that leads to it.
    package var environment: [String: String] { ["DOCKER_HOST": "unix://" + socket] }

    package static func run(_ store: LabStore, _ body: (LabEngine) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let engine = LabEngine(socket: folder + "/podman.sock")
            let words = store.podmanOptions + ["system", "service", "--time", "0", "unix://" + engine.socket]
            let process = try RunningProgram(LabProgram.podman.path(), words, output: folder + "/output")
            do {
                try await engine.wait(for: process, folder)
                try await body(engine)
            } catch {
                await process.stop()
                throw error
            }
            await process.stop()
        }
    }

    private func wait(for process: RunningProgram, _ folder: String) async throws {
        for _ in 0..<1500 where process.isRunning {
            if FileManager.default.fileExists(atPath: socket) { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        let text = (try? String(contentsOfFile: folder + "/output", encoding: .utf8)) ?? ""
        throw ProgramFailure(description: "podman opens no socket: \(text)")
    }
}
