import AuditModel
import Facts
import NIOCore
import NIOPosix
import WireFormats

/// Everything that is said to one endpoint: who connects when, what is asked again, and the record of it all.
///
/// It lives on one event loop, so that an exchange costs no change of threads.
actor TLSConversation {
    nonisolated let loop: any EventLoop
    private nonisolated let executor: any SerialExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    let endpoint: TLSEndpoint
    let questions: Set<TLSQuestion>
    let context: ProbeContext
    private let bootstrap: ClientBootstrap
    private let delay: TimeAmount
    let maximumConnections: Int
    let timeout: TimeAmount
    /// When asking ends, whatever is still unanswered.
    private var end: NIODeadline

    private var slots: ConnectionSlots
    private var busy: [Int: HelloExchange] = [:]
    private var handshakes: [Int: HandshakeExchange] = [:]
    private var nextConnection = NIODeadline.uptimeNanoseconds(0)
    private var address: SocketAddress?
    private(set) var isCancelled = false
    /// Whether the server has been silent for so long that nothing more is asked.
    private var isGivenUp = false
    /// When the last exchange ended in silence, and how many followed each other so.
    private var silence = (end: NIODeadline.uptimeNanoseconds(0), count: 0)

    /// How hellos are cut for this server.
    var form = HelloForm.plain
    /// The shortest exchange so far, in milliseconds, connection included.
    private(set) var latency = Double.infinity
    var record: TLSRecord
    /// What was found out about each version.
    var findings: [ProtocolVersion: VersionFindings] = [:]

    init(
        _ endpoint: TLSEndpoint, asking questions: Set<TLSQuestion>, connections: Int, delay: TimeAmount,
        in context: ProbeContext
    ) {
        loop = MultiThreadedEventLoopGroup.singleton.next()
        executor = loop.executor
        timeout = TimeAmount(context.timeout)
        bootstrap = ClientBootstrap(group: loop).channelOption(ChannelOptions.autoRead, value: false)
            .connectTimeout(timeout)
        self.endpoint = endpoint
        address = try? SocketAddress(ipAddress: endpoint.route.host, port: endpoint.route.port)
        self.questions = questions
        self.context = context
        self.delay = delay
        maximumConnections = connections
        slots = ConnectionSlots(most: connections)
        // A little less than two timeouts, so that a silent server costs no more than that.
        end = .now() + .nanoseconds(timeout.nanoseconds / 20 * 19 * 2)
        record = TLSRecord()
    }

    /// Ends every exchange at once.
    func cancel() {
        isCancelled = true
        for exchange in busy.values { exchange.cancel() }
        for exchange in handshakes.values { exchange.cancel() }
        slots.admitAll()
    }

    /// The server has answered: from now on there is time for everything that is asked.
    func extendTime() { end = max(end, .now() + .nanoseconds(timeout.nanoseconds * 6)) }

    private var mayAsk: Bool { !isCancelled && !isGivenUp && .now() < end }

    // MARK: Asking

    /// Says a hello, again as long as answers tell nothing, and records it with its last answer.
    @discardableResult
    func ask(_ request: HelloRequest) async -> HeardAnswer {
        let sequence = record.nextSequence()
        let heard = await hear(request)
        record.add(heard, to: request, sequence: sequence)
        return heard
    }

    /// Records an answer that was heard elsewhere.
    func record(_ heard: HeardAnswer, to request: HelloRequest) {
        record.add(heard, to: request, sequence: record.nextSequence())
    }

    /// Says a hello, again as long as answers tell nothing.
    func hear(_ request: HelloRequest, as chosen: HelloForm? = nil) async -> HeardAnswer {
        var heard = HeardAnswer(answer: TLSAnswer(.timeout, reason: "it was not asked: the time was over"))
        var forms = [chosen ?? form]
        while let current = forms.first, mayAsk {
            if heard.attempts > 0 { await pause(beforeAttempt: heard.attempts) }
            let written = request.written(as: current)
            let before = heard.answer.kind
            let isConfirming = heard.attempts > 0 && request.isRefused(by: heard.answer.kind)
            guard let results = await say(written, request, isConfirming: isConfirming, after: heard) else { break }
            record.retries += results.count - (heard.attempts == 0 ? 1 : 0)
            let attempts = heard.attempts + results.count
            guard let result = results.last, !isCancelled else { break }
            heard = record.heard(result, of: request, suites: written.suites)
            heard.attempts = attempts
            switch heard.answer.kind {
            case .hello, .helloRetry, .alert, .notTLS, .malformed: forms = []
            case .closed: if isConfirming, before == .closed { forms = [] }
            case .reset, .refused: if attempts >= request.tries || !result.mayPass { forms = [] }
            case .timeout:
                if forms.count == 1, request.triesForms, current == form { forms += written.otherForms }
                forms.removeFirst()
            }
        }
        return heard
    }

    private func pause(beforeAttempt attempt: Int) async {
        try? await Task.sleep(for: .milliseconds(20 << min(attempt - 1, 6)))
    }

    // MARK: Connections

    /// Says a hello once; to confirm what a repetition makes a refusal, twice in a row while nothing else is said: who
    /// breaks every fifth connection does not hit both.
    ///
    /// - Returns: What each connection brought; nil when the time was over before any.
    private func say(
        _ hello: WrittenHello, _ request: HelloRequest, isConfirming: Bool, after heard: HeardAnswer
    ) async -> [HelloResult]? {
        await takeTurn(alone: isConfirming)
        guard mayAsk else {
            slots.answered()
            slots.left()
            return nil
        }
        let isDoubtful = request.mayHang || heard.attempts > 0 && heard.answer.kind == .timeout
        let time = isDoubtful ? patience : timeout
        var results = [await connect(hello, request, for: time)]
        if isConfirming, results[0].isEnd || results[0].isReset && request.isRefused(by: .reset), mayAsk {
            slots.answered(staysAlone: true)
            slots.stayAlone()
            results.append(await connect(hello, request, for: time))
        }
        slots.answered()
        return results
    }

    private func connect(_ hello: WrittenHello, _ request: HelloRequest, for time: TimeAmount) async -> HelloResult {
        let number = record.nextConnection()
        let start = NIODeadline.now()
        let isEnough = record.isEnough(for: request)
        let reader = ServerFlightReader(offering: request.version, goal: request.reading == .hello ? .hello : .flight)
        let deadline = min(start + time, end)
        let result = await withCheckedContinuation { continuation in
            let exchange = HelloExchange(
                route: endpoint.route, hello: hello.bytes, reader: reader, isEnough: isEnough,
                completion: { continuation.resume(returning: $0) },
                farewell: { self.assumeIsolated { $0.slots.left() } })
            busy[number] = exchange
            exchange.start(with: bootstrap, on: loop, to: address, until: deadline)
        }
        busy[number] = nil
        learn(from: result, of: request, since: start)
        return result
    }

    /// A handshake by a complete client, again as long as it breaks for reasons that may pass; nil when there is no
    /// time for it.
    func handshake(_ offer: ClientOffer) async -> HandshakeResult? {
        var last: HandshakeResult?
        var attempts = 0
        while mayAsk {
            if attempts > 0 {
                record.retries += 1
                await pause(beforeAttempt: attempts)
            }
            let isAgain = attempts > 0
            await takeTurn(alone: isAgain)
            guard mayAsk else {
                slots.answered()
                slots.left()
                break
            }
            var result = await connect(offer)
            attempts += 1
            // Twice in a row while nothing else is said: who breaks every fifth connection does not hit both.
            if isAgain, result.isWorthTrying(after: attempts), mayAsk {
                record.retries += 1
                slots.answered(staysAlone: true)
                slots.stayAlone()
                result = await connect(offer)
                attempts += 1
            }
            slots.answered()
            last = result
            guard result.isWorthTrying(after: attempts) else { break }
            if result.failure?.code != .timeout { slots.lower() }
        }
        return last
    }

    private func connect(_ offer: ClientOffer) async -> HandshakeResult {
        let number = record.nextConnection()
        let deadline = min(.now() + timeout, end)
        let patience = TimeAmount.milliseconds(20) + .microseconds(Int64(min(latency, 1e4) * 1000))
        let result = await withCheckedContinuation { continuation in
            let exchange = HandshakeExchange(
                route: endpoint.route, serverName: endpoint.serverName, offer: offer, patience: patience,
                completion: { continuation.resume(returning: $0) },
                farewell: { self.assumeIsolated { $0.slots.left() } })
            handshakes[number] = exchange
            exchange.start(with: bootstrap, on: loop, to: address, until: deadline)
        }
        handshakes[number] = nil
        return result
    }

    /// Where connections went; nil through a proxy.
    var connectedAddress: String? {
        guard case .direct = endpoint.route.kind else { return nil }
        return address?.ipAddress
    }

    /// Waits for a connection to be allowed, and for the pause between connections that the caller wants.
    func takeTurn(alone: Bool = false) async {
        await withCheckedContinuation { slots.wait(alone: alone, $0) }
        guard delay > .zero else { return }
        let now = NIODeadline.now()
        let turn = max(now, nextConnection)
        nextConnection = turn + delay
        if turn > now { try? await Task.sleep(for: .nanoseconds((turn - now).nanoseconds)) }
    }

    /// Waits until no connection of ours is open.
    func waitUntilAllLeft() async {
        await takeTurn(alone: true)
        slots.answered()
        slots.left()
    }

    /// How long a server that has answered other hellos is waited for when it may not want to answer at all.
    private var patience: TimeAmount {
        guard latency.isFinite else { return timeout }
        return min(timeout, max(.seconds(3), .microseconds(Int64(min(latency, 1e6) * 20_000))))
    }

    private func learn(from result: HelloResult, of request: HelloRequest, since start: NIODeadline) {
        if address == nil { address = result.address }
        switch result.failure?.code {
        case nil:
            silence.count = 0
            latency = min(latency, result.wholeMilliseconds)
            slots.raise()
        case .timeout:
            // Exchanges side by side are silent together: they count as one.
            guard !request.mayHang, start >= silence.end else { return }
            silence = (.now(), silence.count + 1)
            if silence.count >= 2 { isGivenUp = true }
        // Many servers reset a hello of SSLv2 by principle.
        case .reset, .refused: if request.version != .ssl2 { slots.lower() }
        default: break
        }
    }
}

extension HandshakeResult {
    /// Whether another handshake may show more than those tried so far.
    fileprivate func isWorthTrying(after attempts: Int) -> Bool {
        guard let failure, !demandsClientCertificate else { return false }
        return attempts < failure.handshakeTries
    }
}

extension ProbeFailure {
    /// How often a handshake is tried that ends so.
    fileprivate var handshakeTries: Int {
        switch code {
        case .reset, .refused: isOwnFault ? 1 : 5
        case .closedEarly: 3
        case .timeout: 2
        default: 1
        }
    }
}
