import AuditModel

/// A way to write a result down: a pure function with the names that the command line needs.
package struct ReportFormat: Sendable {
    /// As `--report` names it.
    package let name: String
    /// Without the first dot; no two formats have the same.
    package let fileExtension: String
    /// RFC 6838, with its charset where one is due.
    package let mediaType: String
    /// One line for the help, without a full stop.
    package let summary: String
    /// The same result gives the same bytes: no clock, no locale, no environment.
    package let render: @Sendable (AuditResult) -> String

    /// Every format, in the order in which the help lists them. A new one is a file in `Formats/` and a name here.
    package static let all: [ReportFormat] = [
        .text(colour: false), .junit, .junitExtended, .html, .markdown, .markdownComment, .json, .sarif, .sarifFull,
        .codeQuality
    ]

    /// The format of that name; nil when there is none.
    package static func named(_ name: String) -> ReportFormat? { all.first { $0.name == name } }
}
