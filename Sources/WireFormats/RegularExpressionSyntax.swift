/// A parsed pattern.
indirect enum RegularExpressionNode: Sendable {
    /// A condition on the two scalars around a place.
    enum Assertion: Sendable {
        case start, end, wordBoundary, noWordBoundary
    }

    case empty
    case scalar(Unicode.Scalar)
    case set(ScalarSet)
    case assertion(Assertion)
    case sequence([RegularExpressionNode])
    case alternatives([RegularExpressionNode])
    /// `most` is nil for no bound.
    case repeated(RegularExpressionNode, least: Int, most: Int?)
}

extension RegularExpressionNode.Assertion {
    func holds(between before: Unicode.Scalar?, and after: Unicode.Scalar?) -> Bool {
        switch self {
        case .start: before == nil
        case .end: after == nil
        case .wordBoundary: isWord(before) != isWord(after)
        case .noWordBoundary: isWord(before) == isWord(after)
        }
    }

    private func isWord(_ scalar: Unicode.Scalar?) -> Bool {
        scalar.map { ScalarSet.word.contains($0, cased: nil) } ?? false
    }
}

/// The parser of patterns: recursive descent, one method for each level of precedence.
struct RegularExpressionSyntax {
    private(set) var node = RegularExpressionNode.empty
    private(set) var ignoresCase = false
    private var reader: PatternReader
    private var depth = 0

    init(parsing pattern: String) throws(RegularExpressionError) {
        let scalars = Array(pattern.unicodeScalars.prefix(RegularExpression.maximumLength + 1))
        guard scalars.count <= RegularExpression.maximumLength else {
            throw RegularExpressionError(
                .tooLong, at: RegularExpression.maximumLength,
                "the pattern is longer than \(RegularExpression.maximumLength) characters")
        }
        reader = PatternReader(scalars)
        ignoresCase = reader.skip("(?i)")
        node = try alternatives()
        guard reader.isAtEnd else {
            throw RegularExpressionError(
                .unopenedGroup, at: reader.position, "`)` closes no group; write `\\)` for itself")
        }
    }

    private mutating func alternatives() throws(RegularExpressionError) -> RegularExpressionNode {
        var nodes = [try sequence()]
        while reader.skip("|") { nodes.append(try sequence()) }
        return nodes.count == 1 ? nodes[0] : .alternatives(nodes)
    }

    private mutating func sequence() throws(RegularExpressionError) -> RegularExpressionNode {
        var nodes: [RegularExpressionNode] = []
        while let next = reader.peek, next != "|", next != ")" {
            let atom = try atom()
            nodes.append(try repeated(atom))
        }
        return nodes.isEmpty ? .empty : .sequence(nodes)
    }

    private mutating func atom() throws(RegularExpressionError) -> RegularExpressionNode {
        let start = reader.position
        switch reader.next() {
        case nil: return .empty
        case "."?: return .set(.anyButLineFeed)
        case "^"?: return .assertion(.start)
        case "$"?: return .assertion(.end)
        case "["?: return .set(try reader.scalarClass(from: start))
        case "("?: return try group(from: start)
        case "\\"?: return try escape(from: start)
        case "*"?, "+"?, "?"?:
            throw RegularExpressionError(
                .nothingToRepeat, at: start, "there is nothing before the repeat; escape it with `\\` to mean itself")
        case let scalar?: return literal(scalar)
        }
    }

    private func literal(_ scalar: Unicode.Scalar) -> RegularExpressionNode {
        .scalar(ignoresCase ? CaseVariants(scalar).folded : scalar)
    }

    private mutating func escape(from start: Int) throws(RegularExpressionError) -> RegularExpressionNode {
        switch try reader.escape(from: start) {
        case .scalar(let scalar): literal(scalar)
        case .set(let set): .set(set)
        case .wordBoundary: .assertion(.wordBoundary)
        case .noWordBoundary: .assertion(.noWordBoundary)
        }
    }

    private mutating func group(from start: Int) throws(RegularExpressionError) -> RegularExpressionNode {
        if reader.peek == "?", !reader.skip("?:") { throw unsupportedGroup(at: start) }
        guard depth < RegularExpression.maximumDepth else {
            throw RegularExpressionError(
                .tooDeep, at: start, "groups are nested more than \(RegularExpression.maximumDepth) deep")
        }
        depth += 1
        let node = try alternatives()
        depth -= 1
        guard reader.skip(")") else {
            throw RegularExpressionError(.unclosedGroup, at: start, "this `(` is never closed; write `\\(` for itself")
        }
        return node
    }

    private mutating func unsupportedGroup(at start: Int) -> RegularExpressionError {
        if ["?=", "?!", "?<=", "?<!"].contains(where: { reader.skip($0) }) {
            return RegularExpressionError(
                .lookaround, at: start,
                "lookahead and lookbehind are not supported, because the search never backtracks; use two expectations")
        }
        return RegularExpressionError(
            .unsupportedGroup, at: start,
            "only `(…)`, `(?:…)` and, at the very start of the pattern, `(?i)` are supported")
    }

    private mutating func repeated(
        _ node: RegularExpressionNode
    ) throws(RegularExpressionError) -> RegularExpressionNode {
        guard let (least, most) = try reader.quantifier() else { return node }
        // Laziness changes what is captured, never whether there is a match.
        _ = reader.skip("?")
        let position = reader.position
        if let again = reader.peek, "*+?".unicodeScalars.contains(again) {
            throw RegularExpressionError(
                .nothingToRepeat, at: position, "a repeat follows a repeat; put the first into a group `(?:…)`")
        }
        if try reader.quantifier() != nil {
            throw RegularExpressionError(
                .nothingToRepeat, at: position, "a repeat follows a repeat; put the first into a group `(?:…)`")
        }
        return .repeated(node, least: least, most: most)
    }
}
