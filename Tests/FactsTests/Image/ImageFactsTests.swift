import AuditModel
import Facts
import JSON
import Testing

struct ImageFactsTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let capture: ImageCapture
        let facts: [(String, FactSet.Knowledge)]

        init(_ testDescription: String, _ capture: ImageCapture, _ facts: [(String, FactSet.Knowledge)]) {
            self.testDescription = testDescription
            self.capture = capture
            self.facts = facts
        }
    }

    static let missingLayer = ProbeFailure(.malformed, "layer 0 is not there")

    @Test("The user is judged over all platforms", arguments: users)
    func user(_ expected: Case) { check(expected) }

    static func checked(
        _ test: [String], timing: ImageHealthTiming? = nil, labels: [String: String] = [:],
        mediaType: String = ociManifest
    ) -> ImageCapture {
        capture([
            platform(mediaType: mediaType) { image in
                image.configuration?.healthcheck = test
                image.configuration?.healthTiming = timing
                image.configuration?.labels = labels
            }
        ])
    }

    static let buildah = ["io.buildah.version": "1.28.2"]

    static let others: [Case] = [
        Case(
            "no health check", capture([platform()]),
            [
                ("health.present", .no), ("health.disabled", .no), ("health.supported", .yes), ("health.test", .absent),
                ("health.intervalSeconds", .absent)
            ]),
        Case(
            "a health check",
            checked(
                ["CMD-SHELL", "curl -f http://localhost/"],
                timing: ImageHealthTiming(interval: 10, timeout: 3, startPeriod: 5, retries: 2)),
            [
                ("health.present", .yes), ("health.test", .texts("CMD-SHELL", "curl -f http://localhost/")),
                ("health.intervalSeconds", .number(10)), ("health.timeoutSeconds", .number(3)),
                ("health.startPeriodSeconds", .number(5)), ("health.retries", .integer(2)),
                ("health.timeoutBelowInterval", .boolean(true))
            ]),
        Case(
            "Docker's defaults", checked(["CMD", "true"]),
            [
                ("health.intervalSeconds", .number(30)), ("health.timeoutSeconds", .number(30)),
                ("health.retries", .integer(3)),
                ("health.startPeriodSeconds", .number(0)), ("health.timeoutBelowInterval", .boolean(false))
            ]),
        Case("a test of a kind that Docker does not run", checked(["curl", "x"]), [("health.present", .no)]),
        Case("a test of an empty kind", checked([""]), [("health.present", .no), ("health.test", .absent)]),
        Case("none in lower case", checked(["none"]), [("health.present", .no), ("health.disabled", .no)]),
        Case(
            "a health check that is switched off", checked(["NONE"]),
            [
                ("health.present", .no), ("health.disabled", .yes), ("health.test", .absent)
            ]),
        Case(
            "an empty health check inherits from nothing", checked([]),
            [("health.present", .no), ("health.disabled", .no)]),
        Case(
            "Buildah in OCI's format", capture([platform { $0.configuration?.labels = buildah }]),
            [
                ("health.present", .no), ("health.supported", .no)
            ]),
        Case(
            "Buildah in Docker's format",
            capture([platform(mediaType: dockerManifest) { $0.configuration?.labels = buildah }]),
            [("health.supported", .yes)]),
        Case(
            "a health check that Buildah could not carry", checked(["CMD", "x"], labels: buildah),
            [("health.supported", .yes)]),
        Case(
            "a health check on one platform only",
            capture([platform(), platform("linux", "arm64") { $0.configuration?.healthcheck = ["CMD", "x"] }]),
            [
                ("health.present", .no), ("health.test", .absent)
            ]),
        Case(
            "names and ports",
            capture([
                platform { image in
                    image.configuration?.environment = ["PATH", "PORT"]
                    image.configuration?.exposedPorts = ["443/tcp", "8080/tcp", "53/udp", "1024", "80-90/tcp", "x"]
                }
            ]),
            [
                ("env.names", .texts("PATH", "PORT")), ("privilegedPorts", .texts("443/tcp", "53/udp", "80-90/tcp")),
                ("exposedPorts", .texts("443/tcp", "8080/tcp", "53/udp", "1024", "80-90/tcp", "x"))
            ]),
        Case(
            "labels",
            capture([
                platform {
                    $0.configuration?.labels = [
                        "org.opencontainers.image.source": "https://git.example/shop",
                        "org.opencontainers.image.version": "1.4.2"
                    ]
                }
            ]),
            [
                ("labels.source", .text("https://git.example/shop")), ("labels.version", .text("1.4.2")),
                ("labels.revision", .absent),
                ("labels.created", .absent)
            ]),
        Case("age", capture([platform()]), [("created", .text("2027-01-05T08:00:00.123Z")), ("ageDays", .integer(9))]),
        Case(
            "the older platform counts",
            capture([platform(), platform { $0.configuration?.created = "2026-11-15T08:00:00Z" }]),
            [
                ("ageDays", .integer(61))
            ]),
        Case(
            "1970", capture([platform { $0.configuration?.created = "1970-01-01T00:00:00Z" }]),
            [
                ("created", .text("1970-01-01T00:00:00Z")), ("ageDays", .absent)
            ]),
        Case(
            "the future", capture([platform { $0.configuration?.created = "2028-01-01T00:00:00Z" }]),
            [("ageDays", .absent)]),
        Case(
            "no date", capture([platform { $0.configuration?.created = nil }]),
            [("created", .absent), ("ageDays", .absent)]),
        Case(
            "no date that is one", capture([platform { $0.configuration?.created = "yesterday" }]),
            [("created", .absent)]),
        Case(
            "what layers hold",
            capture([
                platform { image in
                    image.contents?.privileged = [PrivilegedFile(path: "/usr/bin/su", mode: 0o4755, layer: 0)]
                    image.contents?.secrets = [
                        ImageSecret(place: .deletedFile, name: "/root/.npmrc", rule: "npm-token", layer: 2)
                    ]
                    image.configuration?.secrets = [
                        ImageSecret(place: .environment, name: "DB_PASSWORD", rule: "secret-variable")
                    ]
                    image.contents?.dropsPrivilegesWith = "gosu"
                }
            ]),
            [
                ("setuid.count", .integer(1)), ("secrets.count", .integer(2)),
                ("secrets.files", .texts("/root/.npmrc")), ("secrets.variables", .texts("DB_PASSWORD")),
                (
                    "setuid.files",
                    .value(
                        .list([.record(["path": .text("/usr/bin/su"), "mode": .text("4755"), "layer": .integer(0)])]))
                ),
                (
                    "secrets.found",
                    .value(
                        .list([
                            .record([
                                "place": .text("env"), "name": .text("DB_PASSWORD"), "rule": .text("secret-variable"),
                                "layer": .absent
                            ]),
                            .record([
                                "place": .text("deleted-file"), "name": .text("/root/.npmrc"),
                                "rule": .text("npm-token"), "layer": .integer(2)
                            ])
                        ]))
                ), ("entrypoint.dropsPrivileges", .text("gosu")), ("base.os", .text("debian 12")),
                ("layersRead", .integer(1))
            ]),
        Case(
            "nothing found in layers that were not all read",
            capture([
                platform { image in
                    image.contents?.privileged = nil
                    image.contents?.secrets = nil
                    image.failure = missingLayer
                }
            ]),
            [
                ("setuid.count", .unobserved(missingLayer)), ("secrets.count", .unobserved(missingLayer)),
                ("secrets.files", .unobserved(missingLayer)),
                ("secrets.variables", .texts()), ("entrypoint.dropsPrivileges", .unobserved(missingLayer))
            ]),
        Case(
            "a secret is one, whatever else could not be read",
            capture([
                platform { image in
                    image.contents?.secrets = nil
                    image.failure = missingLayer
                    image.configuration?.secrets = [
                        ImageSecret(place: .history, name: "TOKEN", rule: "secret-variable")
                    ]
                }
            ]), [("secrets.count", .integer(1))]),
        Case("no release", capture([platform { $0.contents?.release = ImageFile() }]), [("base.os", .absent)]),
        Case(
            "a release without a version",
            capture([platform { $0.contents?.release = ImageFile(layer: 0, text: "NAME=x\nID=arch") }]),
            [
                ("base.os", .text("arch"))
            ]),
        Case(
            "tags", capture([platform()], tag: "latest"),
            [
                ("tag.isLatest", .yes), ("tag.name", .text("latest")), ("pinnedByDigest", .no),
                ("form", .text("registry")),
                ("digest", .text(digest("b"))), ("configDigest", .text(digest("c"))),
                ("reference", .text("registry.example/shop:1.4.2"))
            ]),
        Case(
            "a digest alone", capture([platform()], tag: nil, pinned: digest("b")),
            [
                ("tag.isLatest", .absent), ("tag.name", .absent), ("pinnedByDigest", .yes)
            ]),
        Case(
            "a tag of an archive", capture([platform()], form: .dockerArchive, tag: "shop:latest"),
            [("tag.isLatest", .yes)]),
        Case(
            "sizes", capture([platform(), platform { $0.layers += [descriptor("x", "2", size: .max)] }]),
            [
                ("layers.count", .integer(2)), ("size.compressed", .integer(.max)), ("integrity", .text("verified"))
            ]),
        Case(
            "attestations",
            capture(
                [platform()],
                others: [
                    OtherEntry(
                        kind: .attestation, descriptor: descriptor(ociManifest),
                        predicateTypes: ["https://spdx.dev/Document"])
                ]), [("attestations.sbom", .yes), ("attestations.provenance", .no)]),
        Case(
            "provenance",
            capture(
                [platform()],
                others: [
                    OtherEntry(
                        kind: .attestation, descriptor: descriptor(ociManifest),
                        predicateTypes: ["https://slsa.dev/provenance/v1"])
                ]), [("attestations.sbom", .no), ("attestations.provenance", .yes)]),
        Case("no attestation", capture([platform()]), [("attestations.sbom", .no), ("attestations.provenance", .no)])
    ]

    @Test("Facts say what was seen, absent what is not there", arguments: others)
    func other(_ expected: Case) { check(expected) }

    private func check(_ expected: Case) {
        let facts = expected.capture.facts(at: now)
        for (path, knowledge) in expected.facts { #expect(facts[path] == knowledge, "\(path)") }
    }

    @Test("A fact whose question was not asked is unobserved, not absent")
    func notAsked() {
        let facts = capture([platform()], questions: [.configuration]).facts(at: now)
        for path in [
            "user.verdict", "setuid.count", "secrets.found", "base.os", "entrypoint.dropsPrivileges",
            "attestations.sbom"
        ] {
            #expect(facts.isUnobserved(path, as: .unsupported), "\(path)")
        }
        #expect(facts["user.raw"] == .text("1001"))
        #expect(facts["secrets.variables"] == .texts())
    }

    @Test(
        "Only what a fact needs is asked",
        arguments: [
            (["user.verdict"], [.configuration, .user]), (["user.raw"], [.configuration]),
            (["user.gid"], [.configuration, .user, .group]),
            (["kubernetes"], [.configuration]), (["secrets.variables"], [.configuration]),
            (["secrets"], [.configuration, .files]),
            (["base.os"], [.configuration, .release]), (["health", "layers"], [.configuration]), ([], [.configuration])
        ] as [([String], Set<ImageQuestion>)])
    func asking(names: [String], questions: Set<ImageQuestion>) {
        #expect(ImageFacts.questions(for: names.compactMap { FactPath($0) }) == questions)
    }

    @Test("Everything is asked when nothing is chosen")
    func allQuestions() { #expect(ImageFacts.questions(for: nil) == Set(ImageQuestion.allCases)) }

    @Test("A recorded capture gives the same facts again", arguments: (users + others).indices)
    func recorded(index: Int) throws {
        let capture = (Self.users + Self.others)[index].capture
        #expect(try ProbeKind.image.facts(of: JSONValue(encoding: capture), at: now) == capture.facts(at: now))
    }

    @Test("Each platform is told in a record of its own")
    func platforms() {
        let facts = capture([platform(user: "toor"), platform("linux", "arm64", user: "ghost")]).facts(at: now)
        #expect(
            facts["user.platforms"]
                == .value(
                    .list([
                        .record([
                            "platform": .text("linux/amd64"), "verdict": .text("root"), "uid": .integer(0),
                            "gid": .integer(0),
                            "reason": .text("`toor` is uid 0 in /etc/passwd of layer 0"),
                            "kubernetes": .text("refused-name")
                        ]),
                        .record([
                            "platform": .text("linux/arm64"), "verdict": .text("unstartable"), "uid": .absent,
                            "gid": .absent,
                            "reason": .text("`ghost` has no line in /etc/passwd of layer 0"),
                            "kubernetes": .text("refused-name")
                        ])
                    ])))
    }
}
