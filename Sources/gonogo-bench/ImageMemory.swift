import Audit
import JSON
import TestSupport

/// How much memory an image can make the program take.
enum ImageMemory {
    /// The most that may be resident, in megabytes.
    private static let bound = 80.0

    /// Prints a row per image; whether one is beyond the bound.
    static func measure(_ program: String, _ samples: ImageSamples) throws -> Bool {
        print("memory of gonogo probe image, all facts, resident at most")
        var isMissed = false
        func measure(_ name: String, _ reference: String) throws {
            let words = [program, "probe", "image", "--json", reference]
            let run = try TLSRun(words, readsLines: true, isAlone: true, in: samples.folder)
            let outcome = run.lines.first?["facts"]?["user"]?["verdict"]?.string ?? "not observed"
            let isBeyond = run.megabytes > bound
            isMissed = isMissed || isBeyond
            print(
                "  \(name.padded(36)) \(run.megabytes.figure.padded(6, left: true)) MB (bound \(bound.figure)"
                    + "\(isBeyond ? ", MISSED" : ""))  \(run.milliseconds.figure) ms, \(outcome)")
        }
        try measure("a small image", samples.layout)
        if let debian = samples.debian { try measure("Debian's base", "oci:\(debian.layout)") }
        for (name, layer) in hostile {
            let path = LabStore.shared.newFolder()
            try write(TestImage(layers: [layer()], user: "app").layout(), to: path)
            try measure(name, "oci:\(path)")
        }
        return isMissed
    }

    private static let hostile: [(name: String, layer: @Sendable () -> [UInt8])] = [
        ("512 MiB of zeros in 0.5 MB", { [UInt8](repeating: 0, count: 512 << 20) }),
        (
            "passwd of 256 MiB",
            { TarBuilder.archive { $0.file("etc/passwd", [UInt8](repeating: UInt8(ascii: "a"), count: 256 << 20)) } }
        ),
        ("a million files", { files(1_000_000) { "f\($0)" } }),
        ("a million set-user-ID files", { files(1_000_000, mode: 0o4755) { "usr/bin/f\($0)" } }),
        (
            "65,000 links",
            {
                TarBuilder.archive { tar in
                    for index in 0..<65_000 { tar.symbolicLink("l\(index)", to: "l\(index + 1)") }
                }
            }
        )
    ]

    private static func files(_ count: Int, mode: Int = 0o644, _ name: (Int) -> String) -> [UInt8] {
        TarBuilder.archive { tar in for index in 0..<count { tar.file(name(index), mode: mode) } }
    }
}
