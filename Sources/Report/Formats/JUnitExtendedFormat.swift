import AuditModel

extension ReportFormat {
    /// JUnit XML with what only some consumers read: file, line, properties and the evidence of what passes.
    ///
    ///     <testcase classname="web-service.security" name="hsts: HSTS is on" time="0.120" file="gonogo.yaml" line="4">
    ///       <properties><property name="severity" value="high"/>…</properties>
    ///       <system-out>headers.hsts.maxAge: expected at least 365 days, seen 730 days (met)</system-out>
    ///
    /// `Reports/gonogo-junit-extended.xsd` states all of it.
    static let junitExtended = ReportFormat(
        name: "junit-extended", fileExtension: "extended.xml", mediaType: "application/xml",
        summary: "JUnit XML with file, line, properties and system-out, for GitLab, Datadog and GitHub actions",
        render: { junitDocument($0, .extended) })
}
