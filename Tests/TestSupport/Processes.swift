import Foundation
import Synchronization

/// A program ended with another status than 0, did not start, or did not answer.
package struct ProgramFailure: Error, CustomStringConvertible {
    package let description: String

    package init(description: String) { self.description = description }
}

/// A program that runs beside the tests; waiting for it blocks no thread.
struct RunningProgram: Sendable {
    private let identifier: Int32
    private let ended: AsyncStream<Int32>
    private let status: ExitStatus

    /// Starts a program; what it writes goes to the file.
    init(_ program: String, _ arguments: [String], output: String, in folder: String? = nil) throws {
        let (stream, continuation) = AsyncStream<Int32>.makeStream()
        let status = ExitStatus()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
        _ = FileManager.default.createFile(atPath: output, contents: nil)
        // Not a pipe: another program started meanwhile would hold it open.
        let file = FileHandle(forWritingAtPath: output) ?? .nullDevice
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = file
        process.standardError = file
        process.terminationHandler = { process in
            status.set(process.terminationStatus)
            continuation.yield(process.terminationStatus)
            continuation.finish()
        }
        try process.run()
        identifier = process.processIdentifier
        ended = stream
        self.status = status
    }

    var isRunning: Bool { status.value == nil }

    /// The exit status, once the program ended.
    func wait() async -> Int32 {
        if let status = status.value { return status }
        for await status in ended { return status }
        return status.value ?? -1
    }

    /// Ends the program at once. Not by SIGTERM: it inherits the signals that the starting thread blocks.
    func stop() async {
        if isRunning { kill(identifier, SIGKILL) }
        _ = await wait()
    }
}

private final class ExitStatus: Sendable {
    private let status = Mutex<Int32?>(nil)

    var value: Int32? { status.withLock { $0 } }

    func set(_ value: Int32) { status.withLock { $0 = value } }
}

/// Runs a program to its end; throws with its output when it fails.
package func run(_ program: String, _ arguments: String...) async throws {
    _ = try await output(of: program, arguments)
}

/// Runs a program to its end and returns what it wrote; throws with that when it fails.
package func output(of program: String, _ arguments: [String]) async throws -> String {
    try await withTemporaryFolder { folder in
        let output = folder + "/output"
        let status = await (try RunningProgram(program, arguments, output: output)).wait()
        let text = (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
        guard status == 0 else {
            throw ProgramFailure(description: "\(program) \(arguments.joined(separator: " ")): \(text)")
        }
        return text
    }
}

/// Gives the body a folder of its own and removes it afterwards.
package func withTemporaryFolder<Result: Sendable>(_ body: (String) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gonogo-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try await body(folder)
}
