/// A length of time in whole seconds, written `90d`, `12h`, `30s` (`^[0-9]+[smhdw]$`).
package struct TimeSpan: Hashable, Comparable, Sendable {
    package let seconds: Int64

    package init(seconds: Int64) { self.seconds = seconds }

    package static func days(_ count: Int64) -> TimeSpan { TimeSpan(seconds: count * 86_400) }

    /// Reads digits and one unit of `s`, `m` (minutes), `h`, `d`, `w`; nil for anything else or more than 200 years.
    package init?(_ text: String) {
        guard let unit = text.utf8.last, text.utf8.count >= 2, text.utf8.count <= 12,
            text.utf8.dropLast().allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }),
            let count = Int64(text.dropLast())
        else { return nil }
        let factor: Int64
        switch unit {
        case UInt8(ascii: "s"): factor = 1
        case UInt8(ascii: "m"): factor = 60
        case UInt8(ascii: "h"): factor = 3600
        case UInt8(ascii: "d"): factor = 86_400
        case UInt8(ascii: "w"): factor = 604_800
        default: return nil
        }
        guard count <= 200 * 366 * 86_400 / factor else { return nil }
        seconds = count * factor
    }

    package static func < (left: TimeSpan, right: TimeSpan) -> Bool { left.seconds < right.seconds }

    /// The span in the largest unit that divides it: `90d`, `12h`, `90s`.
    package var text: String {
        for (factor, unit) in [(604_800, "w"), (86_400, "d"), (3600, "h"), (60, "m")] as [(Int64, String)]
        where seconds > 0 && seconds % factor == 0 && !(unit == "w" && seconds % 86_400 == 0 && seconds > 4 * factor) {
            return "\(seconds / factor)\(unit)"
        }
        return "\(seconds)s"
    }
}

extension TimeSpan: Codable {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let span = TimeSpan(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "a duration such as 90d was expected"))
        }
        self = span
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
