import AuditModel
import Facts
import JSON
import Testing

/// What the csp probe's facts have to keep, over captures of every kind.
struct CSPAccountTests {
    static let captures: [CSPCapture] = [
        csp(), csp(""), csp("default-src 'self'"), csp(elements: []), csp(";,;,'", "\u{0}é; x: y"),
        csp("script-src 'nonce-' 'nonce-a' 'sha256-' *.*. [::1] http://[ //@ ://", url: "not a URL"),
        csp(String(repeating: "script-src * ", count: 2000), String(repeating: "a,", count: 2000)),
        csp(
            (0..<1000).map { "h\($0).example" }.reduce("script-src") { "\($0) \($1)" },
            (0..<1000).map { "*.h\($0).example" }.reduce("script-src") { "\($0) \($1)" }),
        csp(
            "report-to *", elements: [meta(""), meta("sandbox"), PageElement("script", [HTTPField("src", "//")])],
            fields: [("Report-To", "[[{}]]"), ("Reporting-Endpoints", ",=,\"")], again: []),
        CSPCapture(page: PageObservation(url: "", exchanges: []))
    ]

    @Test("Every declared fact is accounted for and of its type, whatever the capture", arguments: captures.indices)
    func accounting(index: Int) throws {
        let facts = Self.captures[index].facts(at: now)
        for fact in CSPFacts.description.facts where !fact.path.isPattern {
            #expect(facts[fact.path] != .undeclared, "\(fact.path.text)")
        }
        for (path, value) in facts.observed where value != .absent {
            let declaration = try #require(CSPFacts.description.declaration(of: path), "\(path.text)")
            #expect(declaration.type.accepts(value), "\(path.text) is \(value)")
        }
    }

    @Test("A recorded capture gives the same facts again", arguments: captures.indices)
    func recorded(index: Int) throws {
        let capture = Self.captures[index]
        #expect(try ProbeKind.csp.facts(of: JSONValue(encoding: capture), at: now) == capture.facts(at: now))
    }
}
