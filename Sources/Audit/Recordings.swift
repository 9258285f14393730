import AuditModel
import JSON
import Report

/// Recordings as files.
package enum Recordings {
    /// A recording larger than this is refused.
    static let limits = JSONLimits(bytes: 256 << 20, depth: 64)

    /// The recording as JSON; the same recording gives the same bytes.
    package static func text(of recording: Recording) throws -> String {
        try JSONValue(encoding: recording).indented
    }

    /// Writes the recording whole; returns a sentence when it could not.
    package static func write(_ recording: Recording, to path: String) -> [String] {
        do {
            try Files.write(text(of: recording), to: path)
            return []
        } catch {
            let reason = (error as? FileProblem)?.reason ?? "\(error)"
            return ["the recording could not be written to \(path): \(reason)"]
        }
    }

    /// Reads a saved recording; what is not one is malformed, with its place.
    package static func read(_ path: String) throws(AuditError) -> Recording {
        let recording = try SavedJSON.read(path, as: Recording.self, schema: Recording.schema)
        for (index, observation) in recording.observations.enumerated()
        where (observation.capture == nil) == (observation.failure == nil) {
            throw .malformed([
                Diagnostic(
                    "malformed-recording", "observations[\(index)] must hold either a capture or a failure",
                    at: SourceLocation(file: path, line: 1, column: 1))
            ])
        }
        return recording
    }
}

/// Results as files, and one beside another.
package enum Results {
    /// The result with what changed since an earlier one.
    package static func compared(_ result: AuditResult, with earlier: AuditResult) -> AuditResult {
        result.compared(with: earlier)
    }

    /// Whether a compared result is worse than the one before; false of one that was not compared.
    package static func hasRegressions(_ result: AuditResult) -> Bool {
        result.changes?.hasRegressions(now: result.verdict.outcome) ?? false
    }

    /// Reads a saved result; what is not one is malformed, with its place.
    package static func read(_ path: String) throws(AuditError) -> AuditResult {
        try SavedJSON.read(path, as: AuditResult.self, schema: AuditResult.schema)
    }
}
