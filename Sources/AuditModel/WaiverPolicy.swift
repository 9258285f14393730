/// What makes a waiver count: how long it may last, and who may approve it.
package struct WaiverPolicy: Sendable, Equatable {
    /// The longest a waiver may last, by the severity of its item; the defaults where a severity is not named.
    package var longest: [Severity: TimeSpan]
    /// The roles that may approve, by the severity of the item; any role where a severity is not named.
    package var approvers: [Severity: [String]]
    /// How sure it must be who approved.
    package var assurance: Assurance

    package init(
        longest: [Severity: TimeSpan] = [:], approvers: [Severity: [String]] = [:], assurance: Assurance = .unsigned
    ) {
        self.longest = longest
        self.approvers = approvers
        self.assurance = assurance
    }

    package func longest(for severity: Severity) -> TimeSpan { longest[severity] ?? Self.defaultLongest(for: severity) }

    /// 14 days for critical, 30 for high, 90 for medium, 180 below.
    package static func defaultLongest(for severity: Severity) -> TimeSpan {
        switch severity {
        case .critical: .days(14)
        case .high: .days(30)
        case .medium: .days(90)
        case .low, .info: .days(180)
        }
    }
}
