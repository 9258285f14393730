import AuditModel
import Crypto
import DemoService
import FoundationEssentials
import Testing

@Suite struct DemoImageTests {
    private static let now = Instant(seconds: 1_795_000_000)

    @Test("Every blob of the layout has the digest that is its name", arguments: [true, false])
    func digests(isHealthy: Bool) {
        let files = DemoImage.files(now: Self.now, isHealthy: isHealthy)
        let blobs = files.filter { $0.path.hasPrefix("image/blobs/sha256/") }
        #expect(blobs.count == (isHealthy ? 11 : 8))
        for blob in blobs {
            let digits = SHA256.hash(data: Data(blob.text.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
            #expect(blob.path == "image/blobs/sha256/" + digits.joined())
        }
        #expect(Set(files.map(\.path)).count == files.count)
        #expect(files.contains { $0.path == "image/index.json" } && files.contains { $0.path == "image/oci-layout" })
    }

    @Test("The audit file names the image; the faulty one runs as root and hides a secret, the healthy one neither")
    func faults() throws {
        for isHealthy in [true, false] {
            let audit = try #require(
                DemoDecisions.files(httpsPort: 1, now: Self.now, isHealthy: isHealthy).first {
                    $0.path == "gonogo.yaml"
                })
            #expect(audit.text.contains("\n  image: oci:image:1.4.2\n"))
            let text = DemoImage.files(now: Self.now, isHealthy: isHealthy).map(\.text).joined()
            #expect(text.contains("\"User\":\"1001:1001\"") == isHealthy)
            #expect(text.contains("app/.wh..env") == !isHealthy)
        }
    }
}
