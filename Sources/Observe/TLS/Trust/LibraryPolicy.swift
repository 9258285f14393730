import SwiftASN1
@_spi(DisableValidityCheck) import X509
import WireFormats

/// What swift-certificates' RFC 5280 policy objects to in a path, dates apart: a second opinion beside our own checks.
///
/// nil when it accepts the path, cannot read it, or has nothing to say: a path of one certificate is an anchor itself.
func objection(to path: [WireFormats.X509Certificate]) async -> String? {
    let certificates = path.compactMap { try? Certificate(derEncoded: $0.der) }
    guard path.count > 1, certificates.count == path.count, let anchor = certificates.last else { return nil }
    var verifier = Verifier(rootCertificates: CertificateStore([anchor])) { PathPolicy() }
    let result = await verifier.validate(
        leaf: certificates[0], intermediates: CertificateStore(certificates.dropFirst().dropLast()))
    switch result {
    case .validCertificate: return nil
    case .couldNotValidate(let failures):
        guard let reason = failures.last?.policyFailureReason.description else { return nil }
        // It refuses kinds of name constraints that it does not know; we judge them, and all else that it has a rule for.
        let isUnknown = path.contains { $0.extensions.nameConstraints?.hasUnusualKinds == true }
        if isUnknown, unsupported.contains(where: reason.contains) { return nil }
        // The reason stands behind a description of the whole certificate.
        return printable(String(reason.suffix(100)))
    }
}

/// How the library says that it cannot judge a name constraint.
private let unsupported = ["name constraints are not supported", "unsupported constraint"]

/// RFC 5280 without dates, which are judged at another time; the critical extensions are those that we check ourselves.
private struct PathPolicy: VerifierPolicy {
    private let rules = RFC5280Policy.withValidityCheckDisabled()
    let verifyingCriticalExtensions: [ASN1ObjectIdentifier]

    init() {
        verifyingCriticalExtensions =
            rules.verifyingCriticalExtensions + [
                .X509ExtensionID.subjectAlternativeName, .X509ExtensionID.extendedKeyUsage,
                .X509ExtensionID.authorityKeyIdentifier, .X509ExtensionID.subjectKeyIdentifier
            ]
    }

    mutating func chainMeetsPolicyRequirements(chain: UnverifiedCertificateChain) async -> PolicyEvaluationResult {
        rules.chainMeetsPolicyRequirements(chain: chain)
    }
}
