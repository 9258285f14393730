import AuditModel
import WireFormats

extension TLSFacts {
    /// What the server acknowledges in clear, in TLS 1.0 to 1.2; TLS 1.3 has done away with most of it.
    static let extensions: [TLSFact] = [
        acknowledged(
            "extendedMasterSecret", .extendedMasterSecret, by: .every,
            "binds the keys to the whole handshake", source: "RFC 7627 §4; RFC 9325 §3.5"),
        acknowledged(
            "secureRenegotiation", .renegotiationInfo, by: .every, "renegotiates in the secure way",
            source: "RFC 5746 §3.6; RFC 9325 §3.5"),
        acknowledged(
            "sessionTicket", .sessionTicket, by: .any, "hands out session tickets", source: "RFC 5077 §3.2"),
        acknowledged(
            "heartbeat", .heartbeat, by: .any, "answers heartbeats, the extension of CVE-2014-0160",
            source: "RFC 6520 §2"),
        acknowledged(
            "truncatedHMAC", .truncatedHMAC, by: .any, "shortens its MAC to 80 bits",
            source: "RFC 6066 §7; RFC 9325 §4.6"),
        acknowledged(
            "statusRequest", .statusRequest, by: .any, "staples a certificate's status", source: "RFC 6066 §8"),
        TLSFact(
            "extensions.encryptThenMAC", .boolean, needs: [.versions, .extensions],
            meaning: "Whether suites in CBC mode encrypt before they authenticate; absent when no suite is in that "
                + "mode.",
            source: "RFC 7366 §3; RFC 9325 §4.2"
        ) { .known($0.encryptsThenMACs) { .boolean(ifPresent: $0) } },
        TLSFact(
            "compression", .boolean, needs: [.versions, .compression],
            meaning: "Whether the server compresses, which gives secrets away by their length (CRIME).",
            source: "RFC 9325 §3.3; RFC 3749; CVE-2012-4929"
        ) { .known($0.compresses) { .boolean($0) } }
    ]

    private static func acknowledged(
        _ name: String, _ type: ExtensionType, by share: VersionShare, _ what: String, source: String
    ) -> TLSFact {
        let extent = share == .every ? "every version" : "a version"
        return TLSFact(
            "extensions.\(name)", .boolean, needs: [.versions, .extensions],
            meaning: "Whether the server \(what): \(extent) from TLS 1.0 to 1.2 acknowledges the extension; absent "
                + "when none of them is offered.",
            source: source
        ) { evidence in .known(evidence.acknowledges(type, in: share)) { .boolean(ifPresent: $0) } }
    }
}

/// In how many of the versions an acknowledgement must come back.
enum VersionShare: Sendable {
    case any, every
}

extension TLSExchange {
    /// Whether it is a ServerHello of TLS 1.0 to 1.2, which has its extensions in clear.
    fileprivate var showsExtensions: Bool {
        guard answer.kind == .hello, let version = answer.version.flatMap(ProtocolVersion.init(code:)) else {
            return false
        }
        return version >= .tls10 && version <= .tls12
    }
}

extension TLSEvidence {
    /// What any answer of a version acknowledged, for each of TLS 1.0 to 1.2 that is offered.
    ///
    /// Hellos are not all alike: some are cut short for servers that hang, and ask for less.
    fileprivate var clearExtensions: Known<[Set<UInt16>]> {
        let answers = exchanges(.suites, .certificate, .cbc, .again).filter(\.showsExtensions).map(\.answer)
        let versions = Dictionary(grouping: answers) { $0.version ?? 0 }.values.map { answers in
            Set(answers.flatMap { $0.extensions ?? [] })
        }
        if !versions.isEmpty { return .success(versions) }
        return offeredVersions.flatMap { offered in
            let isMissed = offered.contains { $0 >= .tls10 && $0 <= .tls12 }
            return isMissed
                ? .failure(ProbeFailure(.unsupported, "no hello of TLS 1.0 to 1.2 was answered")) : .success([])
        }
    }

    /// Whether answers acknowledge an extension; nil when no version with extensions in clear is offered.
    func acknowledges(_ type: ExtensionType, in share: VersionShare) -> Known<Bool?> {
        clearExtensions.map { versions in
            let has: (Set<UInt16>) -> Bool = { $0.contains(type.rawValue) }
            if versions.isEmpty { return nil }
            return share == .every ? versions.allSatisfy(has) : versions.contains(where: has)
        }
    }

    /// Seen only where the server chose a suite in CBC mode; nil when it accepts none.
    var encryptsThenMACs: Known<Bool?> {
        let inCBC = exchanges(.cbc, .suites).filter { exchange in
            guard exchange.showsExtensions, let suite = exchange.answer.suite else { return false }
            return OfferedSuite(suite).weaknesses.contains(.cbc)
        }
        if inCBC.isEmpty { return acceptsNoCBC.map { nil } }
        let extensions = inCBC.flatMap { $0.answer.extensions ?? [] }
        return .success(extensions.contains(ExtensionType.encryptThenMAC.rawValue))
    }

    /// Known when all suites are, when suites in CBC mode alone were refused, or when TLS 1.3 is all there is.
    private var acceptsNoCBC: Known<Void> {
        if capture.questions.contains(.suites) { return suitesFailure.map { .failure($0) } ?? .success(()) }
        guard let hello = exchanges(.cbc).first else {
            return offersOnlyTLS13.flatMap { $0 ? .success(()) : .failure(.notAsked) }
        }
        if case .unknown(_, let failure) = hello.meaning { return .failure(failure) }
        return .success(())
    }

    /// TLS 1.3 has no compression (RFC 8446 §4.1.2).
    var compresses: Known<Bool> {
        guard let hello = exchanges(.compression).first else {
            return offersOnlyTLS13.flatMap { $0 ? .success(false) : .failure(.notAsked) }
        }
        switch hello.meaning {
        case .chosen: return .success((hello.answer.compression ?? 0) != 0)
        case .refused: return .success(false)
        case .unknown(_, let failure): return .failure(failure)
        }
    }
}
