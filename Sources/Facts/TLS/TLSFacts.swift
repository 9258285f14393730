import AuditModel

/// The facts of the `tls` probe; each theme has its list in a file of its own.
package enum TLSFacts {
    package static let description = ProbeDescription(
        kind: .tls,
        summary: "Asks the server for every version, suite, group and certificate that it offers, by handshakes.",
        parameters: [
            ProbeParameter(
                name: "connections", type: .integer, defaultValue: .integer(5), unit: "connections",
                range: 1...5, meaning: "How many connections may be open at a time."),
            ProbeParameter(
                name: "delay", type: .integer, defaultValue: .integer(0), unit: "milliseconds",
                range: 0...10_000,
                meaning: "Pause between the starts of two connections, for servers that limit their rate.")
        ], facts: all.map(\.definition.declaration))

    static let all: [TLSFact] = [
        versions, suites, groups, applicationProtocols, extensions, downgrade, serverName, tolerance, handshake,
        anomalies, certificateFacts, profiles
    ].flatMap(\.self)

    /// What must be asked so that these facts are known; everything for nil.
    ///
    /// - Parameter facts: paths inside the probe; a path covers all facts at and below it.
    package static func questions(for facts: [FactPath]?) -> Set<TLSQuestion> {
        guard let facts else { return Set(TLSQuestion.allCases) }
        return all.reduce(into: []) { questions, fact in
            let path = fact.definition.declaration.path
            if facts.contains(where: { $0.reaches(path) || path.covers($0) }) { questions.formUnion(fact.needs) }
        }
    }
}

extension TLSCapture {
    package func facts(at now: Instant) -> FactSet {
        var facts = FactSet()
        let evidence = TLSEvidence(self, at: now)
        for fact in TLSFacts.all { fact.definition.add(to: &facts, from: evidence) }
        return facts
    }
}
