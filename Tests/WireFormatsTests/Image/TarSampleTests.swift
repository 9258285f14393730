import Testing
import WireFormats

func tarSample(_ name: String) -> [UInt8] {
    (tarSamples[name] ?? "").split(separator: " ").flatMap { word -> [UInt8] in
        let parts = word.split(separator: "*")
        if parts.count == 2, let byte = UInt8(parts[0]), let count = Int(parts[1]) {
            return Array(repeating: byte, count: count)
        }
        return Base64.decode(word) ?? []
    }
}

/// Archives of other programs: what they wrote is what is read.
struct TarSampleTests {
    private static let accounts = "root:x:0:0:::\napp:x:1001:1001:::\n"
    private static let passwdLine = ["file etc/passwd 644 33 \(accounts)"]
    private static let hard = ["hardLink etc/hard 644 0 -> etc/passwd"]
    private static let longLink = ["symbolicLink etc/longlink 777 0 -> 247 bytes"]
    /// Formats without long links cut them, and GNU tar warns.
    private static let cutLink = [
        "symbolicLink etc/longlink 777 0 -> " + String(repeating: "d", count: 80) + "/"
            + String(repeating: "d", count: 19)
    ]
    private static let soft = ["symbolicLink etc/soft 777 0 -> passwd"]
    private static let names = ["file etc/caf\u{E9} 644 1 x", "file etc/bad\u{FFFD}name 644 1 y"]
    private static let setuid = ["file etc/su 4755 33 \(accounts)"]
    private static let pipe = ["fifo etc/pipe 644 0"]
    private static let folders = [
        "directory \(String(repeating: "d", count: 80))/ 755 0", "directory 162 bytes 755 0",
        "directory 243 bytes 755 0", "directory 324 bytes 755 0"
    ]
    private static let deep = ["file 328 bytes 644 4 four", "file 165 bytes 644 3 two"]
    private static let short = passwdLine + hard + cutLink + soft + names + setuid + pipe
    private static let whole = passwdLine + hard + longLink + soft + names + setuid + pipe + folders + deep
    private static let python = passwdLine + hard + longLink + soft + names.prefix(1) + setuid + folders + deep

    static let samples: [(name: String, lines: [String])] = [
        ("GNU tar, v7", short.dropLast() + folders.prefix(1)),
        ("GNU tar, ustar", short + folders.prefix(2) + deep.suffix(1)),
        ("GNU tar, oldgnu", whole), ("GNU tar, gnu", whole), ("GNU tar, posix", whole),
        ("GNU tar, posix, --xattrs and long times", passwdLine),
        ("Python tarfile, ustar", passwdLine + hard + soft + names.prefix(1) + setuid + folders.prefix(2)),
        ("Python tarfile, gnu", python), ("Python tarfile, pax", python),
        ("Python tarfile, gnu, large owners", ["file etc/passwd 644 3 abc"]),
        ("Python tarfile, pax, large owners", ["file etc/passwd 644 3 abc"]),
        ("Go archive/tar, whiteout by umoci", ["file etc/.wh.passwd 0 0"])
    ]

    @Test("An archive of another program has its entries in their order", arguments: samples)
    func reading(name: String, lines: [String]) throws {
        let archive = tarSample(name)
        for pieces in [Int.max, 700] { #expect(try list(archive, pieces: pieces) == lines) }
    }

    @Test(
        "A sparse file is told, by its own name, and what follows it is found",
        arguments: [
            ("GNU tar, oldgnu, sparse 0.0", 5091), ("GNU tar, gnu, sparse 0.0", 5091),
            ("GNU tar, posix, sparse 0.0", 5091),
            ("GNU tar, posix, sparse 0.1", 5091), ("GNU tar, posix, sparse 1.0", 5603)
        ])
    func sparse(name: String, size: Int) throws {
        let lines = try list(tarSample(name), wanting: 33)
        #expect(lines.count == 2 && lines[0].contains(" etc/sparse 644 \(size) sparse"))
        #expect(lines.suffix(1) == Self.passwdLine[...])
    }

    @Test("What Go writes for a layer is read, and its hard link is the account file")
    func goLayer() throws {
        var root = ImageRoot(layerCount: 2)
        root.want(passwd, limit: 100)
        let layers = ["Go archive/tar, by umoci", "GNU tar, gnu"].map(tarSample)
        #expect(Reading(root, [layers[0], layer("x=1")]).text(passwd) == Self.accounts + " in 0")
        #expect(
            Reading(root, [layers[0], tarSample("Go archive/tar, whiteout by umoci")]).text(passwd) == "missing by 1")
        #expect(Reading(root, layers).text(passwd) == Self.accounts + " in 1")
    }

    @Test(
        "Owners beyond seven octal digits are read in both forms",
        arguments: [
            ("Python tarfile, gnu, large owners", -1), ("Python tarfile, pax, large owners", 4_000_000_000)
        ] as [(String, Int64)])
    func owners(name: String, group: Int64) throws {
        var reader = TarReader()
        let archive = tarSample(name)
        let entry = try archive.withUnsafeBytes { bytes in
            Result { () throws(TarError) -> TarEntry? in
                var rest = bytes
                guard case .entry(let entry) = try reader.next(&rest) else { return nil }
                return entry
            }
        }.get()
        #expect(entry?.userID == 3_000_000_000 && entry?.groupID == group)
    }
}
