import AuditModel
import Glibc

/// A program that is run once, without a shell, in a process group of its own, bounded in time and output.
struct ChildProgram: Sendable {
    struct Ending: Sendable {
        /// The exit status, 128 and more for a signal.
        let status: Int32
        let output: [UInt8]
    }

    let path: String
    /// Beginning with the program's own name.
    let arguments: [String]
    let environment: [String: String]
    let input: [UInt8]
    let mostOutput: Int
    let timeout: Duration

    /// Blocks its thread until the program ended; one that takes too long or says too much is killed.
    func run() -> Result<Ending, ProbeFailure> {
        guard let input = Self.pipe() else { return .failure(failure("could not be started")) }
        // Before the program runs: a pipe holds 64 KiB, and nobody can have closed its other end.
        let isWritten = write(input.writing, self.input, self.input.count) == self.input.count
        close(input.writing)
        defer { close(input.reading) }
        guard isWritten, let output = Self.pipe() else { return .failure(failure("could not be started")) }
        defer { close(output.reading) }
        let child = spawn(input: input.reading, output: output.writing)
        close(output.writing)
        guard let child else { return .failure(failure("could not be started")) }
        let deadline = ContinuousClock.now + timeout
        guard let bytes = read(output.reading, until: deadline), let status = wait(for: child, until: deadline) else {
            _ = kill(-child, SIGKILL)
            _ = wait(for: child, until: .now + .seconds(5))
            return .failure(failure("took too long or said too much"))
        }
        return .success(Ending(status: status, output: bytes))
    }

    /// Both ends of a pipe, which no other program inherits.
    private static func pipe() -> (reading: Int32, writing: Int32)? {
        var ends: [Int32] = [-1, -1]
        guard Glibc.pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    private func failure(_ what: String) -> ProbeFailure {
        ProbeFailure(.notPermitted, "\(arguments.first ?? path) \(what)")
    }

    /// The process, which is also the identifier of its group; nil when it did not start.
    private func spawn(input: Int32, output: Int32) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        guard posix_spawn_file_actions_init(&actions) == 0 else { return nil }
        defer { posix_spawn_file_actions_destroy(&actions) }
        guard posix_spawnattr_init(&attributes) == 0 else { return nil }
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP))
        var child = pid_t()
        let status = withCStrings(arguments) { arguments in
            withCStrings(environment.map { "\($0.key)=\($0.value)" }) { variables in
                posix_spawn(&child, path, &actions, &attributes, arguments, variables)
            }
        }
        return status == 0 ? child : nil
    }

    /// All that is written until the other side closes; nil when that takes too long or is too much.
    private func read(_ descriptor: Int32, until deadline: ContinuousClock.Instant) -> [UInt8]? {
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let left = ContinuousClock.now.duration(to: deadline)
            guard left > .zero else { return nil }
            var event = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let milliseconds = left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000
            guard poll(&event, 1, Int32(clamping: milliseconds + 1)) > 0 else { continue }
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count == 0 { return output }
            guard count > 0 else { return nil }
            output += buffer[..<count]
            guard output.count <= mostOutput else { return nil }
        }
    }

    /// The exit status; nil when the program does not end in time.
    private func wait(for child: pid_t, until deadline: ContinuousClock.Instant) -> Int32? {
        var status: Int32 = 0
        while true {
            let result = waitpid(child, &status, WNOHANG)
            if result == child { return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F) }
            guard result == 0, ContinuousClock.now < deadline else { return nil }
            usleep(1000)
        }
    }
}

/// Gives the closure the strings as C has them, ended by nil.
package func withCStrings<Value>(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Value
) -> Value {
    let copies = strings.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
}
