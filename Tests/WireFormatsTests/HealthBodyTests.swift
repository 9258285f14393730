import Testing
import WireFormats

struct HealthBodyTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var text: String
        var essence: String? = "application/json"
        var code = 200
        let format: HealthBody.Format
        let status: HealthBody.Status?
        var components: [String] = []
        var failing: [String] = []
        var testDescription: String { "\(text) (\(essence ?? "-"))" }
    }

    private func recognised(_ text: String, essence: String?, code: Int) -> HealthBody? {
        guard case .recognised(let body) = HealthBody.read(text, essence: essence, httpStatus: code) else { return nil }
        return body
    }

    @Test(
        "Each convention is recognised with its status and parts",
        arguments: [
            Case(text: #"{"status":"pass"}"#, essence: "application/health+json", format: .healthJSON, status: .pass),
            Case(text: #"{"status":"up"}"#, essence: "application/health+json", format: .healthJSON, status: .pass),
            Case(text: #"{"status":"Warn"}"#, format: .healthJSON, status: .warn),
            Case(
                text: #"{"status":"fail","checks":{"pg:connections":[{"status":"pass"},{"status":"fail"}],"up":[{}]}}"#,
                format: .healthJSON, status: .fail, components: ["pg:connections", "up"], failing: ["pg:connections"]),
            Case(text: #"{"status":"UP"}"#, format: .springActuator, status: .pass),
            Case(text: #"{"status":"OUT_OF_SERVICE"}"#, code: 503, format: .springActuator, status: .fail),
            Case(
                text: #"{"status":"DOWN","components":{"db":{"status":"DOWN"},"ping":{"status":"UP"}}}"#,
                essence: "application/vnd.spring-boot.actuator.v3+json", format: .springActuator, status: .fail,
                components: ["db", "ping"], failing: ["db"]),
            Case(
                text: #"{"status":"UP","diskSpace":{"status":"UP","free":1},"db":{"status":"UP"}}"#,
                format: .springActuator, status: .pass, components: ["diskSpace", "db"]),
            Case(
                text: #"{"status":"DOWN","checks":[{"name":"db","status":"DOWN"},{"name":"mq","status":"UP"}]}"#,
                format: .microprofile, status: .fail, components: ["db", "mq"], failing: ["db"]),
            Case(text: #"{"status":"UP","checks":[]}"#, format: .microprofile, status: .pass),
            Case(
                text:
                    #"{"status":"error","info":{},"error":{"db":{"status":"down"}},"details":{"db":{"status":"down"}}}"#,
                format: .terminus, status: .fail, components: ["db"], failing: ["db"]),
            Case(
                text: #"{"status":"ok","checks":{"database":"ok","cache":{"status":"degraded"},"queue":false}}"#,
                format: .json, status: .pass, components: ["database", "cache", "queue"], failing: ["queue"]),
            Case(
                text: #"{"status":"Healthy","entries":{"db":{"status":"Unhealthy","duration":"00:00:00.1"}}}"#,
                format: .json, status: .pass, components: ["db"], failing: ["db"]),
            Case(text: #" {"healthy":true}"#, essence: "text/plain", format: .json, status: .pass),
            Case(text: #"{"ok":false}"#, essence: nil, format: .json, status: .fail),
            Case(text: #""OK""#, format: .plain, status: .pass),
            Case(text: "Healthy", essence: "text/plain", format: .aspnetText, status: .pass),
            Case(text: "Degraded\n", essence: "text/plain", format: .aspnetText, status: .warn),
            Case(text: "Unhealthy", essence: nil, code: 503, format: .aspnetText, status: .fail),
            Case(
                text: "[+]ping ok\n[-]etcd failed: reason withheld\n[+]poststarthook/x ok\nreadyz check failed\n",
                essence: "text/plain", code: 500, format: .kubernetesVerbose, status: .fail,
                components: ["ping", "etcd", "poststarthook/x"], failing: ["etcd"]),
            Case(
                text: "[+]ping ok\r\nlivez check passed", essence: "text/plain", format: .kubernetesVerbose,
                status: .pass, components: ["ping"]),
            Case(text: "OK", essence: "text/plain", format: .plain, status: .pass),
            Case(text: " not ready\n", essence: nil, code: 503, format: .plain, status: .fail),
            Case(text: "Service ready.", essence: "text/plain", format: .plain, status: .pass),
            Case(text: "ok", essence: "application/octet-stream", format: .plain, status: .pass),
            Case(text: "all is fine today", essence: "text/plain", format: .plain, status: nil),
            Case(text: "", essence: nil, code: 204, format: .plain, status: .pass),
            Case(text: "", essence: nil, code: 503, format: .plain, status: .fail)
        ])
    func convention(_ expected: Case) throws {
        let body = try #require(recognised(expected.text, essence: expected.essence, code: expected.code))
        #expect(body.format == expected.format)
        #expect(body.status == expected.status)
        #expect(body.components.map(\.name) == expected.components)
        #expect(body.components.filter { $0.status == .fail }.map(\.name) == expected.failing)
    }

    @Test(
        "HTML, JSON without a status and unknown text follow no convention",
        arguments: [
            ("<!doctype html><title>OK</title>", "text/html", 200), ("OK", "text/html", 200),
            ("<html><body>200 OK</body></html>", nil, 200), (#"{"message":"ok?"}"#, "application/json", 200),
            (#"{"status":404,"error":"Not Found"}"#, "application/json", 404),
            (#"{"status":"pass""#, "application/json", 200),
            (#"{"status":"pass","status":"fail"}"#, "application/json", 200), ("[]", "application/json", 200),
            ("pass", "application/json", 200), ("body { color: red }", "text/css", 200), ("", nil, 404),
            (String(repeating: "ok ", count: 500), "text/plain", 200)
        ] as [(String, String?, Int)])
    func unrecognised(text: String, essence: String?, code: Int) {
        #expect(recognised(text, essence: essence, code: code) == nil)
    }

    @Test("A body tells version, release, uptime and time in several ways")
    func members() throws {
        let body = try #require(
            recognised(
                #"{"status":"ok","version":2,"releaseId":"r7","uptime":"1m30s","timestamp":"2026-11-21T03:00:00Z"}"#,
                essence: "application/json", code: 200))
        #expect(body.version == "2")
        #expect(body.releaseID == "r7")
        #expect(body.uptimeSeconds == 90)
        #expect(body.timestamp == .text("2026-11-21T03:00:00Z"))
        let other = try #require(
            recognised(
                #"{"status":"pass","checks":{"uptime":[{"observedValue":2,"observedUnit":"min"}]},"time":1700000000}"#,
                essence: nil, code: 200))
        #expect(other.uptimeSeconds == 120)
        #expect(other.timestamp == .epochMilliseconds(1_700_000_000_000))
    }

    @Test(
        "A dependency's latency is read with its unit",
        arguments: [
            (#"{"latencyMs":12}"#, 12), (#"{"latency_ms":1.5}"#, 1.5), (#"{"responseTime":"20ms"}"#, 20),
            (#"{"duration":"00:00:00.0100"}"#, 10), (#"{"durationSeconds":0.5}"#, 500),
            (#"{"details":{"latency":3}}"#, 3),
            (#"{"latency":-1}"#, nil), (#"{"durationSeconds":1e308}"#, nil), (#"{"latency":"soon"}"#, nil),
            (#"{"status":"ok"}"#, nil)
        ] as [(String, Double?)])
    func latency(part: String, milliseconds: Double?) throws {
        let body = try #require(
            recognised(#"{"status":"ok","checks":{"db":\#(part)}}"#, essence: "application/json", code: 200))
        #expect(body.components.first?.latencyMilliseconds == milliseconds)
    }

    @Test("health+json states latency as an observed value")
    func observedLatency() throws {
        let text =
            #"{"status":"pass","checks":{"pg:responseTime":[{"observedValue":0.25,"observedUnit":"s"}],"#
            + #""pg:connections":[{"observedValue":75}]}}"#
        let body = try #require(recognised(text, essence: "application/health+json", code: 200))
        #expect(body.components.map(\.latencyMilliseconds) == [250, nil])
    }

    @Test(
        "A body gives away what it says about the inside",
        arguments: [
            (#"{"status":"pass","version":"1.4.2","releaseId":"1.4.2-7"}"#, []),
            (#"{"status":"pass","output":""}"#, []), (#"{"status":"fail","output":"refused"}"#, [.errorOutput]),
            (#"{"status":"ok","error":"x"}"#, [.errorOutput]),
            (#"{"status":"ok","environment":"production"}"#, [.environmentName]),
            (#"{"status":"ok","redis_version":"7.2.4"}"#, [.softwareVersion]),
            (#"{"status":"ok","checks":{"db":"ok"}}"#, [.componentNames]),
            (#"{"status":"ok","checks":{"db":{"status":"ok","latencyMs":1,"time":"x"}}}"#, [.componentNames]),
            (#"{"status":"ok","checks":{"db":{"status":"ok","pool":5}}}"#, [.componentNames, .componentDetails]),
            (#"{"status":"ok","host":"db.internal"}"#, [.internalHost]),
            ("[+]etcd ok\nlivez check passed", [.componentNames]),
            (#"{"status":"ok","x":{"y":["\n\tat a.B.c(B.java)"]}}"#, [.stackTrace])
        ] as [(String, Set<Disclosure>)])
    func disclosures(text: String, found: Set<Disclosure>) throws {
        #expect(try #require(recognised(text, essence: nil, code: 200)).disclosures == found)
    }

    @Test("What exceeds the bounds is said to be excessive, never guessed")
    func excessive() {
        let deep = String(repeating: "[", count: 5000)
        let wide = (0...HealthBody.mostComponents).map { #""c\#($0)":"ok""# }.joined(separator: ",")
        let bodies = [
            deep, #"{"status":"ok","checks":{\#(wide)}}"#, String(repeating: " ", count: HealthBody.longestBody + 1),
            String(repeating: "[+]a ok\n", count: HealthBody.mostComponents + 1)
        ]
        for (index, body) in bodies.enumerated() {
            let essence = index < 2 ? "application/json" : "text/plain"
            guard case .excessive = HealthBody.read(body, essence: essence, httpStatus: 200) else {
                Issue.record("body \(index) was read")
                continue
            }
        }
    }

    @Test(
        "Two answers of one page have one shape",
        arguments: [
            (#"{"status":"ok","t":1}"#, #"{"status":"ok","t":2}"#, true),
            (#"{"status":"ok"}"#, #"{"status":"fail"}"#, false),
            (#"{"a":1}"#, #"{"b":1}"#, false), (#"[1,2]"#, "[3]", true), ("<p id=1>x<b>", "<p id=2>y<b>", true),
            ("<p>", "<div>", false), ("you asked for /health at 12:30", "you asked for /nothing at 12:31", true),
            ("OK", "Not found", false), ("", " ", true), ("", "OK", false)
        ])
    func shape(left: String, right: String, isSame: Bool) {
        let shapes = (BodyShape(left, essence: nil, path: "/health"), BodyShape(right, essence: nil, path: "/nothing"))
        #expect((shapes.0 == shapes.1) == isSame)
    }
}
