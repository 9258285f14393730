import Audit
import AuditModel
import Glibc

/// Questions to the person at the terminal, and their answers, line by line.
struct Dialogue {
    /// Nobody is left to answer.
    struct Ended: Error {}

    private var pending: [UInt8] = []
    /// The most bytes that one answer may have.
    private static let limit = 64 << 10

    /// Whether somebody can be asked: standard input and standard error are terminals.
    static var isPossible: Bool { isatty(0) == 1 && Terminal.Stream.error.isTerminal }

    func say(_ text: String) { Terminal.write(Terminal.clean(text) + "\n", to: .error) }

    /// The answer without spaces at its ends; the preset one for an empty line. Throws at the end of the input.
    mutating func ask(_ question: String, preset: String? = nil) throws -> String {
        let hint = preset.map { " [\($0)]" } ?? ""
        Terminal.write(Terminal.clean("\(question)\(hint): "), to: .error)
        let answer = try line().trimmingSpaces
        return answer.isEmpty ? preset ?? "" : answer
    }

    /// The answer to a question that must have one.
    mutating func demand(_ question: String, preset: String? = nil) throws -> String {
        while true {
            let answer = try ask(question, preset: preset)
            if !answer.isEmpty { return answer }
            say("  please answer; Ctrl-C ends without writing anything")
        }
    }

    /// Whether the person agrees; anything but yes is no.
    mutating func confirm(_ question: String) throws -> Bool {
        ["y", "yes"].contains(try ask("\(question) (y/N)").lowercased())
    }

    /// One of several words, or the first letters that only one of them begins with.
    mutating func choose(_ question: String, among words: [String], preset: String? = nil) throws -> String {
        while true {
            let answer = try ask("\(question) (\(words.joined(separator: ", ")))", preset: preset).lowercased()
            let matching = words.filter { $0.lowercased().hasPrefix(answer) }
            if !answer.isEmpty, let word = words.first(where: { $0.lowercased() == answer }) ?? matching.first,
                matching.count == 1 || word.lowercased() == answer
            {
                return word
            }
            say("  one of \(words.joined(separator: ", ")), please; the first letter will do")
        }
    }

    /// The next line; looks now and then whether the run was interrupted meanwhile.
    private mutating func line() throws -> String {
        while true {
            if let end = pending.firstIndex(of: 0x0A) {
                let line = String(decoding: pending[..<end], as: UTF8.self)
                pending.removeSubrange(...end)
                return line
            }
            try Task.checkCancellation()
            var waiting = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
            guard poll(&waiting, 1, 100) > 0 else { continue }
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = read(0, &buffer, buffer.count)
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count > 0, pending.count < Self.limit else { throw Ended() }
            pending += buffer[..<count]
        }
    }
}
