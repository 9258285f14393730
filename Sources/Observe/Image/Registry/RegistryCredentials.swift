/// How a client proves to a registry who asks; it never leaves this module, and no text is made of it.
enum RegistryCredentials: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible {
    case password(user: String, password: String)
    /// A token of the token service, worth a password there (OAuth 2.0 refresh token, RFC 6749 §6).
    case identityToken(String)
    /// A token that the registry itself takes.
    case registryToken(String)

    var description: String { "credentials" }
    var debugDescription: String { description }
}

/// Who credentials are for: a registry, and within it a repository.
struct CredentialScope: Sendable {
    /// Host and port as the reference names them, `docker.io` for Docker Hub.
    let registry: String
    /// `library/alpine`
    let repository: String

    /// The server address that credential helpers of Docker know.
    var serverAddress: String { isDockerHub ? "https://index.docker.io/v1/" : registry }

    /// Keys of an authentication file that fit, the closest first (containers-auth.json(5)).
    var keys: [String] {
        let parts = repository.split(separator: "/")
        let paths = (0...parts.count).reversed().map { ([registry[...]] + parts.prefix($0)).joined(separator: "/") }
        return isDockerHub ? paths + ["index.docker.io"] : paths
    }

    private var isDockerHub: Bool { registry == "docker.io" }
}
