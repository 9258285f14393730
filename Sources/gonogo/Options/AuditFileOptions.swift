import ArgumentParser

/// By which audit file and checklists, and as which revision has them.
struct AuditFileOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The audit file. (default: ./gonogo.yaml when it is there)", valueName: "file"))
    var config: String?

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("A built-in checklist or a file; may be repeated.", valueName: "id|file"))
    var checklist: [String] = []

    @Option(
        help: ArgumentHelp(
            "The Git revision that decisions, their rules and checklists are read from, such as origin/main.",
            valueName: "rev"))
    var decisionsFrom: String?
}
