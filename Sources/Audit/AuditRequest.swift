import AuditModel

/// What a person asked for on the command line, before any file is read.
package struct AuditRequest: Sendable {
    package var url: String?
    package var image: String?
    package var repository: String?
    /// nil to take `./gonogo.yaml` when it is there.
    package var configuration: String?
    package var environment: String?
    /// Ids of built-in checklists or paths; empty for those of the audit file, or the default of the target.
    package var checklists: [String]
    package var failOn: Severity?
    /// The Git revision that decisions are read from; nil for what the audit file says.
    package var decisionsFrom: String?
    /// nil for the audit file's own, else the default.
    package var level: Level?
    /// Reads the process's environment: header values, never anything else.
    package var environmentVariable: @Sendable (String) -> String?

    package init(
        url: String? = nil, image: String? = nil, repository: String? = nil, configuration: String? = nil,
        environment: String? = nil, checklists: [String] = [], failOn: Severity? = nil, level: Level? = nil,
        decisionsFrom: String? = nil, environmentVariable: @escaping @Sendable (String) -> String?
    ) {
        self.url = url
        self.image = image
        self.repository = repository
        self.configuration = configuration
        self.environment = environment
        self.checklists = checklists
        self.failOn = failOn
        self.decisionsFrom = decisionsFrom
        self.level = level
        self.environmentVariable = environmentVariable
    }
}
