import Facts
import WireFormats

/// What has been found out about one version.
struct VersionFindings: Sendable {
    /// The first hello; later ones differ from it in their suites and groups.
    var shape: HelloShape
    var first: HeardAnswer
    /// In the order found.
    var accepted: [UInt16] = []

    var request: HelloRequest { HelloRequest(.suites, shape, reading: .flight) }

    /// The suite that the first hello was answered with; nil for a suite that it did not offer, or another version.
    var firstPick: UInt16? { Self.pick(of: first, in: shape.version) }

    static func pick(of heard: HeardAnswer, in version: ProtocolVersion) -> UInt16? {
        guard heard.verdict == .accepted, heard.answer.version == version.code, let suite = heard.answer.suite,
            heard.suites.contains(suite)
        else { return nil }
        return suite
    }
}

extension TLSConversation {
    /// Exchanges that take longer than this, in milliseconds, are worth being done side by side.
    private static let longExchange = 10.0
    private static let lanes = 4

    /// Whether parts of the suites should be eliminated side by side: the order found is then not the server's any more.
    var hasLongExchanges: Bool { latency >= Self.longExchange && maximumConnections > 1 }

    /// The first hello of a version: everything is offered, and the flight is read to its end.
    private func askFirst(_ version: ProtocolVersion) async -> VersionFindings {
        let sequence = record.nextSequence()
        let found = await hearFirst(version)
        record.add(found.first, to: found.request, sequence: sequence)
        return found
    }

    /// The same without a record; asked otherwise when the server wants it otherwise.
    ///
    /// - Parameter form: The only length that is tried; nil for those that a server may need.
    func hearFirst(
        _ version: ProtocolVersion, tries: Int = 5, as form: HelloForm? = nil
    ) async -> VersionFindings {
        var shape = HelloShape(version, serverName: endpoint.serverName)
        if version < .tls13 {
            shape.protocols = ["h2", "http/1.1"]
            if questions.contains(.extensions) { shape.extras = [.heartbeat, .truncatedHMAC] }
        }
        let first = await hear(first: shape, tries: tries, as: form)
        if first.answer.alert == noApplicationProtocolAlert, !shape.protocols.isEmpty {
            shape.protocols = []
            return VersionFindings(shape: shape, first: await hear(first: shape, tries: tries, as: form))
        }
        if version == .tls13, first.mayMissKeyShare {
            shape.keyShares = HelloLists.keyShares()
            let second = await hear(first: shape, tries: 2, as: form)
            if second.verdict == .accepted { return VersionFindings(shape: shape, first: second) }
        }
        return VersionFindings(shape: shape, first: first)
    }

    private func hear(first shape: HelloShape, tries: Int, as form: HelloForm?) async -> HeardAnswer {
        var request = HelloRequest(.suites, shape, reading: .flight)
        request.tries = tries
        request.triesForms = form == nil
        return await hear(request, as: form)
    }

    /// Finds out whether a version is offered and, if that was asked, all its suites and who orders them.
    func survey(_ version: ProtocolVersion) async {
        var found = findings[version]
        if found == nil { found = await askFirst(version) }
        guard var found else { return }
        found.accepted = await suites(after: found)
        findings[version] = found
        if questions.contains(.suites) { await askOrder(found) }
    }

    private func suites(after found: VersionFindings) async -> [UInt16] {
        var remaining = found.shape.suites
        var shape = found.shape
        shape.protocols = []
        shape.extras = []
        guard let pick = found.firstPick else {
            // Nothing but a refusal of these suites alone leaves a chance to the others.
            guard found.first.verdict == .refused, found.first.answer.alert != protocolVersionAlert else { return [] }
            remaining.removeAll(where: found.first.suites.contains)
            return await eliminate(shape, remaining, isFirstEnough: !questions.contains(.suites))
        }
        guard questions.contains(.suites) else { return [pick] }
        remaining.removeAll { $0 == pick }
        guard !hasLongExchanges else { return [pick] + (await eliminateInLanes(shape, remaining, after: pick)) }
        if found.shape.version == .tls13, questions.contains(.groups) {
            return await eliminateTLS13(shape, remaining, after: found)
        }
        return [pick] + (await eliminate(shape, remaining, after: pick))
    }

    /// Offers suites, takes out what the server picks, and goes on until it has refused all that is left.
    ///
    /// - Parameter pick: What the first hello was answered with, if these are what it left.
    /// - Returns: What was picked, in its order; an answer that tells nothing ends it.
    func eliminate(
        _ base: HelloShape, _ candidates: [UInt16], after pick: UInt16? = nil, lane: Int = 0,
        isFirstEnough: Bool = false
    ) async -> [UInt16] {
        var shape = base
        var remaining = candidates
        var accepted: [UInt16] = []
        var hidden: [UInt16] = []
        while !(isFirstEnough && !accepted.isEmpty) {
            if remaining.isEmpty { swap(&remaining, &hidden) }
            guard !remaining.isEmpty else { break }
            shape.suites = remaining
            var request = HelloRequest(.suites, shape, reading: .news)
            request.lane = lane
            let heard = await ask(request)
            if heard.verdict == .refused {
                hidden += HelloLists.hidden(in: heard.suites, from: [pick].compactMap { $0 } + accepted)
                remaining.removeAll(where: heard.suites.contains)
                // A server that does not speak the version need not be asked for the rest.
                if accepted.isEmpty, heard.answer.alert == protocolVersionAlert { break }
            } else if let pick = VersionFindings.pick(of: heard, in: shape.version) {
                remaining.removeAll { $0 == pick }
                accepted.append(pick)
            } else {
                break
            }
        }
        return accepted
    }

    /// Deals the suites out, so that parts of them are eliminated side by side.
    private func eliminateInLanes(
        _ shape: HelloShape, _ candidates: [UInt16], after pick: UInt16
    ) async -> [UInt16] {
        let count = shape.version == .tls13 ? Self.lanes - 1 : Self.lanes
        return await withTaskGroup(of: (Int, [UInt16]).self) { group in
            for lane in 0..<count {
                let part = stride(from: lane, to: candidates.count, by: count).map { candidates[$0] }
                group.addImmediateTask { (lane, await self.eliminate(shape, part, after: pick, lane: lane + 1)) }
            }
            var parts: [(Int, [UInt16])] = []
            for await part in group { parts.append(part) }
            return parts.sorted { $0.0 < $1.0 }.flatMap(\.1)
        }
    }
}

/// Alerts that the probe acts upon (RFC 8446 §6.2).
let protocolVersionAlert: UInt8 = 70
let noApplicationProtocolAlert: UInt8 = 120

extension HeardAnswer {
    /// Whether a server of TLS 1.3 may have refused for nothing but the missing key share.
    fileprivate var mayMissKeyShare: Bool {
        switch answer.kind {
        case .alert: answer.alert != protocolVersionAlert
        case .closed, .malformed: true
        case .hello, .helloRetry, .reset, .refused, .timeout, .notTLS: false
        }
    }
}
