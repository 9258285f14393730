import AuditModel
import Facts
import WireFormats

/// An image of one platform with what its capture does not keep.
struct ReadImage: Sendable {
    var image: PlatformImage
    /// nil when the configuration could not be read.
    private(set) var entryPoint: EntryPoint?

    init(_ image: PlatformImage) { self.image = image }

    mutating func take(_ document: ImageConfigurationDocument, redactor: Redactor) {
        // Runtimes on Linux start what the index or the configuration calls Linux, even where the other does not.
        if !document.os.isEmpty, image.os.lowercased() != "linux" { image.os = String(document.os.prefix(100)) }
        if image.os.lowercased() == "linux" { image.os = "linux" }
        if !document.architecture.isEmpty { image.architecture = String(document.architecture.prefix(100)) }
        image.variant = document.variant.map { String($0.prefix(100)) } ?? image.variant
        image.configuration = ImageConfiguration(
            document, redact: { SecretScanner.redact($0, with: redactor, names: .anywhere) },
            mark: { redactor.mark($0) })
        entryPoint = EntryPoint(document)
    }
}

extension PlatformImage {
    /// Keeps the first failure, and every digest that is missing or wrong.
    mutating func note(_ problem: BlobProblem) {
        failure = failure ?? problem.failure
        switch problem {
        case .missing(let blob): if !missing.contains(blob.digest) { missing.append(blob.digest) }
        case .mismatch(let blob): if !mismatches.contains(blob.digest) { mismatches.append(blob.digest) }
        case .failure: break
        }
    }
}

extension ImageDescriptor {
    init(_ descriptor: ContentDescriptor) {
        self.init(
            mediaType: String(descriptor.mediaType.prefix(255)), digest: descriptor.digest.text, size: descriptor.size)
    }

    /// Whether a store may lack it: layers that may not be handed on lie with their owner (OCI image-spec, layer.md).
    var mayBeElsewhere: Bool { mediaType.contains("nondistributable") || mediaType.contains("foreign") }
}
