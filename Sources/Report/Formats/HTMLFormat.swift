import AuditModel

extension ReportFormat {
    /// One HTML page for a meeting and for the archive: no script, no remote asset, a policy that admits nothing else.
    ///
    ///     <h1>NO-GO</h1>
    ///     <p class="lead">shop in production is not ready: 1 gating item fails.</p>
    static let html = ReportFormat(
        name: "html", fileExtension: "html", mediaType: "text/html; charset=utf-8",
        summary: "one self-contained page to read, print and sign",
        render: { HTMLPage($0).rendered() })
}
