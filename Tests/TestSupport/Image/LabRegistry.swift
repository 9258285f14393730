import Foundation

/// A `docker-registry` of its own on 127.0.0.1.
package struct LabRegistry: Sendable {
    /// Who may come in.
    package enum Access: String, Sendable, CaseIterable {
        /// Everybody, without TLS.
        case plain
        /// By a password, with TLS.
        case basic
        /// By a token of a token service, both with TLS.
        case token
    }

    static let basic = "Basic " + Data("lab:secret".utf8).base64EncodedString()

    /// `127.0.0.1:PORT`
    package let address: String
    /// The trust anchor of the registry and of its token service, in PEM; nil without TLS.
    package let root: String?
    private let folder: String

    /// Runs the body against an empty registry.
    package static func run(_ access: Access, _ body: (LabRegistry) async throws -> Void) async throws {
        let certificate = try await TestCertificate.make(names: "IP:127.0.0.1")
        let service = TokenService(signer: certificate)
        try await withTemporaryFolder { folder in
            try await LoopbackServer.run(tls: certificate, script: { try await service($0) }) { tokens in
                let port = try await LabPorts.next()
                let registry = LabRegistry(
                    address: "127.0.0.1:\(port)", root: access == .plain ? nil : certificate.pem, folder: folder)
                let files = try certificate.write(to: folder)
                try FileManager.default.createDirectory(atPath: folder + "/trust", withIntermediateDirectories: true)
                try certificate.pem.write(toFile: folder + "/trust/ca.crt", atomically: false, encoding: .utf8)
                let settings = try await registry.settings(access, files, tokens: tokens.port)
                try settings.write(toFile: folder + "/registry.yml", atomically: false, encoding: .utf8)
                try await LabProgram.registry.serve(port: port, in: folder, ["serve", folder + "/registry.yml"]) {
                    try await body(registry)
                }
            }
        }
    }

    private func settings(
        _ access: Access, _ files: (certificate: String, key: String), tokens port: Int
    ) async throws -> String {
        let tls = "\n  tls: {certificate: \(files.certificate), key: \(files.key)}"
        let common = """
            version: 0.1
            log: {level: error}
            storage: {filesystem: {rootdirectory: \(folder)/storage}}
            compatibility: {schema1: {enabled: true}}
            http:
              addr: \(address)\(access == .plain ? "" : tls)

            """
        switch access {
        case .plain: return common
        case .basic:
            let users = folder + "/htpasswd"
            try await TestSupport.run(LabProgram.htpasswd.path(), "-Bbc", users, "lab", "secret")
            return common + "auth: {htpasswd: {realm: lab, path: \(users)}}\n"
        case .token:
            let realm = "https://127.0.0.1:\(port)/token"
            return common
                + "auth: {token: {realm: \"\(realm)\", service: \(TokenService.name), issuer: lab, "
                + "rootcertbundle: \(files.certificate)}}\n"
        }
    }

    // MARK: Use

    /// A folder with its trust anchor in `ca.crt`; nil without TLS.
    package var trustFolder: String? { root.map { _ in folder + "/trust" } }

    /// Pushes what a reference of Skopeo leads to under a name, such as `lab/app:1`, with every platform.
    package func push(_ source: String, as name: String, _ more: [String] = []) async throws {
        let trust =
            root == nil
            ? ["--dest-tls-verify=false"] : ["--dest-cert-dir", folder + "/trust", "--dest-creds", "lab:secret"]
        let words = ["copy", "--quiet"] + trust + more + [source, "docker://\(address)/\(name)"]
        _ = try await output(of: LabProgram.skopeo.path(), words)
    }

    /// The environment of somebody who has logged in.
    package func loggedIn() throws -> [String: String] {
        let auth = LabRegistry.basic.dropFirst("Basic ".utf8.count)
        let path = folder + "/auth.json"
        try "{\"auths\":{\"\(address)\":{\"auth\":\"\(auth)\"}}}"
            .write(toFile: path, atomically: false, encoding: .utf8)
        return ["REGISTRY_AUTH_FILE": path]
    }
}
