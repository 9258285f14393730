import AuditModel
import NIOSSL
import Synchronization

/// How a client of this run does TLS.
///
/// Reading all of the system's trust anchors takes longer than a handshake: where they lie in a folder by their hashes,
/// a handshake reads the one that it needs, and all are read only when that led nowhere.
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
        var readsAll: Bool
    }

    private struct State {
        var contexts: [Key: NIOSSLContext] = [:]
        var readsAll: Bool
    }

    private let system: SystemAnchors
    private let state: Mutex<State>

    package init(_ system: SystemAnchors = .found) {
        self.system = system
        state = Mutex(State(readsAll: system.directory == nil))
    }

    /// Why a text holds no trust anchors: nil when it is PEM with at least one certificate.
    package static func problem(inAnchors pem: String) -> String? {
        guard let certificates = try? NIOSSLCertificate.fromPEMBytes(Array(pem.utf8)), !certificates.isEmpty else {
            return "it holds no certificate in PEM"
        }
        return nil
    }

    /// How a connection does TLS; `problem` says of the server's own certificate what a capture says.
    func plan(
        anchors: String?, verification: Verification, speaks: ApplicationProtocol = .http1,
        problem: (@Sendable (NIOSSLCertificate?) -> String)? = nil
    ) throws(ProbeFailure) -> TLSPlan {
        let readsAll = state.withLock { $0.readsAll }
        let key = Key(anchors: anchors, verification: verification, speaks: speaks, readsAll: readsAll)
        return try plan(key, problem)
    }

    private func plan(_ key: Key, _ problem: TLSPlan.Problem?) throws(ProbeFailure) -> TLSPlan {
        var plan = TLSPlan(
            context: try context(key), verification: key.verification, speaks: key.speaks, problem: problem)
        if !key.readsAll {
            // An administrator may have added an anchor to the bundle alone.
            plan.readingAll = { () throws(ProbeFailure) in
                self.state.withLock { $0.readsAll = true }
                var key = key
                key.readsAll = true
                return try self.plan(key, problem)
            }
        }
        return plan
    }

    private func context(_ key: Key) throws(ProbeFailure) -> NIOSSLContext {
        do {
            return try state.withLock { state in
                if let context = state.contexts[key] { return context }
                let context = try makeContext(key)
                state.contexts[key] = context
                return context
            }
        } catch {
            throw ProbeFailure(.unsupported, "the trust anchors could not be used (\(printable("\(error)")))")
        }
    }

    private func makeContext(_ key: Key) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.applicationProtocols = [key.speaks.rawValue]
        switch key.verification {
        case .chain: configuration.certificateVerification = .noHostnameVerification
        case .nothing: configuration.certificateVerification = .none
        }
        configuration.trustRoots = (key.readsAll ? system.bundle : system.directory).map { .file($0) } ?? .default
        if let anchors = key.anchors {
            configuration.additionalTrustRoots = [
                .certificates(try NIOSSLCertificate.fromPEMBytes(Array(anchors.utf8)))
            ]
        }
        return try NIOSSLContext(configuration: configuration)
    }
}
