import Audit
import JSON
import TestSupport

/// How much memory a hostile server can make the program take.
enum TLSMemory {
    /// The most that may be resident, in megabytes.
    private static let bound = 40.0

    private static let servers: [(name: String, server: LabServer)] = [
        ("nginx, everything legacy", .legacy),
        ("a ServerHello without an end", .script(Hostile.endlessServerHello)),
        ("ServerHello after ServerHello", .script(Hostile.serverHellosForEver)),
        ("a chain of 16 MiB", .script(Hostile.hugeChain)), ("a hundred certificates", .hundredCertificates),
        ("ten thousand names", .nginx(["ten-thousand-names"], "ssl_protocols TLSv1.2 TLSv1.3;")),
        ("records of one byte", .intermediate.behind(Relay.singleByteRecords)),
        ("alerts for ever", .script(Hostile.alertsForEver)),
        ("empty records for ever", .script(Hostile.emptyRecords)), ("garbage", .script(Hostile.garbage)),
        ("an echo", .script(Hostile.echo))
    ]

    /// Prints a row per server; whether one is beyond the bound.
    static func measure(_ program: String, _ authority: LabAuthority, in folder: String) async throws -> Bool {
        print("memory of gonogo probe tls, all facts, resident at most")
        var isMissed = false
        for (name, server) in servers {
            try await server.run(authority) { endpoint in
                let words = [
                    program, "probe", "tls", "--json", "--ca", authority.certificate("root"), "--resolve",
                    "lab.test=127.0.0.1", "https://lab.test:\(endpoint.port)"
                ]
                let run = try await onThread { try TLSRun(words, readsLines: true, isAlone: true, in: folder) }
                let outcome = run.lines.first?["failure"]?["code"]?.string ?? "observed"
                let cost = run.connections.map { ", \($0) connections" } ?? ""
                let isBeyond = run.megabytes > bound
                print(
                    "  \(name.padded(32)) \(run.megabytes.figure.padded(6, left: true)) MB "
                        + "(bound \(bound.figure)\(isBeyond ? ", MISSED" : ""))  "
                        + "\(run.milliseconds.figure) ms, \(outcome)\(cost)")
                isMissed = isMissed || isBeyond
            }
        }
        return isMissed
    }
}
