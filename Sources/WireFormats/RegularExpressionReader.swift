/// The scalars of a pattern from left to right, and the small grammars inside it: escapes, classes, repeats.
struct PatternReader {
    /// What a backslash and what follows it stand for.
    enum Escape {
        case scalar(Unicode.Scalar)
        case set(ScalarSet)
        case wordBoundary
        case noWordBoundary
    }

    private let scalars: [Unicode.Scalar]
    private(set) var position = 0

    init(_ scalars: [Unicode.Scalar]) { self.scalars = scalars }

    var isAtEnd: Bool { position == scalars.count }

    var peek: Unicode.Scalar? { isAtEnd ? nil : scalars[position] }

    mutating func next() -> Unicode.Scalar? {
        guard let scalar = peek else { return nil }
        position += 1
        return scalar
    }

    func isNext(_ text: String) -> Bool { scalars[position...].starts(with: text.unicodeScalars) }

    /// Reads the text if it comes next.
    mutating func skip(_ text: String) -> Bool {
        guard isNext(text) else { return false }
        position += text.unicodeScalars.count
        return true
    }
}

// MARK: Repeats

extension PatternReader {
    /// The bounds of the repeat that comes next; nil when none does. A `{` that begins no repeat is a literal, as in RE2.
    mutating func quantifier() throws(RegularExpressionError) -> (least: Int, most: Int?)? {
        switch peek {
        case "*":
            position += 1
            return (0, nil)
        case "+":
            position += 1
            return (1, nil)
        case "?":
            position += 1
            return (0, 1)
        case "{": return try braces()
        default: return nil
        }
    }

    private mutating func braces() throws(RegularExpressionError) -> (least: Int, most: Int?)? {
        let start = position
        position += 1
        let least = number()
        let hasComma = least != nil && skip(",")
        let most = hasComma ? number() : least
        guard let least, skip("}") else {
            position = start
            return nil
        }
        guard least <= RegularExpression.maximumRepeat, most ?? 0 <= RegularExpression.maximumRepeat else {
            throw RegularExpressionError(
                .badRepeat, at: start, "a repeat may not exceed \(RegularExpression.maximumRepeat)")
        }
        guard most.map({ $0 >= least }) ?? true else {
            throw RegularExpressionError(.badRepeat, at: start, "the repeat's upper bound is below its lower bound")
        }
        return (least, most)
    }

    /// The decimal number that comes next, cut off above the largest repeat; nil when there is no digit.
    private mutating func number() -> Int? {
        var value: Int?
        while let digit = peek, ("0"..."9").contains(digit) {
            value = min((value ?? 0) * 10 + Int(digit.value - 48), RegularExpression.maximumRepeat + 1)
            position += 1
        }
        return value
    }
}

// MARK: Escapes

extension PatternReader {
    /// What follows a backslash that stands at `start` and was read already.
    mutating func escape(from start: Int) throws(RegularExpressionError) -> Escape {
        guard let scalar = next() else {
            throw RegularExpressionError(
                .badEscape, at: start, "the pattern ends after a backslash; write `\\\\` for itself")
        }
        switch scalar {
        case "d": return .set(.digit)
        case "D": return .set(.digit.inverted)
        case "w": return .set(.word)
        case "W": return .set(.word.inverted)
        case "s": return .set(.space)
        case "S": return .set(.space.inverted)
        case "b": return .wordBoundary
        case "B": return .noWordBoundary
        case "n": return .scalar("\n")
        case "t": return .scalar("\t")
        case "r": return .scalar("\r")
        case "x": return .scalar(try hexadecimal(from: start))
        case "1"..."9", "k", "g":
            throw RegularExpressionError(
                .backreference, at: start, "backreferences are not supported, because the search never backtracks")
        default:
            guard scalar.isASCII, !ScalarSet.word.contains(scalar, cased: nil) || scalar == "_" else {
                throw RegularExpressionError(.badEscape, at: start, "`\\\(scalar)` is not a known escape")
            }
            return .scalar(scalar)
        }
    }

    private mutating func hexadecimal(from start: Int) throws(RegularExpressionError) -> Unicode.Scalar {
        var value: UInt8 = 0
        for _ in 0..<2 {
            guard let digit = next().flatMap({ Character($0).isASCII ? Character($0).hexDigitValue : nil }) else {
                throw RegularExpressionError(
                    .badEscape, at: start, "`\\x` needs two hexadecimal digits, such as `\\x2F`")
            }
            value = value << 4 | UInt8(digit)
        }
        return Unicode.Scalar(value)
    }
}
