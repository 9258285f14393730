import AuditModel

extension ImageFacts {
    /// Which image it is, and how it was named.
    static let identity: [ImageFact] = [
        ImageFact(
            "reference", .text, meaning: "The reference as it was given, without secrets.", source: "gonogo"
        ) { .text($0.capture.reference) },
        ImageFact(
            "form", .choice(of: ImageCapture.Form.self),
            meaning: "Where the image was read: a layout, an archive, a registry or a container engine.",
            source: "OCI image-spec, image-layout.md; Docker image-spec v1.2"
        ) { .choice($0.capture.form) },
        ImageFact(
            "digest", .text, meaning: "The digest of the index or manifest that the reference leads to.",
            source: "OCI image-spec, descriptor.md"
        ) { .text($0.capture.target.digest) },
        ImageFact(
            "configDigest", .text,
            meaning: "The digest of the configuration, an image's id; absent where platforms have several.",
            source: "OCI image-spec, config.md"
        ) { $0.common { .success(.text(ifPresent: $0.configurationDescriptor?.digest)) } },
        ImageFact(
            "mediaType", .text, meaning: "The media type of the index or manifest that the reference leads to.",
            source: "OCI image-spec, media-types.md"
        ) { .text($0.capture.target.mediaType) },
        ImageFact(
            "tag.name", .text, meaning: "The tag that the reference names or implies; absent without one.",
            source: "OCI distribution-spec, Pulling manifests"
        ) { .text($0.capture.tag) },
        ImageFact(
            "tag.isLatest", .boolean,
            meaning: "Whether the tag is latest, stated or implied; absent where the reference has no tag.",
            source: "OCI distribution-spec, Pulling manifests"
        ) { evidence in .boolean(ifPresent: evidence.capture.tag.map { $0 == "latest" || $0.hasSuffix(":latest") }) },
        ImageFact(
            "pinnedByDigest", .boolean,
            meaning: "Whether the reference names a digest, so that it means one image forever.",
            source: "OCI image-spec, descriptor.md, Digests"
        ) { .boolean($0.capture.pinnedDigest != nil) },
        ImageFact(
            "platforms", .list(.text),
            meaning: "What the images run on, as os/architecture/variant, in the index's order.",
            source: "OCI image-spec, image-index.md"
        ) { .texts($0.capture.images.map(\.platform)) }
    ]
}
