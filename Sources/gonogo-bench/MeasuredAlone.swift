import Audit

/// Memory, measured from a small process: Linux counts what a parent has resident as its child's, until the child is
/// another program.
extension Child {
    /// The argument with which this program runs another one and prints its figures.
    static let alone = "run-alone"

    /// As `run`, whatever the exit code, with a figure of memory that is the program's own.
    static func runAlone(_ words: [String], output: String) throws -> Child {
        let figures = output + ".figures"
        _ = try run(["/proc/self/exe", alone, output] + words, output: figures)
        let text = String(decoding: try Files.read(figures, limit: 1 << 10), as: UTF8.self)
        let numbers = text.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
        guard numbers.count == 2 else { throw Problem(reason: "\(words[0]) was not measured: \(text)") }
        return Child(milliseconds: numbers[0], megabytes: numbers[1])
    }

    /// - Parameter arguments: The file for what the program writes, then its words.
    static func measureAlone(_ arguments: [String]) throws {
        guard let output = arguments.first, arguments.count > 1 else { throw Problem(reason: "nothing to run") }
        let child = try run(Array(arguments.dropFirst()), output: output, accepting: nil)
        print(child.milliseconds, child.megabytes)
    }
}
