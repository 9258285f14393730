import AuditModel
import Facts
import Foundation
import Observe
import TestSupport
import Testing

struct ImageFormTests {
    struct Form: CustomTestStringConvertible {
        let testDescription: String
        let form: ImageCapture.Form
        let observe: @Sendable (TestImage) async throws -> Result<ImageCapture, ProbeFailure>

        init(
            _ name: String, _ form: ImageCapture.Form,
            _ observe: @escaping @Sendable (TestImage) async throws -> Result<ImageCapture, ProbeFailure>
        ) {
            (testDescription, self.form, self.observe) = (name, form, observe)
        }
    }

    static let forms = [
        Form("layout", .ociLayout) { try await observeLayout($0.layout()) },
        Form("layout without oci-layout", .ociLayout) { try await observeLayout($0.layout(hasVersionFile: false)) },
        Form("layout with uncompressed layers", .ociLayout) { image in
            var image = image
            image.compress = { $0 }
            return try await observeLayout(image.layout())
        },
        Form("layout with zstd layers", .ociLayout) { image in
            var image = image
            image.compress = { zstd($0) }
            return try await observeLayout(image.layout())
        },
        Form("archive of a layout", .ociArchive) { try await observeArchive(tar($0.layout())) },
        Form("archive of a layout, gzip", .ociArchive) { try await observeArchive(gzip(tar($0.layout()))) },
        Form("archive of a layout, zstd", .ociArchive) { try await observeArchive(zstd(tar($0.layout()))) },
        Form("Docker before 25", .dockerArchive) { try await observeArchive($0.oldDockerArchive()) },
        Form("Docker before 25, gzip", .dockerArchive) { try await observeArchive(gzip($0.oldDockerArchive())) },
        Form("Docker 25", .dockerArchive) { try await observeArchive($0.newDockerArchive()) },
        Form("Docker 25 with a lying index", .dockerArchive) { image in
            try await observeArchive(image.newDockerArchive(index: indexDocument([])))
        },
        Form("Podman", .dockerArchive) { try await observeArchive($0.podmanArchive()) },
        Form("Podman, gzip", .dockerArchive) { try await observeArchive(gzip($0.podmanArchive())) },
        Form("Podman, compressed layers", .dockerArchive) { image in
            try await observeArchive(image.newDockerArchive())
        }
    ]

    @Test("an image is the same in every form", arguments: forms)
    func form(_ form: Form) async throws {
        let capture = try await form.observe(.common).get()
        #expect(capture.form == form.form)
        #expect(capture.images.count == 1)
        #expect(capture.others.isEmpty)
        let image = try #require(capture.images.first)
        #expect(image.failure == nil)
        #expect(image.os == "linux")
        #expect(image.architecture == "amd64")
        #expect(image.layers.count == 2)
        #expect(image.configuration?.user == "app")
        #expect(image.configurationDescriptor?.digest == digest(TestImage.common.configuration))
        #expect(image.mismatches == [])
        #expect(image.missing == [])
        let contents = try #require(image.contents)
        #expect(contents.passwd?.text == "root:x:0:0::/root:/bin/sh\napp:x:1001:1001::/:/bin/sh\n")
        #expect(contents.passwd?.layer == 0)
        #expect(contents.group == nil)
        #expect(contents.release?.text == "ID=debian\nVERSION_ID=\"12\"\n")
        #expect(contents.privileged == [PrivilegedFile(path: "/usr/bin/su", mode: 0o4755, layer: 0)])
        #expect(contents.secrets == [])
        #expect(contents.layersRead == 2)
    }

    @Test("equal layers of an old archive, one a link to the other, are both read")
    func linkedLayers() async throws {
        var image = TestImage.common
        image.layers.append(image.layers[1])
        let capture = try await observeArchive(image.oldDockerArchive()).get()
        #expect(capture.images[0].failure == nil)
        #expect(capture.images[0].contents?.layersRead == 3)
    }

    @Test("what is no image in any form says so", arguments: ["", "text", String(repeating: "text", count: 1000)])
    func noImage(_ text: String) async throws {
        let failure = try await observeArchive(Array(text.utf8)).failure
        #expect([.unsupported, .malformed, .closedEarly].contains(failure?.code))
        #expect(failure?.isOwnFault == false)
    }

    @Test("what is not there, or no file, says so")
    func absent() async throws {
        #expect(try await observeImage("oci:/nowhere/at/all").failure?.code == .nameNotResolved)
        #expect(try await observeImage("./nowhere.tar").failure?.code == .nameNotResolved)
        #expect(try await observeImage("archive:/dev/zero").failure?.code == .unsupported)
        try await withTemporaryFolder { folder in
            let empty = try await observeImage("oci:" + folder).failure
            #expect(empty?.code == .nameNotResolved)
            mkfifo(folder + "/pipe", 0o600)
            let pipe = try await observeImage(folder + "/pipe").failure
            #expect(pipe?.code == .unsupported)
        }
    }

    @Test("a user by number needs no layer when nothing else is asked")
    func number() async throws {
        var image = TestImage.common
        image.user = "1001"
        try await withTemporaryFolder { folder in
            var files = image.layout()
            for layer in image.storedLayers { files["blobs/sha256/" + hex(layer)] = Array("garbage".utf8) }
            try write(files, to: folder)
            let capture = try await observeImage(folder, facts: []).get()
            #expect(capture.images[0].configuration?.user == "1001")
            #expect(capture.images[0].contents == nil)
            #expect(capture.images[0].failure == nil)
        }
    }
}
