// swift-tools-version: 6.2
import PackageDescription

/// One block for every target: what the compiler must refuse.
let settings: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),  // SE-0335
    .enableUpcomingFeature("MemberImportVisibility")  // SE-0444
]

/// Products of other packages, by the name the targets below use.
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTP2 = Target.Dependency.product(name: "NIOHTTP2", package: "swift-nio-http2")
let nioTLS = Target.Dependency.product(name: "NIOTLS", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let structuredFields = Target.Dependency.product(
    name: "RawStructuredFieldValues", package: "swift-http-structured-headers")
let x509 = Target.Dependency.product(name: "X509", package: "swift-certificates")
let swiftASN1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")

let package = Package(
    name: "gonogo",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "gonogo", targets: ["gonogo"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1", exact: "1.7.4"),
        .package(url: "https://github.com/apple/swift-certificates", exact: "1.21.1"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-structured-headers", exact: "1.7.0"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-http2", exact: "1.46.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        // For Tests/HTTPLab alone: a server to be looked at.
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: [])
    ],
    targets: [
        // MARK: Layer 0 — nouns, grammars, data. They import nothing of ours.

        // One JSON grammar and coder, order kept and bounded: recordings, results, hostile bodies.
        .target(name: "JSON", swiftSettings: settings),
        // The nouns every other module speaks of: items, facts, observations, statuses, verdicts, instants.
        .target(name: "AuditModel", dependencies: ["JSON"], swiftSettings: settings),
        // One grammar per file: header fields, cookies, health bodies, TLS, certificates. Pure, without Foundation, fuzzed.
        .target(
            name: "WireFormats", dependencies: ["JSON", structuredFields], swiftSettings: settings),
        // XML written, and what an HTML page holds.
        .target(name: "XML", swiftSettings: settings),
        // libyaml, as Swift sees it. Not by way of Yams, which brings all of Foundation and ICU into the binary.
        .systemLibrary(name: "CLibYAML", providers: [.apt(["libyaml-dev"])]),
        // zlib and libzstd, as Swift sees them.
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        // Streams inflated piece by piece, bounded; no type of zlib or libzstd leaves this module.
        .target(name: "Compression", dependencies: ["CZlib", "CZstd"], swiftSettings: settings),
        // The built-in checklists, embedded: drop a YAML file into Checklists/ to add one.
        .target(
            name: "Checklists", path: "Checklists", exclude: ["README.md"], swiftSettings: settings,
            plugins: ["EmbedFiles"]),
        // The ids of control frameworks, embedded.
        .target(
            name: "Controls", path: "Controls", exclude: ["README.md"], swiftSettings: settings,
            plugins: ["EmbedFiles"]),
        // The reports' style sheet, script and schemas, embedded.
        .target(
            name: "ReportTemplates", path: "Reports", exclude: ["Examples"], swiftSettings: settings,
            plugins: ["EmbedFiles"]),

        // MARK: Layer 1 — the pure stages.

        // Captures become facts here; also the catalogue of every fact.
        .target(name: "Facts", dependencies: ["AuditModel", "JSON", "WireFormats"], swiftSettings: settings),
        // Expectations over facts become statuses, statuses a verdict. `now` is an argument.
        .target(name: "Judge", dependencies: ["AuditModel", "JSON", "WireFormats"], swiftSettings: settings),
        // Attestations and waivers: which of them count for an item at an instant, and why not.
        .target(name: "SignOff", dependencies: ["AuditModel"], swiftSettings: settings),
        // YAML into checklists, audit files, attestations and waivers, with located errors.
        .target(
            name: "ChecklistYAML", dependencies: ["AuditModel", "CLibYAML", "JSON"], swiftSettings: settings),
        // A result into text: one file per format.
        .target(
            name: "Report", dependencies: ["AuditModel", "JSON", "WireFormats", "XML", "ReportTemplates"],
            swiftSettings: settings),

        // MARK: Layer 2 — the world.

        // Probes: the only module that talks to a target.
        .target(
            name: "Observe",
            dependencies: [
                "AuditModel", "JSON", "Facts", "WireFormats", "XML", "Compression", crypto, nioCore, nioPosix, nioHTTP1,
                nioHTTP2, nioTLS, nioSSL, swiftASN1, x509, cryptoExtras
            ], swiftSettings: settings),
        // A small HTTP and HTTPS service on loopback with deliberate faults, for the demo and the tests.
        .target(
            name: "DemoService",
            dependencies: ["AuditModel", nioCore, nioPosix, nioHTTP1, nioSSL, x509, swiftASN1, crypto],
            swiftSettings: settings),

        // MARK: Layer 3 — the audit: plans, observes, judges, reports.

        .target(
            name: "Audit",
            dependencies: [
                "AuditModel", "JSON", "WireFormats", "Facts", "Judge", "SignOff", "ChecklistYAML", "Checklists",
                "Controls",
                "Report", "Observe", crypto
            ], swiftSettings: settings),

        // MARK: Layer 4 — the command line.

        .executableTarget(
            name: "gonogo", dependencies: ["Audit", "AuditModel", "JSON", "Observe", "DemoService", argumentParser],
            swiftSettings: settings),

        // MARK: Build tooling

        .plugin(
            name: "EmbedFiles", capability: .buildTool(), dependencies: ["embed-files"],
            path: "Sources/EmbedFiles"),
        // The figures of speed and size, for script/bench.
        .executableTarget(
            name: "gonogo-bench", dependencies: ["Audit", "AuditModel", "JSON", "TestSupport", "WireFormats"],
            path: "Sources/gonogo-bench", swiftSettings: settings),
        .executableTarget(name: "embed-files", swiftSettings: settings),

        // MARK: Tests

        // Servers on loopback that behave, and that misbehave on purpose.
        .target(
            name: "TestSupport",
            dependencies: ["AuditModel", "CZlib", "CZstd", "JSON", "WireFormats", crypto, nioCore, nioPosix, nioSSL],
            path: "Tests/TestSupport",
            exclude: ["Servers"], swiftSettings: settings),
        // libxml2, as Swift sees it. In tests alone: with ICU behind it, it takes as long to load as the whole program.
        .systemLibrary(
            name: "CLibXML2", path: "Tests/CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        // XML read and validated with libxml2, to see that what we write is XML; no libxml2 type leaves this module.
        .target(
            name: "XMLReading", dependencies: ["CLibXML2"], path: "Tests/XMLReading", swiftSettings: settings),
        // Certificates, OCSP responses and timestamp lists that openssl made, for tests of pure modules.
        .target(
            name: "CertificateFixtures", path: "Tests/CertificateFixtures", exclude: ["Files"], swiftSettings: settings),
        .testTarget(
            name: "AuditModelTests", dependencies: ["AuditModel", "JSON"], swiftSettings: settings),
        .testTarget(
            name: "JSONTests", dependencies: ["JSON"], exclude: ["Hostile"], swiftSettings: settings),
        .testTarget(
            name: "CompressionTests", dependencies: ["Compression", "TestSupport"], swiftSettings: settings),
        .testTarget(
            name: "WireFormatsTests", dependencies: ["CertificateFixtures", "JSON", "TestSupport", "WireFormats"],
            exclude: ["Certificates/Hostile", "TLS/Flights", "TLS/Hostile"],
            swiftSettings: settings),
        .testTarget(
            name: "FactsTests",
            dependencies: ["AuditModel", "CertificateFixtures", "Facts", "JSON", "TestSupport", "WireFormats"],
            exclude: ["Hostile"], swiftSettings: settings),
        .testTarget(
            name: "JudgeTests", dependencies: ["AuditModel", "JSON", "Judge"], swiftSettings: settings),
        .testTarget(
            name: "SignOffTests", dependencies: ["AuditModel", "ChecklistYAML", "Judge", "SignOff"],
            swiftSettings: settings),
        .testTarget(
            name: "ChecklistYAMLTests", dependencies: ["AuditModel", "ChecklistYAML", "JSON"], exclude: ["Hostile"],
            swiftSettings: settings),
        .testTarget(
            name: "ReportTests",
            dependencies: ["AuditModel", "JSON", "Report", "ReportTemplates", "WireFormats", "XML", "XMLReading"],
            exclude: ["Golden"],
            swiftSettings: settings),
        // The page in a real browser.
        .testTarget(
            name: "ReportBrowserTests", dependencies: ["AuditModel", "JSON", "Report"], path: "Tests/ReportBrowser",
            exclude: ["checks.py"], swiftSettings: settings),
        .testTarget(name: "XMLTests", dependencies: ["XML"], swiftSettings: settings),
        .testTarget(
            name: "ObserveTests",
            dependencies: [
                "AuditModel", "CertificateFixtures", "Facts", "JSON", "Observe", "TestSupport", "WireFormats", crypto,
                nioCore, nioPosix, nioSSL
            ], swiftSettings: settings),
        // Real servers of every make, and what the TLS probe must say of each.
        .testTarget(
            name: "TLSLabTests",
            dependencies: ["AuditModel", "Facts", "JSON", "Observe", "TestSupport", "WireFormats"],
            path: "Tests/TLSLab", swiftSettings: settings),
        // Real servers with limits and CORS, and what the HTTP probes must say of each.
        .testTarget(
            name: "HTTPLabTests",
            dependencies: [
                "AuditModel", "Facts", "JSON", "Observe", "TestSupport", "WireFormats", nioCore, nioSSL,
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log")
            ], path: "Tests/HTTPLab", swiftSettings: settings),
        // Real images of every form, real registries and an engine, and what the image probe must say of each.
        .testTarget(
            name: "ImageLabTests",
            dependencies: ["AuditModel", "Facts", "JSON", "Observe", "TestSupport", "WireFormats"],
            path: "Tests/ImageLab", exclude: ["AGREEMENT.md"], swiftSettings: settings),
        // What other people's readers make of the reports.
        .testTarget(
            name: "ReportLabTests", dependencies: ["AuditModel", "JSON", "Report", "TestSupport"],
            path: "Tests/ReportLab", exclude: ["readers.py", "sarif-2.1.0.schema.json"], swiftSettings: settings),
        .testTarget(
            name: "DemoServiceTests",
            dependencies: ["AuditModel", "DemoService", crypto, nioCore, nioPosix, nioSSL, swiftASN1, x509],
            swiftSettings: settings),
        .testTarget(
            name: "AuditTests", dependencies: ["Audit", "AuditModel", "ChecklistYAML", "Checklists", "JSON", "Observe"],
            exclude: ["ChecklistRows.tsv"], swiftSettings: settings),
        .testTarget(
            name: "gonogoTests", dependencies: ["Audit", "AuditModel", "DemoService", "TestSupport", "gonogo"],
            swiftSettings: settings),
        .testTarget(
            name: "ArchitectureTests", swiftSettings: settings)
    ],
    swiftLanguageModes: [.v6]
)
