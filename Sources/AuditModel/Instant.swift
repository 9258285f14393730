/// A point in time, in milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
package struct Instant: Hashable, Comparable, Sendable {
    package let milliseconds: Int64

    package init(milliseconds: Int64) { self.milliseconds = milliseconds }

    package init(seconds: Int64) { milliseconds = seconds * 1000 }

    package static func < (left: Instant, right: Instant) -> Bool { left.milliseconds < right.milliseconds }

    /// The instant that many seconds later; stops at the ends of the range instead of overflowing.
    package func adding(seconds: Int64) -> Instant {
        let (delta, tooFar) = seconds.multipliedReportingOverflow(by: 1000)
        let (sum, overflow) = milliseconds.addingReportingOverflow(delta)
        guard tooFar || overflow else { return Instant(milliseconds: sum) }
        return Instant(milliseconds: seconds < 0 ? .min / 2 : .max / 2)
    }

    /// Seconds from the other instant to this one; negative when this one is earlier.
    package func seconds(since other: Instant) -> Double {
        Double(milliseconds - other.milliseconds) / 1000
    }

    /// The days from this instant to a later one, a begun one as well; 0 for one that has passed.
    package func days(until later: Instant) -> Int {
        guard self < later else { return 0 }
        return Int((later.milliseconds - milliseconds - 1) / 86_400_000 + 1)
    }
}

extension Instant {
    /// Reads an ISO 8601 instant with its zone (RFC 3339 §5.6): `2026-11-21T03:00:00Z`, `…T03:00:00.25+01:00`.
    ///
    /// Returns nil without a zone, for a date that the calendar lacks, and for years outside 1583 to 9999.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.count <= 40,
            let year = Self.digits(bytes, 0, 4), bytes[4] == UInt8(ascii: "-"),
            let month = Self.digits(bytes, 5, 2), bytes[7] == UInt8(ascii: "-"),
            let day = Self.digits(bytes, 8, 2), bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: "t"),
            let hour = Self.digits(bytes, 11, 2), bytes[13] == UInt8(ascii: ":"),
            let minute = Self.digits(bytes, 14, 2), bytes[16] == UInt8(ascii: ":"),
            let second = Self.digits(bytes, 17, 2),
            year >= 1583, (1...12).contains(month), day >= 1, day <= Self.days(in: month, of: year),
            hour < 24, minute < 60, second < 60
        else { return nil }
        var position = 19
        var fraction: Int64 = 0
        if bytes[position] == UInt8(ascii: ".") {
            position += 1
            var weight: Int64 = 100
            let start = position
            while position < bytes.count, let digit = Self.digits(bytes, position, 1) {
                fraction += digit * weight
                weight /= 10
                position += 1
            }
            guard position > start else { return nil }
        }
        guard let offset = Self.offset(bytes, position) else { return nil }
        let days = Self.dayNumber(year, month, day)
        milliseconds = ((days * 86_400 + hour * 3600 + minute * 60 + second) - offset) * 1000 + fraction
    }

    /// The instant in UTC, `2026-11-21T03:00:00Z`, with milliseconds only when there are any.
    package var iso8601: String {
        let (seconds, fraction) = Self.floored(milliseconds, 1000)
        let text = Self.text(seconds)
        guard fraction > 0 else { return text + "Z" }
        return text + "." + Self.padded(fraction, 3) + "Z"
    }

    /// The instant in UTC without zone and fraction, `2026-11-21T03:00:00`, as the Ant schema of JUnit demands.
    package var withoutZone: String { Self.text(Self.floored(milliseconds, 1000).0) }

    /// The date in UTC, `2026-11-21`.
    package var date: String { String(withoutZone.prefix(10)) }

    /// The time in UTC for people, `2026-11-21 03:00 UTC`.
    package var forPeople: String { "\(date) \(withoutZone.dropFirst(11).prefix(5)) UTC" }

    /// The first instant of a date `2026-11-21` in UTC; nil when it is no date.
    package init?(date text: String) {
        guard text.utf8.count == 10 else { return nil }
        self.init(text + "T00:00:00Z")
    }

    private static func text(_ seconds: Int64) -> String {
        let (days, second) = floored(seconds, 86_400)
        let (year, month, day) = civil(days)
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
            + "T\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
    }

    private static func offset(_ bytes: [UInt8], _ position: Int) -> Int64? {
        guard position < bytes.count else { return nil }
        switch bytes[position] {
        case UInt8(ascii: "Z"), UInt8(ascii: "z"):
            return position + 1 == bytes.count ? 0 : nil
        case UInt8(ascii: "+"), UInt8(ascii: "-"):
            guard position + 6 == bytes.count, bytes[position + 3] == UInt8(ascii: ":"),
                let hours = digits(bytes, position + 1, 2), let minutes = digits(bytes, position + 4, 2),
                hours < 24, minutes < 60
            else { return nil }
            let seconds = hours * 3600 + minutes * 60
            return bytes[position] == UInt8(ascii: "-") ? -seconds : seconds
        default: return nil
        }
    }

    private static func digits(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int64? {
        guard start + count <= bytes.count else { return nil }
        var value: Int64 = 0
        for byte in bytes[start..<start + count] {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            value = value * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        return value
    }

    private static func padded(_ value: Int64, _ width: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }

    private static func floored(_ value: Int64, _ divisor: Int64) -> (Int64, Int64) {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }

    private static func days(in month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    // Days since 1970-01-01 and back, in eras of 400 years (146,097 days) that begin on 1 March.
    private static func dayNumber(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = floored(shifted, 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func civil(_ days: Int64) -> (Int64, Int64, Int64) {
        let (era, day) = floored(days + 719_468, 146_097)
        let yearOfEra = (day - day / 1460 + day / 36_524 - day / 146_096) / 365
        let dayOfYear = day - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let isEarly = month >= 10
        return (
            era * 400 + yearOfEra + (isEarly ? 1 : 0), isEarly ? month - 9 : month + 3,
            dayOfYear - (153 * month + 2) / 5 + 1
        )
    }
}

extension Instant: Codable {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let instant = Instant(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "an instant with its zone was expected"))
        }
        self = instant
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(iso8601)
    }
}
