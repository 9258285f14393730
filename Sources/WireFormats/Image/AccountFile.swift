/// The account files of an image, read line by line as Go's `bufio.Scanner` and moby/sys/user do.
package enum AccountFile: Sendable {
    case passwd, group

    /// What a line says; a field that is missing or no number is 0, since the error is ignored.
    struct Entry: Equatable {
        let id: Int64
        /// Of `/etc/passwd` alone.
        let groupID: Int64
    }

    /// A line is too long for Go's scanner, and the whole file with it.
    struct LineTooLong: Error {}

    var path: String { self == .passwd ? "/etc/passwd" : "/etc/group" }

    /// Bytes of a line without its end.
    static let longestPasswdLine = 64 << 10
    static let longestGroupLine = 1 << 20

    /// The first line of this name or number; nil when there is none.
    ///
    /// Blank lines are left out. `#` begins a comment in `/etc/group`, and a name like any other byte in `/etc/passwd`.
    func first(_ part: ImageUser.Part, in text: String) throws(LineTooLong) -> Entry? {
        let limit = self == .passwd ? Self.longestPasswdLine : Self.longestGroupLine
        var text = text
        let (entry, isTooLong) = text.withUTF8 { bytes -> (Entry?, Bool) in
            var entry: Entry?
            var rest = bytes[...]
            while !rest.isEmpty {
                let line = rest.prefix { $0 != 0x0A }
                rest = rest[line.endIndex...].dropFirst()
                if line.count >= limit { return (nil, true) }
                if entry == nil { entry = read(line, ifItIs: part) }
            }
            return (entry, false)
        }
        if isTooLong { throw LineTooLong() }
        return entry
    }

    private func read(_ line: Slice<UnsafeBufferPointer<UInt8>>, ifItIs part: ImageUser.Part) -> Entry? {
        let line = Self.trimmed(line)
        guard let first = line.first, self == .passwd || first != UInt8(ascii: "#") else { return nil }
        switch part {
        case .none: return nil
        case .name(let name):
            guard line.prefix(while: { $0 != UInt8(ascii: ":") }).elementsEqual(name.utf8) else { return nil }
        case .number(let id):
            guard Self.number(line, 2) == id else { return nil }
        }
        return Entry(id: Self.number(line, 2), groupID: self == .passwd ? Self.number(line, 3) : 0)
    }

    /// The text of an account file with `x` in the place of every password hash; bytes that are no UTF-8 become U+FFFD.
    ///
    /// A line that is too long for runtimes keeps its length.
    package static func withoutPasswords(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        var rest = bytes[...]
        while true {
            let line = rest.prefix { $0 != 0x0A }
            append(line, to: &text)
            guard line.endIndex < rest.endIndex else { return String(decoding: text, as: UTF8.self) }
            text.append(0x0A)
            rest = rest[(line.endIndex + 1)...]
        }
    }

    /// Appends a line without its password.
    private static func append(_ line: ArraySlice<UInt8>, to text: inout [UInt8]) {
        let start = line.firstIndex(of: UInt8(ascii: ":")).map { $0 + 1 } ?? line.endIndex
        let password = line[start...].prefix { $0 != UInt8(ascii: ":") }
        guard password.contains(where: { !"x*!-".utf8.contains($0) }) else {
            text += line
            return
        }
        text += line[..<start]
        let length = line.count < longestPasswdLine ? 1 : password.count
        text += repeatElement(UInt8(ascii: "x"), count: length)
        text += line[password.endIndex...]
    }

    /// Looks no further than the field: a hostile file has a million of lines.
    private static func number(_ line: Slice<UnsafeBufferPointer<UInt8>>, _ index: Int) -> Int64 {
        var rest = line
        for _ in 0..<index {
            guard let colon = rest.firstIndex(of: UInt8(ascii: ":")) else { return 0 }
            rest = rest[(colon + 1)...]
        }
        return GoInteger(rest.prefix { $0 != UInt8(ascii: ":") }).ignoringError
    }

    /// Without white space of Unicode at both ends, as Go's `bytes.TrimSpace`.
    private static func trimmed(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Slice<UnsafeBufferPointer<UInt8>> {
        var line = line
        while let first = line.first, !isVisible(first),
            let space = spaces.first(where: { line.starts(with: $0) })
        {
            line = line.dropFirst(space.count)
        }
        while let last = line.last, !isVisible(last),
            let space = spaces.first(where: { line.suffix($0.count).elementsEqual($0) })
        {
            line = line.dropLast(space.count)
        }
        return line
    }

    /// Whether it is a character of ASCII that is no white space.
    private static func isVisible(_ byte: UInt8) -> Bool { (0x21...0x7E).contains(byte) }

    private static let spaces: [[UInt8]] =
        ([0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20, 0x85, 0xA0, 0x1680] + (0x2000...0x200A)
        + [0x2028, 0x2029, 0x202F, 0x205F, 0x3000] as [UInt32])
        .compactMap { Unicode.Scalar($0).map { Array(String($0).utf8) } }
}
