import TestSupport
import Testing
import WireFormats

/// A layer in words: `name=content` is a file, `name/` a folder, `name->target` a link, `name=>target` a hard link.
///
/// `name!4755` is a file with a mode, `name?` a device, `name?7` another type. Entries are separated by blanks.
func layer(_ words: String) -> [UInt8] {
    var builder = TarBuilder()
    for word in words.split(separator: " ") {
        if let arrow = word.firstRange(of: "->") {
            builder.symbolicLink(String(word[..<arrow.lowerBound]), to: String(word[arrow.upperBound...]))
        } else if let arrow = word.firstRange(of: "=>") {
            builder.hardLink(String(word[..<arrow.lowerBound]), to: String(word[arrow.upperBound...]))
        } else if word.hasSuffix("/") {
            builder.directory(String(word))
        } else if word.dropLast().hasSuffix("?") {
            builder.entry(String(word.dropLast(2)), type: word.last ?? "0")
        } else if word.hasSuffix("?") {
            builder.entry(String(word.dropLast()), type: "3")
        } else if let mark = word.firstIndex(of: "!") {
            let mode = Int(word[word.index(after: mark)...], radix: 8) ?? 0
            builder.file(String(word[..<mark]), "binary", mode: mode)
        } else {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            builder.file(String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
        }
    }
    return builder.finished
}

/// Reads layers as a root asks for them; a layer that cannot be read is unreadable.
struct Reading {
    var root: ImageRoot
    /// The layers in the order in which they were read.
    private(set) var order: [Int] = []
    private(set) var faults: [TarError] = []

    init(_ root: ImageRoot, _ layers: [[UInt8]]) {
        self.root = root
        while let index = self.root.nextLayer() {
            order.append(index)
            guard order.count < 500 else { return }
            var scan = self.root.scan(of: index)
            do throws(TarError) {
                try layers[index].withUnsafeBytes { bytes in Result { () throws(TarError) in try scan.read(bytes) } }
                    .get()
                try scan.finish()
                self.root.add(scan)
            } catch {
                faults.append(error)
                self.root.setUnreadable(index)
            }
        }
    }

    func text(_ path: RootPath) -> String {
        switch root.file(at: path) {
        case .file(let bytes, let isWhole, let layer):
            "\(String(decoding: bytes, as: UTF8.self))\(isWhole ? "" : "…") in \(layer)"
        case .missing(let layer): "missing" + (layer.map { " by \($0)" } ?? "")
        case .directory(let layer): "folder in \(layer)"
        case .special(let layer): "special in \(layer)"
        case .loop: "loop"
        case .unreadable(let layer): "unreadable \(layer)"
        case .tangled: "tangled"
        case nil: "undecided"
        }
    }
}

let passwd = RootPath("etc/passwd") ?? .root

struct ImageRootTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let layers: [String]
        let expected: String
        let reads: [Int]?
        var testDescription: String { layers.joined(separator: " | ") }

        /// From the bottom up.
        init(_ layers: String..., gives expected: String, reading reads: [Int]? = nil) {
            self.layers = layers
            self.expected = expected
            self.reads = reads
        }
    }

    static let cases: [Case] = [
        // Which layer decides.
        Case("etc/passwd=a", gives: "a in 0", reading: [0]),
        Case("./etc/passwd=a", gives: "a in 0"), Case("/etc/passwd=a", gives: "a in 0"),
        Case("etc/../etc//passwd=a", gives: "a in 0"),
        Case("etc/passwd=a", "etc/passwd=b", gives: "b in 1", reading: [1]),
        Case("etc/passwd=a", "usr/bin/x=1", "etc/hosts=1", gives: "a in 0", reading: [2, 1, 0]),
        Case("etc/passwd=a etc/passwd=b", gives: "b in 0"), Case("usr/x=1", gives: "missing", reading: [0]),
        Case("etc/passwd=", gives: " in 0"), Case("etc/passwd/", gives: "folder in 0"),
        Case("etc/passwd?", gives: "special in 0"), Case("etc/passwd=a", "etc/passwd?", gives: "special in 1"),
        Case("etc/passwd-=a etc/passwd.bak=b xetc/passwd=c", gives: "missing"),
        // Whiteouts.
        Case("etc/passwd=a", "etc/.wh.passwd=", gives: "missing by 1", reading: [1]),
        Case("etc/passwd=a", ".wh.etc=", gives: "missing by 1", reading: [1]),
        Case("etc/passwd=a", ".wh.etc= etc/passwd=b", gives: "b in 1"),
        Case("etc/passwd=a", "etc/passwd=b .wh.etc=", gives: "missing by 1", reading: [1]),
        Case("etc/passwd=a", "etc/passwd=b etc/.wh.passwd=", gives: "missing by 1", reading: [1]),
        Case("etc/passwd=a", "etc/.wh.passwd= etc/passwd=b", gives: "b in 1"),
        Case("etc/passwd=a", "etc/.wh.passwd=", "etc/passwd=b", gives: "b in 2"),
        Case("etc/passwd=a", "etc/.wh..wh..opq=", gives: "missing by 1", reading: [1]),
        Case("etc/passwd=a", "etc/.wh..wh..opq= etc/passwd=b", gives: "b in 1"),
        Case("etc/passwd=a", "etc/passwd=b etc/.wh..wh..opq=", gives: "b in 1"),
        Case("etc/passwd=a", ".wh..wh..opq=", gives: "missing by 1"),
        Case("etc/passwd=a", "usr/.wh..wh..opq=", gives: "a in 0"),
        Case("etc/passwd=a", "etc/passwd/.wh..wh..opq=", gives: "a in 0"),
        Case("etc/passwd=a", "etc/.wh.passwd-=", gives: "a in 0"), Case("etc/passwd=a", ".wh.passwd=", gives: "a in 0"),
        Case("etc/passwd=a", "./etc/.wh.passwd=", gives: "missing by 1"),
        Case("etc/passwd=a", "/.wh.etc=", gives: "missing by 1"),
        Case("etc/passwd=a", ".wh..wh.aufs= .wh..wh.plnk/", gives: "a in 0"),
        // Folders replaced by files, and back.
        Case("etc/passwd=a", "etc=file", gives: "missing by 1", reading: [1]),
        Case("etc/passwd=a", "etc=file", "etc/hosts=1 etc/", gives: "missing by 1", reading: [2, 1]),
        Case("etc/passwd=a", "etc=file", "etc/passwd=b", gives: "b in 2"),
        Case("etc/passwd=a etc=file", gives: "missing by 0"),
        Case("etc/passwd=a etc=file etc/", gives: "missing"),
        Case("etc/passwd=a etc=file etc/ etc/passwd=b", gives: "b in 0"),
        Case("etc/passwd=a", "etc/passwd/", gives: "folder in 1"),
        Case("etc/passwd=a", "etc/", gives: "a in 0"),
        Case("etc/passwd/x=1", "etc/passwd=b", gives: "b in 1"),
        // Symbolic links.
        Case("etc/passwd->users etc/users=a", gives: "a in 0", reading: [0, 0]),
        Case("etc/users=a etc/passwd->users", gives: "a in 0"),
        Case("etc/passwd->/data/users data/users=a", gives: "a in 0"),
        Case("etc/passwd->../data/users data/users=a", gives: "a in 0"),
        Case("etc/passwd->../../../../data/users data/users=a", gives: "a in 0"),
        Case("etc->usr/etc usr/etc/passwd=a", gives: "a in 0"),
        Case("etc->/usr/etc usr/etc/passwd=a", gives: "a in 0"),
        Case("usr/etc/passwd=a", "etc->usr/etc", gives: "a in 0"),
        Case("usr/etc/passwd=a", "etc->usr/etc", "usr/etc/passwd=b", gives: "b in 2"),
        Case("etc/passwd->users etc/users=a", "etc/users=b", gives: "b in 1"),
        Case("etc/passwd->users etc/users=a", "etc/.wh.users=", gives: "missing by 1"),
        Case("etc/passwd->users etc/users=a", "etc/passwd=b", gives: "b in 1"),
        Case("etc/passwd=a etc/passwd->users etc/users=b", gives: "b in 0"),
        Case("etc/users=b etc/passwd->users etc/passwd=a", gives: "a in 0"),
        Case("etc->usr/etc usr/etc/passwd=a", "etc/", gives: "missing by 0"),
        Case("etc->usr/etc usr/etc/passwd=a", "etc/hosts=1", gives: "a in 0"),
        Case("etc->usr/etc usr/etc/passwd=a", "etc/passwd=b", gives: "b in 1"),
        Case("etc/passwd=a", "etc->usr/etc", gives: "missing"),
        Case("etc/passwd->nothing", gives: "missing"), Case("etc/passwd->passwd", gives: "loop"),
        Case("etc/passwd->other etc/other->passwd", gives: "loop"),
        Case("etc/passwd->../../../etc/passwd", gives: "loop"), Case("etc->etc", gives: "loop"),
        Case("etc/passwd->/", gives: "missing"), Case("etc/passwd->.", gives: "missing"),
        Case("etc/passwd->a/../users a->x etc/users=a", gives: "a in 0"),
        Case("etc/passwd->l/../users etc/l->/x/y x/users=b etc/users=a", gives: "b in 0"),
        Case("a->etc a/passwd=b", gives: "b in 0"), Case("etc/passwd=a a->etc a/passwd=b", gives: "b in 0"),
        Case("a->/etc/ a/.wh.passwd= x=1", gives: "missing by 0"),
        Case("etc/passwd=a", "a->etc a/.wh.passwd=", gives: "missing by 1"),
        Case("a->etc a= a/passwd=b", gives: "missing"), Case("a/b->/etc a= a/b/passwd=b", gives: "missing"),
        Case("a->b b->etc a/passwd=b", gives: "b in 0"),
        // Hard links.
        Case("etc/users=a etc/passwd=>etc/users", gives: "a in 0", reading: [0, 0]),
        Case("etc/users=a", "etc/passwd=>etc/users", gives: "a in 0"),
        Case("etc/users=a etc/passwd=>./etc/users etc/users=b", gives: "a in 0"),
        Case("etc/users=a", "etc/users=b etc/passwd=>/etc/users", gives: "b in 1"),
        Case("etc/users=a", "etc/passwd=>etc/users", "etc/users=b", gives: "a in 0"),
        Case("etc/users->x etc/x=a etc/passwd=>etc/users", gives: "a in 0"),
        Case("etc/users->x etc/x=a", "etc/passwd=>etc/users", gives: "a in 0"),
        Case("etc/passwd=>etc/users", gives: "missing"), Case("etc/passwd=>etc/passwd", gives: "missing"),
        Case("usr/lib/users=a usr/etc/passwd=>usr/lib/users etc->usr/etc", gives: "a in 0"),
        // A symbolic link that has a second name leads on from there.
        Case("srv/l->p2 srv/p2=a etc/p2=b", "etc/passwd=>srv/l", gives: "b in 0"),
        Case("srv/l->p2 srv/p2=a", "etc/passwd=>srv/l", gives: "missing"),
        Case("srv/l->p2 etc/p2=b", "etc/passwd=>srv/l", "etc/p2=c", gives: "c in 2"),
        Case("srv/l->/srv/p2 srv/p2=a", "etc/passwd=>srv/l", gives: "a in 0"),
        Case("srv/l->p2 srv/p2=a etc/p2=b etc/passwd=>srv/l", gives: "b in 0"),
        Case("srv/l->p2 etc/p2=b", "usr/m=>srv/l", "etc/passwd=>usr/m", gives: "b in 0"),
        // `..` leads up from whatever is there.
        Case("etc/passwd->/srv/passwd/../passwd srv/passwd=a", gives: "a in 0"),
        Case("etc/passwd->/srv/none/../passwd srv/passwd=a", gives: "a in 0"),
        Case("etc/passwd->/srv/null/../passwd srv/null? srv/passwd=a", gives: "a in 0"),
        Case("srv/none=1", "etc/passwd->/srv/none/../passwd srv/.wh.none= srv/passwd=a", gives: "a in 1"),
        // Types that runtimes refuse to unpack.
        Case("etc/passwd=a x?7", gives: "unreadable 0"), Case("etc/passwd=a x?V", gives: "unreadable 0"),
        Case("etc/passwd=a x?S", gives: "unreadable 0"), Case("etc/passwd=a x?X", gives: "unreadable 0"),
        Case("etc/passwd=a x?4", gives: "a in 0"), Case("etc/passwd=a x?6", gives: "a in 0"),
        Case("x?7", "etc/passwd=a", gives: "a in 1"),
        // Layers that cannot be read.
        Case("../etc/passwd=b", gives: "unreadable 0"), Case("etc/passwd=a", "../../x=1", gives: "unreadable 1"),
        Case("../x=1", "etc/passwd=a", gives: "a in 1"), Case("a->b b->a a/x=1", gives: "unreadable 0"),
        Case("etc/.wh.=", gives: "unreadable 0"), Case("etc/.wh...=", gives: "unreadable 0"),
        Case("etc/passwd=>../x", gives: "unreadable 0")
    ]

    @Test("The merged root is what runtimes make of the layers", arguments: cases)
    func merged(_ expected: Case) {
        let layers = expected.layers.map(layer)
        var root = ImageRoot(layerCount: layers.count)
        root.want(passwd, limit: 100)
        let reading = Reading(root, layers)
        #expect(reading.text(passwd) == expected.expected)
        if let reads = expected.reads { #expect(reading.order == reads) }
        #expect(reading.root.layersRead == Set(reading.order).count)
        #expect(reading.root.file(at: .root) == nil)
    }

    @Test("A likely path of a link spares the second pass")
    func likely() {
        let release = RootPath("etc/os-release") ?? .root
        let layers = [layer("etc/os-release->../usr/lib/os-release usr/lib/os-release=ID=debian")]
        var root = ImageRoot(layerCount: 1)
        root.want(release, limit: 100, likely: [RootPath("usr/lib/os-release") ?? .root])
        let reading = Reading(root, layers)
        #expect(reading.text(release) == "ID=debian in 0")
        #expect(reading.order == [0])
    }

    @Test("Several files are found in one pass, each by the first layer that decides it")
    func several() {
        let group = RootPath("etc/group") ?? .root
        let layers = [layer("etc/passwd=a etc/group=g"), layer("etc/passwd=b"), layer("x=1")]
        var root = ImageRoot(layerCount: 3)
        root.want(passwd, limit: 100)
        root.want(group, limit: 100)
        root.want(passwd, limit: 1)
        let reading = Reading(root, layers)
        #expect(reading.order == [2, 1, 0])
        #expect(reading.text(passwd) == "b in 1")
        #expect(reading.text(group) == "g in 0")
    }

    @Test("A file longer than its limit is told as cut")
    func limit() {
        var root = ImageRoot(layerCount: 1)
        root.want(passwd, limit: 3)
        #expect(Reading(root, [layer("etc/passwd=abcdef")]).text(passwd) == "abc… in 0")
    }

    @Test("An image without layers has no files")
    func noLayers() {
        var root = ImageRoot(layerCount: 0, takesInventory: true)
        root.want(passwd, limit: 3)
        let reading = Reading(root, [])
        #expect(reading.text(passwd) == "missing")
        #expect(reading.root.findings?.privileged == [] && reading.root.findings?.secrets == [])
    }

    @Test("A chain of links is followed as far as runtimes follow it, and in few passes", arguments: [2, 40, 250, 300])
    func chain(length: Int) {
        let links = (0..<length).map { "etc/\($0 == 0 ? "passwd" : "l\($0)")->l\($0 + 1)" }
        for words in [links, links.reversed()] {
            var root = ImageRoot(layerCount: 1)
            root.want(passwd, limit: 100)
            let reading = Reading(root, [layer((words + ["etc/l\(length)=a"]).joined(separator: " "))])
            #expect(reading.text(passwd) == (length > 255 ? "loop" : "a in 0"))
            #expect(reading.order.count <= 2)
        }
    }

    @Test("A chain of links from layer to layer is given up after some passes, not answered wrongly")
    func tangled() {
        let layers = (0..<60).map { layer("etc/\($0 == 59 ? "passwd" : "l\($0)")->l\($0 - 1)") }
        var root = ImageRoot(layerCount: layers.count)
        root.want(passwd, limit: 100)
        let reading = Reading(root, layers)
        #expect(reading.text(passwd) == "tangled")
        #expect(reading.order.count < 500)
    }

    @Test("Layers with more links than a budget are unreadable, not read halfway")
    func tooManyLinks() {
        var builder = TarBuilder()
        builder.file("etc/passwd", "a")
        for index in 0..<3200 {
            builder.entry("K", type: "K", content: [UInt8](repeating: 0x78, count: 4000))
            builder.symbolicLink("l\(index)", to: "x")
        }
        var root = ImageRoot(layerCount: 1)
        root.want(passwd, limit: 100)
        let reading = Reading(root, [builder.finished])
        #expect(reading.text(passwd) == "unreadable 0")
        #expect(reading.faults.map(\.code) == [.tooLarge])
    }
}
