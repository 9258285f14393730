/// A length of time as programs print it: `12ms`, `1.5 s`, Go's `1m2.5s`, .NET's `00:00:00.0123`.
package enum DurationText {
    /// nil when it is none of these forms; at most 40 bytes are read.
    package static func milliseconds(_ text: String) -> Double? {
        guard text.utf8.count <= 40 else { return nil }
        return clock(text) ?? units(text)
    }

    /// How many milliseconds a unit has; nil when it is unknown.
    package static func milliseconds(perUnit unit: String) -> Double? {
        switch unit.asciiLowercased {
        case "ns", "nanoseconds": 1e-6
        case "us", "µs", "μs", "microseconds": 1e-3
        case "ms", "millis", "milliseconds": 1
        case "s", "sec", "secs", "second", "seconds": 1e3
        case "m", "min", "minutes": 6e4
        case "h", "hours": 3.6e6
        case "d", "days": 8.64e7
        default: nil
        }
    }

    private static func units(_ text: String) -> Double? {
        var rest = text[...].utf8.trimmed(\.isASCIIWhitespace)
        guard !rest.isEmpty else { return nil }
        var total = 0.0
        while !rest.isEmpty {
            let number = rest.prefix { $0.isASCIIDigit || $0 == UInt8(ascii: ".") }
            rest = rest.dropFirst(number.count).drop(while: \.isASCIIWhitespace)
            let unit = rest.prefix { !$0.isASCIIDigit && !$0.isASCIIWhitespace }
            rest = rest.dropFirst(unit.count).drop(while: \.isASCIIWhitespace)
            guard let count = Double(Substring(number)), count.isFinite,
                let factor = milliseconds(perUnit: String(Substring(unit)))
            else { return nil }
            total += count * factor
        }
        return total
    }

    private static func clock(_ text: String) -> Double? {
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 3, parts.allSatisfy({ $0.allSatisfy { $0.isASCIIDigit || $0 == UInt8(ascii: ".") } }),
            let hours = UInt16(Substring(parts[0])), let minutes = UInt16(Substring(parts[1])),
            let seconds = Double(Substring(parts[2]))
        else { return nil }
        return (Double(hours) * 3600 + Double(minutes) * 60 + seconds) * 1000
    }
}
