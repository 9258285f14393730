import Audit
import Glibc
import TestSupport

/// `gonogo probe tls` side by side with the programs that people use today, over servers of the lab.
///
/// Runs are interleaved, so that what else the machine does strikes all alike; figures are medians.
enum TLSBench {
    /// Prints a block per endpoint; whether a bar is missed.
    static func measure(_ program: String) async throws -> Bool {
        for tool in TLSTool.allCases where tool.path(program) == nil {
            print("\(tool.rawValue) is not installed (\(tool.source)): its bars are not measured")
        }
        let authority = try await LabAuthority.shared()
        let folder = "/tmp/gonogo-bench.\(getpid()).tls"
        defer { _ = try? Child.run(["/bin/rm", "-rf", folder]) }
        try Files.write("", to: folder + "/output")
        var isMissed = false
        for job in TLSJob.all {
            try await job.servers.run(authority) { endpoints in
                let bench = TLSMeasurement(
                    job: job, program: program, ports: endpoints.map(\.port),
                    root: authority.certificate("root"), folder: folder)
                let block = try await onThread { try bench.measured() }
                print(block.text)
                fflush(nil)
                isMissed = block.isMissed || isMissed
            }
        }
        return try await TLSMemory.measure(program, authority, in: folder) || isMissed
    }
}

/// One endpoint, or several in one call, with the bars of the project.
struct TLSJob: Sendable {
    let title: String
    let servers: [LabServer]
    /// The most of another program's time that gonogo may take.
    let ratios: [TLSTool: Double]
    /// The most connections that gonogo may open.
    var connections: Int?
    /// How often each program is measured; what is missing is not run.
    let rounds: [TLSTool: Int]
    /// How often a hello is sent to measure its cost; 0 for no floor.
    var samples = 51

    private static let quick: [TLSTool: Int] = [.gonogo: 11, .sslscan: 11, .nmap: 5, .sslyze: 3, .testssl: 1]
    private static let delayed = Relay.roundTrip(.milliseconds(50))

    static let all = [
        TLSJob(
            title: "nginx, Mozilla intermediate", servers: [.intermediate],
            ratios: [.sslscan: 0.75, .sslyze: 1 / 20, .testssl: 1 / 300], connections: 20, rounds: quick),
        TLSJob(
            title: "nginx, TLS 1.3 only", servers: [.modern], ratios: [.sslscan: 1.5], connections: 12, rounds: quick),
        TLSJob(
            title: "nginx, everything legacy", servers: [.legacy], ratios: [.sslscan: 0.5], connections: 125,
            rounds: quick),
        TLSJob(
            title: "nginx, Mozilla intermediate, behind a round trip of 50 ms",
            servers: [.intermediate.behind(delayed)],
            ratios: [.sslscan: 0.4], connections: 35,
            rounds: [.gonogo: 5, .sslscan: 5, .nmap: 1, .sslyze: 1, .testssl: 1], samples: 3),
        TLSJob(
            title: "nginx, everything legacy, behind a round trip of 50 ms", servers: [.legacy.behind(delayed)],
            ratios: [.sslscan: 1 / 5], connections: 150, rounds: [.gonogo: 3, .sslscan: 3, .nmap: 1, .sslyze: 1],
            samples: 3),
        TLSJob(
            title: "22 endpoints in one call", servers: LabServer.twentyTwo, ratios: [.sslscan: 0.5],
            rounds: [.gonogo: 5, .sslscan: 5, .nmap: 3, .sslyze: 1], samples: 0),
        TLSJob(
            title: "a tarpit, within twice the timeout of 5 s", servers: [.script(Hostile.tarpit)], ratios: [:],
            rounds: [.gonogo: 1, .sslscan: 1, .nmap: 1, .sslyze: 1], samples: 0)
    ]
}

extension LabServer {
    /// Endpoints as a small company has them: most alike, some modern, some old.
    static let twentyTwo: [LabServer] =
        [LabServer](repeating: .intermediate, count: 14) + [LabServer](repeating: .modern, count: 5)
        + [LabServer](repeating: .nginx("ssl_protocols TLSv1 TLSv1.1 TLSv1.2; ssl_ciphers HIGH:@SECLEVEL=0;"), count: 3)
}

extension [LabServer] {
    /// Runs the body while all of them serve.
    func run(_ authority: LabAuthority, _ body: ([LabEndpoint]) async throws -> Void) async throws {
        try await run(authority, before: [], body)
    }

    private func run(
        _ authority: LabAuthority, before: [LabEndpoint], _ body: ([LabEndpoint]) async throws -> Void
    ) async throws {
        guard let first else { return try await body(before) }
        try await first.run(authority) { endpoint in
            try await Array(dropFirst()).run(authority, before: before + [endpoint], body)
        }
    }
}
