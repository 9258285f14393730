/// The labels of a service that the built-in checklists speak of; any other one is free.
package enum KnownLabel: String, Sendable, CaseIterable {
    case exposure
    case kind
    case hasDatabase = "has-database"
    case runsOn = "runs-on"

    /// The values that an item may ask for.
    package var values: [String] {
        switch self {
        case .exposure: ["public", "internal"]
        case .kind: ["page", "api", "worker"]
        case .hasDatabase: ["true", "false"]
        case .runsOn: ["kubernetes", "vm", "paas"]
        }
    }
}
