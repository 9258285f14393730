import AuditModel
import WireFormats

extension TLSFacts {
    /// What the server does without the name, and with one it does not have.
    static let serverName: [TLSFact] = [
        TLSFact(
            "sni", .choice(of: ServerNameUse.self), needs: [.serverName],
            meaning: "What a hello without a server name gets: nothing (required), the same certificate (ignored) or "
                + "another; absent for an address, which has no name.",
            source: "RFC 6066 §3; RFC 9325 §3.7"
        ) { .known($0.serverNameUse) { .choice($0) } },
        TLSFact(
            "sniUnknownName", .choice(of: UnknownNameAnswer.self), needs: [.serverName],
            meaning: "What a hello with a name that no server has gets: the alert meant for it, a warning, another "
                + "refusal, or a certificate; absent for an address.",
            source: "RFC 6066 §3; RFC 9325 §3.7"
        ) { .known($0.unknownNameAnswer) { .choice($0) } },
        TLSFact(
            "serverName", .text, needs: [],
            meaning: "The name that the hellos carried; absent for an address, which has none.", source: "RFC 6066 §3"
        ) { .text($0.capture.serverName) },
        TLSFact(
            "address", .text, needs: [],
            meaning: "The address that was connected to; absent through a proxy, which alone knows it.",
            source: "gonogo"
        ) { .text($0.capture.address) }
    ]
}

/// What a hello without a server name gets.
enum ServerNameUse: String, CaseIterable {
    case required, ignored
    case differentCertificate = "different-certificate"
}

/// What a hello with an unknown name gets.
enum UnknownNameAnswer: String, CaseIterable {
    case unrecognizedName = "alert-unrecognized-name"
    case warning = "warning-unrecognized-name"
    case refused
    case defaultCertificate = "default-certificate"
    case sameCertificate = "same-certificate"
}

extension TLSEvidence {
    /// nil for an address, which has no name.
    fileprivate var serverNameUse: Known<ServerNameUse?> {
        guard capture.serverName != nil else { return .success(nil) }
        guard let hello = exchanges(.withoutServerName).first else { return .failure(.notAsked) }
        switch hello.meaning {
        case .refused: return .success(.required)
        case .unknown(_, let failure): return .failure(failure)
        case .chosen:
            guard let chain = hello.answer.chain, capture.chains.indices.contains(chain) else {
                return .failure(hello.silence)
            }
            return .success(isOwn(chain) ? .ignored : .differentCertificate)
        }
    }

    /// nil for an address, which has no name.
    var unknownNameAnswer: Known<UnknownNameAnswer?> {
        guard capture.serverName != nil else { return .success(nil) }
        guard let hello = exchanges(.unknownServerName).first else { return .failure(.notAsked) }
        switch hello.meaning {
        case .refused:
            let isUnrecognized = hello.answer.alert == AlertDescription.unrecognizedName.rawValue
            return .success(isUnrecognized ? .unrecognizedName : .refused)
        case .unknown(_, let failure): return .failure(failure)
        case .chosen:
            let warnings = hello.answer.warnings ?? []
            if warnings.contains(AlertDescription.unrecognizedName.rawValue) { return .success(.warning) }
            // In TLS 1.3 the certificate is encrypted, and so may be a refusal that comes after the hello's answer.
            guard let chain = hello.answer.chain else { return .failure(hello.silence) }
            return .success(isOwn(chain) ? .sameCertificate : .defaultCertificate)
        }
    }

    /// Whether a chain's leaf also came when the server was called by its name.
    private func isOwn(_ chain: Int) -> Bool {
        guard capture.chains.indices.contains(chain) else { return false }
        let leaf = capture.chains[chain].certificates.first
        return capture.chainsForHost.contains { $0.certificates.first == leaf }
    }
}
