/// A certificate written by hand, field by field; nobody signed it.
package struct CertificateTemplate {
    package var serial: [UInt8] = [0x01, 0x02, 0x03]
    package var algorithm = DER.sequence(DER.identifier("1.2.840.10045.4.3.2"))
    /// nil for the same as outside.
    package var innerAlgorithm: [UInt8]?
    package var issuer = Self.name("Test CA")
    package var subject = Self.name("shop.example")
    package var notBefore = DER.time("20261201000000Z")
    package var notAfter = DER.time("20270301000000Z")
    /// A P-256 key whose point is no point.
    package var key = DER.sequence(
        DER.sequence(DER.identifier("1.2.840.10045.2.1"), DER.identifier("1.2.840.10045.3.1.7")),
        DER.bits([4] + [UInt8](repeating: 7, count: 64)))
    /// Each by `Self.extension`.
    package var extensions: [[UInt8]] = []

    package init() {}

    package static func name(_ commonName: String) -> [UInt8] {
        DER.sequence(DER.set(DER.sequence(DER.identifier("2.5.4.3"), DER.text(commonName))))
    }

    package static func `extension`(_ identifier: String, critical: Bool = false, _ value: [UInt8]) -> [UInt8] {
        DER.sequence(
            DER.identifier(identifier), critical ? DER.element(0x01, [0xFF]) : [], DER.octets(value))
    }

    /// Domain names as subject alternative names.
    package static func names(_ names: String...) -> [UInt8] {
        Self.extension("2.5.29.17", DER.element(0x30, Array(names.map { DER.text($0, tag: 0x82) }.joined())))
    }

    package var der: [UInt8] {
        let body = DER.sequence(
            DER.element(0xA0, DER.integer([2])), DER.integer(serial), innerAlgorithm ?? algorithm, issuer,
            DER.sequence(notBefore, notAfter), subject, key,
            extensions.isEmpty ? [] : DER.element(0xA3, DER.element(0x30, Array(extensions.joined()))))
        return DER.sequence(body, algorithm, DER.bits([0xDE, 0xAD]))
    }
}
