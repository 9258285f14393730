import AuditModel
import Facts
import Observe
import TestSupport
import Testing

struct ImageIntegrityTests {
    private static let image = TestImage.common

    private static func layout(replacing old: [UInt8], with new: [UInt8]?) -> [String: [UInt8]] {
        var files = image.layout()
        files["blobs/sha256/" + hex(old)] = new
        return files
    }

    /// Why nothing could be observed, or why not the first image.
    private static func failure(_ files: [String: [UInt8]]) async throws -> ProbeFailure? {
        switch try await observeLayout(files) {
        case .success(let capture): capture.images.first?.failure
        case .failure(let failure): failure
        }
    }

    @Test("a manifest that is not its digest's, or missing, is no observation")
    func manifest() async throws {
        var other = Self.image.manifest
        other[other.count - 2] = UInt8(ascii: " ")
        for replacement in [other, nil, [], Array("{}".utf8)] {
            let failure = try await observeLayout(Self.layout(replacing: Self.image.manifest, with: replacement))
                .failure
            #expect(failure?.code == .malformed)
            #expect(failure?.reason.contains(digest(Self.image.manifest)) == true)
        }
    }

    @Test("a configuration that is not its digest's is not believed")
    func configuration() async throws {
        var changed = Self.image
        changed.user = "abc"
        let files = Self.layout(replacing: Self.image.configuration, with: changed.configuration)
        let image = try #require(try await observeLayout(files).get().images.first)
        #expect(image.configuration == nil)
        #expect(image.mismatches == [digest(Self.image.configuration)])
        #expect(image.failure?.code == .malformed)
    }

    @Test("a configuration that is missing is told as missing")
    func missingConfiguration() async throws {
        let files = Self.layout(replacing: Self.image.configuration, with: nil)
        let image = try #require(try await observeLayout(files).get().images.first)
        #expect(image.configuration == nil)
        #expect(image.missing == [digest(Self.image.configuration)])
        #expect(image.failure?.code == .malformed)
    }

    @Test("a layer that is not its digest's, is cut or is missing decides nothing", arguments: [0, 1])
    func layer(_ index: Int) async throws {
        let stored = Self.image.storedLayers[index]
        var flipped = stored
        flipped[stored.count / 2] ^= 1
        let others: [[UInt8]?] = [flipped, stored.dropLast(), stored + [0], gzip(TarBuilder.archive { _ in }), [], nil]
        for other in others {
            let capture = try await observeLayout(Self.layout(replacing: stored, with: other)).get()
            let image = try #require(capture.images.first)
            #expect(image.configuration?.user == "app")
            #expect(image.mismatches == (other == nil ? [] : [digest(stored)]))
            #expect(image.missing == (other == nil ? [digest(stored)] : []))
            #expect(image.failure?.code == .malformed)
            #expect(image.contents?.passwd?.text == nil)
            #expect(image.contents?.passwd?.failure != nil)
            #expect(image.contents?.privileged == nil)
            #expect(image.contents?.secrets == nil)
        }
    }

    @Test("a layer whose digest holds but whose stream or tar is broken decides nothing")
    func brokenLayers() async throws {
        let sound = Self.image.layers[0]
        var checksum = sound
        checksum[0] ^= 1
        let broken: [([UInt8], ProbeFailure.Code)] = [
            (gzip(sound).dropLast(3), .closedEarly), (gzip(sound) + [1], .malformed), (gzip(checksum), .malformed),
            (gzip(Array(sound.prefix(700))), .closedEarly), (zstd(sound).dropLast(3), .closedEarly),
            (zstdFrame(windowLogarithm: 31), .unsupported), (Array("text, not tar".utf8), .closedEarly)
        ]
        for (stored, code) in broken {
            var image = Self.image
            image.layers = [stored]
            image.compress = { $0 }
            let seen = try #require(try await observeLayout(image.layout()).get().images.first)
            #expect(seen.failure?.code == code, "\(seen.failure?.reason ?? "")")
            #expect(seen.mismatches == [])
            #expect(seen.contents?.passwd?.text == nil)
            #expect(seen.contents?.passwd?.failure?.code == code)
        }
    }

    @Test("in an archive of docker save the digests of the inflated layers hold, or it is told")
    func dockerArchive() async throws {
        var changed = Self.image
        changed.layers[0] = TarBuilder.archive { $0.file("etc/passwd", "app:x:0:0::/:/bin/sh\n") }
        let bytes = tar([
            "manifest.json": Array(
                "[{\"Config\":\"\(hex(Self.image.configuration)).json\",\"Layers\":[\"0.tar\",\"1.tar\"]}]".utf8),
            hex(Self.image.configuration) + ".json": Self.image.configuration,
            "0.tar": changed.layers[0], "1.tar": gzip(changed.layers[1])
        ])
        let image = try #require(try await observeArchive(bytes).get().images.first)
        #expect(image.mismatches == [digest(Self.image.layers[0])])
        #expect(image.contents?.passwd?.text == nil)
    }

    @Test(
        "documents that are no manifests are malformed, or unsupported",
        arguments: [
            ("not JSON", ProbeFailure.Code.malformed), ("{}", .malformed), ("[]", .malformed),
            ("{\"schemaVersion\":1,\"config\":{},\"layers\":[]}", .unsupported),
            ("{\"schemaVersion\":2,\"manifests\":[],\"layers\":[]}", .malformed),
            ("{\"schemaVersion\":2,\"manifests\":[],\"config\":{}}", .malformed),
            ("{\"schemaVersion\":2,\"config\":{},\"layers\":[]}", .malformed),
            ("{\"schemaVersion\":2,\"manifests\":{}}", .malformed),
            ("{\"schemaVersion\":2,\"manifests\":[{}]}", .malformed),
            ("{\"schemaVersion\":2,\"manifests\":[],\"manifests\":[]}", .malformed),
            (
                "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"a\",\"digest\":\"b\",\"size\":-1},\"layers\":[]}",
                .malformed
            )
        ])
    func documents(_ text: String, _ code: ProbeFailure.Code) async throws {
        let document = Array(text.utf8)
        let index = indexDocument([descriptor(document, TestImage.manifestType)])
        let files = TestImage.layout(index: index, blobs: [digest(document): document])
        let failure = try await Self.failure(files)
        #expect(failure?.code == code, "\(failure?.reason ?? "no failure")")
        #expect(failure?.isOwnFault == false)
    }

    @Test(
        "configurations that are none are malformed",
        arguments: [
            "", "[]", "not JSON", "{\"config\":[]}", "{\"config\":{\"User\":5}}", "{\"config\":{\"User\":[\"root\"]}}",
            "{\"os\":\"linux\",\"os\":\"linux\"}"
        ])
    func configurations(_ text: String) async throws {
        let configuration = Array(text.utf8)
        let manifest = Array(
            "{\"schemaVersion\":2,\"config\":\(descriptor(configuration, TestImage.configurationType)),\"layers\":[]}"
                .utf8)
        let index = indexDocument([descriptor(manifest, TestImage.manifestType)])
        let blobs = [digest(manifest): manifest, digest(configuration): configuration]
        let image = try #require(
            try await observeLayout(TestImage.layout(index: index, blobs: blobs)).get().images.first)
        #expect(image.configuration == nil)
        #expect(image.failure?.code == .malformed)
    }

    @Test("digests that would lead out of the layout are nobody's file")
    func escapes() async throws {
        for digest in [
            "sha256:../../../../etc/passwd", "../../etc:passwd", "sha256:" + String(repeating: "/", count: 64)
        ] {
            let entry = "{\"mediaType\":\"\(TestImage.manifestType)\",\"digest\":\"\(digest)\",\"size\":10}"
            let failure = try await observeLayout(["index.json": indexDocument([entry])]).failure
            #expect(failure?.code == .malformed, "\(digest)")
        }
    }

    @Test("an index that lists itself, or too much, or too deep, ends")
    func recursion() async throws {
        var blobs: [String: [UInt8]] = [:]
        var inner = indexDocument([])
        for _ in 0..<20 {
            blobs[digest(inner)] = inner
            inner = indexDocument([descriptor(inner, TestImage.indexType)])
        }
        let deep = try await observeLayout(TestImage.layout(index: inner, blobs: blobs)).failure
        #expect(deep?.code == .tooLarge)

        let entry = descriptor(Array("x".utf8), TestImage.manifestType)
        let many = indexDocument([String](repeating: entry, count: 1001))
        let outer = indexDocument([descriptor(many, TestImage.indexType)])
        let failure = try await observeLayout(TestImage.layout(index: outer, blobs: [digest(many): many])).failure
        #expect(failure?.code == .tooLarge)
    }

    @Test("a manifest with too many layers is refused")
    func layers() async throws {
        let layer = descriptor([], TestImage.layerType)
        let manifest = Array(
            """
            {"schemaVersion":2,"config":\(descriptor([], TestImage.configurationType)),\
            "layers":[\([String](repeating: layer, count: 501).joined(separator: ","))]}
            """.utf8)
        let index = indexDocument([descriptor(manifest, TestImage.manifestType)])
        let files = TestImage.layout(index: index, blobs: [digest(manifest): manifest])
        #expect(try await Self.failure(files)?.code == .tooLarge)
    }

    @Test("a missing platform of an index is told, and the others are read")
    func missingPlatform() async throws {
        var arm = Self.image
        arm.architecture = "arm64"
        let index = indexDocument([descriptor(of: Self.image), descriptor(of: arm)])
        let capture = try await observeLayout(TestImage.layout(index: index, blobs: Self.image.blobs)).get()
        #expect(capture.images.map(\.architecture) == ["amd64", "arm64"])
        #expect(capture.images.map { $0.failure == nil } == [true, false])
        #expect(capture.images[1].missing == [digest(arm.manifest)])
    }
}
