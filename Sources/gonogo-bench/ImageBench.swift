import Audit
import Glibc
import TestSupport

/// `gonogo probe image` side by side with the programs that people use today.
///
/// Runs are interleaved, so that what else the machine does strikes all alike; figures are medians.
enum ImageBench {
    /// Prints a block per job; whether a bar is missed.
    static func measure(_ program: String) async throws -> Bool {
        let samples = try await ImageSamples()
        var isMissed = try ImageJob.layout(samples, program).measured()
        for access in [LabRegistry.Access.plain, .token] {
            try await LabRegistry.run(access) { registry in
                try await registry.push(samples.layout, as: "public/app:1")
                let job = ImageJob.registry(registry, access, program)
                isMissed = try await onThread { try job.measured() } || isMissed
            }
        }
        if let debian = samples.debian {
            isMissed = try ImageJob.layer(debian, program).measured() || isMissed
        } else {
            print("no Debian layer at \(ImageSamples.debianTar) (script/bootstrap bench): its bars are not measured")
        }
        return try ImageMemory.measure(program, samples) || isMissed
    }
}

/// One question, and the programs that answer it.
struct ImageJob: Sendable {
    struct Contender: Sendable {
        let name: String
        let words: [String]
        /// The most of its time that gonogo may take; nil when there is no bar.
        var ratio: Double?
    }

    let title: String
    let own: [String]
    /// The most that gonogo may take, in milliseconds.
    var bound: Double?
    let others: [Contender]
    let rounds: Int

    /// Prints the medians; whether a bar is missed.
    func measured() throws -> Bool {
        var times = [[Double]](repeating: [], count: others.count + 1)
        // The first round warms up.
        for round in 0...rounds {
            for (index, words) in ([own] + others.map(\.words)).enumerated() {
                let run = try Child.run(words)
                if round > 0 { times[index].append(run.milliseconds) }
            }
        }
        let medians = times.map { $0.sorted()[$0.count / 2] }
        var isMissed = false
        func bar(_ value: Double, _ bar: Double?) -> String {
            guard let bar else { return "" }
            isMissed = isMissed || value > bar
            return " (bar \(bar.figure)\(value > bar ? ", MISSED" : ""))"
        }
        print("\(title), median of \(rounds)")
        print("  \("gonogo".padded(32)) \(medians[0].figure.padded(8, left: true)) ms\(bar(medians[0], bound))")
        for (contender, median) in zip(others, medians.dropFirst()) {
            let ratio = medians[0] / median
            print(
                "  \(contender.name.padded(32)) \(median.figure.padded(8, left: true)) ms  gonogo takes "
                    + "\(ratio.figure) of it\(bar(ratio, contender.ratio))")
        }
        fflush(nil)
        return isMissed
    }
}

extension ImageJob {
    private static func gonogo(_ program: String, _ reference: String, _ more: String...) -> [String] {
        [program, "probe", "image", "--json", "--facts", "user.verdict"] + more + [reference]
    }

    /// A number in an OCI layout: the configuration alone.
    static func layout(_ samples: ImageSamples, _ program: String) -> ImageJob {
        ImageJob(
            title: "USER 1001 in an OCI layout", own: gonogo(program, samples.layout), bound: 15,
            others: [
                Contender(
                    name: "skopeo inspect --config", words: ["/usr/bin/skopeo", "inspect", "--config", samples.layout],
                    ratio: 1),
                Contender(
                    name: "umoci stat",
                    words: ["/usr/bin/umoci", "stat", "--image", String(samples.layout.dropFirst("oci:".utf8.count))])
            ], rounds: 41)
    }

    /// The same from a registry on this machine.
    static func registry(_ registry: LabRegistry, _ access: LabRegistry.Access, _ program: String) -> ImageJob {
        let name = "docker://\(registry.address)/public/app:1"
        let trust = registry.trustFolder
        return ImageJob(
            title: "USER 1001 in a registry, \(access == .plain ? "plain" : "TLS and a token")",
            own: trust.map { gonogo(program, name, "--ca", $0 + "/ca.crt") } ?? gonogo(program, name),
            others: [
                Contender(
                    name: "skopeo inspect --config",
                    words: ["/usr/bin/skopeo", "inspect", "--config"]
                        + (trust.map { ["--cert-dir", $0] } ?? ["--tls-verify=false"]) + [name], ratio: 1)
            ], rounds: 21)
    }

    /// A name in Debian's own layer.
    static func layer(_ debian: ImageSamples.Debian, _ program: String) -> ImageJob {
        let unpack = "rm -rf \(debian.bundle); umoci unpack --image \(debian.layout):1.0 \(debian.bundle)"
        return ImageJob(
            title: "USER www-data over Debian's base, \(debian.size >> 20) MiB of gzip",
            own: gonogo(program, "oci:\(debian.layout):1.0"),
            others: [
                Contender(
                    name: "gzip -dc | tar -xO ./etc/passwd",
                    words: ["/bin/sh", "-c", "gzip -dc \(debian.layer) | tar -xO ./etc/passwd"], ratio: 1.2),
                Contender(name: "umoci unpack", words: ["/bin/sh", "-c", unpack], ratio: 0.2)
            ], rounds: 5)
    }
}
