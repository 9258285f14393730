/// How much a text for the terminal tells.
package enum TextDetail: Sendable, CaseIterable {
    /// The verdict, and a line for everything that keeps it from go.
    case quiet
    /// What decides with what was seen and how to mend it; of everything else the names.
    case normal
    /// Every item with its evidence, why it matters, and what the audit rests on.
    case verbose
}
