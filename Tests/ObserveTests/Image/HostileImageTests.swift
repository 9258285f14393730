import AuditModel
import Facts
import Observe
import TestSupport
import Testing

struct HostileImageTests {
    /// 512 MiB of zeros in half a megabyte: members of 1 MiB each.
    private static func bomb(mebibytes: Int, in tar: [UInt8]) -> [UInt8] {
        let member = gzip([UInt8](repeating: 0, count: 1 << 20), level: 9)
        var bytes = gzip(tar)
        bytes.reserveCapacity(bytes.count + mebibytes * member.count)
        for _ in 0..<mebibytes { bytes += member }
        return bytes
    }

    private static func image(storing layer: [UInt8]) -> TestImage {
        var image = TestImage.common
        image.layers = [layer]
        image.compress = { $0 }
        return image
    }

    @Test("a bomb behind the end of the archive inflates without being kept")
    func bomb() async throws {
        let stored = Self.bomb(mebibytes: 512, in: TestImage.common.layers[0])
        #expect(stored.count < 640 << 10)
        let capture = try await observeLayout(Self.image(storing: stored).layout()).get()
        #expect(capture.images[0].failure == nil)
        #expect(capture.images[0].contents?.passwd?.layer == 0)
    }

    @Test("a bomb that inflates to more than its bound decides nothing")
    func bound() async throws {
        let stored = Self.bomb(mebibytes: 64, in: TestImage.common.layers[0])
        let files = Self.image(storing: stored).layout()
        let capture = try await observeLayout(files, ["layerSize": .integer(16)]).get()
        #expect(capture.images[0].failure?.code == .tooLarge)
        #expect(capture.images[0].mismatches == [])
        #expect(capture.images[0].contents?.passwd?.text == nil)
    }

    @Test("a file of one layer that claims to be huge is cut, not awaited")
    func hugeFile() async throws {
        let tar = TarBuilder.archive { $0.entry("etc/passwd", type: "0", size: 0o77777777777) }
        let capture = try await observeLayout(Self.image(storing: gzip(tar)).layout()).get()
        #expect(capture.images[0].failure?.code == .closedEarly)
        #expect(capture.images[0].contents?.passwd?.text == nil)
    }

    @Test("a long passwd is too large, and not half believed")
    func longPasswd() async throws {
        let line = "user:x:1000:1000::/:/bin/sh\n"
        let tar = TarBuilder.archive { $0.file("etc/passwd", String(repeating: line, count: 100_000)) }
        let capture = try await observeLayout(Self.image(storing: gzip(tar)).layout()).get()
        #expect(capture.images[0].contents?.passwd?.failure?.code == .tooLarge)
        #expect(capture.images[0].contents?.passwd?.text == nil)
    }

    @Test("a link in the image is never followed on this machine")
    func links() async throws {
        let tar = TarBuilder.archive { tar in
            tar.symbolicLink("etc/passwd", to: "../../../../../../../../etc/hostname")
            tar.file("etc/hostname", "inside:x:7:7::/:/bin/sh\n")
        }
        let capture = try await observeLayout(Self.image(storing: gzip(tar)).layout()).get()
        #expect(capture.images[0].contents?.passwd?.text == "inside:x:7:7::/:/bin/sh\n")
    }

    @Test("archives with any byte changed never trap and never hang")
    func mutations() async throws {
        let archive = TestImage.common.newDockerArchive()
        try await withTemporaryFolder { folder in
            for index in stride(from: 0, to: archive.count, by: 97) {
                var changed = archive
                changed[index] ^= 0x81
                try write(["image.tar": changed], to: folder)
                let result = try await observeImage("archive:" + folder + "/image.tar")
                #expect(result.failure?.isOwnFault != true)
            }
        }
    }

    @Test("a cancelled observation of a long layer ends")
    func cancelled() async throws {
        let stored = Self.bomb(mebibytes: 6000, in: TestImage.common.layers[0])
        try await withTemporaryFolder { folder in
            try write(Self.image(storing: stored).layout(), to: folder)
            let task = Task { try await observeImage(folder) }
            try await Task.sleep(for: .milliseconds(100))
            task.cancel()
            #expect(try await task.value.failure?.code == .cancelled)
        }
    }
}
