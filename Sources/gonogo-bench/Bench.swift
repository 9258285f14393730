import Audit
import AuditModel
import Glibc
import JSON

/// Prints the figures that the project promises, with their bounds; ends with 1 when one is missed.
///
/// usage: gonogo-bench GONOGO [PART] — the path of the program to start, and what to measure.
@main
struct Bench {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        if arguments.first == Child.alone { return try Child.measureAlone(Array(arguments.dropFirst())) }
        guard let program = arguments.first, arguments.count < 3 else { exit(usage()) }
        switch arguments.dropFirst().first {
        case nil:
            let isMissed = try measureAll(program)
            let isMissedByTLS = try await TLSBench.measure(program)
            let isMissedByHTTP = try await HTTPBench.measure(program)
            if try await ImageBench.measure(program) || isMissedByHTTP || isMissedByTLS || isMissed { exit(1) }
        case "general": if try measureAll(program) { exit(1) }
        case "tls": if try await TLSBench.measure(program) { exit(1) }
        case "tls-agreement": try await TLSAgreement.compare(program)
        case "http": if try await HTTPBench.measure(program) { exit(1) }
        case "image": if try await ImageBench.measure(program) { exit(1) }
        case "image-agreement": if try await !ImageAgreement.compare(program) { exit(1) }
        default: exit(usage())
        }
    }

    private static func usage() -> Int32 {
        print("usage: gonogo-bench GONOGO [general | tls | http | image | tls-agreement | image-agreement]")
        return 64
    }

    /// Whether a bound is missed.
    private static func measureAll(_ program: String) throws -> Bool {
        var table = Table()
        try table.add("start: gonogo --version", bound: 15) { try Child.run([program, "--version"]).milliseconds }
        try table.add("start: openssl version, for comparison", bound: nil) {
            try Child.run(["/usr/bin/openssl", "version"]).milliseconds
        }
        try InProcess.measure(into: &table)
        try Self.measureDemo(program, into: &table)
        print(table.text)
        return table.isMissed
    }

    /// The demo as a whole: it starts the service, audits it and writes every report. What the burst against its limiter
    /// takes, which runs alone, is told apart.
    private static func measureDemo(_ program: String, into table: inout Table) throws {
        let folder = "/tmp/gonogo-bench.\(getpid())"
        defer { _ = try? Child.run(["/bin/rm", "-rf", folder]) }
        var (whole, rest, resident) = ([Double](), [Double](), 0.0)
        for _ in 0..<3 {
            let run = try Child.run([program, "demo", "--output", folder])
            let result = try JSONValue.parse(
                String(decoding: Files.read(folder + "/result.json", limit: 64 << 20), as: UTF8.self),
                limits: JSONLimits(bytes: 64 << 20))
            let bursts = (result["observations"]?.array ?? []).filter { $0["probe"]?.string == "ratelimit" }
            whole.append(run.milliseconds)
            rest.append(run.milliseconds - bursts.compactMap { $0["durationSeconds"]?.double }.reduce(0, +) * 1000)
            resident = max(resident, run.megabytes)
        }
        table.add("audit of the demo service, whole process", value: whole.sorted()[1], unit: "ms", bound: 40_000)
        table.add("audit of the demo service, without the burst", value: rest.sorted()[1], unit: "ms", bound: 1000)
        table.add("audit of the demo service, resident", value: resident, unit: "MB", bound: 60)
    }
}

/// The figures as they come, a row each.
struct Table {
    private var rows: [(name: String, value: Double, unit: String, bound: Double?)] = []

    /// Takes the median of nine runs after one that warms up.
    mutating func add(_ name: String, bound: Double?, _ run: () throws -> Double) throws {
        _ = try run()
        let values = try (0..<9).map { _ in try run() }.sorted()
        add(name, value: values[4], unit: "ms", bound: bound)
    }

    mutating func add(_ name: String, value: Double, unit: String, bound: Double?) {
        rows.append((name, value, unit, bound))
    }

    var isMissed: Bool { rows.contains { row in row.bound.map { row.value > $0 } ?? false } }

    var text: String {
        let width = rows.map(\.name.count).max() ?? 0
        return rows.map { row in
            let name = row.name + String(repeating: " ", count: width - row.name.count)
            let bound = row.bound.map { "  (bound \(Int($0)) \(row.unit)\(row.value > $0 ? ", MISSED" : ""))" } ?? ""
            return "\(name)  \(Self.rounded(row.value)) \(row.unit)\(bound)"
        }.joined(separator: "\n")
    }

    private static func rounded(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
}

/// Another program, run to its end.
struct Child {
    var milliseconds: Double
    /// The most memory that was resident at once.
    var megabytes: Double

    /// Runs a program to its end; what it writes goes to the file.
    ///
    /// - Parameter code: The exit code that it must end with; nil for any.
    static func run(_ words: [String], output: String = "/dev/null", accepting code: Int32? = 0) throws -> Child {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var process: pid_t = 0
        let start = ContinuousClock.now
        guard posix_spawn(&process, words[0], &actions, nil, &arguments, environ) == 0 else {
            throw Problem(reason: "\(words[0]) could not be started")
        }
        var status: Int32 = 0
        var usage = rusage()
        guard wait4(process, &status, 0, &usage) == process, status & 0x7F == 0 else {
            throw Problem(reason: "\(words.joined(separator: " ")) did not end by itself")
        }
        let exitCode = (status >> 8) & 0xFF
        guard code == nil || exitCode == code else {
            throw Problem(reason: "\(words.joined(separator: " ")) ended with \(exitCode)")
        }
        return Child(
            milliseconds: (ContinuousClock.now - start).milliseconds, megabytes: Double(usage.ru_maxrss) / 1024)
    }
}

struct Problem: Error, CustomStringConvertible {
    var reason: String
    var description: String { reason }
}

extension Duration {
    var milliseconds: Double { Double(components.seconds) * 1000 + Double(components.attoseconds) / 1e15 }
}
