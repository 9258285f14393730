/// A tar archive of small text files, written as ustar (POSIX.1-2017, pax, ustar interchange format).
struct DemoArchive {
    private var blocks = ""

    mutating func folder(_ name: String) { header(name, size: 0, mode: "0000755", type: "5") }

    mutating func file(_ name: String, _ text: String, isProgram: Bool = false) {
        header(name, size: text.utf8.count, mode: isProgram ? "0000755" : "0000644", type: "0")
        blocks += padded(text, to: (text.utf8.count + 511) / 512 * 512)
    }

    /// The archive with the two empty blocks that end it.
    var text: String { blocks + padded("", to: 1024) }

    private mutating func header(_ name: String, size: Int, mode: String, type: String) {
        let digits = String(size, radix: 8)
        let length = String(repeating: "0", count: 11 - digits.utf8.count) + digits
        let start = padded(name, to: 100) + "\(mode)\0" + "0000000\0" + "0000000\0" + "\(length)\0" + "00000000000\0"
        let end = padded(type, to: 101) + "ustar\0" + "00"
        // The sum is taken with spaces in its own place.
        let sum = (start + end).utf8.reduce(8 * 0x20) { $0 + Int($1) }
        let octal = String(sum, radix: 8)
        let checksum = String(repeating: "0", count: 6 - octal.utf8.count) + octal + "\0 "
        blocks += padded(start + checksum + end, to: 512)
    }

    private func padded(_ text: String, to count: Int) -> String {
        text + String(repeating: "\0", count: count - text.utf8.count)
    }
}
