import Foundation

/// Certificates and OCSP responses that `Files/make` made with OpenSSL; most live from 2026-12-01 to 2027-03-01.
package enum Fixture {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Files")

    /// The names of all certificates, sorted.
    package static func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "pem" }.map { $0.deletingPathExtension().lastPathComponent }.sorted()
    }

    package static func pem(_ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: name + ".pem"), encoding: .utf8)
    }

    /// The certificate in DER.
    package static func certificate(_ name: String) throws -> [UInt8] {
        let lines = try pem(name).split(separator: "\n").filter { !$0.hasPrefix("-----") }
        guard let der = Data(base64Encoded: lines.joined()) else { throw CocoaError(.fileReadCorruptFile) }
        return Array(der)
    }

    /// The OCSP response in DER: `ocsp-good`, of the certificate `leaf` by `intermediate`.
    package static func response(_ name: String) throws -> [UInt8] {
        try Array(Data(contentsOf: folder.appending(path: name + ".der")))
    }
}
