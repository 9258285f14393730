import Audit
import TestSupport

/// `gonogo probe image` side by side with the programs that people use today.
///
/// Runs are interleaved, so that what else the machine does strikes all alike; figures are medians.
enum ImageBench {
    /// Prints a block per job; whether a bar is missed.
    static func measure(_ program: String) async throws -> Bool {
        let samples = try await ImageSamples()
        var isMissed = try BenchJob.layout(samples, program).measured()
        for access in [LabRegistry.Access.plain, .token] {
            try await LabRegistry.run(access) { registry in
                try await registry.push(samples.layout, as: "public/app:1")
                let job = BenchJob.registry(registry, access, program)
                isMissed = try await onThread { try job.measured() } || isMissed
            }
        }
        if let debian = samples.debian {
            isMissed = try BenchJob.layer(debian, program).measured() || isMissed
        } else {
            print("no Debian layer at \(ImageSamples.debianTar) (script/bootstrap bench): its bars are not measured")
        }
        return try ImageMemory.measure(program, samples) || isMissed
    }
}

extension BenchJob {
    private static func gonogo(_ program: String, _ reference: String, _ more: String...) -> [String] {
        [program, "probe", "image", "--json", "--facts", "user.verdict"] + more + [reference]
    }

    /// A number in an OCI layout: the configuration alone.
    static func layout(_ samples: ImageSamples, _ program: String) -> BenchJob {
        BenchJob(
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
    static func registry(_ registry: LabRegistry, _ access: LabRegistry.Access, _ program: String) -> BenchJob {
        let name = "docker://\(registry.address)/public/app:1"
        let trust = registry.trustFolder
        return BenchJob(
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
    static func layer(_ debian: ImageSamples.Debian, _ program: String) -> BenchJob {
        let unpack = "rm -rf \(debian.bundle); umoci unpack --image \(debian.layout):1.0 \(debian.bundle)"
        return BenchJob(
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
