import ArgumentParser
import Audit
import AuditModel
import JSON

struct FactsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "facts", _superCommandName: Gonogo.name,
        abstract: "The catalogue: every fact that a checklist may name.")

    @ArgumentParser.Argument(help: "The probe whose facts to list.")
    var probe: String?

    @Flag(help: "As JSON.")
    var json = false

    mutating func run() throws {
        var probes = catalogue.probes
        if let probe {
            probes = probes.filter { $0.kind.rawValue == probe }
            guard !probes.isEmpty else {
                throw AuditError.usage(unknown("probe", probe, known: catalogue.kinds.map(\.rawValue)))
            }
        }
        try printed(json ? FactCatalogue.json(probes).indented : FactCatalogue.text(probes))
    }
}
