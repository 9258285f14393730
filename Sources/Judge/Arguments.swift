import AuditModel

/// What an argument gives a matcher, once parameters are filled in.
extension Argument {
    /// The single value; nil for lists of arguments, conditions and parameters that were not filled in.
    var single: FactValue? {
        switch self {
        case .value(let value): value
        case .list(let arguments):
            arguments.reduce(into: FactValue?.some(.list([]))) { list, argument in
                guard case .list(let values)? = list, let value = argument.single else { return list = nil }
                list = .list(values + [value])
            }
        case .parameter, .conditions: nil
        }
    }

    /// The values of a list; a single value counts as a list of one.
    var values: [FactValue] {
        switch self {
        case .value(.list(let values)): values
        case .value(let value): [value]
        case .list(let arguments): arguments.compactMap(\.single)
        case .parameter, .conditions: []
        }
    }

    /// Nested conditions; a value stands for the condition that equals it.
    var conditions: [Condition] {
        guard case .conditions(let conditions) = self else { return [Condition(matcher: "equals", argument: self)] }
        return conditions
    }
}

/// Whether two values are the same; an integer and a number of the same size are.
func same(_ left: FactValue, _ right: FactValue) -> Bool {
    if left == right { return true }
    if case .integer = left, case .integer = right { return false }
    if let a = left.double, let b = right.double { return a == b }
    if case .list(let a) = left, case .list(let b) = right {
        return a.count == b.count && zip(a, b).allSatisfy(same)
    }
    return false
}

/// Whether the left value lies before (-1), at (0) or after (1) the right one; nil when they cannot be compared.
///
/// Numbers compare as numbers, instants as instants; nothing else has an order.
func order(_ left: FactValue, _ right: FactValue) -> Int? {
    if case .integer(let a) = left, case .integer(let b) = right { return a < b ? -1 : a == b ? 0 : 1 }
    if let a = left.double, let b = right.double { return a < b ? -1 : a == b ? 0 : a > b ? 1 : nil }
    guard case .text(let a) = left, case .text(let b) = right, let first = Instant(a), let second = Instant(b) else {
        return nil
    }
    return first < second ? -1 : first == second ? 0 : 1
}
