/// A framework of controls whose valid ids are known.
package struct ControlFramework: Sendable {
    /// As checklists name it: `nist-800-53`.
    package let id: String
    package let title: String
    /// What of the framework the ids are, in words.
    package let scope: String
    /// In the order of the framework.
    package let groups: [ControlGroup]
    private let byID: [String: Control]
    /// Whether the ids stop at a level, so that `4.2.1` counts for `4.2`.
    package let acceptsFiner: Bool

    package init(id: String, title: String, scope: String, groups: [ControlGroup], acceptsFiner: Bool = false) {
        self.id = id
        self.title = title
        self.scope = scope
        self.groups = groups
        self.acceptsFiner = acceptsFiner
        byID = Dictionary(groups.flatMap(\.controls).map { ($0.id, $0) }) { first, _ in first }
    }

    package var controls: [Control] { groups.flatMap(\.controls) }

    /// The control that an id in a checklist means; nil when there is none.
    package func control(_ id: String) -> Control? {
        if let control = byID[id] { return control }
        let parts = id.split(separator: ".", omittingEmptySubsequences: false)
        guard acceptsFiner, (3...4).contains(parts.count), parts.allSatisfy({ UInt8($0) != nil }) else { return nil }
        return byID[parts.prefix(2).joined(separator: ".")]
    }
}

/// A family, chapter or criterion of a framework with its controls.
package struct ControlGroup: Sendable {
    package let id: String
    package let title: String
    package let controls: [Control]

    package init(id: String, title: String, controls: [Control]) {
        self.id = id
        self.title = title
        self.controls = controls
    }
}

/// A control, requirement or safeguard.
package struct Control: Sendable, Hashable {
    package let id: String
    /// nil where only the numbering is known.
    package let title: String?

    package init(id: String, title: String?) {
        self.id = id
        self.title = title
    }
}
