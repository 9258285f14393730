import AuditModel
import WireFormats

/// As whom an image's containers run, over all its Linux platforms.
enum ImageVerdict: String, Sendable, CaseIterable {
    case root, nonroot
    /// No container starts: a user or group that is not there, an id out of range.
    case unstartable
    /// The platforms differ.
    case mixed
    /// What decides could not be read.
    case unknown
    /// Nothing in it runs on Linux.
    case otherOS = "other-os"
    /// A chart, a signature, wasm: nothing to run.
    case notAnImage = "not-an-image"
}

extension ResolvedUser.Verdict {
    var ofImage: ImageVerdict {
        switch self {
        case .root: .root
        case .nonroot: .nonroot
        case .unstartable: .unstartable
        case .unknown: .unknown
        }
    }

    /// The higher, the worse: what the reason of several platforms names first.
    var weight: Int {
        switch self {
        case .nonroot: 0
        case .unknown: 1
        case .unstartable: 2
        case .root: 3
        }
    }
}

extension RunAsNonRoot {
    /// The higher, the worse.
    var weight: Int {
        switch self {
        case .accepted: 0
        case .refusedName: 1
        case .refusedInvalid: 2
        case .refusedRoot: 3
        }
    }
}
