import Audit
import Glibc

/// The process's own streams: results on standard output, messages on standard error.
enum Terminal {
    enum Stream: Int32 {
        case output = 1
        case error = 2

        var isTerminal: Bool { isatty(rawValue) == 1 }
    }

    /// Writes text as it is; the problem when the stream is closed or full.
    @discardableResult
    static func write(_ text: String, to stream: Stream) -> FileProblem? {
        Files.writeAll(Array(text.utf8), to: stream.rawValue)
    }

    /// A line for the person at the terminal.
    static func message(_ line: String) { write(clean(line).replacing("\n", with: " ") + "\n", to: .error) }

    /// A line that replaces itself; only on a terminal.
    static func progress(_ line: String) {
        guard Stream.error.isTerminal, variable("TERM") != "dumb" else { return }
        write("\r\u{1B}[K" + clean(line), to: .error)
    }

    /// The text without characters that command a terminal or turn the direction of writing; line feeds stay.
    static func clean(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    switch scalar.value {
                    case 0x0A: scalar
                    case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: "\u{FFFD}"
                    default: scalar
                    }
                }))
    }

    /// Takes the numbers of standard streams that the caller closed, so that no file or socket gets one of them.
    static func reserveStreams() {
        for descriptor in 0...2 as ClosedRange<Int32> where fcntl(descriptor, F_GETFD) < 0 {
            // Opened the wrong way round: using it is an error, as with a closed one.
            _ = open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY)
        }
    }

    /// Whether text for the stream may be coloured: `NO_COLOR`, `CLICOLOR_FORCE`, `TERM=dumb`, then the stream's kind.
    static func isColoured(_ stream: Stream) -> Bool {
        func isSet(_ name: String) -> Bool { variable(name).map { !$0.isEmpty } ?? false }
        if isSet("NO_COLOR") { return false }
        if let force = variable("CLICOLOR_FORCE"), !force.isEmpty, force != "0" { return true }
        return stream.isTerminal && variable("TERM") != "dumb"
    }

    /// A variable of the process's environment; nil when it is not set.
    @Sendable static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
