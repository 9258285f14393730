import AuditModel
import NIOSSL
import Synchronization

/// How a client of this run does TLS; reading the system's trust anchors costs milliseconds, so it happens once.
package final class TrustStore: Sendable {
    /// What a handshake demands of the certificate.
    enum Verification: Hashable {
        /// The caller compares the name: NIOSSL would accept a common name, and any certificate for the address that
        /// was connected to.
        case chain
        case nothing
    }

    private struct Key: Hashable {
        let anchors: String?
        let verification: Verification
        let speaks: ApplicationProtocol
    }

    private let contexts = Mutex<[Key: NIOSSLContext]>([:])

    package init() {}

    /// Why a text holds no trust anchors: nil when it is PEM with at least one certificate.
    package static func problem(inAnchors pem: String) -> String? {
        guard let certificates = try? NIOSSLCertificate.fromPEMBytes(Array(pem.utf8)), !certificates.isEmpty else {
            return "it holds no certificate in PEM"
        }
        return nil
    }

    func context(
        anchors: String?, verification: Verification, speaks: ApplicationProtocol = .http1
    ) throws(ProbeFailure) -> NIOSSLContext {
        let key = Key(anchors: anchors, verification: verification, speaks: speaks)
        do {
            return try contexts.withLock { contexts in
                if let context = contexts[key] { return context }
                let context = try Self.makeContext(key)
                contexts[key] = context
                return context
            }
        } catch {
            throw ProbeFailure(.unsupported, "the trust anchors could not be used (\(printable("\(error)")))")
        }
    }

    private static func makeContext(_ key: Key) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.applicationProtocols = [key.speaks.rawValue]
        switch key.verification {
        case .chain: configuration.certificateVerification = .noHostnameVerification
        case .nothing: configuration.certificateVerification = .none
        }
        if let anchors = key.anchors {
            configuration.additionalTrustRoots = [
                .certificates(try NIOSSLCertificate.fromPEMBytes(Array(anchors.utf8)))
            ]
        }
        return try NIOSSLContext(configuration: configuration)
    }
}
