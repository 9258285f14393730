import Audit
import Glibc
import JSON
import TestSupport

/// As whom each image of the lab runs: as gonogo says, and as `id` prints in a container that Podman and runc start.
enum ImageAgreement {
    /// Prints a table in Markdown; whether every row agrees.
    static func compare(_ program: String) async throws -> Bool {
        let store = LabStore.shared
        try Files.write("", to: store.folder + "/output")
        print("| image | gonogo | podman and runc | |\n|---|---|---|---|")
        var differing = 0
        var compared = 0
        for image in LabImage.all where image.outcome != nil {
            let reference = try await reference(to: image, in: store)
            let own = try answer(of: program, about: reference, in: store.folder)
            let (theirs, words) = await started(reference, in: store)
            compared += 1
            if own != theirs { differing += 1 }
            print("| \(image.name.cell) | \(own) | \(theirs)\(words) | \(own == theirs ? "" : "**differs**") |")
            fflush(nil)
        }
        print("\n\(compared) images, \(differing) disagreements")
        return differing == 0
    }

    /// As whom an image runs.
    private enum Answer: Equatable, CustomStringConvertible {
        case runs(user: Int, group: Int)
        case doesNotStart
        /// gonogo's verdict where it is none of these.
        case other(String)

        var description: String {
            switch self {
            case .runs(let user, let group): "\(user):\(group)"
            case .doesNotStart: "does not start"
            case .other(let verdict): verdict
            }
        }
    }

    /// Bytes of ours get a shell and `id` on top, below whose folder no image has anything else.
    private static func reference(to image: LabImage, in store: LabStore) async throws -> String {
        guard var bytes = image.image else { return try await image.reference(in: store) }
        bytes.layers.append(try LabAccounts.busyboxLayer())
        let folder = store.newFolder()
        try write(bytes.layout(), to: folder)
        return "oci:\(folder):1.0"
    }

    private static func answer(of program: String, about reference: String, in folder: String) throws -> Answer {
        let output = folder + "/output"
        _ = try Child.run(
            [program, "probe", "image", "--json", "--facts", "user", reference], output: output, accepting: nil)
        let line = try JSONValue.parse(String(decoding: try Files.read(output, limit: 1 << 20), as: UTF8.self))
        let user = line["facts"]?["user"]
        switch user?["verdict"]?.string {
        case "unstartable": return .doesNotStart
        case let verdict?:
            guard let id = user?["uid"]?.double, let group = user?["gid"]?.double else { return .other(verdict) }
            return .runs(user: Int(id), group: Int(group))
        case nil: return .other("not observed")
        }
    }

    /// What a container prints, and why one does not start.
    private static func started(_ reference: String, in store: LabStore) async -> (Answer, String) {
        do {
            let source = reference.hasPrefix("archive:") ? "docker-" + reference : reference
            let pulled = try await store.podman(["pull", "--quiet", source])
            guard let id = pulled.split(separator: "\n").last.map(String.init) else {
                return (.other("not pulled"), "")
            }
            // Limits that only root outside a container may set are left alone; nothing else of the host is needed.
            let words = [
                "run", "--rm", "--pull=never", "--no-healthcheck", "--network=none", "--ulimit", "nofile=1024:1024",
                "--ulimit", "nproc=1000:1000", "--entrypoint", "/bin/sh", id, "-c", "id -u; id -g"
            ]
            let printed = try await store.podman(words)
            let numbers = printed.split(separator: "\n").compactMap { Int($0) }
            guard numbers.count == 2 else { return (.other("printed \(printed.cell)"), "") }
            return (.runs(user: numbers[0], group: numbers[1]), "")
        } catch let failure as ProgramFailure {
            let reason = failure.description.split(separator: "\n").last.map(String.init) ?? ""
            let words = reason.split(separator: ": ", maxSplits: 1).last.map(String.init) ?? reason
            return (.doesNotStart, ": " + String(words.suffix(110)).cell)
        } catch {
            return (.other("\(error)"), "")
        }
    }
}

extension String {
    /// Fit for a cell of a table.
    fileprivate var cell: String { replacing("|", with: "\\|").replacing("\n", with: " ").replacing("\r", with: " ") }
}
