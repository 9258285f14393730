/// Replaces the first character of the key at a place; false for a key that has none: an empty one, a list, a mapping.
func replaceKeyStart(at position: YAMLPosition, in bytes: inout [UInt8], with scalar: Unicode.Scalar) -> Bool {
    guard var start = offset(of: position, in: bytes) else { return false }
    func byte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : UInt8(ascii: "\n") }
    func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    func isBreak(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }

    // A key's place is that of its anchor or tag.
    while byte(start) == UInt8(ascii: "&") || byte(start) == UInt8(ascii: "!") {
        while !isSpace(byte(start)), !isBreak(byte(start)) { start += 1 }
        while isSpace(byte(start)) { start += 1 }
    }
    var count = 1
    switch byte(start) {
    case UInt8(ascii: "\""):
        start += 1
        if byte(start) == UInt8(ascii: "\"") { return false }
        if byte(start) == UInt8(ascii: "\\") { count = 2 }
    case UInt8(ascii: "'"):
        start += 1
        if byte(start) == UInt8(ascii: "'") {
            guard byte(start + 1) == UInt8(ascii: "'") else { return false }
            count = 2
        }
    case UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: ">"): return false
    case UInt8(ascii: ":") where isSpace(byte(start + 1)) || isBreak(byte(start + 1)): return false
    default: break
    }
    let end = (0..<count).reduce(start) { index, _ in index + sequenceLength(byte(index)) }
    guard end <= bytes.count, !isBreak(byte(start)), !isSpace(byte(start)) else { return false }
    let replacement = String(repeating: Character(scalar), count: count).utf8
    bytes.replaceSubrange(start..<end, with: replacement)
    return true
}

/// The byte at which a place begins; nil beyond the end.
private func offset(of position: YAMLPosition, in bytes: [UInt8]) -> Int? {
    var current = YAMLPosition.start
    var previous: Unicode.Scalar = "\n"
    var offset = 0
    while current != position {
        guard offset < bytes.count, current.line <= position.line else { return nil }
        let length = sequenceLength(bytes[offset])
        let scalar: Unicode.Scalar = length == 1 ? Unicode.Scalar(bytes[offset]) : "\u{FFFD}"
        current.advance(over: scalar, after: previous)
        previous = scalar
        offset += length
    }
    // The place after a CR is also the place of the LF that belongs to it.
    if previous == "\r", offset < bytes.count, bytes[offset] == UInt8(ascii: "\n") { offset += 1 }
    return offset
}

/// How many bytes a character of valid UTF-8 has, by its first byte.
private func sequenceLength(_ byte: UInt8) -> Int {
    switch byte {
    case 0xF0...: 4
    case 0xE0...: 3
    case 0xC0...: 2
    default: 1
    }
}
