import AuditModel

extension ReportFormat {
    /// JUnit XML in the strict core that both the Jenkins schema (junit-10) and the Ant schema accept.
    ///
    ///     <testsuites>
    ///       <testsuite id="0" package="web-service" name="security" hostname="localhost" …>
    ///         <properties>…</properties>
    ///         <testcase classname="web-service.security" name="hsts: HSTS is on" time="0.120">
    ///           <failure type="high" message="Strict-Transport-Security is absent">…</failure>
    ///         </testcase>
    ///
    /// `Reports/gonogo-junit.xsd` states all of it.
    static let junit = ReportFormat(
        name: "junit", fileExtension: "xml", mediaType: "application/xml",
        summary: "JUnit XML for CI servers: what keeps the verdict from go is a failure or an error",
        render: { junitDocument($0, .strict) })
}
