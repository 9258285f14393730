extension DERElement {
    /// A UTCTime or GeneralizedTime in seconds since 1970 (RFC 5280 §4.1.2.5); nil when it is none.
    ///
    /// Missing seconds, fractions and offsets, which the profile forbids, are understood; years go to 9999.
    var seconds: Int64? {
        let digits = content.prefix { $0.isASCIIDigit }.map { Int64($0 - 0x30) }
        switch tag {
        case DERTag.utcTime where digits.count == 10 || digits.count == 12:
            // RFC 5280: two digits from 50 on belong to the twentieth century.
            let year = digits[0] * 10 + digits[1]
            return Self.seconds(
                year: year + (year < 50 ? 2000 : 1900), digits.dropFirst(2), offset: offset(digits.count))
        case DERTag.generalizedTime where digits.count == 12 || digits.count == 14:
            let year = digits[..<4].reduce(0) { $0 * 10 + $1 }
            return Self.seconds(year: year, digits.dropFirst(4), offset: offset(digits.count))
        default: return nil
        }
    }

    /// Month to second, two digits each.
    private static func seconds(year: Int64, _ digits: ArraySlice<Int64>, offset: Int64?) -> Int64? {
        let digits = Array(digits)
        let fields = stride(from: 0, to: digits.count, by: 2).map { digits[$0] * 10 + digits[$0 + 1] }
        let (month, day, hour, minute) = (fields[0], fields[1], fields[2], fields[3])
        let second = fields.count > 4 ? fields[4] : 0
        guard let offset, (1...12).contains(month), day >= 1, day <= days(in: month, of: year), hour < 24, minute < 60,
            second < 60
        else { return nil }
        return dayNumber(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset
    }

    /// Seconds east of UTC, from what follows the digits: a fraction, then `Z`, nothing, or `+hhmm`.
    private func offset(_ count: Int) -> Int64? {
        var rest = content.dropFirst(count)
        if let point = rest.first, point == UInt8(ascii: ".") || point == UInt8(ascii: ",") {
            rest = rest.dropFirst().drop { $0.isASCIIDigit }
        }
        guard let sign = rest.first else { return 0 }
        guard sign != UInt8(ascii: "Z") else { return rest.count == 1 ? 0 : nil }
        let digits = rest.dropFirst().map { Int64($0) - 0x30 }
        guard [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(sign), digits.count == 4,
            digits.allSatisfy({ (0...9).contains($0) })
        else { return nil }
        let seconds = (digits[0] * 10 + digits[1]) * 3600 + (digits[2] * 10 + digits[3]) * 60
        return sign == UInt8(ascii: "-") ? -seconds : seconds
    }

    private static func days(in month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970-01-01 of the proleptic Gregorian calendar, in years that begin on 1 March.
    private static func dayNumber(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
