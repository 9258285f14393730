/// A set of Unicode scalars: what a class, a class escape or `.` accepts.
struct ScalarSet: Sendable {
    /// Sorted, neither overlapping nor adjacent.
    let ranges: [ClosedRange<UInt32>]
    /// Whether the set is everything outside the ranges. Kept apart, because `(?i)[^a]` must refuse `A` too.
    let isNegated: Bool

    static let digit = ScalarSet([0x30...0x39])
    static let word = ScalarSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    /// Tab, line feed, form feed, carriage return, space: as in RE2, no vertical tab.
    static let space = ScalarSet([0x09...0x0A, 0x0C...0x0D, 0x20...0x20])
    static let anyButLineFeed = ScalarSet([0x0A...0x0A]).negated

    init(_ ranges: [ClosedRange<UInt32>]) {
        var merged: [ClosedRange<UInt32>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, range.lowerBound <= last.upperBound + 1 {
                merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        self.init(sorted: merged, isNegated: false)
    }

    private init(sorted ranges: [ClosedRange<UInt32>], isNegated: Bool) {
        self.ranges = ranges
        self.isNegated = isNegated
    }

    var negated: ScalarSet { ScalarSet(sorted: ranges, isNegated: !isNegated) }

    /// The ranges of everything else, for `\D` inside a class.
    var inverted: ScalarSet {
        var gaps: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges {
            if range.lowerBound > next { gaps.append(next...range.lowerBound - 1) }
            next = range.upperBound + 1
        }
        if next <= 0x10FFFF { gaps.append(next...0x10FFFF) }
        return ScalarSet(sorted: gaps, isNegated: false)
    }

    /// Whether the scalar, or when `cased` is given any of its case variants, belongs to the set.
    func contains(_ scalar: Unicode.Scalar, cased: CaseVariants?) -> Bool {
        var isInside = isInRanges(scalar)
        if let cased, !isInside {
            isInside = isInRanges(cased.lower) || isInRanges(cased.upper) || isInRanges(cased.folded)
        }
        return isInside != isNegated
    }

    private func isInRanges(_ scalar: Unicode.Scalar) -> Bool {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < scalar.value { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].lowerBound <= scalar.value
    }
}

extension PatternReader {
    /// The class whose `[` stands at `start` and was read already.
    mutating func scalarClass(from start: Int) throws(RegularExpressionError) -> ScalarSet {
        let isNegated = skip("^")
        var ranges: [ClosedRange<UInt32>] = []
        // A `]` that comes first stands for itself, as in POSIX.
        repeat { ranges += try member(ofClassFrom: start) } while !skip("]")
        let set = ScalarSet(ranges)
        return isNegated ? set.negated : set
    }

    /// A character, a range `a-z` or a set such as `\d`.
    private mutating func member(ofClassFrom start: Int) throws(RegularExpressionError) -> [ClosedRange<UInt32>] {
        let place = position
        let low: Unicode.Scalar
        switch try part(ofClassFrom: start) {
        case .set(let set): return set.ranges
        case .scalar(let scalar): low = scalar
        case .wordBoundary, .noWordBoundary:
            throw RegularExpressionError(.badEscape, at: place, "`\\b` and `\\B` have no meaning inside `[…]`")
        }
        // A `-` before the closing bracket stands for itself.
        guard peek == "-", !isNext("-]") else { return [low.value...low.value] }
        _ = next()
        guard case .scalar(let high) = try part(ofClassFrom: start), low <= high else {
            throw RegularExpressionError(
                .badRange, at: place,
                "a range in `[…]` goes from a smaller to a larger character; write `\\-` for a hyphen")
        }
        return [low.value...high.value]
    }

    private mutating func part(ofClassFrom start: Int) throws(RegularExpressionError) -> Escape {
        let place = position
        if isNext("[:") {
            throw RegularExpressionError(
                .unsupportedClass, at: place, "`[:name:]` is not supported; write `\\d`, `\\w`, `\\s` or ranges")
        }
        guard let scalar = next() else {
            throw RegularExpressionError(.unclosedClass, at: start, "this `[` is never closed; write `\\[` for itself")
        }
        return scalar == "\\" ? try escape(from: place) : .scalar(scalar)
    }
}
