import Crypto
import Foundation
import JSON

/// A token service for a registry (Docker Registry Token Authentication): `lab` with its password may do everything,
/// anybody may pull what is below `public/`.
struct TokenService: Sendable {
    static let name = "lab"

    /// Signs the tokens; the registry trusts it.
    let signer: TestCertificate

    func callAsFunction(_ connection: LoopbackConnection) async throws {
        while let head = try await connection.readRequest() {
            let authorization = Self.field("authorization", of: head)
            guard authorization == nil || authorization == LabRegistry.basic else {
                try await connection.respond("401 Unauthorized", body: "{\"details\":\"no\"}")
                continue
            }
            let access = Self.scopes(of: head).map { Self.access($0, isKnown: authorization != nil) }
            let token = try token(for: access)
            try await connection.respond(
                "200 OK", [("Content-Type", "application/json")], body: "{\"token\":\"\(token)\",\"expires_in\":60}")
        }
    }

    /// `repository:public/app:pull,push`
    private static func scopes(of head: String) -> [String] {
        let target = String(head.split(separator: " ").dropFirst().first ?? "")
        let items = URLComponents(string: target)?.queryItems ?? []
        return items.filter { $0.name == "scope" }.compactMap(\.value)
    }

    private static func access(_ scope: String, isKnown: Bool) -> JSONValue {
        let parts = scope.split(separator: ":").map(String.init)
        let (name, wanted) = (parts.count > 1 ? parts[1] : "", parts.last?.split(separator: ",").map(String.init) ?? [])
        let granted = isKnown ? wanted : wanted.filter { $0 == "pull" && name.hasPrefix("public/") }
        return .object([
            .init("type", .string(parts.first ?? "")), .init("name", .string(name)),
            .init("actions", .array(granted.map(JSONValue.string)))
        ])
    }

    /// A JSON Web Token by ES256 (RFC 7515, RFC 7518 §3.4).
    private func token(for access: [JSONValue]) throws -> String {
        let now = Int64(Date().timeIntervalSince1970)
        let certificate = signer.pem.split(separator: "\n").filter { !$0.hasPrefix("-----") }.joined()
        let header = JSONValue.object([
            .init("typ", .string("JWT")), .init("alg", .string("ES256")), .init("x5c", .array([.string(certificate)]))
        ])
        let claims = JSONValue.object([
            .init("iss", .string("lab")), .init("sub", .string("")), .init("aud", .string(Self.name)),
            .init("exp", .integer(now + 60)), .init("nbf", .integer(now - 60)), .init("iat", .integer(now)),
            .init("jti", .string(UUID().uuidString)), .init("access", .array(access))
        ])
        let text = [header, claims].map { Self.base64url(Data($0.compact.utf8)) }.joined(separator: ".")
        let key = try P256.Signing.PrivateKey(pemRepresentation: signer.key)
        return text + "." + Self.base64url(try key.signature(for: Data(text.utf8)).rawRepresentation)
    }

    private static func base64url(_ data: Data) -> String {
        data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    private static func field(_ name: String, of head: String) -> String? {
        let line = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix(name + ":") }
        return line.map { $0.dropFirst(name.utf8.count + 1).trimmingCharacters(in: .whitespaces) }
    }
}
