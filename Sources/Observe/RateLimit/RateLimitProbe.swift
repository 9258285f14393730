import AuditModel
import Facts
import NIOCore
import WireFormats

/// Reads advertised limits from a few GETs and, where bursts are permitted, measures what happens beyond.
///
/// The context's timeout bounds each request; the whole has its own bound in `seconds`.
struct RateLimitProbe: Probe {
    static let runsAlone = true

    /// What one response may cost: a longer body ends its connection.
    private static let bodyLimit = 64 << 10
    private static let redirectLimit = 5

    private let url: URLReference
    private let health: URLReference?
    private let variants: [String: URLReference]
    private let settings: RateLimitMeasurement.Settings

    init(_ request: ObservationRequest) throws(ProbeFailure) {
        let target = try request.targetURL()
        url = if let path = request.text("path") { try target.at(path) } else { target }
        health = if let path = request.text("health") { try target.at(path) } else { nil }
        var settings = RateLimitMeasurement.Settings()
        settings.budget = try request.integer(RateLimitFacts.requests) ?? settings.budget
        settings.perSecond = try request.integer(RateLimitFacts.rate) ?? settings.perSecond
        settings.seconds = try request.integer(RateLimitFacts.seconds).map(Double.init) ?? settings.seconds
        settings.stages = RateLimitFacts.stages(for: request.facts)
        settings.keyField = request.text("key")
        settings.asksHealth = health != nil
        if let field = settings.keyField, !isFieldName(field) {
            throw ProbeFailure(.unsupported, "the parameter key names no request field")
        }
        variants = request.parameters["variants"] == .boolean(true) ? url.variants : [:]
        settings.variants = variants.keys.sorted()
        self.settings = settings
    }

    func observe(in context: ProbeContext, until deadline: NIODeadline) async throws(ProbeFailure) -> RateLimitCapture {
        let redactor = context.redactor
        let (target, settings) = (url, settings)
        return try await HTTPSession.run(target: url, context: context) { session throws(ProbeFailure) in
            let startedAt = context.now()
            let walk = RedirectWalk(session: session, redactor: redactor, limit: Self.redirectLimit)
            let path = try await walk.get(target, until: deadline)
            let start = NIODeadline.now() - .nanoseconds(Int64(path.last.secondsToHead * 1e9))
            var round = Round(
                session: session, context: context, redactor: redactor, start: start, url: path.url, health: health,
                variants: path.url == target ? variants : path.url.variants, target: target)
            let (permitted, refusals) = await round.permission(settings)
            var own = settings
            own.permitted = permitted
            if own.variants.isEmpty { round.variants = [:] }
            var measurement = RateLimitMeasurement(own, startedAt: startedAt)
            var first = RateLimitCapture.Request(phase: .baseline, sentAt: 0, secondsToHead: path.last.secondsToHead)
            first.status = path.last.status
            first.take(path.last, keepsBody: RateLimitOutcome(first, usual: nil) == .denied)
            measurement.record(first, sent: await session.requests)
            let stop = try await round.run(&measurement)
            return RateLimitCapture(
                url: redactor.redact(path.url), startedAt: startedAt, requests: measurement.requests,
                sent: await session.requests, budget: own.budget, stop: stop, refusals: refusals)
        }
    }

    /// The requests of one measurement on their way.
    private struct Round {
        let session: HTTPSession
        let context: ProbeContext
        let redactor: Redactor
        let start: NIODeadline
        let url: URLReference
        let health: URLReference?
        var variants: [String: URLReference]
        let target: URLReference

        /// What may be sent, and why not the rest of what was wanted.
        func permission(
            _ settings: RateLimitMeasurement.Settings
        ) async -> (Set<ActiveProbing>, [RateLimitCapture.ActiveRefusal]) {
            var wanted: [(ActiveProbing, String)] = []
            if settings.stages.contains(.ladder) {
                wanted.append(
                    (.rateLimitBurst, "a burst of up to \(settings.budget) requests to \(target.hostAndPort)"))
            }
            if settings.stages.contains(.names) {
                wanted.append((.spoofedForwardingHeaders, "sending invented client addresses to \(target.hostAndPort)"))
            }
            var permitted = context.permitted
            if await session.staysOnLoopback { permitted = Set(ActiveProbing.allCases) }
            let isTarget = url.isSameService(as: target)
            let refusals = wanted.compactMap { kind, what -> RateLimitCapture.ActiveRefusal? in
                guard isTarget else {
                    let reason = "it redirects to \(url.hostAndPort), which is not the target: name that URL instead"
                    return RateLimitCapture.ActiveRefusal(kind, ProbeFailure(.notPermitted, reason))
                }
                return permitted.contains(kind)
                    ? nil : RateLimitCapture.ActiveRefusal(kind, .notPermitted(kind, what))
            }
            return (isTarget ? permitted : [], refusals)
        }

        func run(_ measurement: inout RateLimitMeasurement) async throws(ProbeFailure) -> RateLimitCapture.Stop {
            while true {
                let sent = await session.requests
                guard case .send(let planned) = measurement.next(sent: sent) else { break }
                // A name that first led to loopback may lead elsewhere on a fresh connection.
                if planned.phase != .baseline, !context.permitted.contains(.rateLimitBurst),
                    await !session.staysOnLoopback
                {
                    return .notPermitted
                }
                try await wait(until: planned.notBefore)
                let request = try await send(planned, after: measurement.requests)
                measurement.record(request, sent: await session.requests)
            }
            guard case .finish(let stop) = measurement.next(sent: await session.requests) else { return .errors }
            return stop
        }

        private func wait(until seconds: Double) async throws(ProbeFailure) {
            let rest = seconds - (NIODeadline.now() - start).seconds
            guard rest > 0 else { return }
            do {
                try await Task.sleep(for: .seconds(rest))
            } catch {
                throw .cancelled
            }
        }

        private func send(
            _ planned: RateLimitMeasurement.Planned, after earlier: [RateLimitCapture.Request]
        ) async throws(ProbeFailure) -> RateLimitCapture.Request {
            var message = HTTPRequest(url: url, bodyLimit: RateLimitProbe.bodyLimit)
            if planned.phase == .health, let health { message.url = health }
            if let variant = planned.variant.flatMap({ variants[$0] }) { message.url = variant }
            if let claim = planned.claim { message.fields = [(claim.name, claim.value)] }
            var request = RateLimitCapture.Request(
                phase: planned.phase, round: planned.round, sentAt: (NIODeadline.now() - start).seconds,
                claim: planned.claim, variant: planned.variant)
            do throws(ProbeFailure) {
                let response = try await session.send(message, until: .now() + TimeAmount(context.timeout))
                request.secondsToHead = response.timeToHead.seconds
                request.status = response.status
                request.take(
                    HTTPExchange(response, from: message.url, redactor: redactor),
                    keepsBody: earlier.wantBody(of: request))
            } catch {
                if error.code == .cancelled { throw error }
                request.failure = error
            }
            return request
        }
    }
}

extension RateLimitCapture.Request {
    /// What of a response is kept: the fields about limits, times, caching and types, in bounds.
    fileprivate mutating func take(_ exchange: HTTPExchange, keepsBody: Bool) {
        status = exchange.status
        fields = Array(
            exchange.fields.filter { Self.concerns($0.name.lowercased()) && $0.value.utf8.count <= 4096 }.prefix(40))
        if keepsBody { body = exchange.body }
    }

    private static func concerns(_ name: String) -> Bool {
        let names: Set<String> = [
            "date", "age", "cache-control", "content-type", "access-control-allow-origin", "retry-after",
            "sforce-limit-info"
        ]
        return names.contains(name) || ["ratelimit", "rate-limit", "call-limit"].contains { name.contains($0) }
    }
}

extension URLReference {
    /// The same resource to many routers, under another key to a careless limiter.
    fileprivate var variants: [String: URLReference] {
        var slash = self
        slash.path = path.hasSuffix("/") ? String(path.dropLast()) : path + "/"
        if slash.path.isEmpty { slash.path = "//" }
        var letters = self
        letters.path = path == path.uppercased() ? path.lowercased() : path.uppercased()
        var query = self
        query.query = (self.query.map { $0 + "&" } ?? "") + "gonogo=1"
        var variants = ["trailing-slash": slash, "query": query]
        if letters.path != path { variants["case"] = letters }
        return variants
    }

    /// The same host, on the same port or the usual ones of `http` and `https`.
    fileprivate func isSameService(as other: URLReference) -> Bool {
        let usual = [80, 443]
        return sameHost(host, other.host) && (port == other.port || usual.contains(port) && usual.contains(other.port))
    }
}
