import AuditModel
import TestSupport
import Testing

/// The image probe against a container engine that is really there: Podman's API.
@Suite(.serialized)
struct EngineLabTests {
    @Test("an image of the engine is judged as it is in a layout")
    func engine() async throws {
        let store = LabStore.shared
        try await store.build("engine-number", "FROM localhost/base\nUSER 1001")
        try await store.build(
            "engine-name", "FROM localhost/base\nRUN echo 'web:x:1234:1234::/:/bin/sh' >>/etc/passwd\nUSER web")
        try await store.build("engine-health", "FROM localhost/base\nHEALTHCHECK CMD id", format: "docker")
        try await store.build("engine-oci", "FROM localhost/base\nUSER 1001", format: "oci")
        try await LabEngine.run(store) { engine in
            let context = makeContext(engine.environment)
            try await expect(
                [("form", "engine"), ("user.verdict", "nonroot"), ("user.uid", 1001)],
                of: "engine:localhost/engine-number:latest", in: context)
            try await expect(
                [("user.verdict", "nonroot"), ("user.uid", 1234), ("user.gid", 1234), ("integrity", "verified")],
                of: "engine:localhost/engine-name", in: context)
            try await expect(
                [("user.verdict", "root"), ("health.present", true), ("health.test", ["CMD-SHELL", "id"])],
                of: "engine:localhost/engine-health:latest", in: context)
            try await expect(
                [("health.present", false), ("health.supported", false)], of: "engine:localhost/engine-oci:latest",
                in: context)
            try await expect([], failure: .nameNotResolved, of: "engine:localhost/none:latest", in: context)
        }
    }
}
