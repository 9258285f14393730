/// A name of a subject alternative name, a name constraint or an authority key identifier (RFC 5280 §4.2.1.6).
package enum GeneralName: Sendable, Hashable {
    case dns(String)
    /// 4 or 16 bytes; in a name constraint twice as many, the mask after the address.
    case address([UInt8])
    case email(String)
    case uri(String)
    case directory(DistinguishedName)
    /// The dotted identifier of an otherName's type.
    case other(String)
    /// X.400 addresses, EDI parties and registered identifiers, by their tag.
    case unknown(UInt8)

    init?(_ element: DERElement) {
        switch element.tag {
        case DERTag.explicit(0): self = .other(element.first?.dotted ?? "")
        case DERTag.implicit(1): self = .email(element.implicitText)
        case DERTag.implicit(2): self = .dns(element.implicitText)
        case DERTag.explicit(4): self = .directory(DistinguishedName(element.first ?? element))
        case DERTag.implicit(6): self = .uri(element.implicitText)
        case DERTag.implicit(7): self = .address(Array(element.content.prefix(33)))
        case DERTag.explicit(3), DERTag.explicit(5), DERTag.implicit(8): self = .unknown(element.tag & 0x1F)
        default: return nil
        }
    }

    /// A domain name and an address as people write them, any other name after its kind: `uri:spiffe://shop/web`.
    package var text: String {
        switch self {
        case .dns(let name): name
        case .address(let bytes): IPAddress(bytes: bytes)?.text ?? "address:" + bytes.hexadecimal
        case .email(let address): "email:" + address
        case .uri(let uri): "uri:" + uri
        case .directory(let name): "directory:" + name.text
        case .other(let identifier): "other:" + identifier
        case .unknown(let tag): "unknown:\(tag)"
        }
    }

    /// Whether it names the host, an address or a domain name (RFC 9525 §6.3, §6.5).
    package func names(_ host: String, address: IPAddress?) -> Bool {
        switch self {
        case .dns(let name): address == nil && PresentedName(name.utf8)?.names(host) == true
        case .address(let bytes): address.map { $0.bytes == bytes } ?? false
        default: false
        }
    }
}
