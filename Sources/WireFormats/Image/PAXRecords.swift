/// The records of a PAX extended header that change an entry (POSIX.1-2001, pax Interchange Format).
struct PAXRecords {
    private(set) var path: [UInt8]?
    private(set) var linkPath: [UInt8]?
    private(set) var userID: Int64?
    private(set) var groupID: Int64?
    private(set) var size: Int64?
    private(set) var isSparse = false
    private var sparseName: [UInt8]?

    /// The name that counts: a sparse file's own, else the record's.
    var name: [UInt8]? { sparseName ?? path }

    /// Reads `LENGTH KEY=VALUE\n` to the end; nil when a record is not of that form, as Go's `archive/tar` has it.
    init?(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let (key, value) = Self.record(&rest), set(key, value) else { return nil }
        }
    }

    private static func record(_ rest: inout ArraySlice<UInt8>) -> (key: String, value: ArraySlice<UInt8>)? {
        let digits = rest.prefix(20).prefix(while: \.isASCIIDigit)
        guard let length = Int(String(decoding: digits, as: UTF8.self)), length >= 5, length <= rest.count,
            digits.endIndex < rest.endIndex, rest[digits.endIndex] == 0x20
        else { return nil }
        let end = rest.startIndex + length - 1
        let start = digits.endIndex + 1
        guard start < end, rest[end] == 0x0A, let equals = rest[start..<end].firstIndex(of: UInt8(ascii: "=")),
            equals > start
        else { return nil }
        defer { rest = rest[(end + 1)...] }
        return (String(decoding: rest[start..<equals], as: UTF8.self), rest[(equals + 1)..<end])
    }

    /// False when the value is not what its key demands. An empty one leaves the header's own word.
    private mutating func set(_ key: String, _ value: ArraySlice<UInt8>) -> Bool {
        if ["path", "linkpath", "uname", "gname"].contains(key), value.contains(0) { return false }
        if key.hasPrefix("GNU.sparse.") {
            isSparse = true
            if key == "GNU.sparse.name", !value.isEmpty { sparseName = Array(value) }
            return true
        }
        if value.isEmpty { return true }
        switch key {
        case "path": path = Array(value)
        case "linkpath": linkPath = Array(value)
        case "uid": userID = Self.decimal(value)
        case "gid": groupID = Self.decimal(value)
        case "size": size = Self.decimal(value)
        default: return true
        }
        return !["uid", "gid", "size"].contains(key) || Self.decimal(value) != nil
    }

    private static func decimal(_ value: ArraySlice<UInt8>) -> Int64? { Int64(String(decoding: value, as: UTF8.self)) }
}
