import AuditModel
import JSON
import Testing

@Suite struct FactPathTests {
    @Test(
        "reads and writes paths",
        arguments: [
            ("status", ["status"]), ("hsts.maxAge", ["hsts", "maxAge"]),
            ("cookies.*.secure", ["cookies", "*", "secure"]),
            (#"cookies["a.b"].secure"#, ["cookies", "a.b", "secure"]), (#"paths["/x y"]"#, ["paths", "/x y"]),
            (#"c["q\"\\"]"#, ["c", #"q"\"#]), (#"["a.b"].secure"#, ["a.b", "secure"])
        ])
    func reads(text: String, segments: [String]) throws {
        let path = try #require(FactPath(text))
        #expect(path.segments == segments)
        #expect(path.text == text)
    }

    @Test(
        "refuses what is no path",
        arguments: ["", ".", "a.", ".a", "a..b", "a[", "a[\"b", "a b", "a]b", "a[\"b\"]c"])
    func refuses(text: String) {
        #expect(FactPath(text) == nil)
    }

    @Test("a star covers one key")
    func covers() throws {
        let pattern = try #require(FactPath("cookies.*.secure"))
        #expect(pattern.covers(FactPath(segments: ["cookies", "a.b", "secure"])))
        #expect(!pattern.covers(FactPath(segments: ["cookies", "a", "b", "secure"])))
        #expect(!pattern.covers(FactPath(segments: ["cookies", "a", "path"])))
    }
}

@Suite struct FactSetTests {
    @Test("keeps absent, unobserved and undeclared apart")
    func knowledge() {
        var facts = FactSet()
        let failure = ProbeFailure(.timeout, "no answer")
        facts.set(FactPath(segments: ["a"]), .integer(1))
        facts.set(FactPath(segments: ["b"]), .absent)
        facts.setUnobserved(FactPath(segments: ["c"]), failure)
        #expect(facts[FactPath(segments: ["a"])] == .value(.integer(1)))
        #expect(facts[FactPath(segments: ["b"])] == .absent)
        #expect(facts[FactPath(segments: ["c"])] == .unobserved(failure))
        #expect(facts[FactPath(segments: ["d"])] == .undeclared)
        #expect(facts.json.compact == #"{"a":1,"b":null}"#)
    }

    @Test("a key named like another fact hides nothing")
    func collision() {
        var facts = FactSet()
        facts.set(FactPath(segments: ["count"]), .integer(1))
        facts.set(FactPath(segments: ["count", "secure"]), .boolean(true))
        #expect(facts.json.compact == #"{"count":{"value":1,"secure":true}}"#)
    }

    @Test("nests paths in declared order")
    func nests() {
        var facts = FactSet()
        facts.set(FactPath(segments: ["hsts", "valid"]), .boolean(true))
        facts.set(FactPath(segments: ["status"]), .integer(200))
        facts.set(FactPath(segments: ["hsts", "maxAge"]), .integer(5))
        facts.set(FactPath(segments: ["cookies", "a.b", "secure"]), .boolean(false))
        #expect(
            facts.json.compact == #"{"hsts":{"valid":true,"maxAge":5},"status":200,"cookies":{"a.b":{"secure":false}}}"#
        )
    }
}

@Suite struct NearestNameTests {
    @Test(
        "finds what was meant",
        arguments: [
            ("enforcment", "enforcement"), ("titel", "title"), ("max_age", "max-age"), ("HSTS", "hsts"),
            ("hst", "hsts"),
            ("certifcate.daysRemaining", "certificate.daysRemaining")
        ])
    func finds(written: String, meant: String) {
        let known = ["enforcement", "title", "max-age", "hsts", "certificate.daysRemaining", "severity"]
        #expect(nearestName(to: written, among: known) == meant)
    }

    @Test("finds nothing where nothing is near", arguments: ["", "zzz", "completely-different"])
    func findsNothing(written: String) {
        #expect(nearestName(to: written, among: ["title", "severity"]) == nil)
    }
}

@Suite struct StatusTests {
    @Test(
        "several inputs take the first of fail, error, inconclusive, stale, pending, pass",
        arguments: [
            ([Status.pass, .fail, .error], Status.fail), ([.pass, .error, .inconclusive], .error),
            ([.inconclusive, .stale], .inconclusive),
            ([.stale, .pending], .stale), ([.pending, .pass], .pending), ([.pass, .notApplicable], .pass),
            ([.notApplicable, .notApplicable], .notApplicable), ([], .error)
        ])
    func combines(inputs: [Status], status: Status) {
        #expect(Status.combined(inputs) == status)
    }
}
