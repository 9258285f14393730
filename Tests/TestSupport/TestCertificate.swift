import Foundation
import NIOSSL

/// A certificate made for one test run with the `openssl` program, self-signed, so that it is its own trust anchor.
package struct TestCertificate: Sendable {
    /// The certificate in PEM.
    package let pem: String
    /// Its key in PEM.
    package let key: String
    /// Whether a server with this certificate demands one of its clients.
    package var demandsClientCertificate = false

    /// Names are those of the subject alternative name extension: `DNS:localhost`, `IP:127.0.0.1`.
    package static func make(names: String..., days: Int = 2) async throws -> TestCertificate {
        try await withTemporaryFolder { folder in
            let (key, certificate) = (folder + "/key.pem", folder + "/certificate.pem")
            try await run(
                "/usr/bin/openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                "-keyout", key, "-out", certificate, "-days", String(days), "-subj", "/CN=gonogo test",
                "-addext", "subjectAltName=" + names.joined(separator: ","))
            return TestCertificate(
                pem: try String(contentsOfFile: certificate, encoding: .utf8),
                key: try String(contentsOfFile: key, encoding: .utf8))
        }
    }

    /// Writes certificate and key into a folder, for servers that read files.
    package func write(to folder: String) throws -> (certificate: String, key: String) {
        let paths = (certificate: folder + "/certificate.pem", key: folder + "/key.pem")
        try pem.write(toFile: paths.certificate, atomically: false, encoding: .utf8)
        try key.write(toFile: paths.key, atomically: false, encoding: .utf8)
        return paths
    }

    func serverContext() throws -> NIOSSLContext {
        let chain = try NIOSSLCertificate.fromPEMBytes(Array(pem.utf8)).map(NIOSSLCertificateSource.certificate)
        let privateKey = NIOSSLPrivateKeySource.privateKey(try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem))
        var configuration = TLSConfiguration.makeServerConfiguration(certificateChain: chain, privateKey: privateKey)
        if demandsClientCertificate { configuration.certificateVerification = .noHostnameVerification }
        return try NIOSSLContext(configuration: configuration)
    }
}
