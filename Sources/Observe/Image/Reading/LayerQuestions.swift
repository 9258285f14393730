import AuditModel
import Facts
import WireFormats

/// What is looked for in an image's layers, and what of it was found.
struct LayerQuestions: Sendable, Equatable {
    private static let passwd = RootPath("etc/passwd")
    private static let group = RootPath("etc/group")
    private static let releases = [RootPath("etc/os-release"), RootPath("usr/lib/os-release")].compactMap { $0 }

    private let takesInventory: Bool
    private let asksRelease: Bool
    private let needsPasswd: Bool
    private let needsGroup: Bool
    private let entryPoint: EntryPoint

    /// nil when nothing has to be looked for, not even in the configuration.
    init?(_ questions: Set<ImageQuestion>, of image: ReadImage) {
        // An image that does not say is taken for Linux, as engines on Linux take it.
        guard let configuration = image.image.configuration, ["linux", ""].contains(image.image.os) else { return nil }
        takesInventory = questions.contains(.files)
        asksRelease = questions.contains(.release)
        let user = ImageUser(configuration.user)
        needsPasswd =
            questions.contains(.user) && user.user.needsAccounts || questions.contains(.group) && user.group == .none
        needsGroup = questions.contains(.user) && user.group.needsAccounts
        entryPoint = questions.contains(.entryPoint) ? image.entryPoint ?? .nothing : .nothing
        if !needsLayers, entryPoint == .nothing { return nil }
    }

    var needsLayers: Bool {
        takesInventory || asksRelease || needsPasswd || needsGroup || !scripts.isEmpty
    }

    private var scripts: [RootPath] {
        guard case .script(let paths) = entryPoint else { return [] }
        return paths
    }

    func root(layerCount: Int) -> ImageRoot {
        var root = ImageRoot(layerCount: layerCount, takesInventory: takesInventory)
        let users = [needsPasswd ? Self.passwd : nil, needsGroup ? Self.group : nil].compactMap { $0 }
        for path in users { root.want(path, limit: ImageLimits.fileBytes) }
        if asksRelease {
            for path in Self.releases { root.want(path, limit: ImageLimits.fileBytes, likely: Self.releases) }
        }
        for path in scripts { root.want(path, limit: EntryPoint.longestScript) }
        return root
    }

    /// - Parameter failures: why layers could not be read, by their index.
    func contents(of root: ImageRoot, failures: [Int: ProbeFailure], redactor: Redactor) -> ImageContents {
        func file(_ path: RootPath, isAccountFile: Bool) -> ImageFile {
            ImageFile(root.file(at: path), failures: failures, isAccountFile: isAccountFile)
        }
        var contents = ImageContents(layersRead: root.layersRead)
        if needsPasswd { contents.passwd = Self.passwd.map { file($0, isAccountFile: true) } }
        if needsGroup { contents.group = Self.group.map { file($0, isAccountFile: true) } }
        if asksRelease {
            let releases = Self.releases.map { file($0, isAccountFile: false) }
            contents.release = releases.first { $0.text != nil || $0.failure != nil } ?? releases.first
        }
        contents.dropsPrivilegesWith = privilegeDropper(root)
        guard let findings = root.findings else { return contents }
        contents.privileged = findings.privileged.map {
            PrivilegedFile(path: $0.path.text, mode: $0.mode, layer: $0.layer)
        }
        contents.secrets = findings.secrets.map { secret in
            ImageSecret(
                place: secret.isDeleted ? .deletedFile : .file,
                name: SecretScanner.redact(secret.path.text, with: redactor, names: .inQueries), rule: secret.rule,
                layer: secret.layer)
        }
        return contents
    }

    /// Why the inventory that was asked for has no result though every layer could be read; nil otherwise.
    func inventoryFailure(of root: ImageRoot, failures: [Int: ProbeFailure]) -> ProbeFailure? {
        guard takesInventory, root.findings == nil, failures.isEmpty else { return nil }
        return ProbeFailure(.tooLarge, "the image has more files than are looked at")
    }

    private func privilegeDropper(_ root: ImageRoot) -> String? {
        if case .drops(let tool) = entryPoint { return tool }
        for path in scripts {
            if case .file(let bytes, _, _)? = root.file(at: path) { return EntryPoint.tool(inScript: bytes) }
        }
        return nil
    }
}
