import AuditModel

/// Why a command ended without doing what was asked; each kind has its own exit code.
package enum AuditError: Error, Sendable {
    /// Wrong usage, 64.
    case usage(String)
    /// Files that people wrote or that were recorded are malformed or tampered with, 65.
    case malformed([Diagnostic])
    /// No checklist, no item or no target, 66.
    case nothingSelected(String)
    /// A report or recording could not be written, 74.
    case notWritten([String])
}

/// How the program ends, by the table of its contract.
package enum ExitStatus: Int32, Error, Sendable, CaseIterable {
    case go = 0
    case noGo = 1
    case undetermined = 2
    case awaiting = 3
    case usage = 64
    case malformed = 65
    case nothingSelected = 66
    case internalError = 70
    case notWritten = 74
    case interrupted = 130
    case terminated = 143

    /// The code for a verdict; `conditional-go` is a go unless the run is strict.
    package init(_ outcome: Outcome, isStrict: Bool) {
        switch outcome {
        case .go: self = .go
        case .conditionalGo: self = isStrict ? .noGo : .go
        case .noGo: self = .noGo
        case .undetermined: self = .undetermined
        case .awaiting: self = .awaiting
        }
    }
}

extension ExitStatus: Comparable {
    /// By code: of several, the greatest is the worst.
    package static func < (left: ExitStatus, right: ExitStatus) -> Bool { left.rawValue < right.rawValue }
}

extension AuditError {
    package var exitStatus: ExitStatus {
        switch self {
        case .usage: .usage
        case .malformed: .malformed
        case .nothingSelected: .nothingSelected
        case .notWritten: .notWritten
        }
    }

    /// What to tell the person, a line per mistake.
    package var lines: [String] {
        switch self {
        case .usage(let sentence), .nothingSelected(let sentence): [sentence]
        case .malformed(let diagnostics): Diagnostics(diagnostics).all.map(\.text)
        case .notWritten(let sentences): sentences
        }
    }
}
