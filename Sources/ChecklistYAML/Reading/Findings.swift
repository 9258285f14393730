import AuditModel

/// The mistakes of one file, as they are found; nothing stops at the first.
struct Findings {
    /// More mistakes than anyone mends at once are counted no further.
    static let limit = 500

    let file: String
    private(set) var all: [Diagnostic] = []

    init(file: String, _ known: [Diagnostic] = []) {
        self.file = file
        all = known
    }

    var isEmpty: Bool { all.isEmpty }

    /// In the order of lines and columns.
    var sorted: [Diagnostic] { Diagnostics(all).all }

    mutating func add(
        _ code: String, _ message: @autoclosure () -> String, at position: YAMLPosition,
        suggestion: @autoclosure () -> String? = nil
    ) {
        guard all.count < Self.limit else { return }
        if all.count == Self.limit - 1 {
            all.append(Diagnostic("too-many", "more mistakes follow; mend these first", at: location(position)))
        } else {
            all.append(Diagnostic(code, message(), at: location(position), suggestion: suggestion()))
        }
    }

    /// A name that is not among the known ones: with the nearest, or with all of them where none is near.
    mutating func addUnknown(
        _ code: String, _ message: @autoclosure () -> String, _ written: String, among known: [String],
        at position: YAMLPosition
    ) {
        guard all.count < Self.limit else { return }
        let suggestion = nearestName(to: written, among: known)
        let list = suggestion == nil && !known.isEmpty ? "; known: " + abridged(known) : ""
        add(code, message() + list, at: position, suggestion: suggestion)
    }

    func location(_ position: YAMLPosition) -> SourceLocation { SourceLocation(position, in: file) }
}

/// At most a dozen names, the rest as a number.
private func abridged(_ names: [String]) -> String {
    let shown = names.prefix(12).joined(separator: ", ")
    return names.count > 12 ? "\(shown) and \(names.count - 12) more" : shown
}
