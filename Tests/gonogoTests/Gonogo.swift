import Foundation

/// The built program, run as a person runs it.
struct Gonogo {
    var status: Int32
    var output: String
    var errors: String

    /// The binary that was built beside the tests.
    static let path = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().appending(
        path: "gonogo"
    ).path

    /// Runs to the end, in a folder of its own unless one is named.
    static func run(
        _ arguments: [String], in folder: Folder? = nil, environment: [String: String] = [:]
    ) async throws -> Gonogo {
        let process = try Running(arguments, in: folder, environment: environment)
        return try await process.ended()
    }

    /// A process that may be interrupted.
    final class Running {
        private let process = Process()
        private let files: Folder
        private let folder: Folder

        init(_ arguments: [String], in folder: Folder? = nil, environment: [String: String] = [:]) throws {
            files = try Folder()
            self.folder = try folder ?? Folder()
            process.executableURL = URL(filePath: Gonogo.path)
            process.arguments = arguments
            process.currentDirectoryURL = self.folder.url
            var variables = ["PATH": "/usr/bin:/bin", "HOME": self.folder.url.path]
            variables.merge(environment) { _, own in own }
            process.environment = variables
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = try files.handle("output")
            process.standardError = try files.handle("errors")
            try process.run()
        }

        func signal(_ number: Int32) { kill(process.processIdentifier, number) }

        func ended() async throws -> Gonogo {
            while process.isRunning { try await Task.sleep(for: .milliseconds(5)) }
            return Gonogo(
                status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
                output: try files.text("output"), errors: try files.text("errors"))
        }
    }
}

/// A folder that goes away with its owner.
final class Folder: Sendable {
    let url: URL
    private let isOwned: Bool

    init() throws {
        isOwned = true
        url = FileManager.default.temporaryDirectory.appending(path: "gonogo-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    /// A folder that was there before and stays.
    init(existing url: URL) {
        self.url = url
        isOwned = false
    }

    deinit {
        if isOwned { try? FileManager.default.removeItem(at: url) }
    }

    func path(_ name: String) -> String { url.appending(path: name).path }

    func write(_ text: String, to name: String) throws {
        let file = url.appending(path: name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: file, atomically: true, encoding: .utf8)
    }

    func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: url.appending(path: name)), as: UTF8.self)
    }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

    /// The names of everything in the folder, sorted.
    func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() }

    fileprivate func handle(_ name: String) throws -> FileHandle {
        try Data().write(to: url.appending(path: name))
        return try FileHandle(forWritingTo: url.appending(path: name))
    }
}
