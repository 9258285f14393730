import Foundation

/// A public key infrastructure for one test process, made with the `openssl` program: `LabCertificate.all`.
package struct LabAuthority: Sendable {
    private let folder: String
    /// The trust anchor in PEM; `other-root` is none.
    package let root: String

    /// Made when it is first asked for; its folder is removed when the process ends.
    package static func shared() async throws -> LabAuthority { try await making.value }

    private static let making = Task { try await make() }

    /// A server's certificate with the chain that it sends, in PEM.
    package func chain(_ name: String) -> String { "\(folder)/\(name).chain.pem" }

    /// One certificate alone, in PEM.
    package func certificate(_ name: String) -> String { "\(folder)/\(name).pem" }

    package func key(_ name: String) -> String {
        "\(folder)/\(LabCertificate.all.first { $0.name == name }?.keyName ?? name).key"
    }

    /// Chain and key in one file, as haproxy and hitch read them.
    package func bundle(_ name: String) -> String { "\(folder)/\(name).bundle.pem" }

    /// Chain and key as Java and NSS read them; the password is `lab`.
    package func keyStore(_ name: String) -> String { "\(folder)/\(name).p12" }

    /// An OCSP response in DER about a certificate: `stapled` is good, `revoked` is revoked (RFC 6960).
    package func staple(_ name: String) -> String { "\(folder)/\(name).ocsp" }

    /// Finite-field Diffie-Hellman parameters of 1024 bits: the second Oakley group (RFC 2409 §6.2).
    package var weakParameters: String { "\(folder)/dh1024.pem" }

    /// Finite-field Diffie-Hellman parameters of 2048 bits: ffdhe2048 (RFC 7919 appendix A.1).
    package var strongParameters: String { "\(folder)/dh2048.pem" }

    private static func make() async throws -> LabAuthority {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gonogo-lab-\(getpid())").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        atexit { removeLabFolder() }
        let now = Date()
        try await makeKeys(in: folder)
        for certificate in LabCertificate.all { try await issue(certificate, in: folder, now: now) }
        let authority = LabAuthority(
            folder: folder, root: try String(contentsOfFile: folder + "/root.pem", encoding: .utf8))
        for certificate in LabCertificate.all where !certificate.isAuthority {
            try authority.writeChain(of: certificate)
        }
        for name in ["rsa", "ecdsa"] {
            try await openssl(
                "pkcs12", "-export", "-inkey", authority.key(name), "-in", authority.chain(name), "-name", name,
                "-passout", "pass:lab", "-out", authority.keyStore(name))
        }
        try await authority.makeStaples()
        try oakleyGroup2.write(toFile: authority.weakParameters, atomically: false, encoding: .utf8)
        try await openssl(
            "genpkey", "-genparam", "-algorithm", "DH", "-pkeyopt", "group:ffdhe2048", "-out",
            authority.strongParameters)
        return authority
    }

    private func writeChain(of certificate: LabCertificate) throws {
        let parts = try ([certificate.name] + certificate.chain).map { name in
            try String(contentsOfFile: self.certificate(name), encoding: .utf8)
        }
        let key = try String(contentsOfFile: self.key(certificate.name), encoding: .utf8)
        try parts.joined().write(toFile: chain(certificate.name), atomically: false, encoding: .utf8)
        try (parts.joined() + key).write(toFile: bundle(certificate.name), atomically: false, encoding: .utf8)
    }

    private func makeStaples() async throws {
        for (name, state) in [("stapled", "V\t991231235959Z\t"), ("revoked", "R\t991231235959Z\t260101000000Z")] {
            let index = "\(folder)/\(name).staple-index"
            let serial = try await serial(of: name)
            try "\(state)\t\(serial)\tunknown\t/CN=lab.test\n".write(toFile: index, atomically: false, encoding: .utf8)
            let issuer = certificate("intermediate")
            let request = "\(folder)/\(name).ocsp-request"
            try await Self.openssl(
                "ocsp", "-issuer", issuer, "-cert", certificate(name), "-reqout", request, "-no_nonce")
            try await Self.openssl(
                "ocsp", "-index", index, "-CA", issuer, "-rsigner", issuer, "-rkey", key("authority-intermediate"),
                "-reqin", request, "-respout", staple(name), "-ndays", "7")
        }
    }

    private func serial(of name: String) async throws -> String {
        let output = try await output(
            of: "/usr/bin/openssl", ["x509", "-in", certificate(name), "-noout", "-serial"])
        return String(output.split(separator: "=").last?.prefix { $0.isHexDigit } ?? "")
    }
}

// MARK: Keys and certificates

extension LabAuthority {
    private static func makeKeys(in folder: String) async throws {
        let kinds = Dictionary(LabCertificate.all.map { ($0.keyName, $0.key) }) { first, _ in first }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (name, kind) in kinds {
                group.addTask { try await makeKey(kind, path: "\(folder)/\(name)", folder: folder) }
            }
            try await group.waitForAll()
        }
    }

    /// A key with a request that it signs; `issue` decides on all else.
    private static func makeKey(_ kind: LabCertificate.Key, path: String, folder: String) async throws {
        if kind == .dsa {
            try await openssl(
                "genpkey", "-genparam", "-algorithm", "DSA", "-pkeyopt", "dsa_paramgen_bits:2048", "-out",
                path + ".parameters")
            try await openssl("genpkey", "-paramfile", path + ".parameters", "-out", path + ".key")
        } else {
            try await openssl(["genpkey"] + kind.arguments + ["-out", path + ".key"])
        }
        try await openssl("req", "-new", "-key", path + ".key", "-subj", "/CN=lab", "-out", path + ".csr")
    }

    private static func issue(_ certificate: LabCertificate, in folder: String, now: Date) async throws {
        let path = "\(folder)/\(certificate.name)"
        try "".write(toFile: path + ".index", atomically: false, encoding: .utf8)
        try configuration(of: certificate, path: path, folder: folder)
            .write(toFile: path + ".cnf", atomically: false, encoding: .utf8)
        let signer = LabCertificate.all.first { $0.name == certificate.issuer }
        let signing =
            signer.map { ["-cert", "\(folder)/\($0.name).pem", "-keyfile", "\(folder)/\($0.keyName).key"] }
            ?? ["-selfsign", "-keyfile", "\(folder)/\(certificate.keyName).key"]
        try await openssl(
            ["ca", "-config", path + ".cnf", "-batch", "-notext", "-md", certificate.digest]
                + signing + [
                    "-in", "\(folder)/\(certificate.keyName).csr", "-out", path + ".pem",
                    "-subj", "/CN=\(certificate.commonName)",
                    "-startdate", generalizedTime(now, after: certificate.begins),
                    "-enddate", generalizedTime(now, after: certificate.ends)
                ])
    }

    private static func configuration(of certificate: LabCertificate, path: String, folder: String) -> String {
        let names = certificate.names.enumerated().map { index, name in
            let parts = name.split(separator: ":", maxSplits: 1)
            return "\(parts[0]).\(index + 1) = \(parts[1])"
        }
        let extensions =
            certificate.isAuthority
            ? ["basicConstraints = critical, CA:TRUE", "keyUsage = critical, keyCertSign, cRLSign, digitalSignature"]
            : [
                "basicConstraints = critical, CA:FALSE", "extendedKeyUsage = \(certificate.usage)",
                "keyUsage = critical, digitalSignature, keyEncipherment"
            ] + (names.isEmpty ? [] : ["subjectAltName = @names"])
        return """
            [ca]
            default_ca = lab
            [lab]
            database = \(path).index
            new_certs_dir = \(folder)
            policy = policy
            x509_extensions = extensions
            unique_subject = no
            rand_serial = yes
            [policy]
            commonName = supplied
            [extensions]
            \((extensions + certificate.extensions).joined(separator: "\n"))
            [names]
            \(names.joined(separator: "\n"))

            """
    }

    private static func generalizedTime(_ now: Date, after seconds: Int) -> String {
        var instant = time_t(now.timeIntervalSince1970) + seconds
        var parts = tm()
        gmtime_r(&instant, &parts)
        let numbers = [parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec]
        return "\(parts.tm_year + 1900)" + numbers.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined() + "Z"
    }

    private static func openssl(_ arguments: String...) async throws { try await openssl(arguments) }

    private static func openssl(_ arguments: [String]) async throws {
        _ = try await output(of: "/usr/bin/openssl", arguments)
    }

    private static let oakleyGroup2 = """
        -----BEGIN DH PARAMETERS-----
        MIGHAoGBAP//////////yQ/aoiFowjTExmKLgNwc0SkCTgiKZ8x0Agu+pjsTmyJR
        Sgh5jjQE3e+VGbPNOkMbMCsKbfJfFDdP4TVtbVHCReSFtXZiXn7G9ExC6aY37WsL
        /1y29Aa37e44a/taiZ+lrp8kEXxLH+ZJKGZR7OZTgf//////////AgEC
        -----END DH PARAMETERS-----

        """
}

extension LabCertificate.Key {
    /// What `openssl genpkey` is told.
    fileprivate var arguments: [String] {
        switch self {
        case .rsa1024: ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"]
        case .rsa2048: ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]
        case .pss: ["-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048"]
        case .p256: ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]
        case .p384: ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"]
        case .p521: ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521"]
        case .ed25519: ["-algorithm", "ED25519"]
        case .ed448: ["-algorithm", "ED448"]
        case .dsa: ["-algorithm", "DSA"]
        }
    }
}

private func removeLabFolder() {
    try? FileManager.default.removeItem(
        at: FileManager.default.temporaryDirectory.appendingPathComponent("gonogo-lab-\(getpid())"))
}
