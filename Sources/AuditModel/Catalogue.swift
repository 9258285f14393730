/// What a checklist may name: probes with their parameters and facts, matchers, and controls.
///
/// A run names a few of them: descriptions are made when they are asked for.
package struct Catalogue: Sendable {
    package let kinds: [ProbeKind]
    package let matchers: [MatcherDescription]
    private let describe: @Sendable (ProbeKind) -> ProbeDescription?
    private let readFrameworks: @Sendable () -> [ControlFramework]

    package init(
        kinds: [ProbeKind], describe: @escaping @Sendable (ProbeKind) -> ProbeDescription?,
        matchers: [MatcherDescription], frameworks: @escaping @Sendable () -> [ControlFramework] = { [] }
    ) {
        self.kinds = kinds
        self.describe = describe
        self.matchers = matchers
        readFrameworks = frameworks
    }

    /// The frameworks whose ids are checked; those of others are free.
    package var frameworks: [ControlFramework] { readFrameworks() }

    package var probes: [ProbeDescription] { kinds.compactMap(describe) }

    package func probe(_ kind: ProbeKind) -> ProbeDescription? { describe(kind) }

    package func matcher(_ name: String) -> MatcherDescription? { matchers.first { $0.name == name } }
}

/// A probe as the catalogue states it.
package struct ProbeDescription: Sendable {
    package let kind: ProbeKind
    /// One sentence: what it observes.
    package let summary: String
    /// What `with:` in a checklist and `--set` on the command line may say.
    package let parameters: [ProbeParameter]
    package let facts: [FactDeclaration]
    private let byPath: [FactPath: FactDeclaration]

    package init(kind: ProbeKind, summary: String, parameters: [ProbeParameter], facts: [FactDeclaration]) {
        byPath = Dictionary(facts.map { ($0.path, $0) }) { first, _ in first }
        self.kind = kind
        self.summary = summary
        self.parameters = parameters
        self.facts = facts
    }

    /// The declaration of a path that an expectation names: concrete, a pattern, or a key that a pattern covers.
    package func declaration(of path: FactPath) -> FactDeclaration? {
        if let exact = byPath[path] { return exact }
        guard let pattern = facts.first(where: { $0.path.isPattern && $0.path.covers(path) }) else { return nil }
        return FactDeclaration(
            path: path, type: pattern.type, unit: pattern.unit, meaning: pattern.meaning, source: pattern.source)
    }
}

/// A parameter of a probe.
package struct ProbeParameter: Sendable, Hashable {
    package let name: String
    package let type: ParameterType
    /// nil when the probe chooses by itself.
    package let defaultValue: FactValue?
    package let unit: String?
    /// What an integer may be; nil for any, and for other types.
    package let range: ClosedRange<Int64>?
    package let meaning: String

    package init(
        name: String, type: ParameterType, defaultValue: FactValue?, unit: String?, range: ClosedRange<Int64>? = nil,
        meaning: String
    ) {
        self.name = name
        self.type = type
        self.defaultValue = defaultValue
        self.unit = unit
        self.range = range
        self.meaning = meaning
    }

    /// What is wrong with a value of the parameter's type, as "1 to 5 connections"; nil when it may be.
    package func objection(to value: FactValue) -> String? {
        guard let range, case .integer(let integer) = value, !range.contains(integer) else { return nil }
        return rangeText
    }

    /// The range in words, `1 to 5 connections`; nil when there is none.
    package var rangeText: String? {
        range.map { "\($0.lowerBound) to \($0.upperBound)" + (unit.map { " \($0)" } ?? "") }
    }
}

/// What a parameter of a probe or of a checklist may hold.
package enum ParameterType: String, Sendable, Codable, CaseIterable {
    case boolean
    case integer
    case number
    case text
    /// A time span such as `90d`.
    case duration
    /// A list of texts.
    case texts
}

/// A matcher as the catalogue states it.
package struct MatcherDescription: Sendable {
    package let name: String
    /// One sentence: when it holds.
    package let summary: String
    package let argument: MatcherArgument

    package init(name: String, summary: String, argument: MatcherArgument) {
        self.name = name
        self.summary = summary
        self.argument = argument
    }
}

/// What a matcher's argument must be, relative to the type of the fact that it is applied to.
package enum MatcherArgument: String, Sendable, CaseIterable {
    /// A value of the fact's own type.
    case value
    /// A number or an instant to compare with; the fact is a number or an instant.
    case bound
    /// Two bounds, the lower first.
    case range
    /// A list of values of the fact's own type.
    case values
    /// A list of values of the fact's own type; for a list, of values of its elements.
    case valuesOrElements
    /// One element of the list, or a part of the text; the fact is a list or a text.
    case element
    /// Several elements of the list, or parts of the text; the fact is a list or a text.
    case elements
    /// A regular expression; the fact is a text or a choice.
    case pattern
    /// A text; the fact is a text or a choice.
    case text
    /// `true`; the fact may be of any type.
    case flag
    /// A condition on the same fact.
    case condition
    /// A condition on the number of elements; the fact is a list, a text or a record.
    case countCondition
    /// A condition on elements; the fact is a list.
    case elementCondition
}
