/// Writes tar archives of every form, right ones and wrong ones.
package struct TarBuilder: Sendable {
    package enum Magic: String, Sendable, CaseIterable {
        case version7 = "\0\0\0\0\0\0\0\0"
        case ustar = "ustar\u{0}00"
        case gnu = "ustar  \0"
    }

    package private(set) var bytes: [UInt8] = []
    package var magic = Magic.ustar

    package init(magic: Magic = .ustar) { self.magic = magic }

    /// The archive with its two blocks of zeros.
    package var finished: [UInt8] { bytes + [UInt8](repeating: 0, count: 1024) }

    /// The archive that the closure fills.
    package static func archive(_ fill: (inout TarBuilder) -> Void) -> [UInt8] {
        var builder = TarBuilder()
        fill(&builder)
        return builder.finished
    }

    package mutating func file(_ name: String, _ content: String = "", mode: Int = 0o644) {
        file(name, Array(content.utf8), mode: mode)
    }

    package mutating func file(_ name: String, _ content: [UInt8], mode: Int = 0o644) {
        entry(name, type: "0", content: content, mode: mode)
    }

    package mutating func directory(_ name: String, mode: Int = 0o755) { entry(name, type: "5", mode: mode) }

    package mutating func symbolicLink(_ name: String, to target: String) { entry(name, type: "2", link: target) }

    package mutating func hardLink(_ name: String, to target: String) { entry(name, type: "1", link: target) }

    /// A PAX header for the next entry, or a global one.
    package mutating func pax(_ records: [(String, String)], type: Character = "x") {
        entry("PaxHeaders/x", type: type, content: records.flatMap { Self.paxRecord($0.0, $0.1) })
    }

    package static func paxRecord(_ key: String, _ value: String) -> [UInt8] {
        let body = " \(key)=\(value)\n"
        var length = body.utf8.count
        while String(length).utf8.count + body.utf8.count != length {
            length = String(length).utf8.count + body.utf8.count
        }
        return Array("\(length)\(body)".utf8)
    }

    /// An entry with the content padded to whole blocks, unless the size says otherwise.
    package mutating func entry(
        _ name: String, type: Character, content: [UInt8] = [], mode: Int = 0o644, link: String = "", size: Int? = nil,
        prefix: String = "", change: (inout [UInt8]) -> Void = { _ in }
    ) {
        var header = [UInt8](repeating: 0, count: 512)
        header.put(name, at: 0, longest: 100)
        header.put(Self.octal(mode, 7), at: 100)
        header.put(Self.octal(1000, 7), at: 108)
        header.put(Self.octal(100, 7), at: 116)
        header.put(Self.octal(size ?? content.count, 11), at: 124)
        header.put(Self.octal(0, 11), at: 136)
        header.put(String(type), at: 156)
        header.put(link, at: 157, longest: 100)
        header.put(magic.rawValue, at: 257)
        header.put(prefix, at: 345, longest: 155)
        change(&header)
        Self.seal(&header)
        bytes += header + content + [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
    }

    package mutating func append(_ raw: [UInt8]) { bytes += raw }

    /// Writes the checksum.
    package static func seal(_ header: inout [UInt8]) {
        header.put("        ", at: 148)
        header.put(octal(header.reduce(0) { $0 + Int($1) }, 6) + "\0 ", at: 148)
    }

    package static func octal(_ value: Int, _ digits: Int) -> String {
        let text = String(value, radix: 8)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }
}

extension [UInt8] {
    package mutating func put(_ text: String, at position: Int, longest: Int = 512) {
        for (offset, byte) in text.utf8.prefix(longest).enumerated() { self[position + offset] = byte }
    }
}
