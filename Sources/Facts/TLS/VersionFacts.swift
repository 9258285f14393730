import AuditModel
import WireFormats

extension TLSFacts {
    /// Which versions the server speaks, and with which suites.
    static let versions: [TLSFact] =
        [
            TLSFact(
                "versions", .list(.choice(of: ProtocolVersion.self)), needs: [.versions],
                meaning: "The versions that the server offers, oldest first; unobserved when one of them is "
                    + "inconclusive.",
                source: "RFC 8996; RFC 9325 §3.1.1"
            ) { .known($0.offeredVersions) { .texts($0.map(\.rawValue)) } }
        ] + ProtocolVersion.allCases.flatMap(facts)

    private static func facts(of version: ProtocolVersion) -> [TLSFact] {
        let path = "protocols.\(version.rawValue)"
        let title = version.title
        return [
            TLSFact(
                "\(path).offered", .choice(of: SuiteEnumeration.Offered.self), needs: [.versions],
                meaning: "Whether the server speaks \(title): no only after a refusal that is one, inconclusive "
                    + "after silence.",
                source: source(of: version)
            ) { .choice($0[version]?.offered) },
            TLSFact(
                "\(path).suites", .list(.text), needs: [.versions, .suites],
                meaning: "The suites of \(title) in the order in which they were found; absent when it is not offered.",
                source: source(of: version)
            ) { $0.fact(of: version) { .texts($0.suites.map(\.name)) } },
            TLSFact(
                "\(path).order", .choice(of: SuiteOrder.self), needs: [.versions, .suites],
                meaning: "Who decides among suites of \(title): the server, the client, or nobody with a single one; "
                    + "absent when it is not offered.",
                source: "RFC 8446 §4.1.3; RFC 5246 §7.4.1.3"
            ) { evidence in evidence.fact(of: version) { .known(evidence.order(of: $0)) { .choice($0) } } },
            TLSFact(
                "\(path).end", .text, needs: [.versions, .suites],
                meaning: "What ended the hellos of \(title): alert-handshake-failure, version-tls12, closed, timeout, "
                    + "wrong-suite, unfinished, all-accepted.",
                source: "RFC 8446 §6"
            ) { evidence in
                guard let found = evidence[version], let end = found.end else {
                    return .unobserved(evidence[version]?.failure ?? .notAsked)
                }
                return .text(end)
            }
        ]
    }

    private static func source(of version: ProtocolVersion) -> String {
        switch version {
        case .ssl2: "draft-hickman-netscape-ssl-00; RFC 6176"
        case .ssl3: "RFC 6101 §5.6.1; RFC 7568"
        case .tls10: "RFC 2246 §7.4.1; RFC 8996"
        case .tls11: "RFC 4346 §7.4.1; RFC 8996"
        case .tls12: "RFC 5246 §7.4.1"
        case .tls13: "RFC 8446 §4.1"
        }
    }
}

/// Who decides which of the common suites is taken.
enum SuiteOrder: String, CaseIterable {
    case server, client, single
}

extension TLSEvidence {
    /// What follows from the suites of a version; absent when it is not offered.
    fileprivate func fact(of version: ProtocolVersion, _ fact: (SuiteEnumeration) -> DerivedFact) -> DerivedFact {
        guard let found = self[version] else { return .unobserved(.notAsked) }
        if found.offered == .no { return .absent }
        return found.failure.map(DerivedFact.unobserved) ?? fact(found)
    }

    /// Who decides; in SSLv2 the client takes from the server's list.
    func order(of found: SuiteEnumeration) -> Known<SuiteOrder> {
        if found.suites.count < 2 { return .success(.single) }
        if found.version == .ssl2 { return .success(.client) }
        let picks = orderPicks(of: found)
        // Both orders of two suites were offered.
        if picks.count > 1 { return .success(Set(picks).count == 1 ? .server : .client) }
        if picks.contains(where: { $0 == found.suites.first }) { return .success(.server) }
        if picks.contains(where: found.suites.contains) { return .success(.client) }
        return .failure(
            ProbeFailure(.tlsFailed, "the hello with two suites in another order got no answer that could be used"))
    }

    /// What was chosen when an accepted suite stood before the server's first pick.
    private func orderPicks(of found: SuiteEnumeration) -> [OfferedSuite] {
        exchanges(.order).filter { $0.version == found.version && $0.answer.version == found.version.code }
            .compactMap { $0.meaning == .chosen ? $0.answer.suite.map(OfferedSuite.init) : nil }
    }
}
