import Foundation

extension LabServer {
    /// nginx with one `server` block: `lab.test` with these certificates and directives.
    package static func nginx(_ certificates: [String], _ directives: String) -> LabServer {
        nginxServers { authority, address in
            let files = certificates.map { name in
                "ssl_certificate \(authority.chain(name)); ssl_certificate_key \(authority.key(name));"
            }.joined(separator: " ")
            let named =
                directives.replacing("STRONG_DH", with: authority.strongParameters)
                .replacing("WEAK_DH", with: authority.weakParameters)
                .replacing("ROOT", with: authority.certificate("root"))
                .replacing("GOOD_STAPLE", with: authority.staple("stapled"))
                .replacing("REVOKED_STAPLE", with: authority.staple("revoked"))
            return "server { listen \(address) ssl; server_name lab.test; \(files) \(named) }"
        }
    }

    /// With one RSA certificate.
    package static func nginx(_ directives: String) -> LabServer { nginx(["rsa"], directives) }

    /// nginx with the `server` blocks that the closure writes for an address.
    package static func nginxServers(
        host: String = "127.0.0.1", _ servers: @escaping @Sendable (LabAuthority, String) -> String
    ) -> LabServer {
        LabServer { authority, body in
            try await withTemporaryFolder { folder in
                let port = try await LabPorts.next()
                let address = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
                let file = folder + "/nginx.conf"
                try nginxConfiguration(servers(authority, address), in: folder)
                    .write(toFile: file, atomically: false, encoding: .utf8)
                let arguments = ["-p", folder, "-c", file, "-e", folder + "/error.log"]
                try await LabProgram.nginx.serve(host: host, port: port, in: folder, arguments) {
                    try await body(LabEndpoint(port: port))
                }
            }
        }
    }

    static func nginxConfiguration(_ servers: String, in folder: String) -> String {
        let paths = NginxServer.temporaryPaths(in: folder)
        return """
            daemon off; master_process off; pid \(folder)/nginx.pid; error_log \(folder)/error.log crit;
            events { worker_connections 512; }
            http { access_log off; \(paths) \(servers) }
            """
    }
}

// MARK: The set-ups that several tests share

extension LabServer {
    /// Mozilla's guideline 5.7, intermediate, for one RSA certificate: 6 suites of TLS 1.2 and 3 of TLS 1.3.
    package static let intermediateDirectives = """
        ssl_protocols TLSv1.2 TLSv1.3; ssl_prefer_server_ciphers off; ssl_dhparam STRONG_DH;
        ssl_ecdh_curve X25519:prime256v1:secp384r1;
        ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:\
        ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:\
        DHE-RSA-AES128-GCM-SHA256:DHE-RSA-AES256-GCM-SHA384:DHE-RSA-CHACHA20-POLY1305;
        """

    package static let intermediate = nginx(intermediateDirectives)

    /// Mozilla's guideline, modern: TLS 1.3 alone, three suites, nothing signed with RSA.
    package static let modern = nginx(
        ["modern"], "ssl_protocols TLSv1.3; ssl_prefer_server_ciphers off; ssl_ecdh_curve X25519:P-256:P-384;")

    /// All that OpenSSL 3.0 still knows from TLS 1.0 to 1.2, with two certificates: 107 suites.
    package static let legacy = nginx(
        ["rsa", "ecdsa"],
        """
        ssl_protocols TLSv1 TLSv1.1 TLSv1.2; ssl_prefer_server_ciphers on; ssl_dhparam WEAK_DH;
        ssl_ciphers ALL:@SECLEVEL=0;
        """)
}
