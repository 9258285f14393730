import AuditModel
import Glibc
import JSON
import NIOPosix

/// `docker-credential-NAME get` (docker/docker-credential-helpers): a program that knows a registry's credentials.
struct CredentialHelper: Sendable {
    private static let mostBytes = 64 << 10

    private let program: String
    private let name: String
    private let environment: [String: String]
    private let timeout: Duration

    /// Looks for the program in `PATH`; throws when the name is not one of a helper or no such program is there.
    init(name: String, environment: [String: String], timeout: Duration) throws(ProbeFailure) {
        let isName = !name.isEmpty && name.utf8.allSatisfy { isAlphanumeric($0) || "_.-".utf8.contains($0) }
        guard isName, name.utf8.count <= 100 else {
            throw ProbeFailure(.notPermitted, "a file with credentials names a helper whose name is none")
        }
        self.name = "docker-credential-" + name
        let folders = (environment["PATH"] ?? "").split(separator: ":").filter { $0.hasPrefix("/") }
        let programs = folders.map { "\($0)/docker-credential-\(name)" }
        guard let program = programs.first(where: { access($0, X_OK) == 0 }) else {
            throw ProbeFailure(.notPermitted, "the credential helper docker-credential-\(name) is not in PATH")
        }
        self.program = program
        self.environment = environment
        self.timeout = timeout
    }

    /// nil when the helper knows none for the server.
    func credentials(for server: String) async throws(ProbeFailure) -> RegistryCredentials? {
        let child = ChildProgram(
            path: program, arguments: [name, "get"], environment: environment, input: Array(server.utf8),
            mostOutput: Self.mostBytes, timeout: timeout)
        let result: Result<ChildProgram.Ending, ProbeFailure>
        do {
            result = try await NIOThreadPool.singleton.runIfActive { child.run() }
        } catch {
            throw .cancelled
        }
        switch result {
        case .success(let ending): return try credentials(in: ending)
        case .failure(let failure): throw failure
        }
    }

    private func credentials(in ending: ChildProgram.Ending) throws(ProbeFailure) -> RegistryCredentials? {
        guard ending.status == 0 else {
            let text = String(decoding: ending.output, as: UTF8.self)
            if text.contains("credentials not found") { return nil }
            throw ProbeFailure(.notPermitted, "the credential helper \(name) failed with status \(ending.status)")
        }
        guard let answer = try? JSONValue.parse(ending.output), let user = answer["Username"]?.string,
            let secret = answer["Secret"]?.string
        else { throw ProbeFailure(.notPermitted, "the credential helper \(name) did not answer in its JSON") }
        return user == "<token>" ? .identityToken(secret) : .password(user: user, password: secret)
    }
}
