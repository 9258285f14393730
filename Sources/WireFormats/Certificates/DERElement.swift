/// One element of ASN.1 in its basic encoding with a definite length (X.690 §8.1), read where it stands and no deeper.
///
/// Real certificates break DER: long forms of short lengths, padded integers, trailing bytes. All that is tolerated; the
/// content of an element is read only when somebody asks, so a hostile nest costs nothing.
///
/// It is our own because swift-asn1 parses the whole tree before it shows any node: with DER rules a byte after the end, a
/// padded length or a cut last field, and with BER rules the first and the last of them, fail the certificate instead of
/// becoming one of its defects (tried with each). Chains are still judged by swift-certificates, which is strict.
struct DERElement: Sendable {
    /// The identifier octet, class and form included; tags above 30 are not read.
    let tag: UInt8
    let content: ArraySlice<UInt8>
    /// The content with the header before it.
    let encoded: ArraySlice<UInt8>

    /// The elements inside; they end where the grammar breaks.
    var children: DERReader { DERReader(content) }

    /// The element inside an explicit tag.
    var first: DERElement? {
        var children = children
        return children.next()
    }

    /// The bits of a BIT STRING without the count of unused ones; nil when it is empty.
    var bits: ArraySlice<UInt8>? { content.isEmpty ? nil : content.dropFirst() }

    /// The magnitude of an INTEGER without leading zeros.
    var magnitude: ArraySlice<UInt8> { content.drop { $0 == 0 } }

    /// A small INTEGER or ENUMERATED; nil when it is negative or larger than 32 bits.
    var smallInteger: Int? {
        guard let first = content.first, first < 0x80, magnitude.count <= 4 else { return nil }
        return magnitude.reduce(0) { $0 << 8 | Int($1) }
    }
}

/// Reads elements one after the other.
struct DERReader: Sequence, IteratorProtocol {
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    /// nil at the end, and where the grammar breaks: `isAtEnd` tells them apart.
    mutating func next() -> DERElement? {
        let start = rest.startIndex
        guard let tag = rest.first, tag & 0x1F != 0x1F, let (length, header) = lengthAndHeader() else { return nil }
        let content = rest[(start + header)...]
        guard length <= content.count else { return nil }
        let end = start + header + length
        let element = DERElement(tag: tag, content: content[..<end], encoded: rest[..<end])
        rest = rest[end...]
        return element
    }

    /// The next element when it has this tag; anything else stays where it is.
    mutating func next(_ tag: UInt8) -> DERElement? { rest.first == tag ? next() : nil }

    var isAtEnd: Bool { rest.isEmpty }

    /// The length of the content and of the header before it; nil for the indefinite form and beyond 32 bits.
    private func lengthAndHeader() -> (length: Int, header: Int)? {
        let start = rest.startIndex + 1
        guard start < rest.endIndex else { return nil }
        let first = rest[start]
        guard first & 0x80 != 0 else { return (Int(first), 2) }
        let count = Int(first & 0x7F)
        guard (1...8).contains(count), rest.count >= 2 + count else { return nil }
        let digits = rest[(start + 1)..<(start + 1 + count)].drop { $0 == 0 }
        guard digits.count <= 4 else { return nil }
        return (digits.reduce(0) { $0 << 8 | Int($1) }, 2 + count)
    }
}

/// Identifier octets of the types that certificates use (X.680 §8.4).
enum DERTag {
    static let boolean: UInt8 = 0x01
    static let integer: UInt8 = 0x02
    static let bitString: UInt8 = 0x03
    static let octetString: UInt8 = 0x04
    static let objectIdentifier: UInt8 = 0x06
    static let enumerated: UInt8 = 0x0A
    static let utcTime: UInt8 = 0x17
    static let generalizedTime: UInt8 = 0x18
    static let sequence: UInt8 = 0x30
    static let set: UInt8 = 0x31

    /// A context-specific tag of a primitive type.
    static func implicit(_ number: UInt8) -> UInt8 { 0x80 | number }

    /// A context-specific tag of a constructed type, or an explicit one.
    static func explicit(_ number: UInt8) -> UInt8 { 0xA0 | number }
}
