import Foundation
import Testing
import WireFormats

/// The rows of a registry's data, below the line that names the columns.
private func rows(_ name: String) throws -> [[String]] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "script/tables/\(name).csv")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }
    return lines.dropFirst().map { line in
        line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
}

private func code(_ text: String) throws -> Int {
    try #require(text.hasPrefix("0x") ? Int(text.dropFirst(2), radix: 16) : Int(text))
}

struct RegistryTests {
    private static let remedy: Comment = "run script/generate-tls-tables"

    @Test("The suites are those of the data, in the order of their codes")
    func suites() throws {
        let rows = try rows("cipher-suites")
        let codes = try rows.map { try code($0[0]) }
        #expect(codes == Set(codes).sorted())
        #expect(CipherSuite.all.map { Int($0.rawValue) } == codes, Self.remedy)
        #expect(CipherSuite.all.map(\.name) == rows.map { $0[1] }, Self.remedy)
        #expect(CipherSuite.all.map(\.isRegistered) == rows.map { $0[2] == "yes" }, Self.remedy)
        #expect(rows.count { $0[2] == "yes" } == 350)
        #expect(rows.allSatisfy { $0.count == 4 && !$0[3].isEmpty })
    }

    @Test("The groups are those of the data, in the order of their codes")
    func groups() throws {
        let rows = try rows("named-groups")
        let codes = try rows.map { try code($0[0]) }
        #expect(codes == Set(codes).sorted())
        #expect(NamedGroup.all.map { Int($0.rawValue) } == codes, Self.remedy)
        #expect(NamedGroup.all.map(\.name) == rows.map { $0[1] }, Self.remedy)
        #expect(NamedGroup.all.map { $0.kind?.rawValue } == rows.map { $0[2] }, Self.remedy)
        #expect(NamedGroup.all.map { $0.bits.map(String.init) ?? "" } == rows.map { $0[3] }, Self.remedy)
        for (version, column) in [(ProtocolVersion.tls12, "1.2"), (.tls13, "1.3")] {
            let expected = rows.filter { $0[4].contains(column) }.map { $0[1] }
            #expect(NamedGroup.all(in: version).map(\.name) == expected, Self.remedy)
        }
    }

    @Test("Signature schemes, extensions and alerts are named as in the data")
    func names() throws {
        let schemes = try rows("signature-schemes")
        #expect(SignatureScheme.all.map { Int($0.rawValue) } == (try schemes.map { try code($0[0]) }), Self.remedy)
        #expect(SignatureScheme.all.map(\.name) == schemes.map { $0[1] }, Self.remedy)
        for row in try rows("extension-types") {
            #expect(ExtensionType(rawValue: UInt16(try code(row[0]))).name == row[1], Self.remedy)
        }
        for row in try rows("alert-descriptions") {
            #expect(AlertDescription(rawValue: UInt8(try code(row[0]))).name == row[1], Self.remedy)
        }
    }

    @Test("A code that no registry knows is its own name")
    func unknown() {
        #expect(CipherSuite(rawValue: 0x0ABC).name == "0x0ABC")
        #expect(NamedGroup(rawValue: 0xFFFF).name == "0xFFFF")
        #expect(SignatureScheme(rawValue: 0).name == "0x0000")
        #expect(ExtensionType(rawValue: 0x1A1A).name == "0x1A1A")
        #expect(AlertDescription(rawValue: 255).name == "255")
        let suite = CipherSuite(rawValue: 0x0ABC)
        #expect(suite.keyExchange == .unknown && suite.strengthBits == nil && suite.versions == [])
        #expect(!suite.isRegistered && !suite.isAEAD && !suite.isExport)
        #expect(NamedGroup(rawValue: 0xFFFF).kind == nil && SignatureScheme(rawValue: 0).key == nil)
    }

    @Test(
        "Groups say what they are",
        arguments: [
            (0x0017, "secp256r1", false, false, 256), (0x001D, "x25519", false, false, 255),
            (0x0100, "ffdhe2048", true, false, 2048), (0x0104, "ffdhe8192", true, false, 8192),
            (0x11EB, "SecP256r1MLKEM768", false, true, 256), (0x11EC, "X25519MLKEM768", false, true, 255),
            (0x11ED, "SecP384r1MLKEM1024", false, true, 384), (0x11EE, "curveSM2MLKEM768", false, true, 256),
            (0x0201, "MLKEM768", false, true, nil), (0x6399, "X25519Kyber768Draft00", false, true, 255),
            (0x001F, "brainpoolP256r1tls13", false, false, 256), (0x0028, "GC512C", false, false, 512)
        ] as [(UInt16, String, Bool, Bool, Int?)])
    func group(code: UInt16, name: String, isFiniteField: Bool, isPostQuantum: Bool, bits: Int?) {
        let group = NamedGroup(rawValue: code)
        #expect(group.name == name && group.bits == bits)
        #expect(group.isFiniteField == isFiniteField && group.isPostQuantum == isPostQuantum)
    }

    @Test("Every signature scheme belongs to a kind of key", arguments: SignatureScheme.all)
    func key(of scheme: SignatureScheme) {
        #expect(scheme.key != nil)
    }

    @Test("GREASE is 16 codes of equal bytes that end in A")
    func grease() {
        #expect(GREASE.values.count == 16 && GREASE.values.first == 0x0A0A && GREASE.values.last == 0xFAFA)
        #expect((0...UInt16.max).filter(GREASE.isReserved) == GREASE.values)
        #expect(!CipherSuite.all.contains { GREASE.isReserved($0.rawValue) })
        #expect(!NamedGroup.all.contains { GREASE.isReserved($0.rawValue) })
    }
}
