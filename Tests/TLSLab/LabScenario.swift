import AuditModel
import TestSupport
import Testing

/// A server of the lab with the facts that a probe must find, written down before it was first probed.
struct LabScenario: Sendable, CustomTestStringConvertible {
    let name: String
    let server: LabServer
    /// The host in the URL; it leads to 127.0.0.1 unless it is an address.
    var host = "lab.test"
    /// Why nothing can be observed; nil when it can.
    var failure: ProbeFailure.Code?
    /// Of one attempt: long for a loaded machine, short where it must run out.
    var timeout = Duration.seconds(20)
    let facts: [(path: String, expected: Expected)]

    var testDescription: String { name }

    init(
        _ name: String, _ server: LabServer, host: String = "lab.test",
        _ facts: KeyValuePairs<String, Expected> = [:]
    ) {
        self.name = name
        self.server = server
        self.host = host
        self.facts = facts.map { ($0.key, $0.value) }
    }

    init(_ name: String, _ server: LabServer, fails code: ProbeFailure.Code) {
        self.name = name
        self.server = server
        failure = code
        facts = []
    }

    /// This set-up with less patience, for a server whose silences run out.
    func within(_ timeout: Duration) -> LabScenario {
        var scenario = self
        scenario.timeout = timeout
        return scenario
    }

    /// This set-up with more that must hold.
    func and(_ more: KeyValuePairs<String, Expected>) -> LabScenario {
        LabScenario(name: name, server: server, host: host, facts: facts + more.map { ($0.key, $0.value) })
    }

    private init(name: String, server: LabServer, host: String, facts: [(path: String, expected: Expected)]) {
        self.name = name
        self.server = server
        self.host = host
        self.facts = facts
    }

    static let all: [LabScenario] = configurations + makers + certificates + chains + misbehaving + hostile
}
