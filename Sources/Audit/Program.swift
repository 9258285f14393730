import Glibc
import Observe

/// A program of the system, such as git, run to its end without a shell and bounded in time and output.
struct Program {
    struct Ending {
        /// The exit status, 128 and more for a signal.
        let status: Int32
        let output: [UInt8]
        /// The first line of what it complained about.
        let complaint: String
    }

    /// Found by PATH.
    let name: String
    let arguments: [String]
    var input: [UInt8] = []
    /// Contents that the program may open as `/dev/fd/3`, `/dev/fd/4` and so on.
    var files: [[UInt8]] = []
    /// Whether it may ask the person at the terminal, who then takes as long as it takes.
    var isInteractive = false
    var mostOutput = 64 << 20
    var timeout = Duration.seconds(30)

    /// Blocks its thread until the program ended; one that takes too long is killed.
    func run() throws(FileProblem) -> Ending {
        let contents = [input, [], []] + files
        var descriptors: [Int32] = []
        defer { for descriptor in descriptors { close(descriptor) } }
        for bytes in contents { descriptors.append(try Self.nameless(bytes)) }
        let status = try wait(for: try spawn(descriptors))
        let output = try Self.contents(of: descriptors[1], limit: mostOutput)
        let errors = String(decoding: try Self.contents(of: descriptors[2], limit: mostOutput), as: UTF8.self)
        let lines = errors.split(whereSeparator: \.isNewline)
        return Ending(status: status, output: output, complaint: lines.first.map(String.init) ?? "status \(status)")
    }

    /// A file without a name, at its beginning, which no program inherits unless it is given to it.
    private static func nameless(_ bytes: [UInt8]) throws(FileProblem) -> Int32 {
        let descriptor = try temporaryFile()
        if let problem = Files.writeAll(bytes, to: descriptor) {
            close(descriptor)
            throw problem
        }
        lseek(descriptor, 0, SEEK_SET)
        return descriptor
    }

    private static func temporaryFile() throws(FileProblem) -> Int32 {
        let folders = [getenv("TMPDIR").map { String(cString: $0) }, "/tmp", "/dev/shm"].compactMap(\.self)
        for folder in folders {
            let path = "\(folder)/gonogo-\(String(UInt64.random(in: .min ... .max), radix: 36))"
            let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard descriptor >= 0 else { continue }
            unlink(path)
            return descriptor
        }
        throw FileProblem(reason: "no temporary file can be made in \(folders.joined(separator: ", "))")
    }

    private static func contents(of descriptor: Int32, limit: Int) throws(FileProblem) -> [UInt8] {
        lseek(descriptor, 0, SEEK_SET)
        return try Files.read(descriptor, limit: limit)
    }

    private func spawn(_ descriptors: [Int32]) throws(FileProblem) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Out of the way first, so that no number is overwritten before it was copied.
        let spare = (descriptors.max() ?? 0) + Int32(descriptors.count) + 3
        for (index, descriptor) in descriptors.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, descriptor, spare + Int32(index))
        }
        for index in descriptors.indices {
            posix_spawn_file_actions_adddup2(&actions, spare + Int32(index), Int32(index))
            posix_spawn_file_actions_addclose(&actions, spare + Int32(index))
        }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        var flags = POSIX_SPAWN_SETSIGMASK
        // Of a group of its own it could not read from the terminal.
        if !isInteractive {
            posix_spawnattr_setpgroup(&attributes, 0)
            flags |= POSIX_SPAWN_SETPGROUP
        }
        posix_spawnattr_setflags(&attributes, Int16(flags))
        var child = pid_t()
        let status = withCStrings([name] + arguments) { words in
            withCStrings(Self.environment) { variables in
                posix_spawnp(&child, name, &actions, &attributes, words, variables)
            }
        }
        guard status == 0 else {
            throw FileProblem(reason: "\(name) could not be started: \(String(cString: strerror(status)))")
        }
        return child
    }

    /// Only what the programs need: settings of the caller's own repository must not reach another one.
    private static var environment: [String] {
        let kept = [
            "PATH", "HOME", "USER", "LOGNAME", "XDG_CONFIG_HOME", "GIT_CONFIG_GLOBAL", "SSH_AUTH_SOCK", "SSH_ASKPASS",
            "DISPLAY", "TERM"
        ]
        return kept.compactMap { name in getenv(name).map { "\(name)=\(String(cString: $0))" } } + [
            "LC_ALL=C", "TZ=UTC", "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "GIT_NO_REPLACE_OBJECTS=1"
        ]
    }

    private func wait(for child: pid_t) throws(FileProblem) -> Int32 {
        let deadline = ContinuousClock.now + timeout
        var status: Int32 = 0
        while true {
            let result = waitpid(child, &status, WNOHANG)
            if result == child { return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F) }
            if result < 0, errno != EINTR { throw FileProblem(reason: "\(name): \(String(cString: strerror(errno)))") }
            guard isInteractive || ContinuousClock.now < deadline else {
                _ = kill(-child, SIGKILL)
                waitpid(child, &status, 0)
                throw FileProblem(reason: "\(name) took longer than \(timeout.components.seconds) seconds")
            }
            usleep(500)
        }
    }
}
