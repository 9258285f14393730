import Foundation
import NIOCore
import NIOPosix

/// A program of another package that the lab starts.
package struct LabProgram: Sendable {
    let name: String
    /// Where the program may be; the first that is there is started.
    let paths: [String]
    /// The Debian package, or the command, that brings it.
    let source: String

    static let nginx = LabProgram("nginx", "/usr/sbin/nginx", from: "nginx-light")
    static let gnutls = LabProgram("gnutls-serv", "/usr/bin/gnutls-serv", from: "gnutls-bin")
    static let openssl = LabProgram("openssl", "/usr/bin/openssl", from: "openssl")
    static let haproxy = LabProgram("haproxy", "/usr/sbin/haproxy", from: "haproxy")
    static let stunnel = LabProgram("stunnel4", "/usr/bin/stunnel4", from: "stunnel4")
    static let selfserv = LabProgram(
        "selfserv", "/usr/bin/selfserv", "/usr/lib/nss/unsupported-tools/selfserv", from: "libnss3-tools")
    static let pk12util = LabProgram("pk12util", "/usr/bin/pk12util", from: "libnss3-tools")
    static let certutil = LabProgram("certutil", "/usr/bin/certutil", from: "libnss3-tools")
    static let java = LabProgram("java", "/usr/bin/java", from: "openjdk-17-jdk-headless")
    static let apache = LabProgram("apache2", "/usr/sbin/apache2", from: "apache2-bin")
    static let lighttpd = LabProgram("lighttpd", "/usr/sbin/lighttpd", from: "lighttpd lighttpd-mod-openssl")
    static let hitch = LabProgram("hitch", "/usr/sbin/hitch", from: "hitch")
    static let caddy = LabProgram("caddy", "/usr/bin/caddy", from: "caddy")
    static let python = LabProgram(
        "python with pyOpenSSL", repository + "/.build/tls-lab/bin/python", from: "script/bootstrap")
    static let httpPython = LabProgram(
        "python with Flask", repository + "/.build/http-lab/bin/python", from: "script/bootstrap")

    /// Its `Tests/ReportLab/readers.py` reads reports as other people's programs do.
    package static let reportPython = LabProgram(
        "python with readers of reports", repository + "/.build/report-lab/bin/python", from: "script/bootstrap")

    init(_ name: String, _ paths: String..., from source: String) {
        self.name = name
        self.paths = paths
        self.source = source
    }

    /// The folder that holds Package.swift.
    package static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    /// A server's source in this target.
    static func source(_ file: String) -> String { repository + "/Tests/TestSupport/Servers/" + file }

    package func path() throws -> String {
        guard let path = paths.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
            throw ProgramFailure(description: "\(name) is missing; it comes with: \(source)")
        }
        return path
    }

    /// Runs the body while the program listens on a port of 127.0.0.1, or of ::1.
    func serve(
        host: String = "127.0.0.1", port: Int, in folder: String, _ arguments: [String],
        body: () async throws -> Void
    ) async throws {
        let output = "\(folder)/\(port).output"
        let process = try RunningProgram(try path(), arguments, output: output, in: folder)
        do {
            guard await process.listens(on: port, of: host) else {
                let text = (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
                throw ProgramFailure(description: "\(name) does not listen on \(port): \(text)")
            }
            try await body()
        } catch {
            await process.stop()
            throw error
        }
        await process.stop()
    }
}

extension RunningProgram {
    /// Waits until a connection to the port is accepted; false when the program ended or half a minute went by.
    func listens(on port: Int, of host: String = "127.0.0.1") async -> Bool {
        for _ in 0..<1500 where isRunning {
            let connecting = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: host, port: port)
            if let channel = try? await connecting.get() {
                try? await channel.close()
                return true
            }
            try? await Task.sleep(for: .milliseconds(20))
        }
        return false
    }
}
