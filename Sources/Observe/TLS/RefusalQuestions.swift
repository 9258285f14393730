import Facts
import WireFormats

/// Refusals that decide are asked for again: behind one address may stand machines that differ, and one that was
/// forgotten shows only to the hellos that it happens to get.
///
/// Where a share p of the answers comes from it, n hellos miss it with (1 - p)^n; of two back ends that take turns, none
/// is missed by two hellos in a row. Of a server that is asked everything and leaves ten connections of its budget, TLS
/// 1.0 has been refused by the hellos of TLS 1.1 and 1.0 and four more, the rest of the suites by one and three more:
/// with one bad machine of two, picked at random, 1.6 % and 6.3 % remain, with one of three 8.8 % and 20 %. A difference
/// in any other answer makes them smaller, for then no refusal counts (see `Contradictions`): a suite that the elimination
/// met by chance is refused by the other machine when it is offered alone.
extension TLSConversation {
    /// Only where everything else is sound: what is offered already decides by itself.
    func askRefusalsAgain() async {
        guard questions.contains(.versions), findings.values.contains(where: { !$0.accepted.isEmpty }) else { return }
        let requests = decidingRefusals
        // Behind a long round trip, as many as go at a time: another batch would cost a tenth of the whole.
        let most = hasLongExchanges ? min(room, maximumConnections) : room
        let wanted = Self.turns.filter { requests[$0] != nil }.prefix(most).sorted()
        guard !wanted.isEmpty else { return }
        // A balancer that counts connections would send refusals, which end at once, where none of ours is left.
        await waitUntilAllLeft()
        let hellos = wanted.compactMap { requests[$0] }
        if hasLongExchanges {
            await withTaskGroup(of: Void.self) { group in
                for hello in hellos { group.addImmediateTask { await self.ask(hello) } }
            }
        } else {
            // One after the other, those of a kind together: a balancer that goes round has another machine for each.
            for hello in hellos { await ask(hello) }
        }
    }

    /// What is asked for again; the raw value is the order of asking.
    private enum Doubt: Int, Comparable {
        case versions, suites, lastSuite, modern, ssl2

        static func < (left: Doubt, right: Doubt) -> Bool { left.rawValue < right.rawValue }
    }

    /// What is asked for next, while there is room.
    private static let turns: [Doubt] = [
        .versions, .suites, .versions, .lastSuite, .versions, .suites, .modern, .ssl2, .versions, .suites
    ]

    /// How many connections there is room for: what a server with few suites leaves of a budget for versions alone, for
    /// suites and the certificate, or for everything; of a server with many, an eighth more. Lanes cost some more.
    private var room: Int {
        let connections = record.connections
        let forLanes = record.hasLanes ? 10 : 0
        if !questions.isSubset(of: [.versions, .suites, .certificate]) {
            return max(40 + forLanes - connections, connections / 8)
        }
        guard questions.contains(.suites) else { return max(0, 12 - connections) }
        let isModern = findings[.tls12]?.accepted.isEmpty != false
        return max(0, (isModern ? 12 : 20) + forLanes - connections)
    }

    private var decidingRefusals: [Doubt: HelloRequest] {
        var requests: [Doubt: HelloRequest] = [:]
        if let found = findings[.tls12] { requests[.versions] = found.refusal }
        let older = [ProtocolVersion.tls11, .tls10, .ssl3].compactMap { findings[$0] }
        if requests[.versions] == nil, older.allSatisfy(\.accepted.isEmpty) {
            // A server that has an older version answers with it: one hello asks for all of them.
            requests[.versions] = older.first?.refusal
        }
        requests[.suites] = findings[.tls12].flatMap(rest)
        if requests[.suites] != nil { requests[.lastSuite] = findings[.tls12].flatMap(last) }
        requests[.modern] = findings[.tls13].flatMap { $0.refusal ?? rest($0) }
        if !record.accepts(.ssl2) {
            var hello = HelloRequest(
                .confirmation, SSL2ClientHello(challenge: randomBytes(16)), offering: .ssl2)
            hello.tries = 1
            requests[.ssl2] = hello
        }
        return requests
    }

    /// The suite that was found last, alone.
    private func last(_ found: VersionFindings) -> HelloRequest? {
        guard let last = found.accepted.last else { return nil }
        var shape = found.shape.plain
        shape.suites = [last]
        return HelloRequest(.confirmation, shape, detail: TLSExchange.accepted)
    }

    /// The suites that were refused, the usual first; nil when there is a weak one among those that were not.
    private func rest(_ found: VersionFindings) -> HelloRequest? {
        let accepted = found.accepted.map(CipherSuite.init(rawValue:))
        guard questions.contains(.suites), !accepted.isEmpty, accepted.allSatisfy(\.isSound) else { return nil }
        var shape = found.shape.plain
        shape.suites.removeAll(where: found.accepted.contains)
        return shape.suites.isEmpty ? nil : HelloRequest(.confirmation, shape)
    }
}

extension VersionFindings {
    /// The first hello again; nil when it was not refused.
    fileprivate var refusal: HelloRequest? {
        first.verdict == .refused && accepted.isEmpty ? HelloRequest(.confirmation, shape) : nil
    }
}

extension CipherSuite {
    /// Whether it says nothing against a server that it is offered.
    fileprivate var isSound: Bool {
        keyExchange.isForwardSecret && (strengthBits ?? 0) >= 128 && encryption != .rc4 && mac != .md5
            && ![.anonymous, .null].contains(authentication)
    }
}
