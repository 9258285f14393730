import Facts
import WireFormats

extension TLSConversation {
    /// The chains of the kinds of key that no flight has shown yet.
    func askCertificates(_ found: VersionFindings) async {
        for kind in KeyKind.allCases {
            let suites = found.shape.suites.filter { HelloLists.traits($0).authentication == kind.authentication }
            let accepted = found.accepted.filter(suites.contains)
            // All suites were offered, those of RSA without those of ECDSA too (see `eliminate`).
            if questions.contains(.suites), accepted.isEmpty { continue }
            if kind == .rsa, record.authentications.contains(.rsa) { continue }
            var shape = found.shape.plain
            shape.suites = questions.contains(.suites) ? accepted : suites
            shape.schemes = kind.schemes
            await ask(HelloRequest(.certificate, shape, reading: .flight, detail: kind.rawValue))
        }
    }
}

/// The kinds of key that a server may prove itself with.
enum KeyKind: String, CaseIterable, Sendable {
    case rsa, ecdsa, eddsa

    var authentication: CipherSuite.Authentication { self == .rsa ? .rsa : .ecdsa }

    var schemes: [UInt16] {
        let keys: [SignatureScheme.Key] =
            switch self {
            case .rsa: [.rsa, .rsaPSS]
            case .ecdsa: [.ecdsa]
            case .eddsa: [.ed25519, .ed448]
            }
        return HelloLists.schemes.filter { SignatureScheme(rawValue: $0).key.map(keys.contains) == true }
    }
}
