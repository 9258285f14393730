import ArgumentParser
import Audit
import AuditModel

/// At which instant and how strictly is judged.
struct JudgingOptions: ParsableArguments {
    @Option(
        name: .customLong("as-of"),
        help: ArgumentHelp("Judge validity at this instant instead of now: ISO 8601 with a zone.", valueName: "instant")
    )
    var asOf: String?

    @Option(help: ArgumentHelp("Items of this severity and above gate, the others advise.", valueName: "severity"))
    var failOn: String?

    @Option(
        name: .customLong("level"),
        help: ArgumentHelp(
            "Items of a higher level advise: essential, standard or strict. (default: that of the audit file, else "
                + "standard)", valueName: "level"))
    var levelName: String?

    @Flag(help: "A conditional-go ends with exit code 1.")
    var strict = false

    func severity() throws(AuditError) -> Severity? {
        guard let failOn else { return nil }
        guard let severity = Severity(rawValue: failOn) else {
            throw .usage(unknown("severity", failOn, known: Severity.allCases.map(\.rawValue), option: "--fail-on"))
        }
        return severity
    }

    /// The level given; nil for the audit file's or the default.
    func level() throws(AuditError) -> Level? {
        guard let levelName else { return nil }
        guard let level = Level(rawValue: levelName) else {
            throw .usage(unknown("level", levelName, known: Level.allCases.map(\.rawValue), option: "--level"))
        }
        return level
    }

    /// The instant given, or now.
    func instant() throws(AuditError) -> (now: Instant, isAsOf: Bool) {
        (try judgedInstant(asOf), asOf != nil)
    }
}

/// What `--as-of` gives, or now.
func judgedInstant(_ asOf: String?) throws(AuditError) -> Instant {
    guard let asOf else { return Clock.now() }
    guard let instant = Instant(asOf) else {
        throw .usage("--as-of \(asOf): an instant with a zone was expected, such as 2026-11-21T09:00:00Z")
    }
    return instant
}

/// A sentence for a name that is not known, with the nearest one that is.
func unknown(_ kind: String, _ name: String, known: [String], option: String? = nil) -> String {
    let shown = known.count > 15 ? "\(known.prefix(12).joined(separator: ", ")) and \(known.count - 12) more" : nil
    let hint =
        nearestName(to: name, among: known).map { "did you mean \"\($0)\"?" }
        ?? "known are \(shown ?? known.joined(separator: ", "))"
    return "\(option.map { $0 + ": " } ?? "")unknown \(kind) \"\(name)\"; \(hint)"
}
