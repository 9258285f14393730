extension DERElement {
    /// An OBJECT IDENTIFIER between dots, `1.2.840.113549.1.1.11` (X.690 §8.19); nil when it is none, or longer than
    /// 64 bytes, or an arc is wider than 128 bits.
    var dotted: String? {
        guard tag == DERTag.objectIdentifier, (1...64).contains(content.count), content.last.map({ $0 < 0x80 }) == true
        else { return nil }
        var arcs: [UInt128] = []
        var arc: UInt128 = 0
        for byte in content {
            guard arc >> 121 == 0 else { return nil }
            arc = arc << 7 | UInt128(byte & 0x7F)
            if byte < 0x80 {
                arcs.append(arc)
                arc = 0
            }
        }
        let root = min(arcs[0] / 40, 2)
        return ([root, arcs[0] - root * 40] + arcs.dropFirst()).map(String.init).joined(separator: ".")
    }
}
