import AuditModel

extension ImageFacts {
    private enum Integrity: String, CaseIterable {
        case verified, mismatch, missing
    }

    /// What the image is made of, and whether it is what its digests say.
    static let supply: [ImageFact] = [
        ImageFact(
            "layers.count", .integer, unit: "layers", meaning: "How many layers it has; the most of all platforms.",
            source: "OCI image-spec, manifest.md"
        ) { evidence in evidence.largest { Int64($0.layers.count) } },
        ImageFact(
            "size.compressed", .integer, unit: "bytes",
            meaning: "The size of its layers as they are stored or sent; the largest of all platforms.",
            source: "OCI image-spec, manifest.md"
        ) { evidence in
            evidence.largest { image in image.layers.reduce(0) { $0.saturatingSum($1.size) } }
        },
        attestation("sbom", "a software bill of materials") { type in
            ["spdx.dev/", "cyclonedx.org/"].contains { type.contains($0) }
        },
        attestation("provenance", "the provenance of the build") { $0.contains("slsa.dev/provenance") },
        ImageFact(
            "integrity", .choice(of: Integrity.self),
            meaning: "Whether everything that was read is what its digest says; missing when a blob is not there.",
            source: "OCI image-spec, descriptor.md, Verification", derive: integrity)
    ]

    private static func integrity(_ evidence: ImageEvidence) -> DerivedFact {
        let images = evidence.capture.images
        if images.contains(where: { !$0.mismatches.isEmpty }) { return .choice(Integrity.mismatch) }
        if images.contains(where: { !$0.missing.isEmpty }) { return .choice(Integrity.missing) }
        if let damage = images.lazy.compactMap(\.damage).first { return .unobserved(damage) }
        for image in images {
            if case .failure(let failure) = image.knownConfiguration { return .unobserved(failure) }
        }
        if evidence.capture.form == .engine, images.contains(where: { $0.contents == nil }) {
            return .unobserved(ProbeFailure(.unsupported, "an engine tells digests without the content to verify"))
        }
        return .choice(Integrity.verified)
    }

    private static func attestation(
        _ name: String, _ what: String, _ isMeant: @escaping @Sendable (String) -> Bool
    ) -> ImageFact {
        ImageFact(
            "attestations.\(name)", .boolean, needs: [.attestations],
            meaning: "Whether the index has an attestation with \(what).",
            source: "moby/buildkit, docs/attestations/attestation-storage.md"
        ) { evidence in
            let attestations = evidence.capture.others.filter { $0.kind == .attestation }
            if attestations.contains(where: { $0.predicateTypes.contains(where: isMeant) }) { return .boolean(true) }
            if attestations.contains(where: \.predicateTypes.isEmpty) {
                return .unobserved(ProbeFailure(.malformed, "an attestation of the index could not be read"))
            }
            return .boolean(false)
        }
    }
}

extension Int64 {
    fileprivate func saturatingSum(_ other: Int64) -> Int64 {
        let (sum, overflows) = addingReportingOverflow(other)
        return overflows ? .max : sum
    }
}
