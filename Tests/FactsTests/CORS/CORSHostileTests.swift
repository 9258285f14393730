import AuditModel
import Facts
import JSON
import Testing

/// Whatever a target answers, every fact is accounted for.
struct CORSHostileTests {
    private static let values = [
        "", "*", "null", "true", "*, *", "https://", "\u{0}\u{1B}[2J", ",,,,", "Origin,*,", "-1",
        "99999999999999999999999", "https://a.example, https://b.example", "DELETE, , \"", "\u{FFFD}",
        String(repeating: "a,", count: 30_000), String(repeating: "https://", count: 5000), "[redacted 4:0a0b0c0d]"
    ]
    private static let names = [
        "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "Access-Control-Allow-Methods",
        "Access-Control-Allow-Headers", "Access-Control-Max-Age", "Access-Control-Expose-Headers", "Vary",
        "Cache-Control", "Set-Cookie", "Location", "Timing-Allow-Origin", "Access-Control-Allow-Private-Network"
    ]
    static let urls = [
        "https://api.example.com/", "", "::", "http://[::1]:8080/x", "https://a/b?t=[redacted 4:00000000]"
    ]

    /// A capture of random answers; the same for the same seed.
    static func capture(seed: UInt64) -> CORSCapture {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        let url = urls[next(urls.count)]
        let visits = CORSClass.allCases.filter { _ in next(4) > 0 }.map { kind in
            let origin = kind == .none ? nil : values[next(values.count)]
            guard next(6) > 0 else { return CORSCapture.Visit(kind, origin: origin, isLeftOut: next(2) == 0) }
            let fields = (0..<next(8)).map { _ in (names[next(names.count)], values[next(values.count)]) }
            let status = [200, 204, 301, 400, 401, 405, 429, 500, Int.min][next(9)]
            return CORSCapture.Visit(kind, origin: origin, exchange: exchange(url: url, status: status, fields))
        }
        return CORSCapture(url: url, finalURL: url, visits: visits, requests: next(30))
    }

    @Test("no answer traps, every declared fact is accounted for and of its type", arguments: 0..<200)
    func total(seed: UInt64) throws {
        let capture = Self.capture(seed: seed)
        let facts = capture.facts(at: now)
        for fact in CORSFacts.description.facts {
            #expect(facts[fact.path] != .undeclared, "\(fact.path.text)")
            if case .value(let value) = facts[fact.path] { #expect(fact.type.accepts(value), "\(fact.path.text)") }
        }
        #expect(try ProbeKind.cors.facts(of: JSONValue(encoding: capture), at: now) == facts)
    }

    @Test("a recording without answers knows nothing, and says so")
    func empty() {
        let facts = CORSCapture(url: "", finalURL: "", visits: [], requests: 0).facts(at: now)
        #expect(facts.isUnobserved("preflight.passes", as: .unsupported))
        #expect(facts["nullAllowed"] == .absent)
    }

    @Test(
        "what got no answer is not known, unless what did says enough",
        arguments: [
            ([.null: .timeout], "nullAllowed", nil), ([.null: .timeout], "bypass", nil),
            ([.null: .timeout], "verdict", nil), ([.null: .timeout], "reflectsArbitrary", .no),
            ([.preflight: .reset], "preflight.passes", nil), ([.preflight: .reset], "bypass", .texts()),
            ([.preflight: .reset], "verdict", nil)
        ] as [([CORSClass: ProbeFailure.Code], String, FactSet.Knowledge?)])
    func lost(failures: [CORSClass: ProbeFailure.Code], path: String, expected: FactSet.Knowledge?) {
        let facts = CORSCase("", [silence, denied], failures: failures, [:]).capture.facts(at: now)
        if let expected {
            #expect(facts[path] == expected)
        } else {
            #expect(failures.values.allSatisfy { facts.isUnobserved(path, as: $0) })
        }
        let found = CORSCase("", [silence, .echo(.arbitrary, evil)], failures: failures, [:]).capture.facts(at: now)
        #expect(found["verdict"] == .text("critical"))
        #expect(found["bypass"] == .texts("arbitrary"))
    }
}
