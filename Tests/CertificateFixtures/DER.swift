/// Writes ASN.1 in DER, right or deliberately wrong.
package enum DER {
    package static func element(_ tag: UInt8, _ content: [UInt8]...) -> [UInt8] {
        let content = Array(content.joined())
        return [tag] + length(content.count) + content
    }

    package static func sequence(_ elements: [UInt8]...) -> [UInt8] { element(0x30, Array(elements.joined())) }

    package static func set(_ elements: [UInt8]...) -> [UInt8] { element(0x31, Array(elements.joined())) }

    /// A positive number of whatever length.
    package static func integer(_ bytes: [UInt8]) -> [UInt8] {
        element(0x02, (bytes.first ?? 0x80) >= 0x80 ? [0] + bytes : bytes)
    }

    package static func octets(_ bytes: [UInt8]) -> [UInt8] { element(0x04, bytes) }

    package static func bits(_ bytes: [UInt8], unused: UInt8 = 0) -> [UInt8] { element(0x03, [unused] + bytes) }

    package static func text(_ text: String, tag: UInt8 = 0x0C) -> [UInt8] { element(tag, Array(text.utf8)) }

    /// A GeneralizedTime, `20261201000000Z`.
    package static func time(_ text: String) -> [UInt8] { element(0x18, Array(text.utf8)) }

    package static func identifier(_ dotted: String) -> [UInt8] {
        let arcs = dotted.split(separator: ".").compactMap { UInt128($0) }
        return element(0x06, ([arcs[0] * 40 + arcs[1]] + arcs.dropFirst(2)).flatMap(base128))
    }

    private static func base128(_ arc: UInt128) -> [UInt8] {
        var bytes = [UInt8(arc & 0x7F)]
        var rest = arc >> 7
        while rest > 0 {
            bytes.insert(UInt8(rest & 0x7F) | 0x80, at: 0)
            rest >>= 7
        }
        return bytes
    }

    private static func length(_ count: Int) -> [UInt8] {
        guard count > 127 else { return [UInt8(count)] }
        var bytes: [UInt8] = []
        var rest = count
        while rest > 0 {
            bytes.insert(UInt8(rest & 0xFF), at: 0)
            rest >>= 8
        }
        return [0x80 | UInt8(bytes.count)] + bytes
    }
}
