/// The date of an `Expires` attribute, in whatever order its parts stand (RFC 6265bis §5.1.1).
package enum CookieDate {
    /// Seconds since 1970-01-01T00:00:00Z; nil when time, day, month or year is missing or out of range.
    package static func seconds(_ text: String) -> Int64? {
        var date = Parts()
        for token in text.utf8.split(whereSeparator: isDelimiter) { date.take(Array(token)) }
        return date.seconds
    }

    private struct Parts {
        var time: (hour: Int64, minute: Int64, second: Int64)?
        var day: Int64?
        var month: Int64?
        var year: Int64?

        /// Each token is taken as the first of time, day, month and year that is still missing and that it fits.
        mutating func take(_ token: [UInt8]) {
            if time == nil, let found = CookieDate.time(token) {
                time = found
            } else if day == nil, let found = CookieDate.number(token[...], digits: 1...2) {
                day = found
            } else if month == nil, let found = CookieDate.month(token) {
                month = found
            } else if year == nil, let found = CookieDate.number(token[...], digits: 2...4) {
                year = found < 70 ? found + 2000 : found < 100 ? found + 1900 : found
            }
        }

        var seconds: Int64? {
            guard let time, let day, let month, let year, (1601...9999).contains(year),
                (1...CookieDate.days(in: month, of: year)).contains(day), time.hour <= 23, time.minute <= 59,
                time.second <= 59
            else { return nil }
            return CookieDate.dayNumber(year, month, day) * 86_400 + time.hour * 3600 + time.minute * 60 + time.second
        }
    }

    /// Everything but letters, digits, colons and bytes outside ASCII (`delimiter`).
    private static func isDelimiter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x09, 0x20...0x2F, 0x3B...0x40, 0x5B...0x60, 0x7B...0x7E: true
        default: false
        }
    }

    /// `h:m:s` with one or two digits each; what follows a non-digit is ignored.
    private static func time(_ token: [UInt8]) -> (Int64, Int64, Int64)? {
        let parts = token.split(separator: UInt8(ascii: ":"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let hour = wholeNumber(parts[0]), let minute = wholeNumber(parts[1]),
            let second = number(parts[2], digits: 1...2)
        else { return nil }
        return (hour, minute, second)
    }

    private static func wholeNumber(_ bytes: ArraySlice<UInt8>) -> Int64? {
        bytes.allSatisfy(\.isASCIIDigit) ? number(bytes, digits: 1...2) : nil
    }

    /// The digits at the start, if they are as many as that; what follows a non-digit is ignored.
    private static func number(_ bytes: ArraySlice<UInt8>, digits: ClosedRange<Int>) -> Int64? {
        let found = bytes.prefix(while: \.isASCIIDigit)
        return digits.contains(found.count) ? Int64(String(decoding: found, as: UTF8.self)) : nil
    }

    private static func month(_ token: [UInt8]) -> Int64? {
        let name = String(decoding: token.prefix(3), as: UTF8.self).asciiLowercased
        let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        return months.firstIndex(of: name).map { Int64($0) + 1 }
    }

    private static func days(in month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970-01-01, in eras of 400 years (146,097 days) that begin on 1 March.
    private static func dayNumber(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let yearOfEra = shifted % 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return shifted / 400 * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
