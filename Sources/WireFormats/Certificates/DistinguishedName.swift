/// The name of a subject or issuer (RFC 5280 §4.1.2.4).
package struct DistinguishedName: Sendable, Hashable {
    /// One attribute: its short name or dotted identifier, and its text, or `#` and hexadecimal digits for no string.
    package struct Attribute: Sendable, Hashable {
        package let type: String
        package let value: String
    }

    /// The encoded name; two names are the same when these are, as most clients compare them.
    package let der: [UInt8]
    /// Relative names in their order on the wire, the country first; at most 100 attributes.
    package let relativeNames: [[Attribute]]

    init(_ element: DERElement) {
        der = Array(element.encoded)
        var count = 0
        var names: [[Attribute]] = []
        for relativeName in element.children where count < 100 {
            let attributes = relativeName.children.prefix(100 - count).compactMap(Attribute.init)
            count += max(1, attributes.count)
            names.append(attributes)
        }
        relativeNames = names
    }

    package var isEmpty: Bool { relativeNames.isEmpty }

    /// The values of an attribute by its short name, in their order on the wire.
    package func values(of type: String) -> [String] {
        relativeNames.joined().filter { $0.type == type }.map(\.value)
    }

    /// The string of RFC 4514, the most specific name first: `CN=shop.example,O=Shop,C=DE`.
    package var text: String {
        relativeNames.reversed().map { $0.map(\.text).joined(separator: "+") }.joined(separator: ",")
    }

    /// Whether the name begins with another, as a name constraint demands; neither case nor more than one space between
    /// words counts (RFC 5280 §7.1).
    func isWithin(_ constraint: DistinguishedName) -> Bool {
        relativeNames.count >= constraint.relativeNames.count
            && zip(relativeNames, constraint.relativeNames).allSatisfy {
                Set($0.map(\.folded)) == Set($1.map(\.folded))
            }
    }
}

extension DistinguishedName.Attribute {
    init?(_ element: DERElement) {
        var fields = element.children
        guard let identifier = fields.next()?.dotted, let value = fields.next() else { return nil }
        type = Self.names[identifier] ?? identifier
        self.value = value.text ?? "#" + value.encoded.prefix(100).hexadecimal
    }

    fileprivate var folded: Self {
        Self(type: type, value: value.asciiLowercased.split(separator: " ").joined(separator: " "))
    }

    fileprivate var text: String { "\(type)=\(Self.escaped(value))" }

    /// RFC 4514 §2.4; control characters and those that turn text around are written as their bytes.
    private static func escaped(_ value: String) -> String {
        var text = ""
        let scalars = value.unicodeScalars
        for index in scalars.indices {
            let scalar = scalars[index]
            let isEdge = index == scalars.startIndex || scalars.index(after: index) == scalars.endIndex
            switch scalar {
            case "\"", "+", ",", ";", "<", ">", "\\": text += "\\" + String(scalar)
            case " " where isEdge: text += "\\ "
            case _ where scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format:
                for byte in String(scalar).utf8 { text += "\\" + [byte].hexadecimal }
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    /// Short names of RFC 4514 §3, of RFC 4519, and of the extended validation guidelines.
    private static let names = [
        "2.5.4.3": "CN", "2.5.4.4": "SN", "2.5.4.5": "serialNumber", "2.5.4.6": "C", "2.5.4.7": "L", "2.5.4.8": "ST",
        "2.5.4.9": "STREET", "2.5.4.10": "O", "2.5.4.11": "OU", "2.5.4.12": "title", "2.5.4.13": "description",
        "2.5.4.15": "businessCategory", "2.5.4.17": "postalCode", "2.5.4.41": "name", "2.5.4.42": "GN",
        "2.5.4.43": "initials", "2.5.4.46": "dnQualifier", "2.5.4.65": "pseudonym",
        "2.5.4.97": "organizationIdentifier", "0.9.2342.19200300.100.1.1": "UID",
        "0.9.2342.19200300.100.1.25": "DC", "1.2.840.113549.1.9.1": "emailAddress",
        "1.3.6.1.4.1.311.60.2.1.1": "jurisdictionL", "1.3.6.1.4.1.311.60.2.1.2": "jurisdictionST",
        "1.3.6.1.4.1.311.60.2.1.3": "jurisdictionC"
    ]
}
