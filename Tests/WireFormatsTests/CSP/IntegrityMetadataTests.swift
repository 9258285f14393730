import Testing
import WireFormats

struct IntegrityMetadataTests {
    private static let sha256 = String(repeating: "a", count: 43) + "="
    private static let sha384 = String(repeating: "b", count: 64)
    private static let sha512 = String(repeating: "c", count: 86) + "=="

    @Test(
        "Words are digests of known algorithms, of their right length",
        arguments: [
            ("sha256-\(sha256)", 1, 0), ("sha384-\(sha384)", 1, 0), ("sha512-\(sha512)", 1, 0),
            ("SHA256-\(sha256)", 1, 0), (" sha256-\(sha256)\n\tsha384-\(sha384) ", 2, 0),
            ("sha384-\(sha384)?ct=application/javascript", 1, 0), ("sha256-\(sha256.dropLast())", 1, 0),
            ("", 0, 0), ("   ", 0, 0), ("sha256-", 0, 1), ("sha256", 0, 1), ("md5-abcd", 0, 1),
            ("sha1-\(sha256)", 0, 1),
            ("sha384-\(sha256)", 0, 1), ("sha256-\(sha256)==", 0, 1), ("'sha256-\(sha256)'", 0, 1),
            ("sha256-\(sha384) sha384-\(sha384)", 1, 1), ("sha256_\(sha256)", 0, 1), ("?", 0, 1), ("-", 0, 1),
            ("sha256-\(String(repeating: "-", count: 42))_", 1, 0),
            ("sha256-\(String(repeating: "!", count: 43))", 0, 1)
        ])
    func words(text: String, valid: Int, invalid: Int) {
        let metadata = IntegrityMetadata(text)
        #expect(metadata.hashes.count == valid && metadata.invalid.count == invalid)
    }
}
