import AuditModel
import Facts

/// Where a reference led: what it names, and the store that its blobs are read from.
struct OpenedImage: Sendable {
    enum Target: Sendable {
        /// A manifest or an index, verified.
        case document([UInt8])
        /// An image without a manifest; its configuration is still to be read.
        case image(PlatformImage)
        /// An image that an engine described, and where its blobs come from when they are needed.
        case engine(ReadImage, EngineImage)
    }

    let form: ImageCapture.Form
    /// As the reference names it.
    var tag: String?
    var pinnedDigest: String?
    let descriptor: ImageDescriptor
    var target: Target
    var store: any BlobStore
}

/// A reference that leads to several images, of which it names none.
package struct AmbiguousImage: Error, Hashable, Sendable {
    package let reference: String
    /// The tags, names or digests that one of the images is named by.
    package let choices: [String]

    var failure: ProbeFailure {
        ProbeFailure(
            .unsupported, "several images are there, and the reference names none: \(choices.joined(separator: ", "))")
    }
}

extension Redactor {
    /// A reference to an image as it may be kept.
    package func redact(imageReference text: String) -> String {
        SecretScanner.redact(text, with: self, names: .inQueries)
    }
}

/// The images that a reference may mean when it names none of several; nil when it is not ambiguous.
///
/// For the command line, which refuses such a reference before anything is observed. It reads what lies on this machine.
package func ambiguity(ofImage reference: String) async -> AmbiguousImage? {
    guard let local = try? LocalImage(reference) else { return nil }
    do {
        _ = try await local.opened()
        return nil
    } catch {
        return error as? AmbiguousImage
    }
}
