import Testing
import WireFormats

struct IPAddressTests {
    @Test(
        "two spellings of one address are equal",
        arguments: [
            ("::1", "0:0:0:0:0:0:0:1"), ("2001:DB8::", "2001:db8:0:0:0:0:0:0"), ("::ffff:1.2.3.4", "::ffff:102:304"),
            ("127.0.0.1", "127.0.0.1"), ("::", "0:0:0:0:0:0:0:0"), ("1::8", "1:0:0:0:0:0:0:8")
        ])
    func equal(left: String, right: String) {
        #expect(IPAddress(left) != nil)
        #expect(IPAddress(left) == IPAddress(right))
    }

    @Test(
        "what is no address is refused",
        arguments: [
            "", "1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.-4", "0x7f.0.0.1", ":", ":::", "1::2::3",
            "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "12345::", "::g", "[::1]", "fe80::1%eth0", "::1.2.3", "1.2.3.4::",
            "localhost", "::+1", "1:2:3:4:5:6:7:8::"
        ])
    func refuses(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test(
        "a network covers its addresses",
        arguments: [
            ("10.1.2.3", "10.0.0.0", 8, true), ("11.1.2.3", "10.0.0.0", 8, false), ("10.1.2.3", "10.1.2.0", 23, true),
            ("10.1.4.3", "10.1.2.0", 23, false), ("1.2.3.4", "9.9.9.9", 0, true), ("1.2.3.4", "1.2.3.4", 32, true),
            ("1.2.3.4", "1.2.3.4", 33, false), ("::1", "10.0.0.0", 8, false), ("fd00::1", "fc00::", 7, true)
        ])
    func prefixes(address: String, network: String, bits: Int, expected: Bool) throws {
        let (address, network) = (try #require(IPAddress(address)), try #require(IPAddress(network)))
        #expect(address.hasPrefix(network, bits: bits) == expected)
    }
}
