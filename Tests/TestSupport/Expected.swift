import AuditModel
import JSON

/// What a fact must be; a literal stands for that value.
package enum Expected: Sendable {
    case value(JSONValue)
    /// Exactly these texts, in any order.
    case set([String])
    /// These texts among others.
    case containing([String])
    case count(Int)
    case between(Double, Double)
    case absent
    case unobserved

    /// This JSON, the members of objects in any order.
    package static func json(_ text: String) -> Expected { .value((try? JSONValue.parse(text)) ?? .null) }

    /// nil when it holds; otherwise what is there instead.
    package func problem(with knowledge: FactSet.Knowledge) -> String? {
        switch knowledge {
        case .value(let value): isMet(by: value.json) ? nil : "is \(value.json.compact)"
        case .absent: isAbsent ? nil : "is absent"
        case .unobserved(let failure):
            isUnobserved ? nil : "is unobserved (\(failure.code.rawValue): \(failure.reason))"
        case .undeclared: "is no fact"
        }
    }

    private func isMet(by value: JSONValue) -> Bool {
        let texts = value.array?.compactMap(\.string) ?? []
        return switch self {
        case .value(let expected): value.ordered == expected.ordered
        case .set(let expected): texts.count == value.array?.count && texts.sorted() == expected.sorted()
        case .containing(let expected): expected.allSatisfy(texts.contains)
        case .count(let count): value.array?.count == count
        case .between(let low, let high): value.double.map { low...high ~= $0 } ?? false
        case .absent, .unobserved: false
        }
    }

    private var isAbsent: Bool { if case .absent = self { true } else { false } }

    private var isUnobserved: Bool { if case .unobserved = self { true } else { false } }
}

extension Expected: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByArrayLiteral
{
    package init(stringLiteral text: String) { self = .value(.string(text)) }

    package init(booleanLiteral flag: Bool) { self = .value(.boolean(flag)) }

    package init(integerLiteral integer: Int64) { self = .value(.integer(integer)) }

    /// These texts in this order.
    package init(arrayLiteral texts: String...) { self = .value(.array(texts.map(JSONValue.string))) }
}

extension JSONValue {
    /// With the members of objects in the order of their names.
    fileprivate var ordered: JSONValue {
        switch self {
        case .array(let elements): .array(elements.map(\.ordered))
        case .object(let members):
            .object(members.sorted { $0.name < $1.name }.map { Member($0.name, $0.value.ordered) })
        default: self
        }
    }
}
