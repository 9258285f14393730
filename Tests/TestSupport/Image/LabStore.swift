import Foundation
import Synchronization

/// Where the images of one run are made; its folder is removed when the process ends.
package final class LabStore: Sendable {
    package let folder: String
    private let count = Mutex(0)
    private let base = Mutex<Task<Void, any Error>?>(nil)

    /// Made when it is first asked for.
    package static let shared = LabStore()

    private init() {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("gonogo-image-lab-\(getpid())").path
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        atexit { removeImageLab() }
    }

    /// A path below it that nothing has used.
    package func newFolder() -> String {
        let number = count.withLock { count in
            count += 1
            return count
        }
        return "\(folder)/\(number)"
    }

    // MARK: Programs

    /// Where Buildah and Podman keep images: without the kernel's overlays, and away from what else is there.
    private var storage: [String] {
        ["--root", folder + "/storage", "--runroot", folder + "/run", "--storage-driver", "vfs"]
    }

    @discardableResult
    package func buildah(_ words: String...) async throws -> String {
        try await output(of: LabProgram.buildah.path(), storage + words)
    }

    /// `podman`, which starts containers with runc and without limits that only root outside a container may set.
    @discardableResult
    package func podman(_ words: [String]) async throws -> String {
        try await output(of: LabProgram.podman.path(), podmanOptions + words)
    }

    package var podmanOptions: [String] { storage + ["--runtime", "runc", "--cgroup-manager", "cgroupfs"] }

    package func skopeo(_ words: [String]) async throws {
        _ = try await output(of: LabProgram.skopeo.path(), words)
    }

    package func umoci(_ words: String...) async throws {
        _ = try await output(of: LabProgram.umoci.path(), words)
    }

    /// Builds an image from the lines of a Dockerfile; `FROM base` has Busybox and accounts.
    ///
    /// - Parameter files: what the Dockerfile copies.
    package func build(
        _ name: String, _ lines: String, files: [String: String] = [:], format: String = "oci", _ more: [String] = []
    ) async throws {
        try await buildBase()
        let context = newFolder()
        try write(files.mapValues { Array($0.utf8) }, to: context)
        try write(["Dockerfile": Array(lines.utf8)], to: context)
        let words = ["bud", "--isolation", "chroot", "--layers", "--format", format, "--tag", "localhost/\(name)"]
        _ = try await output(of: LabProgram.buildah.path(), storage + words + more + [context])
    }

    /// Once for all images.
    private func buildBase() async throws {
        let task = base.withLock { base in
            let task = base ?? Task { try await makeBase() }
            base = task
            return task
        }
        try await task.value
    }

    private func makeBase() async throws {
        let context = newFolder()
        try write(["root.tar": LabAccounts.busyboxRoot()], to: context)
        try write(["Dockerfile": Array("FROM scratch\nADD root.tar /\n".utf8)], to: context)
        try await buildah("bud", "--isolation", "chroot", "--tag", "localhost/base", context)
    }
}

extension LabProgram {
    static let buildah = LabProgram("buildah", "/usr/bin/buildah", from: "buildah")
    static let podman = LabProgram("podman", "/usr/bin/podman", from: "podman")
    static let skopeo = LabProgram("skopeo", "/usr/bin/skopeo", from: "skopeo")
    static let umoci = LabProgram("umoci", "/usr/bin/umoci", from: "umoci")
    static let registry = LabProgram("docker-registry", "/usr/bin/docker-registry", from: "docker-registry")
    static let htpasswd = LabProgram("htpasswd", "/usr/bin/htpasswd", from: "apache2-utils")
    static let busybox = LabProgram("busybox", "/bin/busybox", "/usr/bin/busybox", from: "busybox-static")
}

private func removeImageLab() {
    try? FileManager.default.removeItem(
        at: FileManager.default.temporaryDirectory.appendingPathComponent("gonogo-image-lab-\(getpid())"))
}
