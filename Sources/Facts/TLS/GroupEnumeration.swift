import AuditModel
import WireFormats

/// The key exchange groups of one version: all are offered, what was chosen is taken out, until the server refuses.
struct GroupEnumeration: Sendable, Equatable {
    /// In the order found, those that came with suites first: all groups were on offer then.
    private(set) var groups: [NamedGroup] = []
    /// Why the groups may not be all; nil when they are.
    private(set) var failure: ProbeFailure?
    private(set) var anomalies: [String] = []

    init(_ version: ProtocolVersion, of capture: TLSCapture) {
        let all = capture.exchanges.filter { $0.purpose == .groups && $0.version == version }
        let steps = all.filter { $0.detail != TLSExchange.finiteField }
        let suiteGroups = capture.exchanges.filter { $0.purpose == .suites && $0.version == version }
            .compactMap { $0.answer.version == version.code ? $0.answer.group : nil }
        var eliminated: Set<UInt16> = []
        failure = steps.isEmpty ? ProbeFailure(.unsupported, "no hello asked for the groups") : nil
        let lanes = Dictionary(grouping: steps, by: \.lane).sorted { $0.key < $1.key }.map(\.value)
        for lane in lanes {
            var end: ProbeFailure?
            for step in lane { end = read(step, version, &eliminated) }
            // What the first hello showed leads no further when what is left is dealt out to other lanes.
            if lanes.count > 1, lane.first?.lane == 0, end == Self.unfinished { end = nil }
            failure = failure ?? end
        }
        add(suiteGroups + steps.compactMap(\.answer.group).filter(eliminated.contains))
        let curves = NamedGroup.all(in: version).filter { version == .tls13 || !$0.isFiniteField }
        if failure == Self.unfinished, groups.count >= curves.count { failure = nil }
        addFiniteFields(all.filter { $0.detail == TLSExchange.finiteField })
    }

    private static let unfinished = ProbeFailure(.cancelled, "the groups were not asked for to the end")

    /// A server that sends a prime that was not on offer has one of its own, and no group at all.
    private mutating func addFiniteFields(_ steps: [TLSExchange]) {
        var picked: [UInt16] = []
        for step in steps {
            switch step.meaning {
            case .refused: break
            case .unknown(_, let failure): self.failure = self.failure ?? failure
            case .chosen:
                guard let group = step.answer.finiteFieldGroup, !picked.contains(group) else { return }
                picked.append(group)
            }
        }
        add(picked)
        let isChoice = steps.last?.meaning == .chosen
        if isChoice, picked.count < NamedGroup.all(in: .tls12).count(where: \.isFiniteField) {
            failure = failure ?? Self.unfinished
        }
    }

    /// Why the groups are not known to be all after this step; nil when it ends them.
    private mutating func read(
        _ step: TLSExchange, _ version: ProtocolVersion, _ eliminated: inout Set<UInt16>
    ) -> ProbeFailure? {
        switch step.meaning {
        case .refused: return nil
        case .unknown(_, let failure): return failure
        case .chosen:
            guard step.answer.version == version.code, let group = step.answer.group else { return nil }
            if eliminated.insert(group).inserted { return Self.unfinished }
            let name = NamedGroup(rawValue: group).name
            anomalies.append("wrong-group: \(version.rawValue) \(name)")
            return ProbeFailure(.tlsFailed, "the server chose the group \(name), which was not offered")
        }
    }

    private mutating func add(_ codes: [UInt16]) {
        for group in codes.map(NamedGroup.init(rawValue:)) where !groups.contains(group) { groups.append(group) }
    }
}
