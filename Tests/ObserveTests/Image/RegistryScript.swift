import Foundation
import Observe
import TestSupport

/// A registry with one image, `team/shop:1.0`, as a loopback server speaks it; tests put their faults before it.
struct RegistryScript: Sendable {
    static let repository = "team/shop"

    let manifest: [UInt8]
    let blobs: [String: [UInt8]]
    /// Answers a request itself when it returns true.
    var intercept: @Sendable (LoopbackConnection, String) async throws -> Bool = { _, _ in false }

    init(
        _ image: TestImage = .common,
        intercept: @escaping @Sendable (LoopbackConnection, String) async throws -> Bool = { _, _ in false }
    ) {
        manifest = image.manifest
        blobs = image.blobs
        self.intercept = intercept
    }

    func callAsFunction(_ connection: LoopbackConnection) async throws {
        while let head = try await connection.readRequest() {
            if try await intercept(connection, head) { continue }
            try await answer(connection, head)
        }
    }

    private func answer(_ connection: LoopbackConnection, _ head: String) async throws {
        let path = target(of: head)
        let base = "/v2/\(Self.repository)/"
        guard head.hasPrefix("GET "), path.hasPrefix(base) else {
            return try await Self.refuse(connection, 404, "NAME_UNKNOWN")
        }
        let parts = path.dropFirst(base.count).split(separator: "/")
        if parts.first == "manifests" {
            // docker-registry answers 404 to a client that does not name the type.
            guard head.contains(TestImage.manifestType) else {
                return try await Self.refuse(connection, 404, "MANIFEST_UNKNOWN")
            }
            if parts.last == "1.0" || parts.last == Substring(digest(manifest)) {
                let fields = [("Content-Type", TestImage.manifestType), ("Docker-Content-Digest", digest(manifest))]
                return try await Self.respond(connection, manifest, fields)
            }
            guard let bytes = parts.last.flatMap({ blobs[String($0)] }) else {
                return try await Self.refuse(connection, 404, "MANIFEST_UNKNOWN")
            }
            return try await Self.respond(connection, bytes, [("Content-Type", TestImage.manifestType)])
        }
        guard parts.first == "blobs", let bytes = parts.last.flatMap({ blobs[String($0)] }) else {
            return try await Self.refuse(connection, 404, "BLOB_UNKNOWN")
        }
        try await Self.respond(connection, bytes, [("Content-Type", "application/octet-stream")])
    }

    static func respond(
        _ connection: LoopbackConnection, _ bytes: [UInt8], _ fields: [(String, String)] = [],
        announcing size: Int? = nil
    ) async throws {
        let lines = fields.map { "\($0.0): \($0.1)\r\n" }.joined()
        try await connection.write("HTTP/1.1 200 OK\r\n\(lines)Content-Length: \(size ?? bytes.count)\r\n\r\n")
        try await connection.write(bytes)
    }

    static func refuse(
        _ connection: LoopbackConnection, _ status: Int, _ code: String, _ fields: [(String, String)] = []
    ) async throws {
        let body = "{\"errors\":[{\"code\":\"\(code)\",\"message\":\"no\"}]}"
        try await connection.respond("\(status) No", [("Content-Type", "application/json")] + fields, body: body)
    }
}

/// The value of a field of a request's head.
func field(_ name: String, of head: String) -> String? {
    for line in head.split(separator: "\r\n") where line.lowercased().hasPrefix(name.lowercased() + ":") {
        return line.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces)
    }
    return nil
}
