import Testing
import WireFormats

struct SecureHashTests {
    /// FIPS 180-4 examples of NIST, and the lengths around a block's end (computed with coreutils' sha256sum).
    @Test(
        "digests are those of the standard",
        arguments: [
            ("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
            ("a", 100_000, "6d1cf22d7cc09b085dfc25ee1a1f3ae0265804c607bc2074ad253bcc82fd81ee"),
            ("a", 55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"),
            ("a", 56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"),
            ("a", 63, "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34"),
            ("a", 64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"),
            ("a", 119, "31eba51c313a5c08226adf18d4a359cfdfd8d2e816b13f4af952f7ea6584dcfb")
        ])
    func digest(text: String, times: Int, expected: String) {
        let digest = SecureHash.sha256(Array(String(repeating: text, count: times).utf8))
        #expect(digest.hexadecimal == expected)
    }

    /// FIPS 180-4 examples of NIST, and lengths around a block's end (computed with coreutils' sha1sum).
    @Test(
        "SHA-1 digests are those of the standard",
        arguments: [
            ("", 1, "da39a3ee5e6b4b0d3255bfef95601890afd80709"), ("abc", 1, "a9993e364706816aba3e25717850c26c9cd0d89d"),
            ("a", 55, "c1c8bbdc22796e28c0e15163d20899b65621d65a"),
            ("a", 56, "c2db330f6083854c99d4b5bfb6e8f29f201be699"),
            ("a", 64, "0098ba824b5c16427bd7a1122a5a442a25ec644d"),
            ("a", 1_000, "291e9a6c66994949b57ba5e650361e98fc36b1ba")
        ])
    func sha1(text: String, times: Int, expected: String) {
        #expect(SecureHash.sha1(Array(String(repeating: text, count: times).utf8)).hexadecimal == expected)
    }
}
