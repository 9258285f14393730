/// What Kubernetes does with an image under `runAsNonRoot: true` without `runAsUser`.
///
/// It asks the runtime for the image's user and never looks into `/etc/passwd`: containerd's and CRI-O's
/// `getUserFromImage`, the kubelet's `verifyRunAsNonRoot`.
package enum RunAsNonRoot: String, Sendable, CaseIterable {
    case accepted
    /// "image will run as root"
    case refusedRoot = "refused-root"
    /// "image has non-numeric user, cannot verify user is non-root", whatever uid the name has.
    case refusedName = "refused-name"
    /// "image has an invalid user id"
    case refusedInvalid = "refused-invalid"

    package init(_ user: ImageUser) {
        switch user.user {
        case .none, .number(0): self = .refusedRoot
        case .number(let id): self = ImageUser.identifiers.contains(id) ? .accepted : .refusedInvalid
        case .name: self = .refusedName
        }
    }
}
