import Testing
import WireFormats

@Suite struct IPAddressTextTests {
    @Test(
        "addresses have one text",
        arguments: [
            ("127.0.0.1", "127.0.0.1"), ("0:0:0:0:0:0:0:0", "::"), ("0:0:0:0:0:0:0:1", "::1"), ("1::", "1::"),
            ("2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"), ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
            ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"), ("1:2:3:4:5:6:0:0", "1:2:3:4:5:6::")
        ])
    func text(spelling: String, canonical: String) throws {
        #expect(try #require(IPAddress(spelling)).text == canonical)
    }

    @Test("other counts of bytes are no address", arguments: [0, 3, 5, 15, 17, 32])
    func counts(count: Int) { #expect(IPAddress(bytes: [UInt8](repeating: 1, count: count)) == nil) }
}
