import AuditModel
import Glibc
import JSON
import WireFormats

/// The files that hold credentials for registries, as Docker, Podman and Skopeo write them.
struct CredentialFiles: Sendable {
    private static let mostBytes = 4 << 20

    private let environment: [String: String]
    private let timeout: Duration

    init(_ context: ProbeContext) {
        environment = context.environment
        timeout = context.timeout
    }

    /// What the first file that knows the registry says; nil for an anonymous client.
    func credentials(for scope: CredentialScope) async throws(ProbeFailure) -> RegistryCredentials? {
        for path in paths {
            guard let bytes = try content(of: path) else { continue }
            guard let json = try? JSONValue.parse(bytes, limits: JSONLimits(bytes: Self.mostBytes)) else {
                throw ProbeFailure(.notPermitted, "the credentials in \(path) cannot be read: it is no JSON")
            }
            let file = CredentialFile(json, isLegacy: path.hasSuffix("/.dockercfg"))
            switch file.entry(for: scope) {
            case .credentials(let credentials): return credentials
            case .helper(let name):
                let helper = try CredentialHelper(name: name, environment: environment, timeout: timeout)
                if let credentials = try await helper.credentials(for: scope.serverAddress) { return credentials }
            case nil: continue
            }
        }
        return nil
    }

    /// In the order in which they count (containers-auth.json(5), then Docker's).
    private var paths: [String] {
        if let path = value("REGISTRY_AUTH_FILE") { return [path] }
        let home = value("HOME")
        let session =
            value("XDG_RUNTIME_DIR").map { $0 + "/containers" } ?? home.map { _ in "/run/containers/\(geteuid())" }
        let settings = value("XDG_CONFIG_HOME") ?? home.map { $0 + "/.config" }
        let docker = value("DOCKER_CONFIG") ?? home.map { $0 + "/.docker" }
        let candidates = [
            session.map { $0 + "/auth.json" }, settings.map { $0 + "/containers/auth.json" },
            docker.map { $0 + "/config.json" }, home.map { $0 + "/.dockercfg" }
        ]
        return candidates.compactMap { $0 }
    }

    /// nil when the variable is not set, or to nothing.
    private func value(_ variable: String) -> String? {
        guard let value = environment[variable], !value.isEmpty else { return nil }
        return value
    }

    /// nil when there is no such file.
    private func content(of path: String) throws(ProbeFailure) -> [UInt8]? {
        do throws(LocalFile.Problem) {
            return try LocalFile(path).bytes(atMost: Self.mostBytes)
        } catch {
            if error == .missing { return nil }
            throw ProbeFailure(.notPermitted, "the credentials in \(path) cannot be read: \(error.reason)")
        }
    }
}

/// One file with credentials: `auths`, `credHelpers` and `credsStore`, or the bare `auths` of `.dockercfg`.
struct CredentialFile {
    enum Entry: Equatable {
        case credentials(RegistryCredentials)
        /// The NAME of `docker-credential-NAME`.
        case helper(String)
    }

    private let json: JSONValue
    private let auths: JSONValue?

    init(_ json: JSONValue, isLegacy: Bool) {
        self.json = json
        auths = isLegacy ? json : json["auths"]
    }

    /// A helper for the registry, the entry whose key fits best, or the helper for all, in this order.
    func entry(for scope: CredentialScope) -> Entry? {
        if let helper = json["credHelpers"]?[scope.registry]?.string
            ?? json["credHelpers"]?[scope.serverAddress]?.string
        {
            return .helper(helper)
        }
        for key in scope.keys {
            for member in auths?.members ?? [] where Self.normalised(member.name) == key {
                if let credentials = Self.credentials(member.value) { return .credentials(credentials) }
            }
        }
        return json["credsStore"]?.string.flatMap { $0.isEmpty ? nil : .helper($0) }
    }

    /// `https://index.docker.io/v1/` as `index.docker.io`: Docker wrote its keys so.
    private static func normalised(_ key: String) -> String {
        var rest = key[...]
        for scheme in ["https://", "http://"] where rest.hasPrefix(scheme) { rest = rest.dropFirst(scheme.count) }
        let isURL = rest.startIndex != key.startIndex
        while rest.hasSuffix("/") { rest = rest.dropLast() }
        for version in ["/v1", "/v2"] where isURL && rest.hasSuffix(version) { rest = rest.dropLast(version.count) }
        return String(rest)
    }

    /// nil for an entry without anything, as Docker leaves it beside a `credsStore`.
    private static func credentials(_ entry: JSONValue) -> RegistryCredentials? {
        if let token = entry["registrytoken"]?.string, !token.isEmpty { return .registryToken(token) }
        if let token = entry["identitytoken"]?.string, !token.isEmpty { return .identityToken(token) }
        if let user = entry["username"]?.string, let password = entry["password"]?.string, !user.isEmpty {
            return .password(user: user, password: password)
        }
        guard let decoded = entry["auth"]?.string.flatMap({ Base64.decode($0.trimmed) }) else { return nil }
        guard let colon = decoded.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let password = decoded[(colon + 1)...].reversed().drop { $0 == 0 }.reversed()
        return .password(
            user: String(decoding: decoded[..<colon], as: UTF8.self),
            password: String(decoding: Array(password), as: UTF8.self))
    }
}
