import AuditModel

extension ImageFacts {
    private static let source = "Docker image-spec v1.2, Healthcheck; OCI image-spec, config.md"

    /// The health check that a container engine runs; Kubernetes ignores it.
    static let health: [ImageFact] = [
        ImageFact(
            "health.present", .boolean, meaning: "Whether the image of every platform has a health check that runs.",
            source: source
        ) { $0.health { checks in .boolean(!checks.isEmpty && checks.allSatisfy { $0?.isRun == true }) } },
        ImageFact(
            "health.disabled", .boolean, meaning: "Whether a health check is switched off: HEALTHCHECK NONE.",
            source: source
        ) { $0.health { checks in .boolean(checks.contains { $0?.test.first == "NONE" }) } },
        ImageFact(
            "health.supported", .boolean,
            meaning: "Whether the image could carry one; Buildah and Podman leave it out of images in OCI's format.",
            source: "containers/buildah, HEALTHCHECK is not supported for OCI image format"
        ) { evidence in
            evidence.health { checks in
                .boolean(zip(evidence.images, checks).allSatisfy { $1?.isRun == true || !$0.isOfBuildahInOCI })
            }
        },
        ImageFact(
            "health.test", .list(.text), meaning: "The command of the health check; absent without one.", source: source
        ) { $0.healthValue { .texts($0.test) } },
        ImageFact(
            "health.intervalSeconds", .number, unit: "seconds",
            meaning: "How often it runs, Docker's 30 s when not stated; absent without one.", source: source
        ) { $0.healthValue { .number($0.intervalSeconds) } },
        ImageFact(
            "health.timeoutSeconds", .number, unit: "seconds",
            meaning: "How long it may take, Docker's 30 s when not stated; absent without one.", source: source
        ) { $0.healthValue { .number($0.timeoutSeconds) } },
        ImageFact(
            "health.timeoutBelowInterval", .boolean,
            meaning: "Whether a run of it ends before the next one is due; absent without one.", source: source
        ) { $0.healthValue { .boolean($0.timeoutSeconds < $0.intervalSeconds) } },
        ImageFact(
            "health.startPeriodSeconds", .number, unit: "seconds",
            meaning: "How long failures do not count after the start, 0 when not stated; absent without one.",
            source: source
        ) { $0.healthValue { .number(max(0, $0.timing.startPeriod)) } },
        ImageFact(
            "health.retries", .integer, unit: "failures",
            meaning: "Failures in a row that make it unhealthy, Docker's 3 when not stated; absent without one.",
            source: source
        ) { $0.healthValue { .integer(Int64($0.timing.retries > 0 ? $0.timing.retries : 3)) } }
    ]
}

/// A health check that a configuration has.
private struct HealthCheck {
    let test: [String]
    let timing: ImageHealthTiming

    var intervalSeconds: Double { timing.interval > 0 ? timing.interval : 30 }
    var timeoutSeconds: Double { timing.timeout > 0 ? timing.timeout : 30 }

    /// Whether a command is run; `NONE` switches it off, nothing inherits, and Docker runs no test of another kind.
    var isRun: Bool { ["CMD", "CMD-SHELL"].contains(test.first) }
}

extension ImageEvidence {
    fileprivate func health(_ value: ([HealthCheck?]) -> DerivedFact) -> DerivedFact {
        var checks: [HealthCheck?] = []
        for image in images {
            switch image.knownConfiguration {
            case .success(let configuration):
                checks.append(
                    configuration.healthcheck.map {
                        HealthCheck(test: $0, timing: configuration.healthTiming ?? ImageHealthTiming())
                    })
            case .failure(let failure): return .unobserved(failure)
            }
        }
        return images.isEmpty ? .absent : value(checks)
    }

    /// The one value of all images; absent where one has no health check, or where they differ.
    fileprivate func healthValue(_ value: (HealthCheck) -> FactValue) -> DerivedFact {
        health { checks in
            let values = checks.map { check in check.flatMap { $0.isRun ? value($0) : nil } ?? .absent }
            return values.allSatisfy { $0 == values[0] } ? DerivedFact(values[0]) : .absent
        }
    }
}

extension PlatformImage {
    fileprivate var isOfBuildahInOCI: Bool {
        manifest.mediaType.hasPrefix("application/vnd.oci.") && configuration?.labels["io.buildah.version"] != nil
    }
}
