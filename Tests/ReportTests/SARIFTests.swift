import AuditModel
import JSON
import Report
import Testing

struct SARIFTests {
    @Test("code scanning gets what fails and is not waived, what keeps the verdict from go first")
    func findings() throws {
        let results = try results("sarif", Samples.changed)
        #expect(
            results.map { $0["ruleId"]?.string } == [
                "hsts-max-age", "load-test", "backup-restored", "frame-options", "cookie-secure", "health-endpoint",
                "health-details", "on-call-rotation", "gate-rule/at-most-1-cookie", "sign-off/security-lead",
                "tls-post-quantum", "server-version"
            ])
        #expect(Set(results.map { $0["kind"]?.string }) == ["fail"])
        #expect(results.map { $0["level"]?.string } == Array(repeating: "error", count: 10) + ["warning", "note"])
        #expect(results.allSatisfy { $0["suppressions"] == nil })
    }

    @Test("a result stands where the audit file declares its target, else where its checklist does, else at line 1")
    func places() throws {
        let placed = try results("sarif", Samples.changed)
        #expect(place(placed[0]) == "deploy/gonogo.yaml:4:17")
        #expect(place(placed[7]) == "deploy/readiness.yaml:19:9")
        #expect(place(placed[8]) == "deploy/gonogo.yaml:4:17")
        #expect(Set(try results("sarif", Samples.noGo).map(place)) == ["gonogo.yaml:1:1"])
    }

    @Test("an image's items stand where the image is declared")
    func image() throws {
        var observation = headersObservation
        observation.probe = .image
        var sample = result(.noGo, items: [item("a", "A", .fail, observation: 0)], observations: [observation])
        sample.targetLocations = ["image": SourceLocation(file: "/srv/a b/gonogo.yaml", line: 0, column: 3)]
        let results = try results("sarif", sample)
        let result = try #require(results.first)
        #expect(place(result) == "file:///srv/a%20b/gonogo.yaml:1:3")
    }

    @Test(
        "the full form holds every item under its kind",
        arguments: [
            (Status.pass, "pass", "none"), (.fail, "fail", "error"), (.inconclusive, "open", "none"),
            (.error, "open", "none"), (.pending, "review", "none"), (.stale, "review", "none"),
            (.notApplicable, "notApplicable", "none")
        ])
    func kinds(status: Status, kind: String, level: String) throws {
        let sample = result(.noGo, items: [item("a", "A", status, blocks: status != .pass && status != .notApplicable)])
        let results = try results("sarif-full", sample)
        let result = try #require(results.first)
        #expect(result["kind"]?.string == kind && result["level"]?.string == level)
    }

    @Test("the condition of a sign-off is a notification")
    func conditions() throws {
        var sample = Samples.changed
        sample.signOffs[1].attestation?.condition = "Alerts by Friday"
        let told = try run("sarif", sample)["invocations"]?.array?.first?["toolExecutionNotifications"]?.array ?? []
        let own = told.filter { $0["descriptor"]?["id"]?.string == "sign-off-condition" }
        #expect(own.count == 1)
        #expect(own.first?["message"]?["text"]?.string?.contains("on the condition: Alerts by Friday") == true)
    }

    @Test("a waiver suppresses in the full form, an expired one does not")
    func suppressions() throws {
        let results = try results("sarif-full", Samples.changed)
        let suppressed = results.filter { $0["suppressions"] != nil }
        #expect(suppressed.map { $0["ruleId"]?.string } == ["permissions-policy"])
        let justification = suppressed[0]["suppressions"]?.array?.first?["justification"]?.string
        #expect(
            justification
                == "waived until 2026-12-15 00:00 UTC by ben@example.com (sre-lead): The header breaks the old checkout."
        )
    }

    @Test("a fingerprint stays whatever was seen, and differs by item, service and environment")
    func fingerprints() throws {
        func fingerprint(_ item: ItemResult, _ service: ServiceIdentity = shop) throws -> [JSONValue?] {
            let results = try results("sarif", result(.noGo, items: [item], service: service))
            let result = try #require(results.first)
            return [result["fingerprints"], result["partialFingerprints"]]
        }
        let first = try fingerprint(item("a", "A", .fail, message: "14 days"))
        #expect(try fingerprint(item("a", "B", .error, severity: .low, blocks: true, message: "x")) == first)
        #expect(try fingerprint(item("b", "A", .fail)) != first)
        #expect(try fingerprint(item("a", "A", .fail), ServiceIdentity(name: "shop", environment: "staging")) != first)
        #expect(
            try fingerprint(item("a", "A", .fail), ServiceIdentity(name: "blog", environment: "production")) != first)
    }

    @Test("each result points to the rule of its id", arguments: ["sarif", "sarif-full"], Samples.all.map(\.name))
    func rules(format: String, sample: String) throws {
        let sample = try #require(Samples.all.first { $0.name == sample }).result
        let run = try run(format, sample)
        let rules = try #require(run["tool"]?["driver"]?["rules"]?.array)
        let results = try #require(run["results"]?.array)
        #expect(rules.count == results.count)
        #expect(Set(rules.compactMap { $0["id"]?.string }).count == rules.count)
        for result in results {
            let index = try #require(result["ruleIndex"]?.double)
            #expect(rules[Int(index)]["id"] == result["ruleId"])
        }
    }

    @Test("what was compared says how it relates to the result before")
    func baseline() throws {
        let states = try results("sarif-full", Samples.changed).prefix(5).map { $0["baselineState"]?.string }
        #expect(states == ["new", "unchanged", "unchanged", "updated", "new"])
        #expect(try results("sarif", Samples.noGo).allSatisfy { $0["baselineState"] == nil })
    }

    @Test("runs of different services and environments are filed apart")
    func category() throws {
        #expect(
            try run("sarif", Samples.go)["automationDetails"]?["id"]?.string
                == "gonogo/shop/production/2026-11-21T03:00:05Z")
        let odd = result(.go, items: [], service: ServiceIdentity(name: "a/b"))
        #expect(try run("sarif", odd)["automationDetails"]?["id"]?.string == "gonogo/a-b/2026-11-21T03:00:05Z")
    }

    @Test("braces and links in what was seen are text")
    func text() throws {
        let sample = result(.noGo, items: [item("a", "A", .fail, blocks: true, message: "{0} [x](https://evil.test)")])
        #expect(try results("sarif", sample).first?["message"]?["text"]?.string == "{{0}} [x] (https://evil.test)")
    }

    private func run(_ format: String, _ result: AuditResult) throws -> JSONValue {
        let report = try #require(ReportFormat.named(format)).render(result)
        let log = try JSONValue.parse(report)
        #expect(log["version"]?.string == "2.1.0")
        return try #require(log["runs"]?.array?.first)
    }

    private func results(_ format: String, _ result: AuditResult) throws -> [JSONValue] {
        let run = try run(format, result)
        return try #require(run["results"]?.array)
    }

    private func place(_ result: JSONValue) -> String {
        let place = result["locations"]?.array?.first?["physicalLocation"]
        let numbers = ["startLine", "startColumn"].map { Int(place?["region"]?[$0]?.double ?? 0) }
        return "\(place?["artifactLocation"]?["uri"]?.string ?? ""):\(numbers[0]):\(numbers[1])"
    }
}
