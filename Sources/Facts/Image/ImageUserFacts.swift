import AuditModel
import WireFormats

extension ImageFacts {
    private static let rule = "moby/sys/user, GetExecUser; runc; OCI image-spec, config.md"

    /// As whom the image runs.
    static let user: [ImageFact] = [
        ImageFact(
            "user.raw", .text, meaning: "The user as the configuration states it; absent when it states none.",
            source: "OCI image-spec, config.md"
        ) { evidence in evidence.configured { .text(ifPresent: $0.user) } },
        ImageFact(
            "user.numeric", .boolean,
            meaning: "Whether the user part is a number for every platform, as Kubernetes needs it.",
            source: "Go, strconv.Atoi"
        ) { evidence in
            evidence.judged { .boolean($0.linux.allSatisfy(\.stated.isNumeric)) }
        },
        ImageFact(
            "user.verdict", .choice(of: ImageVerdict.self), needs: [.user],
            meaning:
                "As whom containers run on Linux, as a runtime decides it from the user and the image's own accounts.",
            source: rule
        ) { .choice($0.verdict) },
        ImageFact(
            "user.nonroot", .boolean, needs: [.user],
            meaning: "Whether a container starts on every Linux platform and none of them runs as uid 0.", source: rule,
            derive: nonroot),
        ImageFact(
            "user.reason", .text, needs: [.user],
            meaning: "Why the verdict is what it is, in one sentence; the worst platform first.", source: rule
        ) { .text($0.reason) },
        ImageFact(
            "user.uid", .integer, needs: [.user], unit: "uid",
            meaning: "The user id of the process; absent where no container starts or platforms differ.", source: rule
        ) { evidence in evidence.resolved { .integer(ifPresent: $0.user.userID) } },
        ImageFact(
            "user.gid", .integer, needs: [.user, .group], unit: "gid",
            meaning: "The group id of the process; absent where no container starts or platforms differ.", source: rule,
            derive: groupID),
        ImageFact(
            "user.resolvedBy", .choice(of: ResolvedUser.Source.self), needs: [.user],
            meaning: "What gave the user id: nothing stated, a number, or /etc/passwd; absent where platforms differ.",
            source: rule
        ) { evidence in evidence.resolved { .text($0.user.source.rawValue) } },
        ImageFact(
            "user.passwdLayer", .integer, needs: [.user], unit: "layer",
            meaning: "The layer whose /etc/passwd decided, from 0 at the bottom; absent where none did.", source: rule
        ) { evidence in evidence.resolved { .integer(ifPresent: $0.user.passwdLayer.map(Int64.init)) } },
        ImageFact(
            "user.platforms", .list(.record), needs: [.user],
            meaning: "For each Linux image its platform, verdict, uid, gid, reason and kubernetes.", source: rule
        ) { .value(.list($0.linux.map(\.record))) },
        ImageFact(
            "group.root", .boolean, needs: [.user, .group],
            meaning: "Whether a process has gid 0 on some platform; OpenShift's images have it on purpose.",
            source: rule,
            derive: rootGroup),
        ImageFact(
            "kubernetes.runAsNonRoot", .choice(of: RunAsNonRoot.self),
            meaning: "What Kubernetes does with it under runAsNonRoot: true; the worst of the platforms.",
            source: "Kubernetes, kubelet verifyRunAsNonRoot; containerd, getUserFromImage"
        ) { evidence in
            evidence.judged { .choice($0.worst { $0.kubernetes.weight }.map(\.kubernetes)) }
        }
    ]

    private static func nonroot(_ evidence: ImageEvidence) -> DerivedFact {
        if evidence.linux.contains(where: { [.root, .unstartable].contains($0.user.verdict) }) {
            return .boolean(false)
        }
        if let unknown = evidence.linux.first(where: { $0.user.verdict == .unknown }) {
            return .unobserved(unknown.failure(unknown.user.reason))
        }
        guard evidence.linux.isEmpty else { return .boolean(true) }
        return .unobserved(ProbeFailure(.unsupported, evidence.reason))
    }

    private static func groupID(_ evidence: ImageEvidence) -> DerivedFact {
        let groups = evidence.linux.map(\.user.group)
        if let failure = evidence.groupFailure { return .unobserved(failure) }
        guard case .known(let id)? = groups.first, groups.allSatisfy({ $0 == groups[0] }) else { return .absent }
        return .integer(ifPresent: id)
    }

    private static func rootGroup(_ evidence: ImageEvidence) -> DerivedFact {
        let groups = evidence.linux.map(\.user.group)
        if groups.contains(.known(0)) { return .boolean(true) }
        if let failure = evidence.groupFailure { return .unobserved(failure) }
        return groups.allSatisfy { $0 == .none } ? .absent : .boolean(false)
    }
}

extension ImageEvidence {
    /// Why a group is not known; nil when all are.
    fileprivate var groupFailure: ProbeFailure? {
        for judged in linux {
            if case .unknown(let why) = judged.user.group { return judged.failure(why) }
        }
        return nil
    }

    /// One sentence: the worst platform's, with its name where there are several that differ.
    fileprivate var reason: String {
        switch verdict {
        case .notAnImage: return "there is no image to run behind the reference"
        case .otherOS:
            let systems = Set(capture.images.map(\.os)).sorted().joined(separator: ", ")
            return "the image runs on \(systems), and only users of Linux are judged"
        default: break
        }
        guard let worst = worst(by: { $0.user.verdict.weight }) else { return "" }
        return (verdict == .mixed ? "platforms differ: on \(worst.image.platform) " : "") + worst.user.reason
    }

    /// A value that configurations alone decide; unobserved when one of them is not known.
    fileprivate func judged(_ value: (ImageEvidence) -> DerivedFact) -> DerivedFact {
        for image in linux {
            if case .failure(let failure) = image.image.knownConfiguration { return .unobserved(failure) }
        }
        return linux.isEmpty ? .absent : value(self)
    }

    /// The one value of all Linux images; absent where they differ, unobserved where a user is not known.
    fileprivate func resolved(_ value: (JudgedImage) -> FactValue) -> DerivedFact {
        if let unknown = linux.first(where: { $0.user.verdict == .unknown }) {
            return .unobserved(unknown.failure(unknown.user.reason))
        }
        let values = linux.map(value)
        guard let first = values.first, values.allSatisfy({ $0 == first }) else { return .absent }
        return DerivedFact(first)
    }
}

extension JudgedImage {
    fileprivate var kubernetes: RunAsNonRoot { RunAsNonRoot(stated) }

    fileprivate var record: FactValue {
        var group = FactValue.absent
        if case .known(let id) = user.group { group = .integer(id) }
        return .record([
            "platform": .text(image.platform), "verdict": .text(user.verdict.rawValue),
            "uid": .integer(ifPresent: user.userID), "gid": group, "reason": .text(user.reason),
            "kubernetes": image.configuration == nil ? .absent : .text(kubernetes.rawValue)
        ])
    }
}
