import AuditModel

extension ImageFacts {
    /// What the configuration says besides user and health check.
    static let configuration: [ImageFact] = [
        ImageFact(
            "env.names", .list(.text), meaning: "Names of the environment variables, in order; values are not kept.",
            source: "OCI image-spec, config.md"
        ) { $0.listed(\.environment) },
        ImageFact(
            "exposedPorts", .list(.text), meaning: "Ports that the image declares, such as 8080/tcp.",
            source: "OCI image-spec, config.md"
        ) { $0.listed(\.exposedPorts) },
        ImageFact(
            "privilegedPorts", .list(.text),
            meaning: "Declared ports below 1024, which a process without rights cannot always open.",
            source: "Linux, ip_unprivileged_port_start"
        ) { $0.listed { $0.exposedPorts.filter(isPrivileged) } },
        label("source", "Where the source is"), label("revision", "The revision of the source"),
        label("version", "The version of the packaged software"), label("created", "When the image was built"),
        ImageFact(
            "created", .instant, meaning: "When the image says that it was built; absent when it does not say.",
            source: "OCI image-spec, config.md"
        ) { evidence in evidence.created { .text($0.iso8601) } },
        ImageFact(
            "ageDays", .integer, unit: "days",
            meaning: "Whole days since it was built; absent for a date that cannot be, as reproducible builds have.",
            source: "OCI image-spec, config.md; reproducible-builds.org, SOURCE_DATE_EPOCH"
        ) { evidence in evidence.created(age(at: evidence.now)) }
    ]

    private static func label(_ name: String, _ meaning: String) -> ImageFact {
        ImageFact(
            "labels.\(name)", .text, meaning: "\(meaning), by its label; absent without one.",
            source: "OCI image-spec, annotations.md"
        ) { evidence in evidence.configured { .text(ifPresent: $0.labels["org.opencontainers.image.\(name)"]) } }
    }

    private static func isPrivileged(_ port: String) -> Bool {
        Int(port.prefix { $0 != "/" && $0 != "-" }).map { (1..<1024).contains($0) } ?? false
    }

    /// Docker was first shown in March 2013; an earlier date, such as 1970 or 1980, is a builder's constant.
    private static let earliest = Instant(seconds: 1_356_998_400)

    private static func age(at now: Instant) -> (Instant) -> FactValue {
        { created in
            guard created >= earliest, created <= now else { return .absent }
            return .integer(Int64(now.seconds(since: created) / 86_400))
        }
    }
}

extension ImageEvidence {
    /// A value of the earliest date of all images; absent where none states one.
    fileprivate func created(_ value: (Instant) -> FactValue) -> DerivedFact {
        var dates: [Instant] = []
        for image in images {
            switch image.knownConfiguration {
            case .success(let configuration):
                dates += [configuration.created.flatMap { Instant($0) }].compactMap(\.self)
            case .failure(let failure): return .unobserved(failure)
            }
        }
        return dates.min().map { DerivedFact(value($0)) } ?? .absent
    }
}
