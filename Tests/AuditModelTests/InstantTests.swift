import AuditModel
import Testing

@Suite struct InstantTests {
    @Test(
        "reads RFC 3339 and writes it back in UTC",
        arguments: [
            ("2026-11-21T03:00:00Z", "2026-11-21T03:00:00Z"), ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"),
            ("2026-11-21T03:00:00.25+01:00", "2026-11-21T02:00:00.250Z"),
            ("2024-02-29T23:59:59-00:30", "2024-03-01T00:29:59Z"),
            ("2026-03-29T02:30:00+02:00", "2026-03-29T00:30:00Z"),
            ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"),
            ("2000-02-29t00:00:00z", "2000-02-29T00:00:00Z"), ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"),
            ("1600-02-29T00:00:00Z", "1600-02-29T00:00:00Z")
        ])
    func reads(text: String, utc: String) throws {
        #expect(try #require(Instant(text)).iso8601 == utc)
    }

    @Test(
        "refuses dates without a zone, dates that do not exist, and everything else",
        arguments: [
            "2026-11-21", "2026-11-21T03:00:00", "2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
            "2026-00-01T00:00:00Z", "2026-04-31T00:00:00Z", "2026-11-21T24:00:00Z", "2026-11-21T03:60:00Z",
            "2026-11-21T03:00:60Z", "2026-11-21 03:00:00Z", "2026-11-21T03:00:00+1:00", "2026-11-21T03:00:00.Z",
            "2026-11-21T03:00:00Zx", "tomorrow", "", "２０２６-11-21T03:00:00Z", "2026-11-21T03:00:00+24:00"
        ])
    func refuses(text: String) {
        #expect(Instant(text) == nil)
    }

    @Test(
        "days that are left count a begun one, and none once the instant has passed",
        arguments: [
            ("2027-01-01T00:00:00Z", "2027-01-01T00:00:00Z", 0), ("2027-01-01T00:00:00Z", "2026-12-31T00:00:00Z", 0),
            ("2026-12-31T23:59:59.999Z", "2027-01-01T00:00:00Z", 1),
            ("2026-12-31T00:00:00Z", "2027-01-01T00:00:00Z", 1),
            ("2026-12-30T23:59:59Z", "2027-01-01T00:00:00Z", 2), ("2024-02-28T00:00:00Z", "2024-03-01T00:00:00Z", 2)
        ])
    func days(from: String, until: String, count: Int) throws {
        #expect(try #require(Instant(from)).days(until: try #require(Instant(until))) == count)
    }

    @Test("every day from 1583 to 9999 comes back as it went in")
    func everyDay() throws {
        var instant = try #require(Instant("1583-01-01T12:00:00Z"))
        let end = try #require(Instant("9999-12-31T12:00:00Z"))
        while instant < end {
            let back = try #require(Instant(instant.iso8601))
            try #require(back == instant)
            instant = instant.adding(seconds: 86_400 * 13)
        }
    }

    @Test("adding stops at the ends instead of overflowing")
    func saturates() {
        #expect(Instant(seconds: 0).adding(seconds: .max) > Instant(seconds: 0))
        #expect(Instant(seconds: 0).adding(seconds: .min) < Instant(seconds: 0))
    }
}

@Suite struct TimeSpanTests {
    @Test(
        "reads a count and a unit",
        arguments: [("90d", 7_776_000), ("12h", 43_200), ("30s", 30), ("5m", 300), ("2w", 1_209_600), ("0s", 0)])
    func reads(text: String, seconds: Int64) {
        #expect(TimeSpan(text)?.seconds == seconds)
    }

    @Test("refuses the rest", arguments: ["", "d", "5", "-5d", "5 d", "1.5h", "5y", "99999999999w", "5D", "٥d"])
    func refuses(text: String) {
        #expect(TimeSpan(text) == nil)
    }

    @Test(
        "writes a text that reads back as the same span",
        arguments: [(90 * 86_400, "90d"), (43_200, "12h"), (1_209_600, "2w"), (90, "90s"), (120, "2m"), (0, "0s")])
    func writes(seconds: Int64, text: String) {
        #expect(TimeSpan(seconds: seconds).text == text)
        #expect(TimeSpan(text)?.seconds == seconds)
    }
}
