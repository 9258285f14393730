import AuditModel
import Crypto
import FoundationEssentials
import NIOSSL
import SwiftASN1
import X509

/// A certificate authority and the certificate that it issued for loopback, both made on the spot (RFC 5280).
struct DemoIdentity {
    static let validity = TimeSpan.days(90)

    /// The root certificate in PEM.
    let authority: String
    let serverConfiguration: TLSConfiguration

    /// Makes both certificates valid from an hour before the instant, for clocks that differ.
    init(at now: Instant) throws {
        let period = Self.period(from: now)
        let authorityKey = Certificate.PrivateKey(P256.Signing.PrivateKey())
        let authority = try Self.authority(key: authorityKey, period: period)
        let leafKey = P256.Signing.PrivateKey()
        let leaf = try Self.leaf(
            for: Certificate.PrivateKey(leafKey).publicKey, issuer: authority, issuerKey: authorityKey, period: period)

        self.authority = try authority.serializeAsPEM().pemString + "\n"
        var serializer = DER.Serializer()
        try serializer.serialize(leaf)
        let certificate = try NIOSSLCertificate(bytes: serializer.serializedBytes, format: .der)
        let privateKey = try NIOSSLPrivateKey(bytes: Array(leafKey.derRepresentation), format: .der)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: [.certificate(certificate)], privateKey: .privateKey(privateKey))
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        serverConfiguration = configuration
    }

    private static func period(from now: Instant) -> ClosedRange<Date> {
        let start = now.adding(seconds: -3600)
        return date(start)...date(start.adding(seconds: validity.seconds))
    }

    private static func date(_ instant: Instant) -> Date {
        Date(timeIntervalSince1970: Double(instant.milliseconds / 1000))
    }

    private static func authority(key: Certificate.PrivateKey, period: ClosedRange<Date>) throws -> Certificate {
        let name = try DistinguishedName { CommonName("gonogo demo authority") }
        return try Certificate(
            version: .v3, serialNumber: .init(), publicKey: key.publicKey, notValidBefore: period.lowerBound,
            notValidAfter: period.upperBound, issuer: name, subject: name,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true, cRLSign: true))
                SubjectKeyIdentifier(hash: key.publicKey)
            },
            issuerPrivateKey: key)
    }

    private static func leaf(
        for key: Certificate.PublicKey, issuer: Certificate, issuerKey: Certificate.PrivateKey,
        period: ClosedRange<Date>
    ) throws -> Certificate {
        try Certificate(
            version: .v3, serialNumber: .init(), publicKey: key, notValidBefore: period.lowerBound,
            notValidAfter: period.upperBound, issuer: issuer.subject,
            subject: DistinguishedName { CommonName("localhost") },
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([.serverAuth])
                SubjectAlternativeNames([
                    .dnsName("localhost"), .ipAddress(ASN1OctetString(contentBytes: [127, 0, 0, 1]))
                ])
                SubjectKeyIdentifier(hash: key)
                AuthorityKeyIdentifier(keyIdentifier: SubjectKeyIdentifier(hash: issuer.publicKey).keyIdentifier)
            },
            issuerPrivateKey: issuerKey)
    }
}
