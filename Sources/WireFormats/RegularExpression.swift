/// A regular expression whose search takes time linear in the text, whatever the pattern: it never backtracks.
///
/// The syntax is the part of RE2's that needs no context: literals, `.` (anything but a line feed), classes, `\d \w \s`
/// and their negations (ASCII), `\b \B`, `^` and `$` (ends of the text), groups, `|`, `* + ? {m,n}` and `(?i)` at the
/// start. It works on Unicode scalars. A search takes at most one step for each instruction and scalar.
package struct RegularExpression: Sendable {
    /// Scalars of a pattern.
    package static let maximumLength = 1_000
    /// Groups inside groups.
    package static let maximumDepth = 100
    /// The largest number between `{` and `}`.
    package static let maximumRepeat = 1_000
    /// Instructions of the compiled program.
    package static let maximumInstructions = 10_000

    private let program: [RegularExpressionInstruction]
    private let ignoresCase: Bool

    package init(_ pattern: String) throws(RegularExpressionError) {
        let syntax = try RegularExpressionSyntax(parsing: pattern)
        program = try RegularExpressionProgram.instructions(of: syntax.node)
        ignoresCase = syntax.ignoresCase
    }

    /// Whether the expression is found anywhere in the text.
    package func matches(_ text: String) -> Bool {
        var threads = RegularExpressionThreads(program: program)
        var before: Unicode.Scalar?
        var rest = text.unicodeScalars.makeIterator()
        var next = rest.next()
        while true {
            threads.start(0, between: before, and: next)
            if threads.hasMatched { return true }
            guard let scalar = next else { return false }
            let following = rest.next()
            let cased = ignoresCase ? CaseVariants(scalar) : nil
            threads.advance(over: scalar, cased: cased, to: following)
            if threads.hasMatched { return true }
            before = scalar
            next = following
        }
    }
}

/// Why a pattern is no regular expression, and where.
package struct RegularExpressionError: Error, Equatable {
    package enum Code: String, Sendable, CaseIterable {
        case tooLong = "too-long"
        case tooDeep = "too-deep"
        case tooLarge = "too-large"
        case unclosedGroup = "unclosed-group"
        case unopenedGroup = "unopened-group"
        case unclosedClass = "unclosed-class"
        case badRange = "bad-range"
        case badRepeat = "bad-repeat"
        case nothingToRepeat = "nothing-to-repeat"
        case badEscape = "bad-escape"
        case backreference
        case lookaround
        case unsupportedGroup = "unsupported-group"
        case unsupportedClass = "unsupported-class"
    }

    package let code: Code
    /// Scalars before the place of the mistake.
    package let offset: Int
    /// One sentence without its full stop: what is wrong, and what to write instead where that is known.
    package let reason: String

    init(_ code: Code, at offset: Int, _ reason: String) {
        self.code = code
        self.offset = offset
        self.reason = reason
    }
}

/// A scalar and what it is without regard to case (simple mappings only: `ß` does not equal `SS`).
struct CaseVariants {
    let lower: Unicode.Scalar
    let upper: Unicode.Scalar
    /// The same for all scalars that differ in case only.
    let folded: Unicode.Scalar

    init(_ scalar: Unicode.Scalar) {
        if scalar.isASCII {
            // The mappings below say the same, but make a string each.
            let isUpper = ("A"..."Z").contains(scalar)
            let isLower = ("a"..."z").contains(scalar)
            lower = isUpper ? Unicode.Scalar(UInt8(scalar.value + 32)) : scalar
            upper = isLower ? Unicode.Scalar(UInt8(scalar.value - 32)) : scalar
            folded = lower
            return
        }
        lower = Self.single(scalar.properties.lowercaseMapping, or: scalar)
        upper = Self.single(scalar.properties.uppercaseMapping, or: scalar)
        folded = Self.single(upper.properties.lowercaseMapping, or: upper)
    }

    private static func single(_ mapping: String, or scalar: Unicode.Scalar) -> Unicode.Scalar {
        let scalars = mapping.unicodeScalars
        guard let first = scalars.first, scalars.count == 1 else { return scalar }
        return first
    }
}
