import JSON

/// The facts of one observation: those with a value, those absent, and those that could not be observed.
package struct FactSet: Equatable, Sendable {
    private var values: [FactPath: FactValue] = [:]
    private var failures: [FactPath: ProbeFailure] = [:]
    private var order: [FactPath] = []
    private var ends: [FactPath: Instant] = [:]

    package init() {}

    package mutating func set(_ path: FactPath, _ value: FactValue) {
        if values.updateValue(value, forKey: path) == nil { order.append(path) }
        failures[path] = nil
    }

    package mutating func setUnobserved(_ path: FactPath, _ failure: ProbeFailure) {
        guard values[path] == nil else { return }
        failures[path] = failure
    }

    /// Says until when a value can be relied on.
    package mutating func setEnd(of path: FactPath, _ end: Instant) { ends[path] = end }

    /// Until when a value can be relied on, a certificate's end; nil when nothing ends it by itself.
    package func end(of path: FactPath) -> Instant? { ends[path] }

    /// What is known of one concrete path.
    package subscript(path: FactPath) -> Knowledge {
        if let value = values[path] { return value == .absent ? .absent : .value(value) }
        if let failure = failures[path] { return .unobserved(failure) }
        return .undeclared
    }

    package enum Knowledge: Equatable, Sendable {
        case value(FactValue)
        case absent
        case unobserved(ProbeFailure)
        /// Nothing was said about this path: for a key that the target names, the target did not name it.
        case undeclared
    }

    /// All paths that the pattern covers with their values, sorted by path; a failure when one of them was unobserved.
    package func values(of pattern: FactPath) -> Result<[(path: FactPath, value: FactValue)], ProbeFailure> {
        let missing = failures.filter { pattern.covers($0.key) }.min { $0.key.text < $1.key.text }
        if let missing { return .failure(missing.value) }
        let covered = order.filter { pattern.covers($0) }.sorted { $0.text < $1.text }
        return .success(covered.compactMap { path in values[path].map { (path, $0) } })
    }

    /// Every path with a value or known to be absent, in the order in which the probe's facts are declared.
    package var observed: [(path: FactPath, value: FactValue)] {
        order.compactMap { path in values[path].map { (path, $0) } }
    }

    /// Every path that could not be observed, sorted by path.
    package var unobserved: [(path: FactPath, failure: ProbeFailure)] {
        failures.map { ($0.key.text, $0.key, $0.value) }.sorted { $0.0 < $1.0 }.map { ($0.1, $0.2) }
    }

    /// The facts, observed or not, whose path is wanted.
    package func filter(_ isWanted: (FactPath) -> Bool) -> FactSet {
        var kept = FactSet()
        kept.order = order.filter(isWanted)
        for path in kept.order { kept.values[path] = values[path] }
        kept.failures = failures.filter { isWanted($0.key) }
        kept.ends = ends.filter { isWanted($0.key) }
        return kept
    }

    /// The observed facts as one nested object, members in declared order.
    package var json: JSONValue {
        let root = Node()
        for path in order {
            guard let value = values[path] else { continue }
            var node = root
            for segment in path.segments { node = node.child(segment) }
            node.value = value
        }
        return root.json
    }

    /// The unobserved facts by path, as `{path: {code, reason}}`.
    package var unobservedByPath: [String: ProbeFailure] {
        Dictionary(unobserved.map { ($0.path.text, $0.failure) }) { first, _ in first }
    }

    private final class Node {
        var value: FactValue?
        var names: [String] = []
        var children: [String: Node] = [:]

        func child(_ name: String) -> Node {
            if let child = children[name] { return child }
            let child = Node()
            names.append(name)
            children[name] = child
            return child
        }

        var json: JSONValue {
            guard !names.isEmpty else { return value?.json ?? .object([]) }
            // A key that the target chose may be the name of another fact, which then stands beside the key's members.
            let own = value.map { [JSONValue.Member("value", $0.json)] } ?? []
            return .object(
                own + names.compactMap { name in children[name].map { JSONValue.Member(name, $0.json) } })
        }
    }
}
