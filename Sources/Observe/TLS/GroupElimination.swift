import Crypto
import Facts
import WireFormats

extension HelloLists {
    /// Shares for the two groups that every server of TLS 1.3 has one of; nobody derives a key from them.
    static func keyShares() -> [KeyShareEntry] {
        let point = P256.KeyAgreement.PrivateKey().publicKey.x963Representation
        return [
            KeyShareEntry(group: 29, key: randomBytes(32)), KeyShareEntry(group: 23, key: [UInt8](point))
        ]
    }
}

extension HelloShape {
    /// With these groups alone, and no share for another.
    func offering(groups: [UInt16]) -> HelloShape {
        var shape = self
        shape.groups = groups
        shape.keyShares.removeAll { !groups.contains($0.group) }
        return shape
    }
}

extension TLSConversation {
    /// Eliminates suites and groups of TLS 1.3 in one chain: each answer names one of both, and is recorded for both.
    func eliminateTLS13(_ base: HelloShape, _ candidates: [UInt16], after found: VersionFindings) async -> [UInt16] {
        var suites = candidates
        var groups = base.groups.filter { $0 != found.first.answer.group }
        var accepted = [found.firstPick].compactMap { $0 }
        record(found.first, to: HelloRequest(.groups, base))
        var isRefused = false
        while !suites.isEmpty, !groups.isEmpty {
            var shape = base.offering(groups: groups)
            shape.suites = suites
            let heard = await ask(HelloRequest(.suites, shape))
            isRefused = heard.verdict == .refused
            guard let pick = VersionFindings.pick(of: heard, in: .tls13) else { break }
            record(heard, to: HelloRequest(.groups, shape))
            accepted.append(pick)
            suites.removeAll { $0 == pick }
            groups.removeAll { $0 == heard.answer.group }
        }
        var shape = base
        shape.suites = accepted
        let found = await eliminateGroups(shape, groups)
        // Without another group, the last refusal may have been about groups.
        guard isRefused, found == 0 else { return accepted }
        return accepted + (await eliminate(base, suites))
    }

    /// Offers groups, takes out what the server picks, and goes on until it refuses what is left.
    ///
    /// - Returns: How many were picked.
    @discardableResult
    func eliminateGroups(_ base: HelloShape, _ candidates: [UInt16], lane: Int = 0) async -> Int {
        var remaining = candidates
        while !remaining.isEmpty {
            let reading: HelloRequest.Reading = base.version == .tls13 ? .hello : .flight
            var request = HelloRequest(.groups, base.offering(groups: remaining), reading: reading)
            request.lane = lane
            let heard = await ask(request)
            guard VersionFindings.pick(of: heard, in: base.version) != nil, let group = heard.answer.group,
                remaining.contains(group)
            else { break }
            remaining.removeAll { $0 == group }
        }
        return candidates.count - remaining.count
    }

    /// The same in parts side by side, where exchanges take long.
    ///
    /// - Returns: How many were picked.
    @discardableResult
    private func eliminateGroupsInLanes(_ shape: HelloShape, _ candidates: [UInt16]) async -> Int {
        let count = hasLongExchanges ? min(Self.groupLanes, candidates.count) : 1
        guard count > 1 else { return await eliminateGroups(shape, candidates) }
        return await withTaskGroup(of: Int.self) { group in
            for lane in 0..<count {
                let part = stride(from: lane, to: candidates.count, by: count).map { candidates[$0] }
                group.addImmediateTask { await self.eliminateGroups(shape, part, lane: lane + 1) }
            }
            var picked = 0
            for await count in group { picked += count }
            return picked
        }
    }

    private static let groupLanes = 3

    /// The groups of TLS 1.3, when they were not found together with its suites.
    func askGroupsTLS13() async {
        guard let found = findings[.tls13], let pick = found.firstPick else { return }
        guard !record.hasExchange(.groups, .tls13) else { return }
        var shape = found.shape
        shape.suites = [pick]
        await eliminateGroupsInLanes(shape, rest(of: shape.groups, after: found, among: [pick]))
    }

    /// The first hello offered all groups: with a suite that the elimination uses too, it is its first step.
    private func rest(of groups: [UInt16], after found: VersionFindings, among suites: [UInt16]) -> [UInt16] {
        guard let pick = found.firstPick, suites.contains(pick), let group = found.first.answer.group else {
            return groups
        }
        record(found.first, to: HelloRequest(.groups, found.shape))
        return groups.filter { $0 != group }
    }

    /// The curves of TLS 1.2, asked with suites that an RSA key signs if there are any: an ECDSA key's own curve must
    /// be offered too (RFC 8422 §5.1), and hides those after it.
    func askCurvesTLS12() async {
        guard let found = findings[.tls12], !found.accepted.isEmpty else { return }
        let isECDHE: (UInt16) -> Bool = { [.ecdhe, .ecdhAnon].contains(HelloLists.traits($0).keyExchange) }
        let accepted = found.accepted.filter(isECDHE)
        let known = accepted.isEmpty ? found.shape.suites.filter(isECDHE) : accepted
        let rsa = known.filter { HelloLists.traits($0).authentication == .rsa }
        var shape = found.shape.plain
        let curves = shape.groups.filter { !NamedGroup(rawValue: $0).isFiniteField }
        shape.suites = rsa
        if !rsa.isEmpty {
            let rest = rest(of: curves, after: found, among: rsa)
            let picked = await eliminateGroupsInLanes(shape, rest)
            if picked > 0 || rest.count < curves.count || known.count == rsa.count { return }
        }
        // A signing key's curve stands last, so that a server that takes the first shows the others before it.
        shape.suites = known
        await eliminateGroups(shape, curves.filter { ![23, 24, 25].contains($0) } + [25, 24, 23])
    }

    /// The groups of RFC 7919 that the server takes with DHE suites, known by their primes; one that sends a prime of its
    /// own whatever is offered shows by the second hello at the latest.
    func askFiniteFieldsTLS12() async {
        guard let found = findings[.tls12], !found.accepted.isEmpty else { return }
        let known = questions.contains(.suites) ? found.accepted : found.shape.suites
        var shape = found.shape.plain
        shape.suites = known.filter { [.dhe, .dhAnon].contains(HelloLists.traits($0).keyExchange) }
        guard !shape.suites.isEmpty else { return }
        var remaining = shape.groups.filter { NamedGroup(rawValue: $0).isFiniteField }
        if let answer = record.firstPrime(in: .tls12) {
            // All groups were on offer when the suites were eliminated.
            record(HeardAnswer(answer: answer, suites: shape.suites, attempts: 1), to: finiteFields(shape, remaining))
            guard let group = answer.finiteFieldGroup, remaining.contains(group) else { return }
            remaining.removeAll { $0 == group }
        }
        while !remaining.isEmpty {
            let heard = await ask(finiteFields(shape, remaining))
            guard let group = heard.answer.finiteFieldGroup, remaining.contains(group) else { return }
            remaining.removeAll { $0 == group }
        }
    }

    private func finiteFields(_ shape: HelloShape, _ groups: [UInt16]) -> HelloRequest {
        HelloRequest(
            .groups, shape.offering(groups: groups), reading: .flight, detail: TLSExchange.finiteField)
    }
}
