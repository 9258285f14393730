import AuditModel
import Facts

/// A response over HTTPS with a verified certificate, or over plain HTTP.
func exchange(
    url: String = "https://shop.example/", status: Int = 200, _ fields: [(String, String)] = [], body: String = "",
    bodyFailure: ProbeFailure? = nil
) -> HTTPExchange {
    let isSecure = url.hasPrefix("https:")
    return HTTPExchange(
        method: "GET", url: url, status: status, httpVersion: "1.1", fields: fields.map { HTTPField($0.0, $0.1) },
        body: HTTPBody(text: body, byteCount: body.utf8.count, failure: bodyFailure),
        tls: isSecure ? TLSSummary(isVerified: true, problem: nil, version: "tls13") : nil, secondsToHead: 0.01)
}

/// The capture of one response without redirects.
func headers(_ fields: [(String, String)], url: String = "https://shop.example/", status: Int = 200) -> HeadersCapture {
    HeadersCapture(page: PageObservation(url: url, exchanges: [exchange(url: url, status: status, fields)]))
}

func visit(
    _ path: String, _ role: HealthCapture.Role = .discovery, status: Int = 200,
    _ fields: [(String, String)] = [("Content-Type", "application/json")], body: String = "",
    bodyFailure: ProbeFailure? = nil
) -> HealthCapture.Visit {
    HealthCapture.Visit(
        path: path, role: role,
        exchange: exchange(
            url: "https://shop.example" + path, status: status, fields, body: body, bodyFailure: bodyFailure),
        failure: nil, redirects: 0)
}

func failedVisit(
    _ path: String, _ role: HealthCapture.Role, _ code: ProbeFailure.Code = .timeout
) -> HealthCapture.Visit {
    HealthCapture.Visit(
        path: path, role: role, exchange: nil, failure: ProbeFailure(code, "no answer"), redirects: 0)
}

let notFound = visit("/nothing-here", .control, status: 404, [("Content-Type", "text/plain")], body: "Not found")

func health(
    _ visits: [HealthCapture.Visit], endpoint: String? = nil, latencies: [Double] = [],
    statuses: [Int]? = nil
) -> HealthCapture {
    HealthCapture(
        url: "https://shop.example/", visits: visits,
        endpoint: endpoint ?? HealthCapture.chooseEndpoint(visits: visits), latencies: latencies, statuses: statuses,
        requests: visits.count + latencies.count)
}

extension FactSet {
    /// What is known of a path as a person writes it.
    subscript(path: String) -> Knowledge { self[FactPath(path) ?? FactPath(segments: [path])] }

    func isUnobserved(_ path: String, as code: ProbeFailure.Code) -> Bool {
        if case .unobserved(let failure) = self[path] { return failure.code == code }
        return false
    }
}

extension FactSet.Knowledge {
    static func text(_ text: String) -> Self { .value(.text(text)) }
    static func integer(_ integer: Int64) -> Self { .value(.integer(integer)) }
    static func number(_ number: Double) -> Self { .value(.number(number)) }
    static func texts(_ texts: String...) -> Self { .value(.list(texts.map(FactValue.text))) }
    static var yes: Self { .value(.boolean(true)) }
    static var no: Self { .value(.boolean(false)) }
}

/// The instant at which the tests judge: 2027-01-15T08:00:00Z.
let now = Instant(seconds: 1_800_000_000)
