import AuditModel
import Foundation
import JSON

/// An image of the lab, with what is true of it, written down before it was first observed.
package struct LabImage: Sendable {
    package let name: String
    /// Makes the image below a folder and returns the reference to it; images in one folder share it.
    private let made: @Sendable (LabStore) async throws -> String
    package private(set) var facts: [(path: String, expected: Expected)]
    /// Why nothing can be observed; nil when it can.
    package private(set) var failure: ProbeFailure.Code?
    /// As whom a runtime starts it; nil for what no runtime on Linux is asked to start.
    package private(set) var outcome: LabOutcome?
    /// Its bytes, where they are ours and it is one image for Linux.
    package private(set) var image: TestImage?

    /// The reference to the image, which is made when it is first asked for.
    package func reference(in store: LabStore) async throws -> String { try await made(store) }

    // MARK: Bytes that are ours

    /// One image for Linux.
    package init(
        _ name: String, _ image: TestImage, _ outcome: LabOutcome, kubernetes: String = "refused-name",
        _ facts: KeyValuePairs<String, Expected> = [:]
    ) {
        self.init(name, files: { image.layout() }, facts)
        self.image = image
        runs(outcome, kubernetes: kubernetes)
    }

    /// The files of a layout; the reference is to its folder, with what may stand behind it.
    package init(
        _ name: String, files: @escaping @Sendable () -> [String: [UInt8]], selector: String = "",
        _ facts: KeyValuePairs<String, Expected> = [:]
    ) {
        self.init(name, facts) { store in
            let folder = store.newFolder()
            try write(files(), to: folder)
            return "oci:" + folder + selector
        }
    }

    /// One file.
    package init(
        _ name: String, archive: @escaping @Sendable () -> [UInt8], selector: String = "",
        _ facts: KeyValuePairs<String, Expected> = [:]
    ) {
        self.init(name, facts) { store in
            let folder = store.newFolder()
            try write(["image.tar": archive()], to: folder)
            return "archive:" + folder + "/image.tar" + selector
        }
    }

    // MARK: Images that programs make

    package init(
        _ name: String, _ facts: KeyValuePairs<String, Expected> = [:],
        made: @escaping @Sendable (LabStore) async throws -> String
    ) {
        self.name = name
        self.made = made
        self.facts = facts.map { ($0.key, $0.value) }
    }

    /// This image, which starts like that.
    package func running(_ outcome: LabOutcome, kubernetes: String = "refused-name") -> LabImage {
        var image = self
        image.runs(outcome, kubernetes: kubernetes)
        return image
    }

    /// This image, of which nothing can be said.
    package func failing(_ code: ProbeFailure.Code) -> LabImage {
        var image = self
        image.failure = code
        return image
    }

    /// This image, which no runtime is asked to start: what it would say is no answer to the same question.
    package var notStarted: LabImage {
        var image = self
        (image.outcome, image.image) = (nil, nil)
        return image
    }

    private mutating func runs(_ outcome: LabOutcome, kubernetes: String) {
        self.outcome = outcome
        facts = outcome.facts + [("kubernetes.runAsNonRoot", .value(.string(kubernetes)))] + facts
    }
}

/// As whom a runtime starts an image.
package enum LabOutcome: Sendable, Hashable {
    case root(gid: Int64 = 0)
    case nonroot(Int64, gid: Int64)
    case unstartable

    package var verdict: String {
        switch self {
        case .root: "root"
        case .nonroot: "nonroot"
        case .unstartable: "unstartable"
        }
    }

    /// What `id -u` and `id -g` print; nil when nothing starts.
    package var identity: (user: Int64, group: Int64)? {
        switch self {
        case .root(let group): (0, group)
        case .nonroot(let user, let group): (user, group)
        case .unstartable: nil
        }
    }

    fileprivate var facts: [(path: String, expected: Expected)] {
        let verdict = [("user.verdict", Expected.value(.string(verdict)))]
        guard let identity else { return verdict + [("user.uid", .absent), ("user.nonroot", false)] }
        return verdict + [
            ("user.uid", .value(.integer(identity.user))), ("user.gid", .value(.integer(identity.group))),
            ("user.nonroot", .value(.boolean(identity.user != 0))),
            ("group.root", .value(.boolean(identity.group == 0)))
        ]
    }
}
