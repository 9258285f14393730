/// What the lab's authority is to put into one certificate; every default is that of a well-made public one.
package struct LabCertificate: Sendable, Hashable {
    package enum Key: String, Sendable, CaseIterable {
        case rsa1024, rsa2048, pss, p256, p384, p521, ed25519, ed448, dsa
    }

    /// The names of its files.
    package let name: String
    package var key = Key.rsa2048
    /// The certificate that signs it; nil when it signs itself.
    package var issuer: String? = "intermediate"
    /// The authority whose key this one shares; all certificates for servers share one key of each kind.
    package var keyOf: String?
    package var commonName = "lab.test"
    /// As OpenSSL writes them: `DNS:lab.test`, `IP:127.0.0.1`.
    package var names = ["DNS:lab.test"]
    /// Seconds from the lab's start; the last second belongs to the validity (RFC 5280 §4.1.2.5).
    package var begins = -30 * day
    package var ends = 60 * day - 1
    package var digest = "sha256"
    package var usage = "serverAuth"
    package var isAuthority = false
    /// More lines of an OpenSSL extension section.
    package var extensions: [String] = []
    /// The certificates that a server sends after it.
    package var chain = ["intermediate"]

    /// The name of the file that holds its key.
    var keyName: String { isAuthority ? "authority-\(keyOf ?? name)" : key.rawValue }

    package static let day = 86_400
    package static let hour = 3_600

    init(_ name: String, _ change: (inout LabCertificate) -> Void = { _ in }) {
        self.name = name
        change(&self)
    }

    /// A certificate that signs others, not for servers.
    static func authority(
        _ name: String, issuer: String?, _ change: (inout LabCertificate) -> Void = { _ in }
    ) -> LabCertificate {
        LabCertificate(name) {
            $0.issuer = issuer
            $0.commonName = "gonogo lab \(name)"
            $0.names = []
            $0.begins = -400 * day
            $0.ends = 1200 * day - 1
            $0.isAuthority = true
            $0.chain = []
            change(&$0)
        }
    }
}
