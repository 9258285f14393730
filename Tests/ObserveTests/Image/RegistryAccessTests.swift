import AuditModel
import Facts
import Foundation
import Observe
import TestSupport
import Testing
import WireFormats

struct RegistryAccessTests {
    private static let user = "ana"
    private static let password = "p:4ss-w0rd"
    private static let basic = "Basic " + Base64.encode(Array("\(user):\(password)".utf8))
    private static let encoded = Base64.encode(Array("\(user):\(password)".utf8))

    /// A registry that wants the given proof and challenges for it.
    private static func guarded(by authorization: String, challenge: String) -> RegistryScript {
        RegistryScript { connection, head in
            if field("Authorization", of: head) == authorization { return false }
            try await RegistryScript.refuse(connection, 401, "UNAUTHORIZED", [("WWW-Authenticate", challenge)])
            return true
        }
    }

    /// Observes a registry with files below a home folder, whose text may name the registry as `HOST`.
    private static func observe(
        _ registry: RegistryScript, files: [String: String], environment: [String: String] = [:],
        _ look: (LoopbackServer) -> Void = { _ in }
    ) async throws -> Result<ImageCapture, ProbeFailure> {
        try await withTemporaryFolder { home in
            try await LoopbackServer.run(script: { try await registry($0) }) { server in
                for (path, text) in files {
                    let text = text.replacingOccurrences(of: "HOST", with: "127.0.0.1:\(server.port)")
                    try write([path: Array(text.utf8)], to: home)
                    chmod(home + "/" + path, 0o700)
                }
                var context = makeContext()
                context.environment = [
                    "HOME": home, "XDG_RUNTIME_DIR": home + "/run", "PATH": home + "/bin:/usr/bin:/bin"
                ]
                context.environment.merge(environment.mapValues { $0.replacingOccurrences(of: "~", with: home) }) { $1 }
                let result = try await observeImage("127.0.0.1:\(server.port)/team/shop:1.0", in: context)
                look(server)
                if let capture = try? result.get() {
                    let text = try JSONEncoder().encode(capture)
                    #expect(!String(decoding: text, as: UTF8.self).contains("4ss-w0rd"))
                }
                #expect(result.failure?.reason.contains("4ss-w0rd") != true)
                return result
            }
        }
    }

    private static func auths(_ key: String) -> String { "{\"auths\":{\"\(key)\":{\"auth\":\"\(encoded)\"}}}" }

    @Test(
        "credentials come from the usual files",
        arguments: [
            ("run/containers/auth.json", auths("HOST")), (".config/containers/auth.json", auths("HOST")),
            (".docker/config.json", auths("HOST")), (".docker/config.json", auths("https://HOST/v1/")),
            (".docker/config.json", auths("https://HOST")), (".docker/config.json", auths("HOST/team")),
            (".docker/config.json", auths("HOST/team/shop")),
            (".docker/config.json", "{\"auths\":{\"HOST\":{\"username\":\"ana\",\"password\":\"p:4ss-w0rd\"}}}"),
            (".dockercfg", "{\"HOST\":{\"auth\":\"\(encoded)\"}}")
        ])
    func files(_ path: String, _ text: String) async throws {
        let registry = Self.guarded(by: Self.basic, challenge: "Basic realm=\"r\"")
        let result = try await Self.observe(registry, files: [path: text])
        #expect(try result.get().images[0].failure == nil)
    }

    @Test("the key that fits best wins; an earlier file wins; a variable names the only file")
    func precedence() async throws {
        let wrong = "{\"auth\":\"\(Base64.encode(Array("x:y".utf8)))\"}"
        let right = "{\"auth\":\"\(Self.encoded)\"}"
        let registry = Self.guarded(by: Self.basic, challenge: "Basic realm=\"r\"")
        let keys =
            "{\"auths\":{\"HOST\":\(wrong),\"HOST/team\":\(wrong),\"HOST/team/shop\":\(right),\"HOST/te\":\(wrong)}}"
        #expect(try await Self.observe(registry, files: [".docker/config.json": keys]).failure == nil)
        let both = [
            "run/containers/auth.json": Self.auths("HOST"), ".docker/config.json": "{\"auths\":{\"HOST\":\(wrong)}}"
        ]
        #expect(try await Self.observe(registry, files: both).failure == nil)
        let named = ["mine.json": Self.auths("HOST"), "run/containers/auth.json": "{\"auths\":{\"HOST\":\(wrong)}}"]
        let result = try await Self.observe(registry, files: named, environment: ["REGISTRY_AUTH_FILE": "~/mine.json"])
        #expect(result.failure == nil)
        let docker = ["d/config.json": Self.auths("HOST")]
        let elsewhere = try await Self.observe(registry, files: docker, environment: ["DOCKER_CONFIG": "~/d"])
        #expect(elsewhere.failure == nil)
    }

    @Test("without credentials, or with wrong ones, nothing is permitted")
    func refused() async throws {
        let registry = Self.guarded(by: Self.basic, challenge: "Basic realm=\"r\"")
        let anonymous = try await Self.observe(registry, files: [:]).failure
        #expect(anonymous?.code == .notPermitted)
        #expect(anonymous?.reason.contains("without credentials") == true)
        let other = "{\"auths\":{\"HOST\":{\"auth\":\"\(Base64.encode(Array("ana:4ss-w0rd".utf8)))\"}}}"
        var requests = 0
        let wrong = try await Self.observe(registry, files: [".docker/config.json": other]) {
            requests = $0.requests.count
        }
        #expect(wrong.failure?.code == .notPermitted)
        // Once without, once with: no account is locked by trying.
        #expect(requests == 2)
        for text in ["not JSON", "[]", "{\"auths\":5}", "{\"auths\":{\"HOST\":{\"auth\":\"%%%\"}}}"] {
            let failure = try await Self.observe(registry, files: [".docker/config.json": text]).failure
            #expect(failure?.code == .notPermitted)
        }
    }

    @Test("a challenge of an unknown kind is unsupported")
    func unknownChallenge() async throws {
        let registry = Self.guarded(by: "nothing", challenge: "Negotiate")
        #expect(try await Self.observe(registry, files: [:]).failure?.code == .unsupported)
    }

    @Test(
        "a token is asked for at the realm, with the scope and with credentials if there are any",
        arguments: [
            ("token", true), ("access_token", true), ("token", false)
        ])
    func token(_ member: String, _ hasCredentials: Bool) async throws {
        let tokens: @Sendable (LoopbackConnection) async throws -> Void = { connection in
            while try await connection.readRequest() != nil {
                try await connection.respond("200 OK", body: "{\"\(member)\":\"t0ken\",\"expires_in\":60}")
            }
        }
        try await LoopbackServer.run(script: tokens) { service in
            let challenge =
                "Bearer realm=\"http://127.0.0.1:\(service.port)/token?a=b\",service=\"my registry\","
                + "scope=\"repository:team/shop:pull\""
            let registry = Self.guarded(by: "Bearer t0ken", challenge: challenge)
            let files = hasCredentials ? [".docker/config.json": Self.auths("HOST")] : [:]
            let result = try await Self.observe(registry, files: files) { server in
                // Asked once for the token, and with it from then on.
                #expect(server.requests.count { field("Authorization", of: $0) == nil } == 1)
            }
            #expect(try result.get().images[0].failure == nil)
            #expect(service.requests.count == 1)
            let request = try #require(service.requests.first)
            #expect(target(of: request) == "/token?a=b&service=my%20registry&scope=repository%3Ateam%2Fshop%3Apull")
            #expect(field("Authorization", of: request) == (hasCredentials ? Self.basic : nil))
        }
    }

    @Test("an identity token is exchanged, and never sent to the registry")
    func identityToken() async throws {
        let tokens: @Sendable (LoopbackConnection) async throws -> Void = { connection in
            while let head = try await connection.readRequest() {
                guard head.hasPrefix("POST ") else { return try await connection.respond("400 No") }
                try await connection.respond("200 OK", body: "{\"access_token\":\"t0ken\"}")
            }
        }
        try await LoopbackServer.run(script: tokens) { service in
            let challenge = "Bearer realm=\"http://127.0.0.1:\(service.port)/token\",service=\"s\""
            let registry = Self.guarded(by: "Bearer t0ken", challenge: challenge)
            let file = "{\"auths\":{\"HOST\":{\"identitytoken\":\"4ss-w0rd\"}}}"
            let result = try await Self.observe(registry, files: [".docker/config.json": file]) { server in
                #expect(server.requests.allSatisfy { !$0.contains("4ss-w0rd") })
            }
            #expect(try result.get().images[0].failure == nil)
        }
    }

    @Test(
        "a token service that refuses, answers nonsense, or has no TLS elsewhere gets nowhere",
        arguments: [
            ("401 No", "{}", ProbeFailure.Code.notPermitted), ("200 OK", "{}", .malformed),
            ("200 OK", "token", .malformed),
            ("200 OK", "{\"token\":\"a\\r\\nX: y\"}", .malformed), ("503 No", "", .refused)
        ])
    func badTokens(_ status: String, _ body: String, _ code: ProbeFailure.Code) async throws {
        let tokens: @Sendable (LoopbackConnection) async throws -> Void = { connection in
            while try await connection.readRequest() != nil { try await connection.respond(status, body: body) }
        }
        try await LoopbackServer.run(script: tokens) { service in
            let challenge = "Bearer realm=\"http://127.0.0.1:\(service.port)/token\""
            let registry = Self.guarded(by: "Bearer t0ken", challenge: challenge)
            let failure = try await Self.observe(registry, files: [:]).failure
            #expect(failure?.code == code)
        }
        let elsewhere = Self.guarded(by: "Bearer t0ken", challenge: "Bearer realm=\"http://192.0.2.1/token\"")
        #expect(try await Self.observe(elsewhere, files: [:]).failure?.code == .notPermitted)
    }

    @Test("credentials are not sent to where a blob is redirected, not even to another port")
    func redirects() async throws {
        try await LoopbackServer.run(script: { try await RegistryScript()($0) }) { storage in
            let port = storage.port
            let registry = RegistryScript { connection, head in
                guard field("Authorization", of: head) == Self.basic else {
                    try await RegistryScript.refuse(connection, 401, "UNAUTHORIZED", [("WWW-Authenticate", "Basic")])
                    return true
                }
                guard target(of: head).contains("/blobs/") else { return false }
                try await connection.respond("302 Found", [("Location", "http://127.0.0.1:\(port)\(target(of: head))")])
                return true
            }
            let result = try await Self.observe(registry, files: [".docker/config.json": Self.auths("HOST")])
            #expect(try result.get().images[0].failure == nil)
            #expect(storage.requests.count == 3)
            #expect(storage.requests.allSatisfy { field("Authorization", of: $0) == nil })
        }
    }

    @Test(
        "a credential helper is asked for the registry, without a shell",
        arguments: [
            "{\"credHelpers\":{\"HOST\":\"test\"}}", "{\"auths\":{\"HOST\":{}},\"credsStore\":\"test\"}"
        ])
    func helper(_ config: String) async throws {
        let registry = Self.guarded(by: Self.basic, challenge: "Basic realm=\"r\"")
        let script = """
            #!/bin/sh
            read server
            case "$1:$server:$HOME" in get:127.0.0.1:*:/*) ;; *) exit 3 ;; esac
            printf '{"ServerURL":"%s","Username":"ana","Secret":"p:4ss-w0rd"}' "$server"
            """
        let files = [".docker/config.json": config, "bin/docker-credential-test": script]
        #expect(try await Self.observe(registry, files: files).failure == nil)
    }

    @Test(
        "a helper that knows nothing leaves us anonymous; one that fails, lies or hangs is told",
        arguments: [
            ("echo 'credentials not found in native keychain'; exit 1", "without credentials"),
            ("echo secret-in-output; exit 1", "status 1"), ("echo nonsense", "JSON"), ("sleep 600", "too long"),
            (
                "while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done",
                "too much"
            )
        ])
    func badHelpers(_ command: String, _ reason: String) async throws {
        let registry = Self.guarded(by: Self.basic, challenge: "Basic realm=\"r\"")
        try await withTemporaryFolder { home in
            try await LoopbackServer.run(script: { try await registry($0) }) { server in
                let config = "{\"credsStore\":\"test\"}"
                try write(
                    [
                        ".docker/config.json": Array(config.utf8),
                        "bin/docker-credential-test": Array("#!/bin/sh\n\(command)\n".utf8)
                    ], to: home)
                chmod(home + "/bin/docker-credential-test", 0o700)
                var context = makeContext(timeout: command.hasPrefix("sleep") ? .seconds(8) : .seconds(60))
                context.environment = ["HOME": home, "PATH": home + "/bin:/usr/bin:/bin", "XDG_RUNTIME_DIR": home]
                let failure = try await observeImage("127.0.0.1:\(server.port)/team/shop:1.0", in: context).failure
                #expect(failure?.code == .notPermitted)
                #expect(failure?.reason.contains(reason) == true, "\(failure?.reason ?? "")")
                #expect(failure?.reason.contains("secret-in-output") == false)
            }
        }
    }

    @Test("a helper's name that is none runs nothing", arguments: ["../evil", "a b", "a;b", "", "missing"])
    func helperNames(_ name: String) async throws {
        let registry = Self.guarded(by: Self.basic, challenge: "Basic realm=\"r\"")
        let config = "{\"credHelpers\":{\"HOST\":\"\(name)\"}}"
        #expect(try await Self.observe(registry, files: [".docker/config.json": config]).failure?.code == .notPermitted)
    }
}
