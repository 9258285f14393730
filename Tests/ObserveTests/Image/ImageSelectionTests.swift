import AuditModel
import Facts
import Observe
import TestSupport
import Testing

struct ImageSelectionTests {
    private static let first = TestImage.common
    private static var second: TestImage {
        var image = first
        image.user = "0"
        return image
    }

    private static var two: [String: [UInt8]] {
        let index = indexDocument([descriptor(of: first, name: "1.0"), descriptor(of: second, name: "2.0")])
        return TestImage.layout(index: index, blobs: first.blobs.merging(second.blobs) { first, _ in first })
    }

    @Test("a tag or a digest names one of several images of a layout")
    func layout() async throws {
        let tagged = try await observeLayout(Self.two, selector: ":2.0").get()
        #expect(tagged.images[0].configuration?.user == "0")
        #expect(tagged.tag == "2.0")
        #expect(tagged.pinnedDigest == nil)
        let pinned = try await observeLayout(Self.two, selector: "@" + digest(Self.first.manifest)).get()
        #expect(pinned.images[0].configuration?.user == "app")
        #expect(pinned.pinnedDigest == digest(Self.first.manifest))
        #expect(pinned.tag == nil)
        let missing = try await observeLayout(Self.two, selector: ":3.0").failure
        #expect(missing?.code == .nameNotResolved)
        #expect(missing?.reason.contains("1.0, 2.0") == true)
    }

    @Test("a reference that names none of several images is ambiguous, and says what is there")
    func ambiguous() async throws {
        try await withTemporaryFolder { folder in
            try write(Self.two, to: folder)
            let failure = try await observeImage(folder).failure
            #expect(failure?.code == .unsupported)
            #expect(failure?.reason.contains("1.0, 2.0") == true)
            #expect(await ambiguity(ofImage: folder)?.choices == ["1.0", "2.0"])
            #expect(await ambiguity(ofImage: folder + ":1.0") == nil)
            #expect(await ambiguity(ofImage: "registry.example/shop") == nil)
            #expect(await ambiguity(ofImage: "/nowhere") == nil)
        }
    }

    @Test("an archive of docker save with several images is ambiguous; a name, a tag or a digest picks one")
    func archive() async throws {
        let manifest =
            "[{\"Config\":\"\(hex(Self.first.configuration)).json\",\"RepoTags\":[\"ghcr.io/me/shop:1.0\"],\"Layers\":[]},"
            + "{\"Config\":\"\(hex(Self.second.configuration)).json\",\"RepoTags\":[\"ghcr.io/me/shop:2.0\"],\"Layers\":[]}]"
        var (first, second) = (Self.first, Self.second)
        (first.layers, second.layers) = ([], [])
        let bytes = tar([
            "manifest.json": Array(
                manifest.replacing(hex(Self.first.configuration), with: hex(first.configuration))
                    .replacing(hex(Self.second.configuration), with: hex(second.configuration)).utf8),
            hex(first.configuration) + ".json": first.configuration,
            hex(second.configuration) + ".json": second.configuration
        ])
        #expect(try await observeArchive(bytes).failure?.code == .unsupported)
        for selector in [":2.0", ":shop:2.0", "@" + digest(second.configuration)] {
            let capture = try await observeArchive(bytes, selector: selector).get()
            #expect(capture.images[0].configuration?.user == "0", "\(selector)")
        }
        #expect(try await observeArchive(bytes, selector: ":3.0").failure?.code == .nameNotResolved)
    }

    @Test("entries of one image for several platforms are one image, all of them read")
    func platforms() async throws {
        var arm = Self.second
        arm.architecture = "arm64"
        let index = indexDocument([descriptor(of: Self.first), descriptor(of: arm)])
        let blobs = Self.first.blobs.merging(arm.blobs) { first, _ in first }
        let capture = try await observeLayout(TestImage.layout(index: index, blobs: blobs)).get()
        #expect(capture.images.map(\.architecture) == ["amd64", "arm64"])
        #expect(capture.images.map { $0.configuration?.user } == ["app", "0"])
        #expect(capture.target.digest == digest(index))
    }

    @Test("an index within the layout leads to its platforms; layers that they share are read once")
    func nested() async throws {
        var arm = Self.first
        arm.architecture = "arm64"
        let index = indexDocument([descriptor(of: Self.first), descriptor(of: arm)])
        var blobs = Self.first.blobs.merging(arm.blobs) { first, _ in first }
        blobs[digest(index)] = index
        let outer = indexDocument([descriptor(index, TestImage.indexType)])
        let capture = try await observeLayout(TestImage.layout(index: outer, blobs: blobs)).get()
        #expect(capture.target.digest == digest(index))
        #expect(capture.images.count == 2)
        #expect(capture.images.allSatisfy { $0.contents?.passwd?.text != nil && $0.failure == nil })
    }

    @Test("attestations, artifacts and what nobody knows are told apart from images")
    func others() async throws {
        let statement = Array("{}".utf8)
        let attestation = Array(
            """
            {"schemaVersion":2,"config":\(descriptor(statement, TestImage.configurationType)),"layers":[\
            {"mediaType":"application/vnd.in-toto+json","digest":"\(digest(statement))","size":2,\
            "annotations":{"in-toto.io/predicate-type":"https://spdx.dev/Document"}}]}
            """.utf8)
        let chart = Array(
            """
            {"schemaVersion":2,"config":\(descriptor(statement, "application/vnd.cncf.helm.config.v1+json")),"layers":[]}
            """.utf8)
        let marked =
            String(descriptor(attestation, TestImage.manifestType).dropLast())
            + ",\"platform\":{\"os\":\"unknown\",\"architecture\":\"unknown\"},"
            + "\"annotations\":{\"vnd.docker.reference.type\":\"attestation-manifest\"}}"
        let index = indexDocument([
            descriptor(of: Self.first), marked, descriptor(chart, TestImage.manifestType),
            descriptor(statement, "application/vnd.example.unheard-of")
        ])
        var blobs = Self.first.blobs
        for blob in [index, attestation, chart, statement] { blobs[digest(blob)] = blob }
        let outer = indexDocument([descriptor(index, TestImage.indexType)])
        let capture = try await observeLayout(TestImage.layout(index: outer, blobs: blobs)).get()
        #expect(capture.images.count == 1)
        #expect(Set(capture.others.map(\.kind)) == [.attestation, .artifact, .unknown])
        #expect(capture.others.first { $0.kind == .attestation }?.predicateTypes == ["https://spdx.dev/Document"])
    }

    @Test(
        "an image that the index or its configuration calls Linux is one, since a runtime starts it",
        arguments: [
            ("linux", "windows", "linux"), ("linux", "freebsd", "linux"), ("linux", "Linux", "linux"),
            ("Linux", "windows", "linux"), ("windows", "linux", "linux"), ("windows", "windows", "windows"),
            ("linux", "", "linux"), (nil, "Linux", "linux"), (nil, "windows", "windows"), (nil, "", "")
        ] as [(String?, String, String)])
    func operatingSystem(stated: String?, configured: String, expected: String) async throws {
        var image = Self.first
        image.os = configured
        let platform = stated.map { ",\"platform\":{\"os\":\"\($0)\",\"architecture\":\"amd64\"}}" } ?? "}"
        let entry = String(descriptor(image.manifest, TestImage.manifestType).dropLast()) + platform
        let capture = try await observeLayout(Self.nested(entry, image.blobs)).get()
        #expect(capture.images.map(\.os) == [expected])
        #expect((capture.images[0].contents?.passwd?.text != nil) == (expected != "windows"))
    }

    @Test(
        "an entry without a media type, with parameters to it, or annotated as an attestation of a platform is an image",
        arguments: [
            "{", "{\"mediaType\":\"\",", "{\"mediaType\":\"\(TestImage.manifestType); charset=utf-8\",",
            "{\"annotations\":{\"vnd.docker.reference.type\":\"attestation-manifest\"},"
        ])
    func doubtfulEntries(start: String) async throws {
        let entry = descriptor(of: Self.second)
            .replacing("{\"mediaType\":\"\(TestImage.manifestType)\",", with: start)
        let capture = try await observeLayout(Self.nested(entry, Self.second.blobs)).get()
        #expect(capture.images.map { $0.configuration?.user } == ["0"])
        #expect(capture.others.isEmpty)
    }

    @Test("an entry without a media type that holds a chart is no image")
    func chartWithoutType() async throws {
        let chart = Array(
            """
            {"schemaVersion":2,"config":\(descriptor([1], "application/vnd.cncf.helm.config.v1+json")),"layers":[]}
            """.utf8)
        let entry = descriptor(chart, "")
        let capture = try await observeLayout(Self.nested(entry, [digest(chart): chart])).get()
        #expect(capture.images.isEmpty)
        #expect(capture.others.map(\.kind) == [.artifact])
    }

    /// A layout that leads to an index of this one entry.
    private static func nested(_ entry: String, _ blobs: [String: [UInt8]]) -> [String: [UInt8]] {
        let index = indexDocument([entry])
        let outer = indexDocument([descriptor(index, TestImage.indexType)])
        return TestImage.layout(index: outer, blobs: blobs.merging([digest(index): index]) { first, _ in first })
    }

    @Test("platforms of the same layers and users find the same in them")
    func sharedLayers() async throws {
        var (arm, root) = (Self.first, Self.second)
        arm.architecture = "arm64"
        root.architecture = "riscv64"
        let images = [Self.first, arm, root]
        let index = indexDocument(images.map { descriptor(of: $0) })
        let blobs: [String: [UInt8]] = images.reduce(into: [:]) { all, image in
            all.merge(image.blobs) { first, _ in first }
        }
        let capture = try await observeLayout(TestImage.layout(index: index, blobs: blobs)).get()
        #expect(capture.images.map { $0.contents?.passwd?.text != nil } == [true, true, true])
        #expect(capture.images.allSatisfy { $0.contents?.privileged?.map(\.path) == ["/usr/bin/su"] })
    }

    @Test("an image for Windows is read as far as its configuration")
    func windows() async throws {
        var image = Self.first
        image.os = "windows"
        let capture = try await observeLayout(image.layout()).get()
        #expect(capture.images.map(\.os) == ["windows"])
        #expect(capture.images[0].contents == nil)
        #expect(capture.images[0].failure == nil)
    }

    @Test("a path that exists wins over a registry, but not a folder that only shares the name")
    func paths() async throws {
        try await withTemporaryFolder { folder in
            try write(Self.first.layout(), to: folder + "/layout")
            #expect(try await observeImage(folder + "/layout:1.0").get().form == .ociLayout)
            #expect(try await observeImage(folder + "/layout").get().form == .ociLayout)
        }
        #expect(try await observeImage("Not/A/Reference").failure?.code == .unsupported)
        #expect(try await observeImage("").failure?.code == .unsupported)
        #expect(try await observeImage("docker://a b").failure?.code == .unsupported)
        #expect(try await observeImage("name@sha256:abc").failure?.code == .unsupported)
    }
}
