import AuditModel

extension ImageFacts {
    /// What the layers hold.
    static let contents: [ImageFact] = [
        ImageFact(
            "setuid.count", .integer, needs: [.files], unit: "files",
            meaning: "How many files run with the rights of their owner or group; counted up to 1,000.",
            source: "CIS Docker Benchmark 4.8"
        ) { evidence in evidence.gathered(\.privileged) { .integer($0.count) } },
        ImageFact(
            "setuid.files", .list(.record), needs: [.files],
            meaning: "Those files, each with path, mode in octal digits, and layer.", source: "CIS Docker Benchmark 4.8"
        ) { evidence in evidence.gathered(\.privileged) { .value(.list($0.map(\.record))) } },
        ImageFact(
            "secrets.count", .integer, needs: [.files], unit: "secrets",
            meaning: "How many secrets the image holds, those in deleted files included; counted up to 1,000.",
            source: "CIS Docker Benchmark 4.10"
        ) { evidence in evidence.secrets { .integer($0.count) } },
        ImageFact(
            "secrets.found", .list(.record), needs: [.files],
            meaning:
                "Where secrets are: place (env, history, file, deleted-file), name, rule and layer, never a value.",
            source: "CIS Docker Benchmark 4.10"
        ) { evidence in evidence.secrets { .value(.list($0.map(\.record))) } },
        ImageFact(
            "secrets.files", .list(.text), needs: [.files],
            meaning: "Paths of files that hold secrets, each once, those that a later layer deletes included.",
            source: "CIS Docker Benchmark 4.10"
        ) { evidence in
            evidence.gathered(\.secrets) { secrets in
                var seen: Set<String> = []
                return .texts(secrets.map(\.name).filter { seen.insert($0).inserted })
            }
        },
        ImageFact(
            "secrets.variables", .list(.text),
            meaning: "Names of environment variables and build arguments whose values are secrets.",
            source: "CIS Docker Benchmark 4.10"
        ) { $0.listed { $0.secrets.map(\.name) } },
        ImageFact(
            "entrypoint.dropsPrivileges", .text, needs: [.entryPoint],
            meaning:
                "The tool with which the entry point's script drops the rights of root; absent when none was seen.",
            source: "github.com/tianon/gosu"
        ) { evidence in
            evidence.common { image in
                if let tool = image.contents?.dropsPrivilegesWith { return .success(.text(tool)) }
                return image.failure.map { .failure($0) } ?? .success(.absent)
            }
        },
        ImageFact(
            "base.os", .text, needs: [.release],
            meaning: "Name and version of the operating system in /etc/os-release; absent without such a file.",
            source: "os-release(5)"
        ) { evidence in
            evidence.common { image in
                image.found(\.release).flatMap { release in
                    release.failure.map { .failure($0) }
                        ?? .success(.text(ifPresent: release.text.flatMap(operatingSystem)))
                }
            }
        },
        ImageFact(
            "layersRead", .integer, unit: "layers", meaning: "How many layers had to be opened, over all platforms.",
            source: "gonogo"
        ) { evidence in .integer(evidence.capture.images.reduce(0) { $0 + ($1.contents?.layersRead ?? 0) }) }
    ]

    /// `ID` and `VERSION_ID`, as in `debian 12`; nil without an `ID`.
    private static func operatingSystem(_ release: String) -> String? {
        func value(_ name: String) -> String? {
            let line = release.split(whereSeparator: \.isNewline).last { $0.hasPrefix("\(name)=") }
            let value = line?.dropFirst(name.count + 1).filter { !"\"'".contains($0) }
            return value.flatMap { $0.isEmpty ? nil : String($0.prefix(64)) }
        }
        guard let id = value("ID") else { return nil }
        return [id, value("VERSION_ID")].compactMap(\.self).joined(separator: " ")
    }
}

extension ImageEvidence {
    /// What was found in the files of all images, each once; unobserved when nothing was and an image was not read whole.
    fileprivate func gathered<Finding: Hashable>(
        _ findings: (ImageContents) -> [Finding]?, value: ([Finding]) -> DerivedFact
    ) -> DerivedFact {
        let (all, failure) = gather(findings)
        if let failure, all.isEmpty { return .unobserved(failure) }
        return value(all)
    }

    fileprivate func secrets(_ value: ([ImageSecret]) -> DerivedFact) -> DerivedFact {
        var seen: Set<ImageSecret> = []
        let stated = images.flatMap { $0.configuration?.secrets ?? [] }
        let (inFiles, failure) = gather(\.secrets)
        let all = (stated + inFiles).filter { seen.insert($0).inserted }
        if let failure, all.isEmpty { return .unobserved(failure) }
        return value(all)
    }

    private func gather<Finding: Hashable>(
        _ findings: (ImageContents) -> [Finding]?
    ) -> (all: [Finding], failure: ProbeFailure?) {
        var seen: Set<Finding> = []
        var all: [Finding] = []
        var failure: ProbeFailure?
        for image in images {
            if case .failure(let why) = image.knownConfiguration { failure = failure ?? why }
            switch image.found(findings) {
            case .success(let found): all += found.filter { seen.insert($0).inserted }
            case .failure(let why): failure = failure ?? why
            }
        }
        return (all, failure)
    }
}

extension PrivilegedFile {
    fileprivate var record: FactValue {
        .record([
            "path": .text(path), "mode": .text(String(mode, radix: 8)), "layer": .integer(Int64(layer))
        ])
    }
}

extension ImageSecret {
    fileprivate var record: FactValue {
        .record([
            "place": .text(place.rawValue), "name": .text(name), "rule": .text(rule),
            "layer": .integer(ifPresent: layer.map(Int64.init))
        ])
    }
}
