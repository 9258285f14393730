import CertificateFixtures
import Foundation
import Testing
import WireFormats

/// Numbers that are the same in every run (SplitMix64).
private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

/// Reads bytes as everything they could be; false when more comes out than went in.
private func isBounded(_ bytes: [UInt8]) -> Bool {
    let most = 12 * bytes.count + 100
    var sizes = [X509Certificate.subject(of: bytes)?.count ?? 0]
    if let certificate = X509Certificate(der: bytes) {
        sizes += [certificate.subject.text.utf8.count, certificate.issuer.text.utf8.count, certificate.serialBits]
        sizes += certificate.extensions.names?.map(\.text.utf8.count) ?? []
        sizes += [certificate.extensions.names?.count ?? 0, certificate.defects.count]
        _ = certificate.extensions.nameConstraints?.violation(in: certificate)
        _ = certificate.mayBeIssued(by: certificate)
        _ = certificate.publicKey.strength
    }
    if let response = OCSPResponse(der: bytes) { sizes.append(response.responses.count) }
    if let list = SignedCertificateTimestampList(bytes) { sizes.append(list.entries.count) }
    return sizes.allSatisfy { $0 <= most }
}

private let seeds = [
    "leaf", "constrained", "all-names", "timestamps", "rsa-pss", "explicit", "odd-subject", "pss-signed"
]

@Suite struct HostileCertificateTests {
    @Test("no truncation traps", arguments: seeds)
    func truncations(name: String) throws {
        let der = try Fixture.certificate(name)
        #expect(der.indices.allSatisfy { isBounded(Array(der.prefix($0))) })
    }

    @Test("no flipped bit traps", arguments: seeds)
    func flips(name: String) throws {
        let der = try Fixture.certificate(name)
        let areBounded = der.indices.allSatisfy { index in
            var flipped = der
            flipped[index] ^= 1 << UInt8(index % 8)
            return isBounded(flipped)
        }
        #expect(areBounded)
    }

    @Test("no mixture of lengths and tags traps", arguments: seeds)
    func mutations(name: String) throws {
        let der = try Fixture.certificate(name)
        var generator = SeededGenerator(state: UInt64(name.utf8.count))
        let values: [UInt8] = [0, 1, 0x30, 0x7F, 0x80, 0x81, 0x84, 0x88, 0xFF]
        for _ in 0..<500 {
            var mutated = der
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                mutated[Int.random(in: 0..<der.count, using: &generator)] = values.randomElement(using: &generator) ?? 0
            }
            #expect(isBounded(mutated))
        }
    }

    @Test("no truncated or flipped OCSP response traps")
    func responses() throws {
        let der = try Fixture.response("ocsp-revoked")
        for index in der.indices {
            var flipped = der
            flipped[index] ^= 1 << UInt8(index % 8)
            #expect(isBounded(Array(der.prefix(index))) && isBounded(flipped))
        }
    }

    @Test("random bytes do not trap")
    func random() {
        var generator = SeededGenerator(state: 1)
        for _ in 0..<2000 {
            let count = Int.random(in: 0...300, using: &generator)
            let bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            #expect(isBounded([0x30, 0x82] + bytes))
        }
    }

    @Test("deep nests and huge lists are read as far as anybody asks")
    func sizes() throws {
        var nest: [UInt8] = []
        for _ in 0..<2000 { nest = DER.sequence(nest) }
        #expect(isBounded(nest))
        var template = CertificateTemplate()
        template.key = DER.sequence(nest, nest)
        template.subject = DER.element(0x30, [UInt8](repeating: 0x31, count: 200_000))
        template.extensions = (0..<10_000).map { CertificateTemplate.extension("1.2.3.\($0)", critical: true, []) }
        #expect(isBounded(template.der))
        #expect((X509Certificate(der: template.der)?.extensions.unknownCritical.count ?? 0) <= 200)
        let longest = [UInt8](repeating: 0x30, count: X509Certificate.longest + 1)
        #expect(X509Certificate(der: longest) == nil)
    }

    @Test("the hostile folder is read", arguments: hostileFiles)
    func files(file: URL) throws { #expect(isBounded(Array(try Data(contentsOf: file)))) }

    @Test("the hostile folder is there")
    func present() { #expect(hostileFiles.count >= 8) }
}

private let hostileFiles: [URL] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Hostile")
    return (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
}()
