/// A date as HTTP writes it (RFC 9110 §5.6.7), `Sun, 06 Nov 1994 08:49:37 GMT`.
package enum HTTPDate {
    /// The instant in ISO 8601, `1994-11-06T08:49:37Z`; nil for anything but the one form that senders may use.
    ///
    /// The fields' form is checked, the calendar is not.
    package static func iso8601(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        guard bytes.count == 29, bytes[3] == UInt8(ascii: ","), text.hasSuffix(" GMT") else { return nil }
        let words = text.utf8.dropFirst(5).split(separator: 0x20).map { String(Substring($0)) }
        guard words.count == 5, isNumber(words[0], digits: 2), isNumber(words[2], digits: 4),
            let month = months.firstIndex(of: words[1])
        else { return nil }
        let time = words[3].utf8.split(separator: UInt8(ascii: ":")).map { String(Substring($0)) }
        guard time.count == 3, time.allSatisfy({ isNumber($0, digits: 2) }) else { return nil }
        return "\(words[2])-\(month < 9 ? "0" : "")\(month + 1)-\(words[0])T\(words[3])Z"
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    ]

    private static func isNumber(_ text: String, digits: Int) -> Bool {
        text.utf8.count == digits && text.utf8.allSatisfy(\.isASCIIDigit)
    }
}
