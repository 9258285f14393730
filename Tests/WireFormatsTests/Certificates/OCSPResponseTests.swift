import CertificateFixtures
import Testing
import WireFormats

@Suite struct OCSPResponseTests {
    private func certificate(_ name: String) throws -> X509Certificate {
        try #require(X509Certificate(der: Fixture.certificate(name)))
    }

    @Test(
        "a response says of the leaf",
        arguments: [("ocsp-good", .good), ("ocsp-revoked", .revoked), ("ocsp-unknown", .unknown)]
            as [(String, OCSPResponse.CertificateStatus)])
    func statuses(name: String, status: OCSPResponse.CertificateStatus) throws {
        let response = try #require(OCSPResponse(der: Fixture.response(name)))
        let (leaf, issuer) = (try certificate("leaf"), try certificate("intermediate"))
        let single = try #require(response.single(for: leaf, issuer: issuer))
        #expect(response.status == .successful)
        #expect(single.status == status)
        #expect(single.hash == .sha1)
        #expect(single.nextUpdate == single.thisUpdate.map { $0 + 7 * 86_400 })
        #expect(response.producedAt == single.thisUpdate)
        #expect(single.revokedAt == (status == .revoked ? 1_796_860_800 : nil))
    }

    @Test("a response for another certificate or by another key is none for the leaf")
    func others() throws {
        let response = try #require(OCSPResponse(der: Fixture.response("ocsp-good")))
        #expect(response.single(for: try certificate("must-staple"), issuer: try certificate("intermediate")) == nil)
        #expect(response.single(for: try certificate("leaf"), issuer: try certificate("impostor")) == nil)
        #expect(response.single(for: try certificate("leaf"), issuer: nil) != nil)
    }

    @Test("an error is a response without certificates")
    func failures() throws {
        let response = try #require(OCSPResponse(der: Fixture.response("ocsp-try-later")))
        #expect(response.status == .tryLater)
        #expect(response.responses.isEmpty)
        #expect(response.producedAt == nil)
    }

    @Test(
        "what is no response is none", arguments: [[], [0x30, 0x03, 0x0A, 0x01, 0x00], [0x30, 0x03, 0x0A, 0x01, 0x09]])
    func garbage(bytes: [UInt8]) { #expect(OCSPResponse(der: bytes) == nil) }
}

@Suite struct SignedCertificateTimestampListTests {
    @Test(
        "a list that breaks its grammar is none",
        arguments: [
            [], [0], [0, 1], [0, 1, 0], [0, 2, 0, 5], [0, 3, 0, 1, 0], [0, 0, 0]
        ] as [[UInt8]])
    func broken(bytes: [UInt8]) { #expect(SignedCertificateTimestampList(bytes) == nil) }

    @Test("an empty list holds nothing")
    func empty() { #expect(SignedCertificateTimestampList([0, 0])?.entries == []) }
}
