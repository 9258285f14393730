import AuditModel
import Facts
import WireFormats

/// What has been heard so far, in the form of the capture.
struct TLSRecord {
    private var exchanges: [(sequence: Int, exchange: TLSExchange)] = []
    private var sequence = 0
    var handshakes: [TLSHandshake] = []
    private(set) var connections = 0
    var retries = 0
    var chains = ChainCollection()
    /// What suites have proved themselves with in flights that were read whole.
    private(set) var authentications: Set<CipherSuite.Authentication> = []

    mutating func nextSequence() -> Int {
        sequence += 1
        return sequence
    }

    /// The number of a connection that is about to be opened.
    mutating func nextConnection() -> Int {
        connections += 1
        return connections
    }

    mutating func add(_ heard: HeardAnswer, to request: HelloRequest, sequence: Int) {
        exchanges.append(
            (
                sequence,
                TLSExchange(
                    purpose: request.purpose, version: request.version, lane: request.lane,
                    offered: heard.suites.count, detail: request.detail, answer: heard.answer,
                    attempts: heard.attempts, milliseconds: heard.milliseconds)
            ))
    }

    func hasExchange(_ purpose: TLSExchange.Purpose, _ version: ProtocolVersion) -> Bool {
        exchanges.contains { $0.exchange.purpose == purpose && $0.exchange.version == version }
    }

    /// The first answer of a version's elimination of suites that came with a prime.
    func firstPrime(in version: ProtocolVersion) -> TLSAnswer? {
        exchanges.lazy.map(\.exchange).first {
            $0.purpose == .suites && $0.version == version && $0.answer.version == version.code
                && $0.answer.dhPrime != nil
        }?.answer
    }

    /// Whether suites were dealt out, to be eliminated side by side.
    var hasLanes: Bool { exchanges.contains { $0.exchange.lane > 0 } }

    /// Whether any hello of a version was answered with a choice.
    func accepts(_ version: ProtocolVersion) -> Bool {
        exchanges.contains { $0.exchange.version == version && $0.exchange.answer.kind == .hello }
    }

    /// By purpose, then version, then time: the same server gives the same order however exchanges overlapped.
    var orderedExchanges: [TLSExchange] {
        let byPurpose = Dictionary(grouping: exchanges) { $0.exchange.purpose }
        return TLSExchange.Purpose.allCases.flatMap { purpose in
            let byVersion = Dictionary(grouping: byPurpose[purpose] ?? []) { $0.exchange.version }
            return ProtocolVersion.allCases.flatMap { version in
                merged((byVersion[version] ?? []).sorted { $0.sequence < $1.sequence }.map(\.exchange))
            }
        }
    }

    /// Brings parts that were eliminated side by side into one order: that of each part stays, and among parts goes
    /// first what our hellos name first. A server that follows its clients then gives the order of a single part.
    private func merged(_ exchanges: [TLSExchange]) -> [TLSExchange] {
        guard let version = exchanges.first?.version, exchanges.contains(where: { $0.lane > 0 }) else {
            return exchanges
        }
        let suites = HelloLists.suites(version)
        let rank: (TLSExchange) -> Int = { exchange in
            if exchange.lane == 0 { return -1 }
            return exchange.answer.suite.flatMap(suites.firstIndex) ?? suites.count
        }
        var lanes = Dictionary(grouping: exchanges, by: \.lane).sorted { $0.key < $1.key }.map { $0.value[...] }
        var merged: [TLSExchange] = []
        while let next = lanes.indices.filter({ !lanes[$0].isEmpty })
            .min(by: { (lanes[$0].first.map(rank) ?? 0) < (lanes[$1].first.map(rank) ?? 0) })
        {
            if let exchange = lanes[next].popFirst() { merged.append(exchange) }
        }
        return merged
    }

    /// With the default handshake's chain first.
    func settled(onDefault chain: Int?) -> TLSRecord {
        guard let chain, chain > 0 else { return self }
        var record = self
        record.chains.moveToFront(chain)
        let moved: (Int) -> Int = { $0 == chain ? 0 : $0 < chain ? $0 + 1 : $0 }
        for index in exchanges.indices {
            record.exchanges[index].exchange.answer.chain = exchanges[index].exchange.answer.chain.map(moved)
        }
        for index in handshakes.indices { record.handshakes[index].chain = handshakes[index].chain.map(moved) }
        return record
    }

    // MARK: Reading

    /// Whether a flight tells enough for a request before its end.
    func isEnough(for request: HelloRequest) -> @Sendable (ServerFlight) -> Bool {
        guard request.reading == .news, request.version < .tls13 else { return { _ in false } }
        return { [authentications] flight in
            guard let hello = flight.hello else { return false }
            let traits = HelloLists.traits(hello.suite)
            guard authentications.contains(traits.authentication) || !traits.authentication.hasChain else {
                return false
            }
            return traits.keyExchange != .dhe && traits.keyExchange != .dhAnon || flight.keyExchange != nil
        }
    }

    /// What a connection brought, as an answer; a chain that it carried is kept.
    mutating func heard(_ result: HelloResult, of request: HelloRequest, suites: [UInt16]) -> HeardAnswer {
        var answer = TLSAnswer(result.failure)
        if result.failure == nil {
            answer = TLSAnswer(result.flight)
            if let chain = chains.add(result.flight) {
                answer.chain = chain
                if let suite = answer.suite { authentications.insert(HelloLists.traits(suite).authentication) }
            }
        }
        return HeardAnswer(
            answer: answer, flight: result.flight, suites: suites, attempts: 1, milliseconds: result.milliseconds,
            failure: result.failure)
    }
}

extension CipherSuite.Authentication {
    /// Whether it is proved with a certificate.
    var hasChain: Bool { [.rsa, .dss, .ecdsa, .gost].contains(self) }
}
