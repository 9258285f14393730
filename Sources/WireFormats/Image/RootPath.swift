/// A path inside an image's root: raw bytes, without slashes at the ends, empty, `.` and `..` components.
///
/// Bytes, because two names that are one text for Unicode are two files for a kernel.
package struct RootPath: Hashable, Sendable {
    /// Empty for the root itself.
    package let bytes: [UInt8]

    /// As one piece: byte by byte it would take most of the time of reading a layer.
    package func hash(into hasher: inout Hasher) { bytes.withUnsafeBytes { hasher.combine(bytes: $0) } }

    package static let root = RootPath(unchecked: [])

    private init(unchecked bytes: [UInt8]) { self.bytes = bytes }

    /// Reads a name as an archive has it, `etc/passwd`, `./etc/passwd` or `/etc/passwd`; nil when it leads above the root.
    ///
    /// `a/../b` is `b` whatever `a` is, as in Go's `filepath.Clean`, which runtimes apply to names of layers.
    package init?(_ name: [UInt8]) {
        var start = 0
        while name[start...].starts(with: [UInt8(ascii: "."), UInt8(ascii: "/")]) { start += 2 }
        if Self.isClean(name[start...]) {
            bytes = start == 0 ? name : Array(name[start...])
            return
        }
        var components: [ArraySlice<UInt8>] = []
        for component in name.split(separator: UInt8(ascii: "/")) where !component.elementsEqual(".".utf8) {
            if !component.elementsEqual("..".utf8) {
                components.append(component)
            } else if !components.isEmpty {
                components.removeLast()
            } else if name.first != UInt8(ascii: "/") {
                return nil
            }
        }
        bytes = Array(components.joined(separator: [UInt8(ascii: "/")]))
    }

    package init?(_ text: String) { self.init(Array(text.utf8)) }

    init(components: some Sequence<ArraySlice<UInt8>>) {
        bytes = Array(components.joined(separator: [UInt8(ascii: "/")]))
    }

    /// With its slash, for people; bytes that are no UTF-8 become U+FFFD.
    package var text: String { "/" + String(decoding: bytes, as: UTF8.self) }

    var components: [ArraySlice<UInt8>] { bytes.split(separator: UInt8(ascii: "/")) }

    /// The last component; empty for the root.
    var name: ArraySlice<UInt8> { bytes[nameStart...] }

    /// The folder that holds it; the root for the root.
    var parent: RootPath { RootPath(unchecked: Array(bytes[..<max(0, nameStart - 1)])) }

    func appending(_ component: some Collection<UInt8>) -> RootPath {
        RootPath(unchecked: bytes.isEmpty ? Array(component) : bytes + [UInt8(ascii: "/")] + Array(component))
    }

    /// Every folder above it from the first component down, then itself; empty for the root.
    var lineage: [RootPath] {
        guard !bytes.isEmpty else { return [] }
        let slashes = bytes.indices.filter { bytes[$0] == UInt8(ascii: "/") }
        return slashes.map { RootPath(unchecked: Array(bytes[..<$0])) } + [self]
    }

    func isBelow(_ folder: RootPath) -> Bool {
        let count = folder.bytes.count
        if count == 0 { return !bytes.isEmpty }
        return bytes.count > count && bytes[count] == UInt8(ascii: "/") && bytes.starts(with: folder.bytes)
    }

    private var nameStart: Int { bytes.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0 }

    /// Whether nothing has to be changed: no slash at the ends, no empty component, none of dots alone.
    private static func isClean(_ name: ArraySlice<UInt8>) -> Bool {
        var length = 0
        var dots = 0
        for byte in name {
            if byte == UInt8(ascii: "/") {
                if length == dots, length <= 2 { return false }
                (length, dots) = (0, 0)
            } else {
                length += 1
                if byte == UInt8(ascii: ".") { dots += 1 }
            }
        }
        return length > dots || length > 2
    }
}
