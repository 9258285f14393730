/// Writes tar archives (POSIX.1-1988 ustar) for images of tests.
struct TarBytes {
    private var blocks: [UInt8] = []

    /// The archive with its two blocks of zeros.
    var bytes: [UInt8] { blocks + [UInt8](repeating: 0, count: 1024) }

    static func make(_ fill: (inout TarBytes) -> Void) -> [UInt8] {
        var tar = TarBytes()
        fill(&tar)
        return tar.bytes
    }

    mutating func file(_ name: String, _ content: [UInt8], mode: Int = 0o644) {
        header(name, type: "0", mode: mode, size: content.count, link: "")
        blocks += content + [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
    }

    mutating func file(_ name: String, _ text: String = "", mode: Int = 0o644) {
        file(name, Array(text.utf8), mode: mode)
    }

    mutating func folder(_ name: String) { header(name, type: "5", mode: 0o755, size: 0, link: "") }

    mutating func link(_ name: String, to target: String) {
        header(name, type: "2", mode: 0o777, size: 0, link: target)
    }

    /// A header whose content is not there.
    mutating func header(_ name: String, type: String, mode: Int, size: Int, link: String) {
        var header = [UInt8](repeating: 0, count: 512)
        func put(_ text: String, at position: Int) {
            for (offset, byte) in text.utf8.enumerated() { header[position + offset] = byte }
        }
        func octal(_ value: Int, _ digits: Int) -> String {
            let text = String(value, radix: 8)
            return String(repeating: "0", count: digits - text.utf8.count) + text
        }
        put(name, at: 0)
        put(octal(mode, 7), at: 100)
        put(octal(0, 7), at: 108)
        put(octal(0, 7), at: 116)
        put(octal(size, 11), at: 124)
        put(octal(0, 11), at: 136)
        put("        ", at: 148)
        put(type, at: 156)
        put(link, at: 157)
        put("ustar\u{0}00", at: 257)
        put(octal(header.reduce(0) { $0 + Int($1) }, 6) + "\0 ", at: 148)
        blocks += header
    }
}
