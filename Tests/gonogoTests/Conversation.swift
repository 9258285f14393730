import Foundation
import Glibc

/// The built program on a pseudo-terminal of its own: what it asks is awaited, and answered by lines.
final class Conversation {
    private let controller: FileHandle
    private let process = Process()
    private var seen = ""
    /// How far what was seen has been awaited.
    private var position: String.Index

    init(_ arguments: [String], in folder: Folder) throws {
        let descriptor = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var lock: Int32 = 0
        var number: UInt32 = 0
        // TIOCSPTLCK unlocks the other side, TIOCGPTN tells its number (ioctl_tty(2)).
        guard descriptor >= 0, ioctl(descriptor, 0x4004_5431, &lock) == 0, ioctl(descriptor, 0x8004_5430, &number) == 0
        else { throw Problem(description: "no pseudo-terminal: \(String(cString: strerror(errno)))") }
        controller = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        position = seen.startIndex
        // A new session takes the terminal as its own, so that Ctrl-C is a signal to the program.
        process.executableURL = URL(filePath: "/usr/bin/setsid")
        let terminal = "/dev/pts/\(number)"
        process.arguments =
            ["--wait", "sh", "-c", "exec \"$0\" \"$@\" <\(terminal) >\(terminal) 2>&1", Gonogo.path] + arguments
        process.currentDirectoryURL = folder.url
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder.url.path, "TERM": "xterm"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    struct Problem: Error, CustomStringConvertible { let description: String }

    /// Waits until the words stand on the terminal, after what was awaited before, then types the line, if any.
    func answer(_ words: String, _ line: String?) async throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while true {
            read()
            if let range = seen.range(of: words, range: position..<seen.endIndex) {
                position = range.upperBound
                break
            }
            guard ContinuousClock.now < deadline, process.isRunning || read() else {
                throw Problem(description: "waited for \(words) after: \(seen)")
            }
            try await Task.sleep(for: .milliseconds(5))
        }
        guard let line else { return }
        let isKey = line.unicodeScalars.count == 1 && (line.unicodeScalars.first?.value ?? 32) < 32
        try controller.write(contentsOf: Data((line + (isKey ? "" : "\n")).utf8))
    }

    /// The exit status, once the program ended.
    func ended() async throws -> Int32 {
        while process.isRunning {
            read()
            try await Task.sleep(for: .milliseconds(5))
        }
        return process.terminationStatus
    }

    /// Takes what the terminal shows now; whether there was anything.
    @discardableResult
    private func read() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 4096)
        var isNew = false
        while true {
            let count = Glibc.read(controller.fileDescriptor, &buffer, buffer.count)
            guard count > 0 else { return isNew }
            // Indices into the old text stay valid for the new one only by their distance.
            let offset = seen.utf8.distance(from: seen.startIndex, to: position)
            seen += String(decoding: buffer[..<count], as: UTF8.self)
            position = seen.utf8.index(seen.startIndex, offsetBy: offset)
            isNew = true
        }
    }
}
