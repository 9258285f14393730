/// Lines of a text, sorted by their bytes, that stands in the binary: a search reads it in place and makes no copy.
struct SortedLines {
    private let text: StaticString

    /// The text's lines are sorted by their bytes and ASCII; the last has no line break.
    init(_ text: StaticString) { self.text = text }

    /// Whether a line is exactly this one.
    func contains(_ line: String) -> Bool {
        let wanted = Array(line.utf8)
        return text.withUTF8Buffer { bytes in
            var low = 0
            var high = bytes.count
            while low < high {
                let middle = low + (high - low) / 2
                let start = bytes[low..<middle].lastIndex(of: 0x0A).map { $0 + 1 } ?? low
                let end = bytes[middle..<high].firstIndex(of: 0x0A) ?? high
                let found = bytes[start..<end]
                if found.elementsEqual(wanted) { return true }
                if found.lexicographicallyPrecedes(wanted) { low = end + 1 } else { high = start }
            }
            return false
        }
    }
}
