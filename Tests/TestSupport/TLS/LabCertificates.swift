/// Every certificate of the lab; an issuer stands before those that it signs.
extension LabCertificate {
    package static let all: [LabCertificate] = authorities + leaves + oddChains + oddKeys

    private static let authorities: [LabCertificate] =
        [
            authority("root", issuer: nil),
            authority("other-root", issuer: nil),
            authority("intermediate", issuer: "root"),
            authority("ecdsa-intermediate", issuer: "root") { $0.key = .p256 },
            authority("other-intermediate", issuer: "other-root"),
            authority("second-intermediate", issuer: "intermediate"),
            authority("expired-intermediate", issuer: "root") { $0.ends = -3 * day },
            authority("constrained-intermediate", issuer: "root") {
                $0.extensions = ["nameConstraints = critical, permitted;DNS:allowed.test"]
            },
            // One name and key, signed by both roots: only one of the two paths ends in an anchor.
            authority("crossed", issuer: "root"),
            authority("crossed-by-other", issuer: "other-root") {
                $0.commonName = "gonogo lab crossed"
                $0.keyOf = "crossed"
            }
        ]
        + (1...9).map { depth in
            authority("deep-\(depth)", issuer: depth == 1 ? "root" : "deep-\(depth - 1)") { $0.key = .p256 }
        }

    private static let leaves: [LabCertificate] = [
        LabCertificate("rsa"),
        keyed("ecdsa", .p256),
        LabCertificate("modern") {
            $0.key = .p256
            $0.issuer = "ecdsa-intermediate"
        }.sending(["ecdsa-intermediate"]),
        dated("expired", from: -120 * day, to: -30 * day - 2 * hour),
        dated("not-yet-valid", from: 2 * day, to: 92 * day),
        dated("long-lived", from: -5 * day, to: 820 * day),
        dated("two-hundred-days", from: -day, to: 199 * day + 2),
        dated("six-days-left", from: -84 * day, to: 6 * day),
        named("other-name", "other.test", ["DNS:other.test"]),
        named("common-name-only", "lab.test", []),
        named("wildcard", "*.wild.lab.test", ["DNS:*.wild.lab.test"]),
        named("address", "127.0.0.1", ["IP:127.0.0.1", "IP:::1"]),
        named("international", "xn--bcher-kva.lab.test", ["DNS:xn--bcher-kva.lab.test"]),
        named("ten-thousand-names", "lab.test", ["DNS:lab.test"] + (1...9_999).map { "DNS:host-\($0).lab.test" }),
        LabCertificate("client-only") { $0.usage = "clientAuth" },
        LabCertificate("must-staple") { $0.extensions = ["tlsfeature = status_request"] },
        LabCertificate("stapled") {
            $0.key = .p256
            $0.extensions = ["authorityInfoAccess = OCSP;URI:http://ocsp.lab.test/"]
        },
        LabCertificate("revoked"),
        LabCertificate("timestamped") {
            $0.extensions = ["1.3.6.1.4.1.11129.2.4.2 = DER:" + LabTimestamps.extensionValue]
        }
    ]

    private static let oddChains: [LabCertificate] = [
        LabCertificate("self-signed") { $0.issuer = nil }.sending([]),
        LabCertificate("incomplete").sending([]),
        issued("unknown-issuer", by: "other-intermediate"),
        issued("out-of-order", by: "second-intermediate").sending(["intermediate", "second-intermediate"]),
        LabCertificate("with-root").sending(["intermediate", "root"]),
        issued("under-expired", by: "expired-intermediate"),
        issued("constrained", by: "constrained-intermediate"),
        issued("cross-signed", by: "crossed").sending(["crossed-by-other", "crossed"]),
        LabCertificate("ten-deep") {
            $0.key = .p256
            $0.issuer = "deep-9"
        }.sending((1...9).reversed().map { "deep-\($0)" })
    ]

    private static let oddKeys: [LabCertificate] =
        [LabCertificate("sha1") { $0.digest = "sha1" }, keyed("rsa1024", .rsa1024)]
        + [Key.p384, .p521, .ed25519, .ed448, .pss, .dsa].map { keyed($0.rawValue, $0) }

    private static func keyed(_ name: String, _ key: Key) -> LabCertificate { LabCertificate(name) { $0.key = key } }

    private static func dated(_ name: String, from begins: Int, to ends: Int) -> LabCertificate {
        LabCertificate(name) {
            $0.begins = begins
            $0.ends = ends - 1
        }
    }

    private static func named(_ name: String, _ commonName: String, _ names: [String]) -> LabCertificate {
        LabCertificate(name) {
            $0.commonName = commonName
            $0.names = names
        }
    }

    private static func issued(_ name: String, by issuer: String) -> LabCertificate {
        LabCertificate(name) { $0.issuer = issuer }.sending([issuer])
    }

    private func sending(_ chain: [String]) -> LabCertificate {
        var certificate = self
        certificate.chain = chain
        return certificate
    }
}

/// SCTs whose signatures nobody can verify, but whose grammar is whole (RFC 6962 §3.2, §3.3).
enum LabTimestamps {
    /// Three of them as an extension's value in hexadecimal: an OCTET STRING of more than 255 bytes.
    static var extensionValue: String {
        let list = (0..<3).flatMap { framed(timestamp(log: $0)) }
        return ([0x04, 0x82] + framed(framed(list))).map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0" + text : text
        }.joined(separator: ":")
    }

    private static func timestamp(log: UInt8) -> [UInt8] {
        [0] + [UInt8](repeating: 0xA0 + log, count: 32) + [0, 0, 1, 0x9A, 0, 0, 0, 0] + [0, 0]
            + [4, 3] + framed([UInt8](repeating: 0x5A, count: 70))
    }

    private static func framed(_ bytes: [UInt8]) -> [UInt8] {
        [UInt8(bytes.count >> 8), UInt8(bytes.count & 0xFF)] + bytes
    }
}
