/// A line of `/etc/passwd`, as container runtimes read it (moby/sys/user).
struct PasswdEntry: Equatable {
    let name: [UInt8]
    /// 0 when the field is missing or no number: the error is ignored.
    let userID: Int64
    let groupID: Int64
}

/// A line of `/etc/group`, as container runtimes read it.
struct GroupEntry: Equatable {
    let name: [UInt8]
    let groupID: Int64
}

/// The account files of an image, read line by line as Go's `bufio.Scanner` and moby/sys/user do.
package enum AccountFile {
    /// A line of `/etc/passwd` is too long for Go's scanner, and the whole file with it.
    static let longestPasswdLine = 64 << 10
    static let longestGroupLine = 1 << 20

    /// Blank lines are left out, `#` begins a name like any other byte; nil when a line is longer than runtimes read.
    static func passwd(_ text: String) -> [PasswdEntry]? {
        lines(text, shorterThan: longestPasswdLine).map { lines in
            lines.map { line in
                let fields = Self.fields(line)
                return PasswdEntry(
                    name: Array(fields[0]), userID: Self.number(fields, 2), groupID: Self.number(fields, 3))
            }
        }
    }

    /// Blank lines and those that begin with `#` are left out; nil when a line is longer than runtimes read.
    static func group(_ text: String) -> [GroupEntry]? {
        lines(text, shorterThan: longestGroupLine).map { lines in
            lines.filter { $0.first != UInt8(ascii: "#") }.map { line in
                let fields = Self.fields(line)
                return GroupEntry(name: Array(fields[0]), groupID: Self.number(fields, 2))
            }
        }
    }

    /// The text of an account file with `x` in the place of every password hash; bytes that are no UTF-8 become U+FFFD.
    package static func withoutPasswords(_ bytes: [UInt8]) -> String {
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { line -> [UInt8] in
            var fields = Self.fields(line)
            guard fields.count > 1, fields[1].contains(where: { !"x*!-".utf8.contains($0) }) else { return Array(line) }
            fields[1] = [UInt8(ascii: "x")]
            return Array(fields.joined(separator: [UInt8(ascii: ":")]))
        }
        return String(decoding: Array(lines.joined(separator: [0x0A])), as: UTF8.self)
    }

    private static func fields(_ line: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        line.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    }

    private static func number(_ fields: [ArraySlice<UInt8>], _ index: Int) -> Int64 {
        index < fields.count ? GoInteger(fields[index]).ignoringError : 0
    }

    /// Trimmed, blank ones left out.
    private static func lines(_ text: String, shorterThan limit: Int) -> [ArraySlice<UInt8>]? {
        let lines = Array(text.utf8).split(separator: 0x0A)
        guard lines.allSatisfy({ $0.count < limit }) else { return nil }
        return lines.map(trimmed).filter { !$0.isEmpty }
    }

    /// Without white space of Unicode at both ends, as Go's `bytes.TrimSpace`.
    private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var line = line
        while let space = spaces.first(where: { line.starts(with: $0) }) { line = line.dropFirst(space.count) }
        while let space = spaces.first(where: { line.suffix($0.count).elementsEqual($0) }) {
            line = line.dropLast(space.count)
        }
        return line
    }

    private static let spaces: [[UInt8]] =
        ([0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20, 0x85, 0xA0, 0x1680] + (0x2000...0x200A)
        + [0x2028, 0x2029, 0x202F, 0x205F, 0x3000] as [UInt32])
        .compactMap { Unicode.Scalar($0).map { Array(String($0).utf8) } }
}
