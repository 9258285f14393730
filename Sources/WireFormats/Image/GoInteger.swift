/// A decimal integer as Go's `strconv.Atoi` reads it on 64 bits, by which runtimes tell ids from names.
enum GoInteger: Equatable {
    case number(Int64)
    /// Digits that no 64 bits hold; the value is the nearest one that they do, which Go gives beside its error.
    case outOfRange(nearest: Int64)
    case notANumber

    /// An optional sign and digits, leading zeros allowed, nothing else.
    init(_ text: some Sequence<UInt8>) {
        var digits = Array(text)[...]
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative || digits.first == UInt8(ascii: "+") { digits = digits.dropFirst() }
        guard !digits.isEmpty, digits.allSatisfy(\.isASCIIDigit) else {
            self = .notANumber
            return
        }
        var value: Int64 = 0
        for digit in digits {
            let (tens, isTooFar) = value.multipliedReportingOverflow(by: 10)
            let unit = Int64(digit - UInt8(ascii: "0"))
            let (sum, overflows) = tens.addingReportingOverflow(isNegative ? -unit : unit)
            if isTooFar || overflows {
                self = .outOfRange(nearest: isNegative ? .min : .max)
                return
            }
            value = sum
        }
        self = .number(value)
    }

    /// The value that is left when Go's error is ignored: 0 for what is no number.
    var ignoringError: Int64 {
        switch self {
        case .number(let value), .outOfRange(let value): value
        case .notANumber: 0
        }
    }
}
