import AuditModel
import ChecklistYAML
import Facts
import Judge

/// What this program is, for reports, recordings and servers' logs.
package enum Tool {
    package static let version = "0.1.0"
    package static let identity = ToolIdentity(name: "gonogo", version: version)
    /// Names us, so that an operator who finds it in a log knows what asked.
    package static let userAgent = "gonogo/\(version) (production-readiness audit)"
}

/// Every probe, matcher and control that a checklist may name.
package let catalogue = Catalogue(
    kinds: ProbeKind.allCases.sorted { $0.rawValue < $1.rawValue }, describe: \.catalogueEntry,
    matchers: Matcher.all.map(\.description), frameworks: { controlFrameworks })
