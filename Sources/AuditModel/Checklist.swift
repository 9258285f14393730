/// A readiness checklist as its file states it, before parameters are filled in.
package struct Checklist: Sendable, Equatable {
    package var id: String
    package var version: String
    package var title: String
    package var description: String?
    package var parameters: [ChecklistParameter]
    package var includes: [ChecklistInclude]
    /// Accepted values by label, for the whole checklist; its items have them among their own already.
    package var labels: [String: [String]]
    package var sections: [ChecklistSection]
    /// The roles that must sign before a launch; empty when none is demanded.
    package var signOffRoles: [String]
    package var location: SourceLocation
    /// SHA-256 of the file's bytes in lower-case hexadecimal.
    package var digest: String

    package init(
        id: String, version: String, title: String, description: String?, parameters: [ChecklistParameter],
        includes: [ChecklistInclude], labels: [String: [String]] = [:], sections: [ChecklistSection],
        signOffRoles: [String], location: SourceLocation,
        digest: String
    ) {
        self.id = id
        self.version = version
        self.title = title
        self.description = description
        self.parameters = parameters
        self.includes = includes
        self.labels = labels
        self.sections = sections
        self.signOffRoles = signOffRoles
        self.location = location
        self.digest = digest
    }

    package var items: [Item] { sections.flatMap(\.items) }
}

/// A named value that expectations and texts of a checklist refer to.
package struct ChecklistParameter: Sendable, Equatable {
    package var name: String
    package var type: ParameterType
    /// A duration is kept as the text that was written.
    package var defaultValue: FactValue
    /// The only texts it may have; nil for any value of its type.
    package var choices: [String]?
    package var unit: String?
    package var meaning: String
    package var location: SourceLocation

    package init(
        name: String, type: ParameterType, defaultValue: FactValue, choices: [String]? = nil, unit: String?,
        meaning: String, location: SourceLocation
    ) {
        self.name = name
        self.type = type
        self.defaultValue = defaultValue
        self.choices = choices
        self.unit = unit
        self.meaning = meaning
        self.location = location
    }
}

/// Another checklist whose items belong to this one as well.
package struct ChecklistInclude: Sendable, Equatable {
    /// An id of a built-in checklist, or a path relative to the including file.
    package var checklist: String
    /// The items to take; nil for all of them.
    package var items: [String]?
    package var location: SourceLocation

    package init(checklist: String, items: [String]?, location: SourceLocation) {
        self.checklist = checklist
        self.items = items
        self.location = location
    }
}

package struct ChecklistSection: Sendable, Equatable {
    package var id: String
    package var title: String
    package var items: [Item]

    package init(id: String, title: String, items: [Item]) {
        self.id = id
        self.title = title
        self.items = items
    }
}
