import AuditModel
import Facts
import Observe
import TestSupport
import Testing

struct EngineTests {
    private static let image = TestImage.common

    private static func inspected(health: String = "") -> String {
        """
        {"Id":"\(digest(image.configuration))","RepoTags":["shop:1.0"],"Created":"2026-01-02T03:04:05Z",\
        "Os":"linux","Architecture":"amd64","Config":{"User":"1001","Env":["API_TOKEN=s3cret-value","PATH=/bin"]\(health)},\
        "RootFS":{"Type":"layers","Layers":["\(digest(image.layers[0]))","\(digest(image.layers[1]))"]}}
        """
    }

    private static let history =
        "[{\"CreatedBy\":\"COPY app\",\"Size\":5},{\"CreatedBy\":\"ENV A=b\",\"Size\":0},{\"CreatedBy\":\"FROM\",\"Size\":9}]"

    private static func engine(
        _ fields: [(String, String)] = [], native: String = "{}", archive: [UInt8] = image.podmanArchive()
    ) -> LoopbackServer.Script {
        { connection in
            while let head = try await connection.readRequest() {
                switch target(of: head) {
                case "/images/shop:1.0/json": try await connection.respond("200 OK", fields, body: inspected())
                case "/images/shop:1.0/history": try await connection.respond("200 OK", body: history)
                case "/v4.3.1/libpod/images/shop:1.0/json": try await connection.respond("200 OK", body: native)
                case "/images/shop:1.0/get": try await RegistryScript.respond(connection, archive)
                default: try await connection.respond("404 Not Found", body: "{\"message\":\"No such image\"}")
                }
            }
        }
    }

    private static func observe(
        _ name: String = "engine:shop:1.0", facts: [FactPath]? = nil, script: @escaping LoopbackServer.Script,
        _ look: @Sendable (LoopbackServer) -> Void = { _ in }
    ) async throws -> Result<ImageCapture, ProbeFailure> {
        try await withTemporaryFolder { folder in
            let socket = folder + "/e.sock"
            return try await LoopbackServer.run(socket: socket, script: script) { server in
                var context = makeContext()
                context.environment = ["DOCKER_HOST": "unix://" + socket]
                let result = try await observeImage(name, facts: facts, in: context)
                look(server)
                return result
            }
        }
    }

    @Test("what the engine says of the configuration suffices when no layer is asked for")
    func described() async throws {
        let result = try await Self.observe(facts: [], script: Self.engine()) { server in
            #expect(server.requests.count == 2)
            #expect(server.requests.allSatisfy { $0.hasPrefix("GET ") && field("Host", of: $0) == "localhost" })
        }
        let capture = try result.get()
        #expect(capture.form == .engine)
        #expect(capture.tag == "1.0")
        #expect(capture.target.digest == digest(Self.image.configuration))
        let image = try #require(capture.images.first)
        #expect(image.os == "linux")
        #expect(image.layers.map(\.digest) == Self.image.layers.map(digest))
        #expect(image.configuration?.user == "1001")
        #expect(image.configuration?.environment == ["API_TOKEN", "PATH"])
        #expect(image.configuration?.secrets.map(\.name) == ["API_TOKEN"])
        #expect(image.configuration?.history.map(\.createdBy) == ["FROM", "ENV A=b", "COPY app"])
        #expect(image.configuration?.history.map(\.isEmptyLayer) == [false, true, false])
        #expect(image.contents == nil)
    }

    @Test("Podman's own answer tells the health check that its Docker answer leaves out")
    func podman() async throws {
        let native = "{\"Healthcheck\":{\"Test\":[\"CMD\",\"true\"]}}"
        let script = Self.engine([("Libpod-Api-Version", "4.3.1")], native: native)
        let capture = try await Self.observe(facts: [], script: script).get()
        #expect(capture.images[0].configuration?.healthcheck == ["CMD", "true"])
    }

    @Test("Podman's own answer tells the form that it keeps an image in, whatever it saves", arguments: [true, false])
    func podmanInOCI(readsLayers: Bool) async throws {
        let form = "application/vnd.oci.image.manifest.v1+json"
        let script = Self.engine([("Libpod-Api-Version", "4.3.1")], native: "{\"ManifestType\":\"\(form)\"}")
        let capture = try await Self.observe(facts: readsLayers ? nil : [], script: script).get()
        #expect(capture.images[0].manifest.mediaType == form)
    }

    @Test("layers are read from what the engine saves, whose digests hold", arguments: ["podman", "old", "new"])
    func layers(_ kind: String) async throws {
        let archives = [
            "podman": Self.image.podmanArchive(), "old": Self.image.oldDockerArchive(),
            "new": Self.image.newDockerArchive()
        ]
        let archive = try #require(archives[kind])
        let capture = try await Self.observe(script: Self.engine(archive: archive)).get()
        #expect(capture.form == .engine)
        #expect(capture.tag == "1.0")
        let image = try #require(capture.images.first)
        #expect(image.failure == nil)
        #expect(image.configuration?.user == "app")
        #expect(image.contents?.passwd?.text?.contains("app:x:1001") == true)
        #expect(image.contents?.privileged?.count == 1)
    }

    @Test("layers larger than what is kept are read from another sending of the archive")
    func largeLayers() async throws {
        var image = Self.image
        image.layers[0] += [UInt8](repeating: 0, count: 6 << 20)
        let result = try await Self.observe(script: Self.engine(archive: image.podmanArchive())) { server in
            #expect(server.requests.count { target(of: $0).hasSuffix("/get") } == 2)
        }
        #expect(try result.get().images[0].failure == nil)
        #expect(try result.get().images[0].contents?.passwd?.text != nil)
    }

    @Test("an archive that is cut is no image")
    func cut() async throws {
        let script = Self.engine(archive: Array(Self.image.podmanArchive().prefix(3000)))
        #expect(try await Self.observe(script: script).failure?.code == .closedEarly)
    }

    @Test("an image that the engine does not have is not found; a name that is none is not asked for")
    func absent() async throws {
        #expect(try await Self.observe("engine:other", script: Self.engine()).failure?.code == .nameNotResolved)
        for name in ["engine:../../containers/json?all=1", "engine:a b", "engine:a/../b", "engine:a\u{0}b", "engine:"] {
            let result = try await Self.observe(name, script: Self.engine()) { #expect($0.requests.isEmpty) }
            #expect(result.failure?.code == .unsupported, "\(name)")
        }
    }

    @Test(
        "without an engine the probe is refused; engines elsewhere are not spoken to",
        arguments: [
            ("unix:///nowhere/e.sock", ProbeFailure.Code.refused), ("tcp://192.0.2.1:2375", .unsupported),
            ("ssh://host", .unsupported), ("unix://" + String(repeating: "/long", count: 30), .unsupported)
        ])
    func noEngine(_ host: String, _ code: ProbeFailure.Code) async throws {
        var context = makeContext()
        context.environment = ["DOCKER_HOST": host]
        #expect(try await observeImage("engine:shop", in: context).failure?.code == code)
    }

    @Test("an engine that answers nonsense is malformed", arguments: ["text", "[]", "{}", "{\"Id\":\"x\"}"])
    func nonsense(_ answer: String) async throws {
        let script: LoopbackServer.Script = { connection in
            while try await connection.readRequest() != nil { try await connection.respond("200 OK", body: answer) }
        }
        #expect(try await Self.observe(facts: [], script: script).failure?.code == .malformed)
    }
}
