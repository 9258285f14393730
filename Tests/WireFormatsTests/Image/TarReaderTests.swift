import TestSupport
import Testing
import WireFormats

/// Reads a whole archive in pieces of a size, all content wanted up to a bound; one line for each entry.
func list(_ archive: [UInt8], pieces: Int = .max, wanting: Int64 = .max) throws(TarError) -> [String] {
    var reader = TarReader()
    var lines: [String] = []
    var content: [UInt8] = []
    var start = 0
    func close() {
        if !content.isEmpty { lines[lines.count - 1] += " " + String(decoding: content, as: UTF8.self) }
        content = []
    }
    while start < archive.count {
        let piece = Array(archive[start...].prefix(pieces))
        start += piece.count
        try piece.withUnsafeBytes { bytes in
            Result { () throws(TarError) in
                var rest = bytes
                reading: while true {
                    switch try reader.next(&rest) {
                    case .entry(let entry):
                        close()
                        reader.want(wanting)
                        lines.append(describe(entry))
                    case .content(let bytes): content += bytes
                    case .needsInput, .end: break reading
                    }
                }
            }
        }.get()
    }
    try reader.finish()
    close()
    return lines
}

private func describe(_ entry: TarEntry) -> String {
    let name = entry.name.count > 120 ? "\(entry.name.count) bytes" : String(decoding: entry.name, as: UTF8.self)
    let link =
        entry.linkName.count > 120 ? "\(entry.linkName.count) bytes" : String(decoding: entry.linkName, as: UTF8.self)
    let mode = String(entry.mode, radix: 8)
    return "\(entry.kind) \(name) \(mode) \(entry.size)" + (link.isEmpty ? "" : " -> \(link)")
        + (entry.isSparse ? " sparse" : "")
}

struct TarReaderTests {
    struct Form: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let archive: [UInt8]
        let lines: [String]

        init(
            _ testDescription: String, _ lines: [String], magic: TarBuilder.Magic = .ustar,
            _ build: (inout TarBuilder) -> Void
        ) {
            self.testDescription = testDescription
            self.lines = lines
            var builder = TarBuilder(magic: magic)
            build(&builder)
            archive = builder.finished
        }
    }

    static let long = String(repeating: "d/", count: 150) + "passwd"

    static let forms: [Form] = [
        Form("nothing", []) { _ in },
        Form("a file", ["file etc/passwd 644 2 ab"]) { $0.file("etc/passwd", "ab") },
        Form("V7", ["file a 644 1 x"], magic: .version7) { $0.file("a", "x") },
        Form("V7 folder by its slash", ["directory d/ 755 0"], magic: .version7) {
            $0.entry("d/", type: "\0", mode: 0o755)
        },
        Form("file of type 0 with a slash", ["file d/ 644 0"]) { $0.entry("d/", type: "0") },
        Form("GNU magic", ["file a 4755 1 x"], magic: .gnu) { $0.file("a", "x", mode: 0o4755) },
        Form("ustar prefix", ["file pre/fix/a 644 0"]) { $0.entry("a", type: "0", prefix: "pre/fix") },
        Form("ustar prefix beside GNU magic, as old Go wrote it", ["file pre/fix/a 644 0"], magic: .gnu) {
            $0.entry("a", type: "0", prefix: "pre/fix")
        },
        Form("GNU times are no prefix", ["file a 644 0"], magic: .gnu) {
            $0.entry("a", type: "0", prefix: "14522345670\u{0}14522345670")
        },
        Form("star keeps times behind 131 bytes of prefix", ["file pre/a 644 0"]) {
            $0.entry("a", type: "0", prefix: "pre") { header in
                header.put("14522345670", at: 476)
                header.put("tar\0", at: 508)
            }
        },
        Form("GNU long name", ["file 306 bytes 644 1 x", "file b 644 0"], magic: .gnu) {
            $0.entry("././@LongLink", type: "L", content: Array(long.utf8) + [0])
            $0.file("d/d/", "x")
            $0.file("b")
        },
        Form("GNU long link", ["symbolicLink a 644 0 -> 306 bytes"], magic: .gnu) {
            $0.entry("././@LongLink", type: "K", content: Array(long.utf8) + [0])
            $0.symbolicLink("a", to: "d/")
        },
        Form("PAX path and linkpath", ["symbolicLink etc/passwd 644 0 -> data/users"]) {
            $0.pax([("mtime", "1.5"), ("path", "etc/passwd"), ("linkpath", "data/users")])
            $0.symbolicLink("x", to: "y")
        },
        Form("PAX size", ["file a 644 3 abc", "file b 644 0"]) {
            $0.pax([("size", "3")])
            $0.entry("a", type: "0", content: Array("abc".utf8), size: 0)
            $0.file("b")
        },
        Form("PAX holds for one entry", ["file p 644 0", "file b 644 0"]) {
            $0.pax([("path", "p")])
            $0.file("a")
            $0.file("b")
        },
        Form("an empty PAX value changes nothing", ["file a 644 0"]) {
            $0.pax([("path", "")])
            $0.file("a")
        },
        Form("the last PAX header counts", ["file q 644 0"]) {
            $0.pax([("path", "p")])
            $0.pax([("path", "q")])
            $0.file("a")
        },
        Form("a global PAX header is not applied, as no runtime does", ["file a 644 0"]) {
            $0.pax([("path", "g")], type: "g")
            $0.file("a")
        },
        Form("GNU long name before PAX path", ["file long 644 0"], magic: .gnu) {
            $0.entry("././@LongLink", type: "L", content: Array("long\0".utf8))
            $0.pax([("path", "pax")])
            $0.file("a")
        },
        Form("names that are no UTF-8", ["file \u{FFFD}\u{FFFD} 644 0"]) {
            $0.entry("", type: "0") { $0.replaceSubrange(0..<2, with: [0xFF, 0xFE]) }
        },
        Form("base-256 size", ["file a 644 3 abc"]) {
            $0.entry("a", type: "0", content: Array("abc".utf8)) {
                $0.replaceSubrange(124..<136, with: [0x80] + [UInt8](repeating: 0, count: 10) + [3])
            }
        },
        Form("negative base-256 owner", ["file a 644 0"]) {
            $0.entry("a", type: "0") { $0.replaceSubrange(108..<116, with: [UInt8](repeating: 0xFF, count: 8)) }
        },
        Form("numbers between spaces", ["file a 644 1 x"]) {
            $0.entry("a", type: "0", content: [0x78]) { $0.put("         1 \0", at: 124) }
        },
        Form(
            "links, devices and pipes",
            [
                "hardLink h 644 0 -> a", "symbolicLink s 644 0 -> ../a", "characterDevice c 644 0",
                "blockDevice b 644 0",
                "fifo f 644 0", "directory d 755 0"
            ]
        ) {
            $0.hardLink("h", to: "a")
            $0.symbolicLink("s", to: "../a")
            $0.entry("c", type: "3")
            $0.entry("b", type: "4")
            $0.entry("f", type: "6")
            $0.directory("d")
        },
        Form("a hard link that states a size has no content", ["hardLink h 644 0 -> a", "file b 644 1 x"]) {
            $0.entry("h", type: "1", link: "a", size: 700)
            $0.file("b", "x")
        },
        Form("an unknown type has content", ["other(86) v 644 2 xy", "file b 644 0"]) {
            $0.entry("v", type: "V", content: Array("xy".utf8))
            $0.file("b")
        },
        Form(
            "GNU sparse with further blocks",
            ["other(83) s 644 512 sparse \(String(repeating: "z", count: 512))", "file b 644 0"],
            magic: .gnu
        ) {
            $0.entry("s", type: "S", size: 512) { $0[482] = 1 }
            $0.append([UInt8](repeating: 0, count: 504) + [1] + [UInt8](repeating: 0, count: 7))
            $0.append([UInt8](repeating: 0, count: 512))
            $0.append([UInt8](repeating: 0x7A, count: 512))
            $0.file("b")
        },
        Form("PAX sparse has its own name", ["file real 644 1 sparse x"]) {
            $0.pax([("GNU.sparse.major", "1"), ("GNU.sparse.name", "real"), ("GNU.sparse.realsize", "9")])
            $0.file("GNUSparseFile.1/real", "x")
        },
        Form("content as long as blocks", ["file a 644 512 \(String(repeating: "a", count: 512))", "file b 644 0"]) {
            $0.file("a", String(repeating: "a", count: 512))
            $0.file("b")
        },
        Form("a checksum of signed bytes", ["file \u{FFFD} 644 0"]) {
            var header = TarBuilder()
            header.entry("", type: "0") { $0[0] = 0xE9 }
            var block = Array(header.bytes.prefix(512))
            let sum =
                block.reduce(0) { $0 + Int(Int8(bitPattern: $1)) } - block[148..<156].reduce(0) { $0 + Int($1) } + 256
            block.put(TarBuilder.octal(sum, 6) + "\0 ", at: 148)
            $0.append(block)
        }
    ]

    @Test("Every form is read alike in one piece and in pieces of any size", arguments: forms)
    func reading(form: Form) throws {
        for pieces in [Int.max, 1, 7, 511, 512, 513, 1024] {
            #expect(try list(form.archive, pieces: pieces) == form.lines, "pieces of \(pieces)")
        }
    }

    @Test("Content that is wanted in part is given in part, and not at all when it is not wanted")
    func partialContent() throws {
        var builder = TarBuilder()
        builder.file("a", "abcdef")
        builder.file("b", "xyz")
        #expect(try list(builder.finished, pieces: 3, wanting: 4) == ["file a 644 6 abcd", "file b 644 3 xyz"])
        #expect(try list(builder.finished, wanting: 0) == ["file a 644 6", "file b 644 3"])
        #expect(try list(builder.finished, wanting: -1) == ["file a 644 6", "file b 644 3"])
    }

    @Test("An archive may end without zeros, and nothing after them is read")
    func ends() throws {
        var builder = TarBuilder()
        builder.file("a", "x")
        #expect(try list(builder.bytes) == ["file a 644 1 x"])
        #expect(try list(builder.bytes + [UInt8](repeating: 0, count: 512)) == ["file a 644 1 x"])
        #expect(try list(Array(builder.bytes.prefix(513))) == ["file a 644 1 x"])
        #expect(try list(builder.finished + Array("garbage".utf8)) == ["file a 644 1 x"])
        #expect(try list([]) == [])
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let code: TarError.Code
        let archive: [UInt8]

        init(
            _ testDescription: String, _ code: TarError.Code, cutTo length: Int? = nil,
            _ build: (inout TarBuilder) -> Void
        ) {
            self.testDescription = testDescription
            self.code = code
            var builder = TarBuilder()
            build(&builder)
            archive = length.map { Array(builder.finished.prefix($0)) } ?? builder.finished
        }
    }

    static let faults: [Fault] = [
        Fault("cut in a header", .truncated, cutTo: 511) { $0.file("a") },
        Fault("cut in content", .truncated, cutTo: 514) { $0.file("a", "abc") },
        Fault("cut before content", .truncated, cutTo: 512) { $0.file("a", "abc") },
        Fault("cut in an extension", .truncated, cutTo: 515) { $0.pax([("path", "p")]) },
        Fault("cut after an extension", .truncated, cutTo: 1024) { $0.pax([("path", "p")]) },
        Fault("an extension without an entry", .malformed) { $0.pax([("path", "p")]) },
        Fault("a huge size", .truncated) { $0.entry("a", type: "0", size: 0o77777777777) },
        Fault("a size beyond 63 bits", .malformed) {
            $0.entry("a", type: "0") { $0.replaceSubrange(124..<136, with: [UInt8](repeating: 0x81, count: 12)) }
        },
        Fault("the largest size of 63 bits", .malformed) {
            $0.entry("a", type: "0") {
                $0.replaceSubrange(124..<136, with: [0x80, 0, 0, 0, 0x7F] + [UInt8](repeating: 0xFF, count: 7))
            }
        },
        Fault("a negative size", .malformed) {
            $0.entry("a", type: "0") { $0.replaceSubrange(124..<136, with: [UInt8](repeating: 0xFF, count: 12)) }
        },
        Fault("a negative PAX size", .malformed) {
            $0.pax([("size", "-1")])
            $0.file("a")
        },
        Fault("a PAX size that is no number", .malformed) {
            $0.pax([("size", "1e3")])
            $0.file("a")
        },
        Fault("a size that is no number", .malformed) { $0.entry("a", type: "0") { $0.put("12345678abc", at: 124) } },
        Fault("a wrong checksum", .malformed) {
            $0.file("a")
            $0.append([UInt8](repeating: 0x61, count: 512))
        },
        Fault("one block of zeros", .malformed) {
            $0.append([UInt8](repeating: 0, count: 512))
            $0.file("a")
        },
        Fault("a PAX record with a wrong length", .malformed) {
            $0.entry("x", type: "x", content: Array("99 path=a\n".utf8))
            $0.file("a")
        },
        Fault("a PAX record without an end", .malformed) {
            $0.entry("x", type: "x", content: Array("9 path=ab".utf8))
            $0.file("a")
        },
        Fault("a PAX path with NUL", .malformed) {
            $0.pax([("path", "a\0b")])
            $0.file("a")
        },
        Fault("a name longer than the kernel's", .tooLarge) {
            $0.pax([("path", String(repeating: "n", count: 4097))])
            $0.file("a")
        },
        Fault("an extension longer than a megabyte", .tooLarge) { $0.entry("x", type: "x", size: (1 << 20) + 1) },
        Fault("a negative extension", .malformed) {
            $0.entry("x", type: "L") { $0.replaceSubrange(124..<136, with: [UInt8](repeating: 0xFF, count: 12)) }
        },
        Fault("sparse blocks without end", .truncated, cutTo: 2560) {
            $0.magic = .gnu
            $0.entry("s", type: "S", size: 0) { $0[482] = 1 }
            for _ in 0..<4 { $0.append([UInt8](repeating: 1, count: 512)) }
        },
        Fault("text", .malformed) { $0.append(Array(String(repeating: "<html>", count: 200).utf8)) }
    ]

    @Test("A fault is an error with its kind, however the stream is cut", arguments: faults)
    func failing(fault: Fault) {
        for pieces in [Int.max, 1, 513] {
            let error = #expect(throws: TarError.self) { try list(fault.archive, pieces: pieces, wanting: 0) }
            #expect(error?.code == fault.code, "\(error?.reason ?? "")")
            #expect(error.map { (0...Int64(fault.archive.count)).contains($0.offset) } == true)
        }
    }

    @Test("Entries are counted, extensions as well", arguments: ["0", "5", "x", "g", "L"] as [Character])
    func entryBound(type: Character) {
        var limits = TarReader.Limits()
        limits.entries = 10
        var builder = TarBuilder()
        for _ in 0..<11 { builder.entry("a", type: type) }
        var reader = TarReader(limits: limits)
        let error = builder.finished.withUnsafeBytes { bytes in
            var rest = bytes
            return #expect(throws: TarError.self) {
                while true {
                    if case .end = try reader.next(&rest) { break }
                }
            }
        }
        #expect(error?.code == .tooLarge)
    }

    @Test("The place of content in the archive is told")
    func contentOffset() throws {
        var builder = TarBuilder()
        builder.pax([("path", "p")])
        builder.file("a", "abc")
        var reader = TarReader()
        let offset = try builder.finished.withUnsafeBytes { bytes in
            var rest = bytes
            guard case .entry(let entry) = try reader.next(&rest) else { return Int64(-1) }
            return entry.contentOffset
        }
        #expect(offset == 1536)
        #expect(builder.finished[1536..<1539] == [0x61, 0x62, 0x63])
    }
}
