import AuditModel
import Facts

let accounts = "root:x:0:0:root:/root:/bin/sh\napp:x:1001:1002::/:/bin/sh\ntoor:x:0:0:::\n"

let ociManifest = "application/vnd.oci.image.manifest.v1+json"
let dockerManifest = "application/vnd.docker.distribution.manifest.v2+json"

func digest(_ digit: Character) -> String { "sha256:" + String(repeating: digit, count: 64) }

func descriptor(_ mediaType: String, _ digit: Character = "a", size: Int64 = 100) -> ImageDescriptor {
    ImageDescriptor(mediaType: mediaType, digest: digest(digit), size: size)
}

/// An image for a platform that runs as this user, with the usual accounts in layer 0 where they were asked for.
func platform(
    _ os: String = "linux", _ architecture: String = "amd64", user: String? = "1001",
    passwd: ImageFile? = ImageFile(layer: 0, text: accounts), group: ImageFile? = nil, mediaType: String = ociManifest,
    change: (inout PlatformImage) -> Void = { _ in }
) -> PlatformImage {
    var image = PlatformImage(
        os: os, architecture: architecture, manifest: descriptor(mediaType),
        configurationDescriptor: descriptor("application/vnd.oci.image.config.v1+json", "c"),
        configuration: ImageConfiguration(created: "2027-01-05T08:00:00.123456789Z", user: user),
        layers: [descriptor("application/vnd.oci.image.layer.v1.tar+gzip", "1", size: 1000)],
        contents: ImageContents(
            layersRead: 1, passwd: passwd, group: group,
            release: ImageFile(layer: 0, text: "ID=debian\nVERSION_ID=\"12\"\n"),
            privileged: [], secrets: []))
    change(&image)
    return image
}

func capture(
    _ images: [PlatformImage], form: ImageCapture.Form = .registry, tag: String? = "1.4.2", pinned: String? = nil,
    questions: [ImageQuestion] = ImageQuestion.allCases, others: [OtherEntry] = []
) -> ImageCapture {
    ImageCapture(
        reference: "registry.example/shop:1.4.2", form: form, tag: tag, pinnedDigest: pinned,
        target: descriptor("application/vnd.oci.image.index.v1+json", "b"), questions: questions, images: images,
        others: others)
}
