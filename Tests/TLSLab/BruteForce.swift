import TestSupport
import WireFormats

/// Which suites a server accepts, found without a thought: each alone, in a hello and a connection of its own.
struct BruteForce: Sendable {
    let client: HelloClient

    /// The names of all suites of each version that has any; SSLv2 apart.
    func suites() async throws -> [ProtocolVersion: Set<String>] {
        try await withThrowingTaskGroup(of: (ProtocolVersion, Set<String>).self) { group in
            for version in ProtocolVersion.allCases where version != .ssl2 {
                group.addTask { (version, try await onThread { try accepted(in: version) }) }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1.isEmpty ? nil : $1.1 }
        }
    }

    private func accepted(in version: ProtocolVersion) throws -> Set<String> {
        var names: Set<String> = []
        for suite in CipherSuite.all where try accepts(suite, in: version) { names.insert(suite.name) }
        return names
    }

    private func accepts(_ suite: CipherSuite, in version: ProtocolVersion) throws -> Bool {
        let flight = try client.answer(to: client.hello([suite.rawValue], version), of: version)
        if let hello = flight.hello { return hello.suite == suite.rawValue && hello.version == version.code }
        switch flight.end {
        case .alert, .closed: return false
        case nil, .notTLS, .malformed, .tooLarge, .ssl2Error:
            throw ProgramFailure(description: "\(suite.name) in \(version.title): \(String(describing: flight.end))")
        }
    }
}
