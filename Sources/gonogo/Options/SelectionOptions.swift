import ArgumentParser
import Audit
import AuditModel

/// What is audited, against what.
struct SelectionOptions: ParsableArguments {
    @ArgumentParser.Argument(help: "The service's URL, http or https.")
    var url: String?

    @OptionGroup var files: AuditFileOptions

    @Option(help: ArgumentHelp("The environment of the audit file to audit.", valueName: "name"))
    var environment: String?

    @Option(
        help: ArgumentHelp(
            "The service's container image: oci:DIR, archive:FILE (an OCI layout or docker save), docker://NAME, "
                + "engine:NAME; without a prefix a path, else a registry's name. :TAG or @DIGEST names one of several.",
            valueName: "ref"))
    var image: String?

    @Option(help: ArgumentHelp("The service's repository; its head binds attestations to a commit.", valueName: "dir"))
    var repository: String?

    func request(failOn: Severity? = nil, level: Level? = nil) -> AuditRequest {
        AuditRequest(
            url: url, image: image, repository: repository, configuration: files.config, environment: environment,
            checklists: files.checklist, failOn: failOn, level: level, decisionsFrom: files.decisionsFrom,
            environmentVariable: Terminal.variable)
    }
}
