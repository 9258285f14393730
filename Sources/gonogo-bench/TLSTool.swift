import Audit
import Glibc
import TestSupport

/// The programs that are measured side by side, each told to do the same job: versions, suites and certificate.
enum TLSTool: String, CaseIterable, Sendable {
    case gonogo, sslscan, nmap, sslyze, testssl = "testssl.sh"

    /// nil when it is not installed.
    func command(_ gonogo: String, ports: [Int], trusting root: String, in folder: String) throws -> [String]? {
        guard let path = path(gonogo) else { return nil }
        let list = ports.map(String.init)
        switch self {
        case .gonogo:
            return [
                path, "probe", "tls", "--json", "--facts", "versions,protocols,certificate,connections", "--ca", root,
                "--resolve", "lab.test=127.0.0.1"
            ] + list.map { "https://lab.test:\($0)" }
        case .sslscan:
            let targets = try write(list.map { "127.0.0.1:\($0)\n" }.joined(), to: folder + "/sslscan.targets")
            return [
                path, "--no-heartbleed", "--no-compression", "--no-renegotiation", "--no-fallback", "--no-groups",
                "--no-colour", "--sni-name=lab.test", "--show-cipher-ids"
            ] + (list.count == 1 ? ["127.0.0.1:\(list[0])"] : ["--targets=\(targets)"])
        case .nmap:
            return [
                path, "-Pn", "-n", "-p", list.joined(separator: ","), "--script", "ssl-enum-ciphers,ssl-cert",
                "--script-args", "tls.servername=lab.test", "127.0.0.1"
            ]
        case .sslyze:
            return [
                path, "--sslv2", "--sslv3", "--tlsv1", "--tlsv1_1", "--tlsv1_2", "--tlsv1_3", "--certinfo",
                "--mozilla_config=disable", "--sni", "lab.test"
            ] + list.map { "127.0.0.1:\($0)" }
        case .testssl:
            guard list.count == 1 else { return nil }
            return [
                path, "--quiet", "--color", "0", "--warnings", "off", "--nodns", "none", "-p", "-E", "-S", "--ip",
                "127.0.0.1", "lab.test:\(list[0])"
            ]
        }
    }

    /// Where the program is; nil when it is nowhere.
    func path(_ gonogo: String) -> String? {
        let places =
            switch self {
            case .gonogo: [gonogo]
            case .sslscan: ["/usr/bin/sslscan"]
            case .nmap: ["/usr/bin/nmap"]
            case .sslyze: [LabProgram.repository + "/.build/tls-bench/bin/sslyze"]
            case .testssl: ["/usr/bin/testssl", "/usr/local/bin/testssl.sh"]
            }
        return places.first { access($0, X_OK) == 0 }
    }

    /// What brings it.
    var source: String {
        switch self {
        case .gonogo: "swift build"
        case .sslscan, .nmap: "apt-get install \(rawValue)"
        case .sslyze: "script/bootstrap bench"
        case .testssl: "apt-get install testssl.sh"
        }
    }

    private func write(_ text: String, to path: String) throws -> String {
        try Files.write(text, to: path)
        return path
    }
}
