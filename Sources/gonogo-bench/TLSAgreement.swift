import Audit
import Glibc
import TestSupport
import WireFormats

/// The suites of each version as three programs find them, over servers of every make, as a table in Markdown.
enum TLSAgreement {
    private static let servers: [(name: String, server: LabServer)] = [
        ("nginx, Mozilla intermediate", .intermediate), ("nginx, TLS 1.3 only", .modern),
        ("nginx, everything legacy", .legacy), ("GnuTLS", .gnutls()),
        ("GnuTLS, anonymous and broken suites", .gnutlsWithBrokenSuites),
        ("openssl s_server, NULL and anonymous suites", .opensslWithoutEncryption), ("haproxy", .haproxy()),
        ("stunnel", .stunnel()), ("OpenSSL 4", .pyOpenSSL()), ("Java's JSSE", .jsse()), ("NSS", .nss()),
        ("lighttpd", .lighttpd()), ("hitch", .hitch()), ("Caddy", .caddy()),
        ("every fifth connection reset", .intermediate.behind(Relay.everyFifthReset)),
        ("three connections at a time", .intermediate.behind(Relay.threeAtATime)),
        ("hangs on hellos over 512 bytes", .intermediate.behind(Relay.hangOnLongHello)),
        ("refuses more than 127 suites", .intermediate.behind(Relay.refuseManySuites)),
        ("hangs up on supported_versions", .intermediate.behind(Relay.refuseSupportedVersions))
    ]

    /// Prints a row for each version that one of the programs finds.
    static func compare(_ program: String) async throws {
        let authority = try await LabAuthority.shared()
        let folder = "/tmp/gonogo-bench.\(getpid()).agreement"
        defer { _ = try? Child.run(["/bin/rm", "-rf", folder]) }
        try Files.write("", to: folder + "/output")
        print("| server | version | gonogo | sslscan | testssl.sh |\n|---|---|---|---|---|")
        for (name, server) in servers {
            try await server.run(authority) { endpoint in
                let reader = SuiteReader(
                    program: program, port: endpoint.port, root: authority.certificate("root"), folder: folder)
                let rows = try await onThread { try Self.rows(name, reader) }
                for row in rows { print(row) }
                fflush(nil)
            }
        }
    }

    private static func rows(_ server: String, _ reader: SuiteReader) throws -> [String] {
        let own = try reader.gonogo()
        let peers = [try reader.sslscan(), try reader.testssl()]
        return ProtocolVersion.allCases.filter { version in
            version != .ssl2 && ([own] + peers.compactMap { $0 }).contains { $0[version] != nil }
        }.map { version in
            let ours = own[version] ?? []
            let cells = peers.map { peer in peer.map { cell($0[version] ?? [], ours) } ?? "not installed" }
            return "| \(server) | \(version.title) | \(ours.count) | \(cells.joined(separator: " | ")) |"
        }
    }

    /// `=` for the same suites; else what is missing and what is there besides.
    private static func cell(_ theirs: Set<UInt16>, _ ours: Set<UInt16>) -> String {
        if theirs == ours { return "=" }
        let missing = ours.subtracting(theirs), more = theirs.subtracting(ours)
        return "\(theirs.count)" + listed("without", missing) + listed("with", more)
    }

    private static func listed(_ word: String, _ codes: Set<UInt16>) -> String {
        if codes.isEmpty { return "" }
        let names = codes.sorted().prefix(3).map { CipherSuite(rawValue: $0).name }
        return "; \(word) " + names.joined(separator: ", ") + (codes.count > 3 ? " and \(codes.count - 3) others" : "")
    }
}

/// Asks programs for the suites of a server and reads their answers.
struct SuiteReader: Sendable {
    let program: String
    let port: Int
    let root: String
    let folder: String

    typealias Suites = [ProtocolVersion: Set<UInt16>]

    func gonogo() throws -> Suites {
        guard let words = try TLSTool.gonogo.command(program, ports: [port], trusting: root, in: folder) else {
            throw Problem(reason: "\(program) is no program")
        }
        let run = try TLSRun(words, readsLines: true, in: folder)
        let codes = Dictionary(CipherSuite.all.map { ($0.name, $0.rawValue) }) { first, _ in first }
        return run.suites.reduce(into: [:]) { result, version in
            guard let key = ProtocolVersion(rawValue: version.key) else { return }
            result[key] = Set(version.value.compactMap { codes[$0] })
        }
    }

    /// Lines such as `Accepted  TLSv1.2  256 bits  0xC030 ECDHE-RSA-AES256-GCM-SHA384`.
    func sslscan() throws -> Suites? {
        guard let words = try TLSTool.sslscan.command(program, ports: [port], trusting: root, in: folder) else {
            return nil
        }
        return try lines(words).reduce(into: [:]) { result, line in
            let parts = line.split(separator: " ")
            guard parts.count > 5, ["Accepted", "Preferred"].contains(parts[0]) else { return }
            add(
                parts[4].dropFirst(2),
                to: [
                    "SSLv3": .ssl3, "TLSv1.0": .tls10, "TLSv1.1": .tls11, "TLSv1.2": .tls12,
                    "TLSv1.3": .tls13
                ][parts[1]], &result)
        }
    }

    /// Lines of CSV whose first field is such as `"cipher-tls1_2_xc030"`.
    func testssl() throws -> Suites? {
        let table = folder + "/testssl.csv"
        _ = try Child.run(["/bin/rm", "-f", table])
        guard let path = TLSTool.testssl.path(program) else { return nil }
        _ = try lines([
            path, "--quiet", "--color", "0", "--warnings", "off", "--nodns", "none", "-E", "--csvfile", table, "--ip",
            "127.0.0.1", "lab.test:\(port)"
        ])
        let text = String(decoding: try Files.read(table, limit: 16 << 20), as: UTF8.self)
        return text.split(separator: "\n").reduce(into: [:]) { result, line in
            guard let id = line.split(separator: "\"").first, id.hasPrefix("cipher-") else { return }
            let parts = id.dropFirst(7).split(separator: "_x")
            guard parts.count == 2 else { return }
            add(
                parts[1],
                to: ["ssl3": .ssl3, "tls1": .tls10, "tls1_1": .tls11, "tls1_2": .tls12, "tls1_3": .tls13][
                    parts[0]], &result)
        }
    }

    private func add(_ code: Substring, to version: ProtocolVersion?, _ suites: inout Suites) {
        guard let version, let code = UInt16(code, radix: 16) else { return }
        suites[version, default: []].insert(code)
    }

    private func lines(_ words: [String]) throws -> [Substring] {
        let output = folder + "/output"
        _ = try Child.run(words, output: output, accepting: nil)
        return String(decoding: try Files.read(output, limit: 16 << 20), as: UTF8.self).split(separator: "\n")
    }
}
