import AuditModel

/// The facts of the `cors` probe; each theme has its list in a file of its own.
package enum CORSFacts {
    package static let description = ProbeDescription(
        kind: .cors, summary: "Asks from many origins which of them may read the answer.", parameters: [.path], facts: [])
}
