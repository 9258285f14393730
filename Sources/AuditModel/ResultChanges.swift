/// How a result differs from an earlier one of the same service.
package struct ResultChanges: Sendable, Equatable, Codable {
    package enum Kind: String, Sendable, Codable, CaseIterable {
        /// It keeps the verdict from go and did not before.
        case new
        /// It kept the verdict from go and no longer does.
        case fixed
        /// Failing as before, and graver or less known.
        case worse
        case unchanged
        /// Other evidence, severity, disposition or expiry, without a change of what it means.
        case changed
        case added, removed
    }

    package struct Entry: Sendable, Equatable, Codable {
        package var item: String
        package var kind: Kind
        /// What differs, in one sentence; empty when unchanged.
        package var message: String
        /// Of an item that is asked no longer, whether it gated; nil for any other.
        package var gated: Bool?

        package init(item: String, kind: Kind, message: String, gated: Bool? = nil) {
            self.item = item
            self.kind = kind
            self.message = message
            self.gated = gated
        }

        /// Whether it is worse than before for the verdict; a gate that has vanished is not one that holds.
        package var isRegression: Bool { kind == .new || kind == .worse || gated == true }
    }

    /// When the earlier result was judged.
    package var since: Instant
    package var outcomeBefore: Outcome
    /// In the order of the items, then those that are gone; unchanged ones included.
    package var entries: [Entry]

    package init(since: Instant, outcomeBefore: Outcome, entries: [Entry]) {
        self.since = since
        self.outcomeBefore = outcomeBefore
        self.entries = entries
    }
}
