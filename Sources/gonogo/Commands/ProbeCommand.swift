import ArgumentParser
import Audit
import AuditModel
import JSON

struct ProbeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe", _superCommandName: Gonogo.name, abstract: "Ask one probe, and print the facts it saw.",
        discussion: """
            Exit codes: 0 observed, 2 could not observe, 70 our own fault; the worst of several targets. With --json a \
            line of JSON per target.
            """)

    @ArgumentParser.Argument(help: "The probe: see gonogo facts.")
    var name: String

    @ArgumentParser.Argument(
        help: "What to observe: URLs; for tls HOST[:PORT]; for image REF, as gonogo audit --image takes it.")
    var targets: [String]

    @Flag(help: "One line of JSON per target.")
    var json = false

    @Option(help: ArgumentHelp("Only these facts, separated by commas.", valueName: "name,…"))
    var facts: String?

    @Option(
        parsing: .singleValue, help: ArgumentHelp("A parameter of the probe; may be repeated.", valueName: "name=value")
    )
    var set: [String] = []

    @OptionGroup(title: "Network") var network: NetworkOptions

    mutating func run() async throws {
        guard let kind = ProbeKind(rawValue: name), let probe = catalogue.probe(kind) else {
            throw AuditError.usage(unknown("probe", name, known: catalogue.kinds.map(\.rawValue)))
        }
        let names = try facts.map { try Self.paths($0, of: probe) }
        let parameters = try Self.parameters(set, of: probe)
        let question = ProbeQuestion(probe: probe, parameters: parameters, facts: names)
        let targets = try targets.map { try ProbeTarget($0, for: kind) }
        for target in targets { try TargetCheck.check(question.request(to: target)) }
        let context = try network.context()
        if kind == .image { for target in targets { try await TargetCheck.checkIsOneImage(target.address) } }
        var worst = ExitStatus.go
        try await question.ask(targets, in: context) { run in
            try printed(json ? run.json.compact + "\n" : run.text)
            worst = max(worst, run.exitStatus)
        }
        throw worst
    }

    /// The facts named, with or without the probe's name in front; each must reach a declared fact.
    private static func paths(_ list: String, of probe: ProbeDescription) throws -> [FactPath] {
        try list.split(separator: ",", omittingEmptySubsequences: false).map { part in
            let text = String(part)
            let own =
                text.hasPrefix(probe.kind.rawValue + ".")
                ? String(text.dropFirst(probe.kind.rawValue.utf8.count + 1)) : text
            guard let path = FactPath(own),
                probe.facts.contains(where: { path.reaches($0.path) }) || probe.declaration(of: path) != nil
            else {
                throw AuditError.usage(unknown("fact", text, known: probe.facts.map(\.path.text), option: "--facts"))
            }
            return path
        }
    }

    private static func parameters(_ settings: [String], of probe: ProbeDescription) throws -> [String: FactValue] {
        var parameters: [String: FactValue] = [:]
        for setting in settings {
            let parts = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2 else { throw AuditError.usage("--set \(setting): NAME=VALUE was expected") }
            guard let parameter = probe.parameters.first(where: { $0.name == parts[0] }) else {
                throw AuditError.usage(
                    unknown("parameter", parts[0], known: probe.parameters.map(\.name), option: "--set"))
            }
            guard let value = parameter.type.value(of: parts[1]) else {
                throw AuditError.usage("--set \(setting): \(parameter.type.rawValue) was expected")
            }
            if let range = parameter.objection(to: value) {
                throw AuditError.usage("--set \(setting): \(range) were expected")
            }
            parameters[parts[0]] = value
        }
        return parameters
    }
}

extension ParameterType {
    /// The value that a word on the command line stands for; nil when it does not fit.
    fileprivate func value(of word: String) -> FactValue? {
        switch self {
        case .boolean: word == "true" ? .boolean(true) : word == "false" ? .boolean(false) : nil
        case .integer: Int64(word).map(FactValue.integer)
        case .number: Double(word).flatMap { $0.isFinite ? .number($0) : nil }
        case .text: .text(word)
        case .duration: TimeSpan(word).map { .integer($0.seconds) }
        case .texts: .list(word.split(separator: ",").map { .text(String($0)) })
        }
    }
}
