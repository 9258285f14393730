import Audit
import JSON

/// What one run of a program over servers of the lab cost, and what gonogo said of it.
struct TLSRun: Sendable {
    var milliseconds: Double
    var megabytes: Double
    /// gonogo's lines, one per target; empty of other programs.
    var lines: [JSONValue]

    /// Runs the program to its end; its exit code tells nothing that is needed here.
    ///
    /// - Parameter isAlone: Whether its memory is to be told from ours.
    init(_ words: [String], readsLines: Bool, isAlone: Bool = false, in folder: String) throws {
        let output = folder + "/output"
        let child =
            isAlone ? try Child.runAlone(words, output: output) : try Child.run(words, output: output, accepting: nil)
        milliseconds = child.milliseconds
        megabytes = child.megabytes
        lines = []
        guard readsLines else { return }
        let text = String(decoding: try Files.read(output, limit: 64 << 20), as: UTF8.self)
        lines = try text.split(separator: "\n").map { try JSONValue.parse(String($0), limits: .init(bytes: 16 << 20)) }
    }

    /// Of all targets together; nil when one of them does not say.
    var connections: Int? {
        lines.reduce(0) { sum, line in
            guard let sum, let count = line["facts"]?["connections"]?.double else { return nil }
            return sum + Int(count)
        }
    }

    /// The names of the suites of each version of TLS and SSLv3 that the first target offers.
    var suites: [String: [String]] {
        let protocols = lines.first?["facts"]?["protocols"]?.members ?? []
        return protocols.reduce(into: [:]) { result, member in
            guard member.name != "ssl2", let names = member.value["suites"]?.array else { return }
            result[member.name] = names.compactMap(\.string)
        }
    }
}
