import TestSupport
import Testing
import WireFormats

/// Every reader of what an image's author wrote returns, whatever it is given.
struct ImageFuzzTests {
    private static let archives = [
        tarSample("GNU tar, posix"), tarSample("GNU tar, gnu"), tarSample("GNU tar, oldgnu, sparse 0.0"),
        layer(
            "etc/passwd->users etc/users=a etc/x=>etc/users a->etc a/group=b etc/.wh.y= etc/.wh..wh..opq= bin/su!4755")
    ]

    @Test("No archive traps, and what its pieces are changes nothing", arguments: 0..<150)
    func tar(seed: UInt64) {
        var numbers = SeededNumbers(seed: seed)
        let archive = Self.archives[Int(seed) % Self.archives.count].mutated(&numbers)
        let whole = Result { () throws(TarError) in try list(archive) }
        for pieces in [Int.random(in: 1...2000, using: &numbers), 512] {
            #expect(Result { () throws(TarError) in try list(archive, pieces: pieces) } == whole)
        }
    }

    @Test("No archive traps with whole checksums either, and no root reads for ever", arguments: 0..<150)
    func layers(seed: UInt64) {
        var numbers = SeededNumbers(seed: seed)
        let layers = (0..<3).map { _ in Self.scribbled(&numbers) }
        var root = ImageRoot(layerCount: layers.count, takesInventory: seed.isMultiple(of: 2))
        root.want(passwd, limit: 50)
        root.want(RootPath("etc/group") ?? .root, limit: 50)
        let reading = Reading(root, layers)
        #expect(reading.order.count <= 60)
        #expect(reading.root.file(at: passwd) != nil)
    }

    /// A layer of entries of every kind in a few places, which often collide.
    private static func scribbled(_ numbers: inout SeededNumbers) -> [UInt8] {
        let names = [
            "etc", "etc/passwd", "etc/group", "a", "a/b", "a/b/passwd", "usr/etc/passwd", "usr", "..", "./etc", "", "/",
            "etc/.wh.passwd", ".wh.etc", "etc/.wh..wh..opq", ".wh..wh..opq", ".wh.", "a/../etc/passwd", "\u{FFFD}"
        ]
        let targets = [
            "passwd", "../etc", "/", "/etc/passwd", "..", "a/b/../..", "", ".", "usr/etc", "/a/b", "../../.."
        ]
        var builder = TarBuilder(magic: TarBuilder.Magic.allCases.randomElement(using: &numbers) ?? .gnu)
        for _ in 0..<Int.random(in: 0...12, using: &numbers) {
            let name = names.randomElement(using: &numbers) ?? ""
            let target = targets.randomElement(using: &numbers) ?? ""
            let type = "0051234567xS".randomElement(using: &numbers) ?? "0"
            builder.entry(name, type: type, content: type == "0" ? Array("x:x:1:1\n".utf8) : [], link: target)
        }
        return builder.finished
    }

    @Test("No document of an image traps", arguments: 0..<150)
    func documents(seed: UInt64) {
        var numbers = SeededNumbers(seed: seed)
        let digest = "sha256:" + String(repeating: "0f", count: 32)
        let text = #"""
            {"schemaVersion":2,"mediaType":"m","config":{"mediaType":"c","digest":"\#(digest)","size":7,"User":"app:0","Env":["A=b"],
             "Healthcheck":{"Test":["CMD"],"Interval":9223372036854775807,"Retries":-1},"Labels":{"a":"b"},"ExposedPorts":{"1":{}}},
             "layers":[{"digest":"\#(digest)","size":9,"platform":{"os":"linux"},"annotations":{"a":"b"}}],"history":[{"created_by":"|1 A=b x"}],
             "rootfs":{"diff_ids":["x"]}}
            """#
        let bytes = Array(text.utf8).mutated(&numbers)
        #expect((try? ImageManifestDocument(bytes)).map { _ in bytes.count < 5000 } ?? true)
        #expect((try? ImageConfigurationDocument(bytes)).map { $0.history.count <= bytes.count } ?? true)
        #expect((try? DockerArchiveManifest([0x5B] + bytes + [0x5D])).map { $0.images.count <= bytes.count } ?? true)
    }

    @Test("No account file traps, and a user is judged by every one of them", arguments: 0..<150)
    func accounts(seed: UInt64) {
        var numbers = SeededNumbers(seed: seed)
        let text = "root:x:0:0::/:\r\napp:x:1001:99999999999999999999:::\n\n  b\u{A0}:::-5\n#c:x:+1\n:x:0\n"
        let bytes = Array(text.utf8).mutated(&numbers)
        let redacted = AccountFile.withoutPasswords(bytes)
        let source = AccountSource.text(redacted, layer: 0)
        for spec in ["app", "root", "b", "", "1001", "c:app", String(decoding: bytes.prefix(4), as: UTF8.self)] {
            let resolved = ImageUser(spec).resolve(passwd: source, group: source)
            #expect((resolved.verdict == .root) == (resolved.userID == 0))
            #expect((resolved.verdict == .nonroot) == (resolved.userID.map { $0 > 0 } ?? false))
        }
        #expect(redacted.utf8.count(where: { $0 == 0x0A }) == bytes.count(where: { $0 == 0x0A }))
    }

    @Test("No text traps a small grammar", arguments: hostileTexts.indices)
    func texts(index: Int) {
        let text = hostileTexts[index]
        let bytes = Array(text.utf8)
        #expect(SecretText.rules(in: bytes).count < 20)
        #expect(SecretVariable.assignments(in: text).count <= bytes.count)
        #expect(SecretVariable.rule(name: text, value: text) != "")
        #expect(EntryPoint.tool(inScript: Array("#!".utf8) + bytes) != "")
        #expect(ContentDigest(text).map { $0.text == text } ?? true)
        #expect((RootPath(bytes)?.bytes.count ?? 0) <= bytes.count)
        #expect(SecretFile.rules(RootPath("app/.env") ?? .root, bytes).count <= 1)
        #expect(!ImageUser(text).resolve(passwd: .missing, group: .missing).reason.isEmpty)
        if let reference = try? ImageReference(text, exists: { _ in false }), case .registry(let name) = reference {
            #expect((try? RegistryReference(name.text)) != nil)
        }
    }

    @Test("Entries without number are read one by one")
    func endless() throws {
        var reader = TarReader()
        var block = TarBuilder()
        block.entry("a", type: "0", size: 0)
        var entries = 0
        let blocks = [[UInt8]](repeating: block.bytes, count: 128).flatMap(\.self)
        for _ in 0..<400 {
            entries += try blocks.withUnsafeBytes { bytes in
                Result { () throws(TarError) -> Int in
                    var rest = bytes
                    var count = 0
                    while case .entry = try reader.next(&rest) { count += 1 }
                    return count
                }
            }.get()
        }
        #expect(entries == 51_200)
    }
}
