import AuditModel
import CertificateFixtures
import Facts
import WireFormats

/// A capture whose chains are written by hand over a table of certificates.
struct CaptureOfChains {
    var certificates: [[UInt8]]
    var chains: [PresentedChain]
    var host = "shop.example"
    var questions = TLSQuestion.allCases
    var exchanges: [TLSExchange] = []
    var handshakes: [TLSHandshake] = []

    func facts(at now: Instant) -> FactSet {
        TLSCapture(
            host: host, port: 443, questions: questions, exchanges: exchanges, handshakes: handshakes,
            certificates: certificates.map(Base64.encode), chains: chains
        ).facts(at: now)
    }

    /// One chain of all the certificates, seen in TLS 1.2.
    init(_ certificates: [[UInt8]], trust: TrustAssessment? = nil, host: String = "shop.example") {
        self.certificates = certificates
        chains = [PresentedChain(certificates: Array(certificates.indices), versions: [.tls12], trust: trust)]
        self.host = host
    }

    /// The same, of fixtures.
    init(fixtures names: String..., trust: TrustAssessment? = nil) throws {
        self.init(try names.map { try Fixture.certificate($0) }, trust: trust)
    }
}

extension TrustAssessment {
    /// One path through all the certificates, the last of them the anchor, all signatures verified.
    static func path(
        _ count: Int, anchor: Store = .file, objection: String? = nil, verifies: Bool? = true
    ) -> TrustAssessment {
        TrustAssessment(
            stores: [anchor],
            paths: [CertificationPath(certificates: Array(0..<count), anchor: anchor, objection: objection)],
            signatures: (0..<max(0, count - 1)).map {
                CheckedSignature(certificate: $0, issuer: $0 + 1, verifies: verifies)
            })
    }

    /// Anchors were there, but no path.
    static func none(_ stores: [Store] = [.system]) -> TrustAssessment {
        TrustAssessment(stores: stores, paths: [], signatures: [])
    }
}

extension CertificateTemplate {
    /// A server's certificate that nobody objects to, with these changes.
    static func leaf(_ change: (inout CertificateTemplate) -> Void = { _ in }) -> [UInt8] {
        var template = CertificateTemplate()
        template.extensions = [names("shop.example")]
        change(&template)
        return template.der
    }

    /// The authority that issued `leaf`, itself a root.
    static func authority(_ change: (inout CertificateTemplate) -> Void = { _ in }) -> [UInt8] {
        var template = CertificateTemplate()
        template.subject = template.issuer
        template.extensions = [basicConstraints()]
        change(&template)
        return template.der
    }

    static func basicConstraints(pathLength: UInt8? = nil) -> [UInt8] {
        let limit = pathLength.map { DER.integer([$0]) } ?? []
        return Self.extension("2.5.29.19", critical: true, DER.sequence(DER.element(0x01, [0xFF]), limit))
    }

    static func purposes(_ identifiers: String...) -> [UInt8] {
        Self.extension("2.5.29.37", DER.element(0x30, Array(identifiers.map(DER.identifier).joined())))
    }
}

extension FactSet.Knowledge {
    static func boolean(_ flag: Bool) -> Self { flag ? .yes : .no }
}

func instant(_ text: String) -> Instant { Instant(text) ?? Instant(seconds: 0) }
