import AuditModel
import Facts
import Observe
import TestSupport
import Testing

struct RegistryTests {
    private static func reference(_ server: LoopbackServer, _ suffix: String = ":1.0") -> String {
        "127.0.0.1:\(server.port)/\(RegistryScript.repository)\(suffix)"
    }

    private static func observe(
        _ registry: RegistryScript, _ suffix: String = ":1.0", in context: ProbeContext = makeContext(),
        _ look: (LoopbackServer) -> Void = { _ in }
    ) async throws -> Result<ImageCapture, ProbeFailure> {
        try await LoopbackServer.run(script: { try await registry($0) }) { server in
            let result = try await observeImage(reference(server, suffix), in: context)
            look(server)
            return result
        }
    }

    private static let layer = TestImage.common.storedLayers[0]

    @Test("an image of a registry is read with its layers, each blob once")
    func whole() async throws {
        try await LoopbackServer.run(script: { try await RegistryScript()($0) }) { server in
            let capture = try await observeImage("docker://" + Self.reference(server)).get()
            #expect(capture.form == .registry)
            #expect(capture.tag == "1.0")
            #expect(capture.target.digest == digest(TestImage.common.manifest))
            #expect(capture.target.mediaType == TestImage.manifestType)
            #expect(capture.images[0].failure == nil)
            #expect(capture.images[0].contents?.passwd?.text?.contains("app:x:1001") == true)
            #expect(server.requests.count == 4)
            #expect(server.connections == 1)
            #expect(
                server.requests.allSatisfy { $0.contains("User-Agent: gonogo/test\r\n") && $0.hasPrefix("GET /v2/") })
            #expect(server.requests.allSatisfy { field("Authorization", of: $0) == nil })
        }
    }

    @Test(
        "no more is fetched than the wanted facts need: manifest and configuration, then layers from the top",
        arguments: [
            ("1001", ["user.verdict", "integrity"], 2), ("1001:1001", ["user", "group.root"], 2),
            ("1001", ["user.gid"], 4), ("app", ["kubernetes", "user.numeric", "health", "secrets.variables"], 2),
            ("app", ["user.nonroot"], 4), ("top", ["user.nonroot"], 3), ("0", ["setuid"], 4), ("0", ["base.os"], 4)
        ])
    func neededBlobs(user: String, facts: [String], requests: Int) async throws {
        var image = TestImage.common
        image.user = user
        if user == "top" { image.layers.append(TarBuilder.archive { $0.file("etc/passwd", "top:x:7:7::/:/bin/sh\n") }) }
        let registry = RegistryScript(image)
        try await LoopbackServer.run(script: { try await registry($0) }) { server in
            let capture = try await observeImage(
                Self.reference(server), facts: facts.compactMap { FactPath($0) }
            ).get()
            #expect(capture.images[0].failure == nil)
            #expect(server.requests.count == requests, "\(server.requests)")
        }
    }

    @Test("a digest pins what is read; a manifest of another digest is not believed")
    func pinned() async throws {
        let pinned = digest(TestImage.common.manifest)
        let capture = try await Self.observe(RegistryScript(), "@" + pinned).get()
        #expect(capture.pinnedDigest == pinned)
        #expect(capture.tag == nil)
        let liar = RegistryScript { connection, head in
            guard target(of: head).contains("/manifests/") else { return false }
            var other = TestImage.common
            other.user = "0"
            try await RegistryScript.respond(connection, other.manifest, [("Content-Type", TestImage.manifestType)])
            return true
        }
        #expect(try await Self.observe(liar, "@" + pinned).failure?.code == .malformed)
        #expect(try await Self.observe(liar, ":1.0@" + pinned).failure?.code == .malformed)
    }

    @Test("a manifest whose stated digest is another is malformed")
    func statedDigest() async throws {
        let registry = RegistryScript { connection, head in
            guard target(of: head).contains("/manifests/") else { return false }
            let stated = ("Docker-Content-Digest", "sha256:" + String(repeating: "0", count: 64))
            try await RegistryScript.respond(connection, TestImage.common.manifest, [stated])
            return true
        }
        #expect(try await Self.observe(registry).failure?.code == .malformed)
    }

    @Test(
        "what a registry refuses has its own code, and the registry's word for it",
        arguments: [
            (401, "UNAUTHORIZED", ProbeFailure.Code.notPermitted), (403, "DENIED", .notPermitted),
            (404, "MANIFEST_UNKNOWN", .nameNotResolved), (429, "TOOMANYREQUESTS", .refused),
            (503, "UNAVAILABLE", .refused),
            (405, "UNSUPPORTED", .unsupported)
        ])
    func refusals(_ status: Int, _ word: String, _ code: ProbeFailure.Code) async throws {
        let registry = RegistryScript { connection, _ in
            try await RegistryScript.refuse(connection, status, word, [("WWW-Authenticate", "Basic realm=\"r\"")])
            return true
        }
        let failure = try await Self.observe(registry).failure
        #expect(failure?.code == code)
        #expect(failure?.reason.contains(word) == true)
    }

    @Test("redirects of blobs are followed, also to another port")
    func redirects() async throws {
        let store = RegistryScript()
        try await LoopbackServer.run(script: { try await store($0) }) { storage in
            let registry = RegistryScript { connection, head in
                guard target(of: head).contains("/blobs/") else { return false }
                let location = "http://127.0.0.1:\(storage.port)" + target(of: head)
                try await connection.respond("307 Temporary Redirect", [("Location", location)])
                return true
            }
            let capture = try await Self.observe(registry).get()
            #expect(capture.images[0].failure == nil)
            #expect(storage.requests.count == 3)
        }
    }

    @Test(
        "redirects without end, to nothing, or to plain HTTP elsewhere are not followed",
        arguments: [
            ("/v2/team/shop/blobs/round", ProbeFailure.Code.tooManyRedirects), ("ftp://example.test/", .malformed),
            ("http://192.0.2.1/blob", .notPermitted), ("", .tooManyRedirects)
        ])
    func badRedirects(_ location: String, _ code: ProbeFailure.Code) async throws {
        let registry = RegistryScript { connection, head in
            guard target(of: head).contains("/blobs/") else { return false }
            try await connection.respond("302 Found", [("Location", location)])
            return true
        }
        #expect(try await Self.observe(registry).get().images[0].failure?.code == code)
    }

    @Test("a blob that is cut, another one, or longer than it may be is not believed")
    func brokenBlobs() async throws {
        let layer = Self.layer
        let faults: [(ProbeFailure.Code, [String], @Sendable (LoopbackConnection) async throws -> Void)] = [
            (
                .closedEarly, [],
                { connection in
                    try await RegistryScript.respond(connection, Array(layer.dropLast(9)), announcing: layer.count)
                    throw CancellationError()
                }
            ),
            (.malformed, [digest(layer)], { try await RegistryScript.respond($0, gzip(Array("other".utf8))) }),
            (.malformed, [digest(layer)], { try await RegistryScript.respond($0, layer + [0]) }),
            (
                .malformed, [digest(layer)],
                { connection in
                    try await connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                    let chunk = [UInt8](repeating: 0, count: 64 << 10)
                    while true {
                        try await connection.write("10000\r\n")
                        try await connection.write(chunk)
                        try await connection.write("\r\n")
                    }
                }
            )
        ]
        for (code, mismatches, fault) in faults {
            let registry = RegistryScript { connection, head in
                guard target(of: head).hasSuffix(digest(layer)) else { return false }
                try await fault(connection)
                return true
            }
            let image = try await Self.observe(registry).get().images[0]
            #expect(image.failure?.code == code)
            #expect(image.mismatches == mismatches)
            #expect(image.configuration?.user == "app")
            #expect(image.contents?.passwd?.text == nil)
        }
    }

    @Test("a blob that the registry does not have is missing")
    func missingBlob() async throws {
        let registry = RegistryScript { connection, head in
            guard target(of: head).hasSuffix(digest(Self.layer)) else { return false }
            try await RegistryScript.refuse(connection, 404, "BLOB_UNKNOWN")
            return true
        }
        let image = try await Self.observe(registry).get().images[0]
        #expect(image.missing == [digest(Self.layer)])
        #expect(image.failure?.code == .malformed)
    }

    @Test("a download that advances outlasts the timeout; one that stops does not")
    func slow() async throws {
        var image = TestImage.common
        image.layers = [image.layers[0] + TarBuilder.archive { _ in } + [UInt8](repeating: 0, count: 400_000)]
        image.compress = { $0 }
        let layer = image.layers[0]
        let slow = RegistryScript(image) { connection, head in
            guard target(of: head).hasSuffix(digest(layer)) else { return false }
            try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(layer.count)\r\n\r\n")
            for start in stride(from: 0, to: layer.count, by: 100_000) {
                try await Task.sleep(for: .milliseconds(1200))
                try await connection.write(Array(layer[start..<min(start + 100_000, layer.count)]))
            }
            return true
        }
        let context = makeContext(timeout: .seconds(5))
        #expect(try await Self.observe(slow, in: context).get().images[0].failure == nil)

        let stopping = RegistryScript(image) { connection, head in
            guard target(of: head).hasSuffix(digest(layer)) else { return false }
            try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(layer.count)\r\n\r\n")
            for byte in layer.prefix(1000) {
                try await connection.write([byte])
                try await Task.sleep(for: .milliseconds(100))
            }
            return true
        }
        let failure = try await Self.observe(stopping, in: context).get().images[0].failure
        #expect(failure?.code == .timeout)
    }

    @Test("a registry with TLS needs a certificate that is trusted")
    func tls() async throws {
        let certificate = try await TestCertificate.make(names: "IP:127.0.0.1", "DNS:registry.test")
        try await LoopbackServer.run(tls: certificate, script: { try await RegistryScript()($0) }) { server in
            let failure = try await observeImage(Self.reference(server)).failure
            #expect(failure?.code == .tlsFailed)
            var context = makeContext()
            context.extraTrustAnchors = certificate.pem
            #expect(try await observeImage(Self.reference(server), in: context).get().images[0].failure == nil)
            context.resolve = [.init(host: "registry.test", port: 443, address: "127.0.0.1", toPort: server.port)]
            let named = try await observeImage("registry.test/team/shop:1.0", in: context)
            #expect(try named.get().images[0].failure == nil)
            context.resolve = [.init(host: "other.test", port: 443, address: "127.0.0.1", toPort: server.port)]
            #expect(try await observeImage("other.test/team/shop:1.0", in: context).failure?.code == .tlsFailed)
        }
    }

    @Test("plain HTTP to another machine is not spoken unless it is asked for")
    func plainHTTP() async throws {
        try await LoopbackServer.run(script: { try await RegistryScript()($0) }) { server in
            var context = makeContext()
            context.resolve = [.init(host: "registry.test", port: nil, address: "127.0.0.1", toPort: server.port)]
            let reference = "registry.test:\(server.port)/team/shop:1.0"
            // It speaks no TLS, and waits for the rest of what it takes for a request.
            context.timeout = .seconds(1)
            #expect(try await observeImage(reference, in: context).failure != nil)
            #expect(server.requests.isEmpty)
            context.timeout = .seconds(60)
            context.plainHTTP = true
            let plain = try await observeImage(reference, in: context)
            #expect(try plain.get().images[0].failure == nil)
        }
    }

    @Test("configurations of an index are fetched side by side, and each platform is read")
    func index() async throws {
        let images = (0..<8).map { number in
            var image = TestImage.common
            image.architecture = "cpu\(number)"
            return image
        }
        let index = indexDocument(images.map { descriptor(of: $0) })
        var blobs = images.reduce(into: [String: [UInt8]]()) { $0.merge($1.blobs) { first, _ in first } }
        blobs[digest(index)] = index
        let all = blobs
        let registry = RegistryScript { connection, head in
            guard let reference = target(of: head).split(separator: "/").last else { return false }
            guard let bytes = reference == "1.0" ? index : all[String(reference)] else { return false }
            try await RegistryScript.respond(connection, bytes)
            return true
        }
        try await LoopbackServer.run(script: { try await registry($0) }) { server in
            let capture = try await observeImage(Self.reference(server)).get()
            #expect(capture.images.map(\.architecture) == images.map(\.architecture))
            #expect(capture.images.allSatisfy { $0.failure == nil && $0.contents?.passwd?.text != nil })
            // One index, a manifest and a configuration for each, and two layers that all share.
            #expect(server.requests.count == 1 + 16 + 2)
        }
    }

    @Test(
        "a registry whose answers are no registry's says so, and no secret is sent",
        arguments: [
            "\u{1B}[2J garbage\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhtml",
            "HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\n" + String(repeating: "x", count: 4_500_000)
        ])
    func hostile(_ answer: String) async throws {
        let script: @Sendable (LoopbackConnection) async throws -> Void = { connection in
            while try await connection.read() != nil { try await connection.write(answer) }
        }
        try await LoopbackServer.run(script: script) { server in
            let failure = try await observeImage(Self.reference(server)).failure
            #expect([.malformed, .tooLarge].contains(failure?.code))
        }
    }
}
