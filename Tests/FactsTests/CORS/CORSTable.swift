import AuditModel
import Facts
import Testing

/// An answer to a GET, as the tables write it: `"https://a.example" → allow-origin, credentials, vary`.
struct CORSReply: Sendable {
    var origin: String?
    var kind: CORSClass
    var status = 200
    var fields: [(String, String)] = []

    /// The answer to an origin of this class; `allow` nil for none allowed, `credentials` adds the field `true`.
    init(
        _ kind: CORSClass, _ origin: String? = nil, allow: String? = nil, credentials: Bool = false,
        vary: String? = nil, status: Int = 200, _ more: [(String, String)] = []
    ) {
        self.kind = kind
        self.origin = origin
        self.status = status
        if let allow { fields.append(("Access-Control-Allow-Origin", allow)) }
        if credentials { fields.append(("Access-Control-Allow-Credentials", "true")) }
        if let vary { fields.append(("Vary", vary)) }
        fields += more
    }

    /// An answer that names the origin.
    static func echo(
        _ kind: CORSClass, _ origin: String, credentials: Bool = true, vary: String? = "Origin", status: Int = 200,
        _ more: [(String, String)] = []
    ) -> CORSReply {
        CORSReply(kind, origin, allow: origin, credentials: credentials, vary: vary, status: status, more)
    }

    func visit(_ url: String) -> CORSCapture.Visit {
        CORSCapture.Visit(kind, origin: origin, exchange: exchange(url: url, status: status, fields))
    }
}

/// Answers, and the facts that must follow.
struct CORSCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var url = "https://api.example.com/v1/me"
    let replies: [CORSReply]
    /// Requests that got no answer.
    var failures: [CORSClass: ProbeFailure.Code] = [:]
    let expected: [(String, FactSet.Knowledge)]

    init(
        _ name: String, url: String = "https://api.example.com/v1/me", _ replies: [CORSReply],
        failures: [CORSClass: ProbeFailure.Code] = [:], _ expected: KeyValuePairs<String, FactSet.Knowledge>
    ) {
        testDescription = name
        self.url = url
        self.replies = replies
        self.failures = failures
        self.expected = expected.map { ($0.key, $0.value) }
    }

    var capture: CORSCapture {
        let failed = CORSClass.allCases.compactMap { kind in
            failures[kind].map { CORSCapture.Visit(kind, origin: "x", failure: ProbeFailure($0, "lost")) }
        }
        return CORSCapture(
            url: url, finalURL: url, visits: replies.map { $0.visit(url) } + failed, requests: replies.count)
    }
}

let own = "https://api.example.com"
let evil = "https://cors-probe.invalid"
let silence = CORSReply(.none)
let denied = CORSReply(.arbitrary, evil)

extension FactSet.Knowledge {
    static var none: Self { .texts() }
}
