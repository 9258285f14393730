/// When a quota is whole again, as its field writes it.
package struct RateLimitReset: Equatable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case deltaSeconds = "delta-seconds"
        case epochSeconds = "epoch-seconds"
        case epochMilliseconds = "epoch-millis"
        case httpDate = "http-date"
        case iso
    }

    package enum Value: Equatable, Sendable {
        /// From the response on.
        case seconds(Double)
        /// Seconds since 1970-01-01T00:00:00Z.
        case epoch(Double)
        /// An instant in ISO 8601, not checked against the calendar.
        case instant(String)
    }

    package let kind: Kind
    package let value: Value

    /// Reads a number, a duration such as `6m0s`, an HTTP date or an ISO 8601 instant; nil for anything else.
    ///
    /// Whether a number is a time span or an instant, its size tells: spans end at three years, and an instant in
    /// seconds has ten digits.
    package init?(_ text: String) {
        let text = FieldSyntax.trimmed(text)
        guard text.utf8.count <= 64 else { return nil }
        if let number = Self.number(text) {
            switch number {
            case ..<100_000_000: (kind, value) = (.deltaSeconds, .seconds(number))
            case 500_000_000..<100_000_000_000: (kind, value) = (.epochSeconds, .epoch(number))
            case 500_000_000_000..<100_000_000_000_000: (kind, value) = (.epochMilliseconds, .epoch(number / 1000))
            default: return nil
            }
        } else if let instant = HTTPDate.iso8601(text) {
            (kind, value) = (.httpDate, .instant(instant))
        } else if Self.looksLikeInstant(text) {
            (kind, value) = (.iso, .instant(text))
        } else if text.utf8.first?.isASCIIDigit == true, let milliseconds = DurationText.milliseconds(text) {
            (kind, value) = (.deltaSeconds, .seconds(milliseconds / 1000))
        } else {
            return nil
        }
    }

    /// Digits, with a fraction or without.
    static func number(_ text: String) -> Double? {
        guard text.utf8.first?.isASCIIDigit == true,
            text.utf8.allSatisfy({ $0.isASCIIDigit || $0 == UInt8(ascii: ".") })
        else { return nil }
        return Double(text)
    }

    /// `2026-11-21T12:00:00…`
    private static func looksLikeInstant(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: "t") else { return false }
        return bytes[4] == UInt8(ascii: "-") && bytes[..<4].allSatisfy(\.isASCIIDigit)
    }
}

/// `Retry-After` (RFC 9110 §10.2.3).
package struct RetryAfter: Equatable, Sendable {
    package enum Form: String, CaseIterable, Sendable {
        case deltaSeconds = "delta-seconds"
        case httpDate = "http-date"
        /// Neither digits nor a date: clients ignore it.
        case invalid
    }

    package let form: Form
    /// For `delta-seconds`.
    package let seconds: Int64?
    /// For `http-date`, in ISO 8601, not checked against the calendar.
    package let instant: String?

    package init(_ text: String) {
        let text = FieldSyntax.trimmed(text)
        seconds = FieldSyntax.deltaSeconds(text)
        instant = seconds == nil ? HTTPDate.iso8601(text) : nil
        form = seconds != nil ? .deltaSeconds : instant != nil ? .httpDate : .invalid
    }
}
