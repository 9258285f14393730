import WireFormats

extension ImageConfiguration {
    /// Characters of one text, and of a step of the history, that are kept.
    private static let mostCharacters = 4096
    private static let mostHistoryCharacters = 1024

    /// What a capture keeps of a configuration: names of variables, and which of them are secret, but no secret value.
    ///
    /// - Parameters:
    ///   - redact: gives a text without the secrets that are known by their own form.
    ///   - mark: gives what stands in the place of a secret.
    package init(
        _ document: ImageConfigurationDocument, redact: (String) -> String, mark: (String) -> String
    ) {
        let variables = document.environment.map(Self.variable)
        func kept(_ text: String) -> String { redact(String(text.prefix(Self.mostCharacters))) }
        self.init(
            created: document.created.map(kept), user: document.user.map { String($0.prefix(Self.mostCharacters)) },
            environment: variables.map { kept($0.name) }, exposedPorts: document.exposedPorts.map(kept),
            healthcheck: document.healthCheck.map { $0.test.map(kept) },
            healthTiming: document.healthCheck.map(ImageHealthTiming.init), entryPoint: document.entryPoint.map(kept),
            command: document.command.map(kept),
            labels: Dictionary(
                document.labels.map { (kept($0.key), Self.label($0.key, $0.value, redact: kept, mark: mark)) }
            ) { first, _ in first },
            history: document.history.map { step in
                ImageHistoryEntry(
                    createdBy: Self.command(step.createdBy, redact: redact, mark: mark), isEmptyLayer: step.isEmptyLayer
                )
            },
            secrets: Self.secrets(variables, document.history))
    }

    /// `PATH=/bin` into name and value; without `=` it is all name.
    private static func variable(_ text: String) -> (name: String, value: String) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return (String(parts.first ?? ""), parts.count > 1 ? String(parts[1]) : "")
    }

    private static func label(
        _ name: String, _ value: String, redact: (String) -> String, mark: (String) -> String
    ) -> String {
        SecretVariable.rule(name: name, value: value) == "secret-variable" ? mark(value) : redact(value)
    }

    /// A step's command without the values of its secret variables, wherever else they stand in it.
    private static func command(_ text: String, redact: (String) -> String, mark: (String) -> String) -> String {
        var shown = text
        for (name, value) in SecretVariable.assignments(in: text)
        where !value.isEmpty && SecretVariable.rule(name: name, value: value) != nil {
            shown = shown.split(separator: value, omittingEmptySubsequences: false).joined(separator: mark(value))
        }
        return String(redact(shown).prefix(mostHistoryCharacters))
    }

    private static func secrets(
        _ variables: [(name: String, value: String)], _ history: [ImageConfigurationDocument.HistoryEntry]
    ) -> [ImageSecret] {
        var found: [ImageSecret] = []
        func add(_ place: ImageSecret.Place, _ name: String, _ rule: String?) {
            guard let rule, found.count < 1000 else { return }
            let secret = ImageSecret(place: place, name: String(name.prefix(200)), rule: rule)
            if !found.contains(secret) { found.append(secret) }
        }
        for (name, value) in variables { add(.environment, name, SecretVariable.rule(name: name, value: value)) }
        for (index, step) in history.enumerated() {
            let assignments = SecretVariable.assignments(in: step.createdBy)
            let rules = assignments.map { SecretVariable.rule(name: $0.name, value: $0.value) }
            for (assignment, rule) in zip(assignments, rules) { add(.history, assignment.name, rule) }
            for rule in SecretText.rules(in: Array(step.createdBy.utf8)) where !rules.contains(rule) {
                add(.history, "step \(index)", rule)
            }
        }
        return found
    }
}

extension ImageHealthTiming {
    fileprivate init(_ check: ImageConfigurationDocument.HealthCheck) {
        let second = 1_000_000_000.0
        self.init(
            interval: Double(check.interval) / second, timeout: Double(check.timeout) / second,
            startPeriod: Double(check.startPeriod) / second, retries: Int(clamping: check.retries))
    }
}
