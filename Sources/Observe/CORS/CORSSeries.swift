import AuditModel
import Facts
import NIOCore
import NIOHTTP1
import WireFormats

/// The questions of one observation, asked one after the other within a budget of requests.
struct CORSSeries {
    private static let redirectLimit = 5
    private static let bodyLimit = 64 << 10
    private static let preflights = 4
    /// After so many requests without an answer the rest is not asked.
    private static let mostFailures = 3
    /// How many times the timeout of one request all of them may take.
    private static let patience = 4

    private let session: HTTPSession
    private let redactor: Redactor
    private let timeout: TimeAmount
    private let budget: Int
    private let gap: Duration
    private let end: NIODeadline
    /// A cookie of no meaning, where the audit brings no credentials: some servers look at origins only beside one.
    private let cookie: [(name: String, value: String)]

    private(set) var capture: CORSCapture
    /// What every origin is asked about.
    private var url: URLReference
    private var failures = 0
    /// Why nothing more is asked.
    private var stop: ProbeFailure?

    init(session: HTTPSession, context: ProbeContext, budget: Int, gap: Duration, target: URLReference) {
        self.session = session
        self.budget = budget
        self.gap = gap
        redactor = context.redactor
        timeout = TimeAmount(context.timeout)
        end = .now() + .nanoseconds(timeout.nanoseconds * Int64(Self.patience))
        let hasCredentials = context.requestHeaders.contains {
            ["cookie", "authorization"].contains($0.name.lowercased())
        }
        cookie = hasCredentials ? [] : [("Cookie", "probe=1")]
        url = target
        let text = redactor.redact(target)
        capture = CORSCapture(url: text, finalURL: text, visits: [], requests: 0)
    }

    /// Asks without an origin and follows redirects on the same host; throws when there is no answer.
    mutating func begin(until deadline: NIODeadline) async throws(ProbeFailure) {
        let walk = RedirectWalk(session: session, redactor: redactor, limit: Self.redirectLimit, fields: cookie)
        let path = try await walk.get(url, until: deadline)
        url = path.url
        capture.finalURL = redactor.redact(url)
        try check(path.last.status)
        let exchanges = path.exchanges.map(\.withoutBody)
        capture.redirects = exchanges.dropLast()
        capture.visits = [CORSCapture.Visit(.none, origin: nil, exchange: exchanges.last)]
    }

    /// Asks every origin that the budget has room for; few when each of them is named by the answer.
    mutating func askOrigins(known: [String], extended: Bool) async throws(ProbeFailure) {
        let origins = CORSOrigins(for: url)
        let opening = origins.opening(known: known + namedWithoutOrigin)
        for question in opening where question.kind != .none { try await ask(question) }
        let label = "cors-probe-" + String(UInt32.random(in: 0x1000_0000...UInt32.max), radix: 16)
        let asked = Set(opening.map(\.origin))
        for question in origins.closer(label: label, extended: extended) where !asked.contains(question.origin) {
            if reflectsArbitrary {
                leaveOut(question, "not asked, because the answer names every origin")
            } else if await session.requests >= budget - Self.preflights {
                leaveOut(
                    question, "not asked, because the \(budget) requests allowed were spent; `requests` raises that")
            } else {
                try await ask(question)
            }
        }
    }

    /// Asks what an arbitrary origin may send, and then what an origin may that is allowed to read, if there is one.
    mutating func askPreflights() async throws(ProbeFailure) {
        try await ask(CORSQuestion(.preflight, CORSOrigins.arbitrary))
        let allowed = reflectsArbitrary ? nil : capture.visits.first { $0.isEcho && $0.origin != "null" }?.origin
        for kind in [CORSClass.preflightMethod, .preflightNetwork, .plainOptions] {
            try await ask(CORSQuestion(kind, allowed ?? CORSOrigins.arbitrary))
        }
    }

    // MARK: Questions

    private mutating func ask(_ question: CORSQuestion) async throws(ProbeFailure) {
        var visit = CORSCapture.Visit(question.kind, origin: question.origin, failure: stop)
        if stop == nil {
            do throws(ProbeFailure) {
                let response = try await send(question)
                let method = question.kind.isOptions ? "OPTIONS" : "GET"
                visit.exchange = HTTPExchange(response, to: method, from: url, redactor: redactor).withoutBody
                try check(response.status)
            } catch {
                if error.code == .cancelled { throw error }
                (visit.exchange, visit.failure) = (nil, error)
                didFail(error)
            }
        }
        capture.visits.append(visit)
    }

    /// A limiter's answer says nothing of origins, and what it asks for is to be left alone.
    private func check(_ status: Int) throws(ProbeFailure) {
        if status == 429 { throw ProbeFailure(.refused, "\(url.hostAndPort) limits requests: it answered 429") }
    }

    private mutating func didFail(_ failure: ProbeFailure) {
        failures += 1
        guard failures >= Self.mostFailures || failure.code == .refused || NIODeadline.now() >= end else { return }
        stop = ProbeFailure(failure.code, "not asked, because before that \(failure.reason)")
    }

    private func send(_ question: CORSQuestion) async throws(ProbeFailure) -> HTTPResponse {
        if gap > .zero { try? await Task.sleep(for: gap) }
        var request = HTTPRequest(url: url, fields: cookie, bodyLimit: Self.bodyLimit)
        if let origin = question.origin { request.fields.append(("Origin", origin)) }
        if question.kind.isOptions {
            // A preflight carries no credentials (Fetch, CORS-preflight fetch).
            (request.method, request.carriesAuditFields) = (.OPTIONS, false)
            request.fields = [("Origin", question.origin ?? "null")] + question.kind.preflightFields
        }
        return try await session.send(request, until: min(.now() + timeout, end))
    }

    private mutating func leaveOut(_ question: CORSQuestion, _ reason: String) {
        let failure = ProbeFailure(.unsupported, reason)
        capture.visits.append(
            CORSCapture.Visit(question.kind, origin: question.origin, failure: failure, isLeftOut: true))
    }

    // MARK: What came so far

    /// The origin that the answer to nobody names.
    private var namedWithoutOrigin: [String] {
        let values = capture.visits.first?.exchange?.values(of: "access-control-allow-origin") ?? []
        return values.count == 1 ? values.filter { isSerializedOrigin($0) && $0 != url.origin } : []
    }

    private var reflectsArbitrary: Bool {
        capture.visits.contains { [.arbitrary, .arbitraryTLD].contains($0.kind) && $0.isEcho }
    }
}

extension CORSCapture.Visit {
    /// The answer names the origin that asked.
    fileprivate var isEcho: Bool {
        guard let origin, let exchange, !kind.isOptions else { return false }
        return exchange.values(of: "access-control-allow-origin") == [origin]
    }
}

extension CORSClass {
    fileprivate var preflightFields: [(name: String, value: String)] {
        let method = self == .preflightMethod ? CORSPreflight.unknownMethod : CORSPreflight.method
        let fields = [
            ("Access-Control-Request-Method", method), ("Access-Control-Request-Headers", CORSPreflight.headers)
        ]
        switch self {
        case .preflight, .preflightMethod: return fields
        case .preflightNetwork: return fields + [("Access-Control-Request-Private-Network", "true")]
        default: return []
        }
    }
}

extension HTTPExchange {
    /// For a capture whose facts read fields alone.
    fileprivate var withoutBody: HTTPExchange {
        var exchange = self
        let isCut = exchange.body.byteCount > 0
        exchange.body.text = ""
        exchange.body.failure = isCut ? ProbeFailure(.tooLarge, "the body was not kept") : exchange.body.failure
        return exchange
    }
}
