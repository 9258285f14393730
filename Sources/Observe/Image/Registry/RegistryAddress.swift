import AuditModel
import WireFormats

/// A repository of a registry, and where the registry answers for it.
struct RegistryAddress: Sendable {
    /// Host and port as the reference names them, `docker.io` for Docker Hub; credentials are kept under this name.
    let name: String
    /// `library/alpine`
    let repository: String
    /// Where requests go: `registry-1.docker.io` for Docker Hub.
    private let host: String

    init(_ reference: RegistryReference) {
        name = reference.domain + (reference.port.map { ":\($0)" } ?? "")
        repository = reference.repository
        host = reference.registryAuthority
    }

    var scope: CredentialScope { CredentialScope(registry: name, repository: repository) }

    var isOnLoopback: Bool { (try? URLReference("https://\(host)")).map { isLoopback($0.host) } ?? false }

    /// The URL of a path below `/v2/REPOSITORY/`.
    func url(_ scheme: URLReference.Scheme, path: String) throws(ProbeFailure) -> URLReference {
        do throws(URLReference.Problem) {
            return try URLReference("\(scheme.rawValue)://\(host)/v2/\(repository)/\(path)")
        } catch {
            throw ProbeFailure(.unsupported, "the reference names no registry: \(error.reason)")
        }
    }
}

/// Whether a host is this machine itself: `localhost`, 127.0.0.0/8, ::1 (RFC 6761 §6.3, RFC 4291 §2.5.3).
func isLoopback(_ host: String) -> Bool {
    if let address = IPAddress(host) {
        return address.bytes.count == 4 ? address.bytes[0] == 127 : address == IPAddress("::1")
    }
    let name = canonicalName(host)
    return name == "localhost" || name.hasSuffix(".localhost")
}
