import AuditModel

extension ImageEvidence {
    /// The one value of all images; absent where they differ, unobserved where one is not known.
    func common(
        _ value: (PlatformImage) -> Result<FactValue, ProbeFailure>
    ) -> DerivedFact {
        guard !images.isEmpty else { return .absent }
        var values: [FactValue] = []
        for image in images {
            switch value(image) {
            case .success(let known): values.append(known)
            case .failure(let failure): return .unobserved(failure)
            }
        }
        return values.allSatisfy { $0 == values[0] } ? DerivedFact(values[0]) : .absent
    }

    /// The one value of all configurations.
    func configured(_ value: (ImageConfiguration) -> FactValue) -> DerivedFact {
        common { image in image.knownConfiguration.map(value) }
    }

    /// What all configurations list, each once, in order.
    func listed(_ values: (ImageConfiguration) -> [String]) -> DerivedFact {
        var seen: Set<String> = []
        var all: [String] = []
        for image in images {
            switch image.knownConfiguration {
            case .success(let configuration): all += values(configuration).filter { seen.insert($0).inserted }
            case .failure(let failure): return .unobserved(failure)
            }
        }
        return .texts(all)
    }

    /// The largest number of all images.
    func largest(_ value: (PlatformImage) -> Int64) -> DerivedFact {
        if capture.form == .engine, images.contains(where: \.layers.isEmpty) {
            return .unobserved(ProbeFailure(.unsupported, "an engine does not tell its layers unless they are read"))
        }
        return .integer(ifPresent: images.map(value).max())
    }
}

extension PlatformImage {
    var knownConfiguration: Result<ImageConfiguration, ProbeFailure> {
        configuration.map { .success($0) }
            ?? .failure(failure ?? ProbeFailure(.malformed, "the configuration of \(platform) could not be read"))
    }

    /// What layers hold, where it was looked at; else why not.
    func found<Value>(_ value: (ImageContents) -> Value?) -> Result<Value, ProbeFailure> {
        contents.flatMap(value).map { .success($0) }
            ?? .failure(failure ?? ProbeFailure(.unsupported, "the layers of \(platform) were not read for it"))
    }
}

extension DerivedFact {
    /// A value of the catalogue; absent is one of them.
    init(_ value: FactValue) { self = value == .absent ? .absent : .value(value) }
}

extension FactValue {
    static func text(ifPresent text: String?) -> FactValue { text.map(FactValue.text) ?? .absent }

    static func integer(ifPresent integer: Int64?) -> FactValue { integer.map(FactValue.integer) ?? .absent }

    static func texts(_ texts: [String]) -> FactValue { .list(texts.map(FactValue.text)) }
}
