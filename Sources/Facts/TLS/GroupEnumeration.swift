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
        let steps = capture.exchanges.filter { $0.purpose == .groups && $0.version == version }
        let suiteGroups = capture.exchanges.filter { $0.purpose == .suites && $0.version == version }
            .compactMap { $0.answer.version == version.code ? $0.answer.group : nil }
        var eliminated: Set<UInt16> = []
        failure = steps.isEmpty ? ProbeFailure(.unsupported, "no hello asked for the groups") : nil
        for step in steps { failure = read(step, version, &eliminated) }
        add(suiteGroups + steps.compactMap(\.answer.group).filter(eliminated.contains))
        let curves = NamedGroup.all(in: version).filter { version == .tls13 || !$0.isFiniteField }
        if failure == Self.unfinished, groups.count >= curves.count { failure = nil }
    }

    private static let unfinished = ProbeFailure(.cancelled, "the groups were not asked for to the end")

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
