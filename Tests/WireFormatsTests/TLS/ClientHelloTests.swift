import Testing
import WireFormats

struct ClientHelloTests {
    private static let random = [UInt8](0..<32)

    private static func hello(suites: [UInt16] = [0xC02F], extensions: [HelloExtension]? = nil) -> ClientHello {
        ClientHello(
            recordVersion: 0x0301, legacyVersion: 0x0303, random: random, sessionID: [1, 2], suites: suites,
            extensions: extensions)
    }

    @Test("A hello is one record around one message")
    func bytes() {
        let expected =
            "16 0301 003C 01 000038 0303 000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F 02 0102"
            + "0004 C02F 00FF 01 00 0009 FF01 0001 00 0017 0000"
        let hello = Self.hello(suites: [0xC02F, 0x00FF], extensions: [.renegotiationInfo, .extendedMasterSecret])
        #expect(hello.records == [UInt8](hexadecimal: expected))
    }

    @Test("Without extensions the block and its length are left out, as SSLv3 does")
    func withoutExtensions() {
        #expect(Self.hello(extensions: []).message.count == Self.hello().message.count + 2)
        #expect(Self.hello().message.suffix(2) == [1, 0])
    }

    /// One extension and its body.
    struct Case: Sendable, CustomTestStringConvertible {
        let item: HelloExtension
        let type: UInt16
        let body: String
        var testDescription: String { ExtensionType(rawValue: type).name }
    }

    static let extensions: [Case] = [
        Case(item: .serverName("a.test"), type: 0, body: "0009 00 0006 612E74657374"),
        Case(item: .truncatedHMAC, type: 4, body: ""),
        Case(item: .statusRequest, type: 5, body: "01 0000 0000"),
        Case(item: .supportedGroups([29, 0x11EC]), type: 10, body: "0004 001D 11EC"),
        Case(item: .ecPointFormats(), type: 11, body: "01 00"),
        Case(item: .ecPointFormats([0, 1, 2]), type: 11, body: "03 00 01 02"),
        Case(item: .signatureAlgorithms([0x0403]), type: 13, body: "0002 0403"),
        Case(item: .heartbeat, type: 15, body: "01"),
        Case(item: .alpn(["h2", "http/1.1"]), type: 16, body: "000C 02 6832 08 687474702F312E31"),
        Case(item: .signedCertificateTimestamp, type: 18, body: ""),
        Case(item: .padding(count: 3), type: 21, body: "000000"),
        Case(item: .padding(count: -1), type: 21, body: ""),
        Case(item: .encryptThenMAC, type: 22, body: ""),
        Case(item: .extendedMasterSecret, type: 23, body: ""),
        Case(item: .sessionTicket, type: 35, body: ""),
        Case(item: .supportedVersions([0x0304, 0x0303]), type: 43, body: "04 0304 0303"),
        Case(item: .cookie([7, 8]), type: 44, body: "0002 0708"),
        Case(item: .pskKeyExchangeModes(), type: 45, body: "01 01"),
        Case(item: .signatureAlgorithmsCert([0x0804]), type: 50, body: "0002 0804"),
        Case(item: .keyShare(), type: 51, body: "0000"),
        Case(item: .keyShare([KeyShareEntry(group: 29, key: [1, 2, 3])]), type: 51, body: "0007 001D 0003 010203"),
        Case(item: .renegotiationInfo, type: 65281, body: "00"),
        Case(item: .grease(0x1A1A), type: 0x1A1A, body: ""),
        Case(item: .grease(0x2A2A, body: [0]), type: 0x2A2A, body: "00")
    ]

    @Test("Each extension has the body that its standard says", arguments: extensions)
    func body(of item: Case) {
        #expect(item.item == HelloExtension(type: item.type, body: [UInt8](hexadecimal: item.body)))
    }

    @Test("A long hello is split into records of 16,384 bytes")
    func fragments() {
        let hello = Self.hello(extensions: [.padding(count: 40_000)])
        let records = hello.records
        var lengths: [Int] = []
        var message: [UInt8] = []
        var index = 0
        while index + 5 <= records.count {
            #expect(Array(records[index..<index + 3]) == [22, 3, 1])
            let length = Int(records[index + 3]) << 8 | Int(records[index + 4])
            lengths.append(length)
            message += records[(index + 5)..<(index + 5 + length)]
            index += 5 + length
        }
        #expect(index == records.count && message == hello.message)
        #expect(lengths == [16_384, 16_384, hello.message.count - 32_768])
    }

    @Test("Padding brings the message to a size", arguments: [512, 517, 600, 4096, 16_384])
    func padded(total: Int) {
        let hello = Self.hello(extensions: [.extendedMasterSecret])
        #expect(hello.padded(to: total).message.count == total)
        #expect(hello.padded(to: total).extensions?.last?.type == 21)
    }

    @Test("A hello that is long enough gets the least padding")
    func padsLittle() {
        let hello = Self.hello(extensions: [])
        #expect(hello.padded(to: 10).message.count == hello.message.count + 5)
        #expect(hello.padded(to: 1_000_000).message.count == hello.message.count + 0xFFFF)
    }

    @Test("What no length field can hold is left out, and the rest stays well-formed")
    func clamped() throws {
        let hello = ClientHello(
            recordVersion: 0, legacyVersion: 0xFFFF, random: [UInt8](repeating: 1, count: 100),
            sessionID: [UInt8](repeating: 2, count: 300), suites: [UInt16](repeating: 3, count: 100_000),
            compressionMethods: [UInt8](repeating: 4, count: 300),
            extensions: [
                .serverName(String(repeating: "a", count: 100_000)), .padding(count: 100_000),
                .supportedGroups([UInt16](repeating: 9, count: 100_000)),
                .alpn([String](repeating: String(repeating: "b", count: 300), count: 1000)),
                .supportedVersions([UInt16](repeating: 9, count: 1000)),
                .keyShare([KeyShareEntry(group: 1, key: [UInt8](repeating: 5, count: 100_000))])
            ])
        // Of the extensions the first fits, with 65,520 letters; the second does not any more.
        let serverName = 4 + 5 + 65_520
        #expect(hello.message.count == 4 + 2 + 32 + 33 + 2 + 65_534 + 256 + 2 + serverName)
        let short = ClientHello(
            recordVersion: 0, legacyVersion: 0, random: [9], suites: [], extensions: [.padding(count: 0)])
        #expect(Array(short.message[6..<38]) == [9] + [UInt8](repeating: 0, count: 31))
    }

    @Test(
        "Random, session ID and suites beyond their bounds never trap", arguments: [0, 1, 31, 32, 33, 255, 256, 70_000])
    func neverTraps(count: Int) {
        let hello = ClientHello(
            recordVersion: 0x0303, legacyVersion: 0x0303, random: [UInt8](repeating: 1, count: count),
            sessionID: [UInt8](repeating: 2, count: count), suites: [UInt16](repeating: 3, count: count),
            compressionMethods: [UInt8](repeating: 4, count: count),
            extensions: (0..<count).map { HelloExtension(type: UInt16(truncatingIfNeeded: $0), body: [1]) })
        #expect(hello.records.count <= 150_000)
    }
}

struct SSL2ClientHelloTests {
    @Test("A hello of SSLv2 offers cipher kinds")
    func ssl2() {
        let hello = SSL2ClientHello(
            ciphers: [SSL2Cipher(rawValue: 0x0700C0), SSL2Cipher(rawValue: 0x010080)],
            challenge: [UInt8](repeating: 0xAA, count: 16))
        let expected = "801F 01 0002 0006 0000 0010 0700C0 010080 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
        #expect(hello.records == [UInt8](hexadecimal: expected))
    }

    @Test("A hello of TLS in SSLv2's framing offers suites with a zero before them")
    func tls() {
        let hello = SSL2ClientHello(
            version: .tls12, suites: [0x002F, 0x00FF], challenge: [UInt8](repeating: 1, count: 16))
        let expected = "801F 01 0303 0006 0000 0010 00002F 0000FF 01010101010101010101010101010101"
        #expect(hello.records == [UInt8](hexadecimal: expected))
    }

    @Test("More cipher kinds than fit are left out", arguments: [0, 16, 32, 100])
    func clamped(challenge: Int) {
        let hello = SSL2ClientHello(
            version: .tls10, suites: [UInt16](repeating: 1, count: 50_000),
            challenge: [UInt8](repeating: 1, count: challenge))
        let records = hello.records
        #expect(records.count <= 2 + 0x7FFF)
        #expect(Int(records[0] & 0x7F) << 8 | Int(records[1]) == records.count - 2)
    }

    @Test("Cipher kinds have the draft's names")
    func names() {
        #expect(SSL2Cipher.all.count == 10)
        #expect(SSL2Cipher(rawValue: 0x0700C0).name == "SSL_CK_DES_192_EDE3_CBC_WITH_MD5")
        #expect(SSL2Cipher(rawValue: 0x010203).name == "0x010203")
    }
}
