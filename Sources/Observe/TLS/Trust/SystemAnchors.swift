import FoundationEssentials
import Glibc

/// Where this system keeps the certificates that it trusts.
package struct SystemAnchors: Sendable {
    /// All of them in one PEM file; nil when there is none.
    package let bundle: String?
    /// One file each, named by the hash of its subject (`openssl rehash`), so that a handshake reads those it needs.
    package let directory: String?

    package init(bundle: String?, directory: String?) {
        self.bundle = bundle
        self.directory = directory
    }

    /// As this process finds them: `SSL_CERT_FILE` alone where it is set to anything but the system's own bundle.
    package static let found: SystemAnchors = {
        if let chosen = getenv("SSL_CERT_FILE").map({ String(cString: $0) }), !usualBundles.contains(chosen) {
            return SystemAnchors(bundle: chosen, directory: nil)
        }
        return SystemAnchors(
            bundle: usualBundles.first { access($0, R_OK) == 0 }, directory: usualDirectories.first(where: isHashed))
    }()

    /// Debian, Fedora, openSUSE, CentOS, Alpine and BSD.
    private static let usualBundles = [
        "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem",
        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "/etc/ssl/cert.pem"
    ]

    private static let usualDirectories = ["/etc/ssl/certs", "/etc/pki/tls/certs"]

    private static let hexadecimal = Array("0123456789abcdef".utf8)

    /// Whether a folder holds a name such as `5ed36f99.0`.
    private static func isHashed(_ path: String) -> Bool {
        guard let folder = opendir(path) else { return false }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            let isHash = withUnsafeBytes(of: entry.pointee.d_name) { name in
                name[..<8].allSatisfy { hexadecimal.contains($0) } && name[8..<11].elementsEqual([0x2E, 0x30, 0])
            }
            if isHash { return true }
        }
        return false
    }
}
