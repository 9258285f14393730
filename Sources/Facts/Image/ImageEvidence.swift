import AuditModel
import WireFormats

/// What the image probe saw, read once for an instant; the facts read it.
package struct ImageEvidence: Sendable {
    let capture: ImageCapture
    /// The instant at which ages are judged.
    let now: Instant
    /// The images that run on Linux, with their users.
    let linux: [JudgedImage]

    init(_ capture: ImageCapture, at now: Instant) {
        self.capture = capture
        self.now = now
        // One that does not say, or could not be asked, may run on Linux: it must not drop out of the verdict.
        linux = capture.images.filter { ["linux", "", "unknown"].contains($0.os.lowercased()) }.map(JudgedImage.init)
    }

    /// The images whose configuration is told: those for Linux, or all when there is none.
    var images: [PlatformImage] { linux.isEmpty ? capture.images : linux.map(\.image) }

    var verdict: ImageVerdict {
        guard let first = linux.first else { return capture.images.isEmpty ? .notAnImage : .otherOS }
        return linux.allSatisfy { $0.user.verdict == first.user.verdict } ? first.user.verdict.ofImage : .mixed
    }

    /// The image that is the worst in this sense; the first of several.
    func worst(by weight: (JudgedImage) -> Int) -> JudgedImage? {
        linux.enumerated().max { (weight($0.element), -$0.offset) < (weight($1.element), -$1.offset) }?.element
    }
}

/// An image for Linux, and as whom it runs.
struct JudgedImage: Sendable {
    let image: PlatformImage
    let stated: ImageUser
    let user: ResolvedUser

    init(_ image: PlatformImage) {
        self.image = image
        stated = ImageUser(image.configuration?.user)
        user = Self.resolve(stated, image)
    }

    private static func resolve(_ stated: ImageUser, _ image: PlatformImage) -> ResolvedUser {
        guard image.configuration != nil else {
            return .unknown(image.failure?.reason ?? "the configuration could not be read")
        }
        let user = stated.resolve(
            passwd: image.contents?.passwd?.accountSource ?? .notRead,
            group: image.contents?.group?.accountSource ?? .notRead)
        // What is broken does not run as anybody; what would be root stays a warning.
        guard user.verdict == .nonroot, let damage = image.damage else { return user }
        return .unknown(damage.reason)
    }

    /// Why the user or the group is not known.
    ///
    /// - Parameter reason: for when nothing is known to have failed.
    func failure(_ reason: String) -> ProbeFailure {
        image.contents?.passwd?.failure ?? image.contents?.group?.failure ?? image.failure
            ?? ProbeFailure(.unsupported, reason)
    }
}

extension PlatformImage {
    /// `linux/arm64/v8`
    var platform: String {
        let parts = [os.isEmpty ? "unknown" : os, architecture.isEmpty ? "unknown" : architecture]
        return (parts + (variant.map { [$0] } ?? [])).joined(separator: "/")
    }

    /// Why the image is not whole, by its own fault; nil when nothing of it was found to be wrong.
    var damage: ProbeFailure? {
        if let digest = mismatches.first {
            return failure ?? ProbeFailure(.malformed, "what was read is not what the digest \(digest) says")
        }
        if let digest = missing.first { return failure ?? ProbeFailure(.malformed, "the blob \(digest) is missing") }
        return failure.flatMap { [.malformed, .closedEarly].contains($0.code) ? $0 : nil }
    }
}
