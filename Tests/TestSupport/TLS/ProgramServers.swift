import Foundation

/// Servers of other makers, each with its own TLS or its own defaults.
extension LabServer {
    /// GnuTLS.
    package static func gnutls(
        _ certificates: [String] = ["rsa"], priority: String? = nil, more: [String] = []
    ) -> LabServer {
        program(.gnutls) { authority, port, _ in
            ["--http", "--quiet", "--port", "\(port)", "--disable-client-cert"]
                + certificates.flatMap { name in
                    ["--x509certfile", authority.chain(name), "--x509keyfile", authority.key(name)]
                }
                + (priority.map { ["--priority", $0] } ?? []) + more
        }
    }

    /// `openssl s_server`, which serves one connection after the other.
    package static func openssl(_ more: [String]) -> LabServer {
        program(.openssl) { authority, port, _ in
            [
                "s_server", "-quiet", "-www", "-accept", "127.0.0.1:\(port)", "-cert",
                authority.certificate("rsa"), "-key", authority.key("rsa"), "-cert_chain",
                authority.certificate("intermediate")
            ] + more
        }
    }

    /// GnuTLS with all that is anonymous or broken, in its own order; TLS 1.3 is off.
    package static let gnutlsWithBrokenSuites = gnutls(
        priority: "NORMAL:-VERS-ALL:+VERS-TLS1.0:+VERS-TLS1.1:+VERS-TLS1.2:+ARCFOUR-128:+3DES-CBC:+CAMELLIA-128-CBC:"
            + "+CAMELLIA-256-CBC:+CAMELLIA-128-GCM:+CAMELLIA-256-GCM:+ANON-DH:+ANON-ECDH:%SERVER_PRECEDENCE")

    /// Suites that do not encrypt or do not authenticate.
    package static let opensslWithoutEncryption = openssl(["-tls1_2", "-cipher", "NULL:aNULL:@SECLEVEL=0"])

    /// haproxy; its `bind` line ends with the options.
    package static func haproxy(_ certificate: String = "rsa", options: String = "") -> LabServer {
        program(.haproxy) { authority, port, folder in
            let options = options.replacing("ROOT", with: authority.certificate("root"))
                .replacing("ECDSA_BUNDLE", with: authority.bundle("ecdsa"))
            let file = try write(
                """
                global
                    maxconn 256
                defaults
                    mode http
                    timeout connect 5s
                    timeout client 30s
                    timeout server 30s
                frontend lab
                    bind 127.0.0.1:\(port) ssl crt \(authority.bundle(certificate)) \(options)
                    http-request return status 200

                """, to: "haproxy.cfg", in: folder)
            return ["-db", "-q", "-f", file]
        }
    }

    /// haproxy that passes TCP on to servers by turns (`roundrobin`) or by lot (`random`).
    package static func haproxy(balancing how: String, _ first: LabServer, _ second: LabServer) -> LabServer {
        LabServer { authority, body in
            try await first.run(authority) { one in
                try await second.run(authority) { two in
                    let balancer = program(.haproxy) { _, port, folder in
                        let file = try write(
                            """
                            global
                                maxconn 256
                            defaults
                                mode tcp
                                timeout connect 5s
                                timeout client 30s
                                timeout server 30s
                            listen lab
                                bind 127.0.0.1:\(port)
                                balance \(how)
                                server one 127.0.0.1:\(one.port)
                                server two 127.0.0.1:\(two.port)

                            """, to: "haproxy.cfg", in: folder)
                        return ["-db", "-q", "-f", file]
                    }
                    try await balancer.run(authority, body)
                }
            }
        }
    }

    /// stunnel in front of nothing, with options of its service section.
    package static func stunnel(_ certificate: String = "rsa", _ options: String = "") -> LabServer {
        program(.stunnel) { authority, port, folder in
            let file = try write(
                """
                foreground = quiet
                pid =
                [lab]
                accept = 127.0.0.1:\(port)
                connect = 127.0.0.1:9
                cert = \(authority.chain(certificate))
                key = \(authority.key(certificate))
                \(options)

                """, to: "stunnel.conf", in: folder)
            return [file]
        }
    }

    /// hitch in front of nothing.
    package static func hitch(_ certificate: String = "rsa", _ more: [String] = []) -> LabServer {
        program(.hitch) { authority, port, _ in
            ["--frontend=[127.0.0.1]:\(port)", "--backend=[127.0.0.1]:9", "--workers=1", "--quiet"]
                + (getuid() == 0 ? ["--user=nobody", "--group=nogroup"] : []) + more + [authority.bundle(certificate)]
        }
    }

    /// Apache with mod_ssl; the directives stand in its virtual host.
    package static func apache(_ directives: String) -> LabServer {
        program(.apache) { authority, port, folder in
            let modules = ["mpm_event", "authz_core", "socache_shmcb", "ssl"].map { name in
                "LoadModule \(name)_module /usr/lib/apache2/modules/mod_\(name).so"
            }.joined(separator: "\n")
            let file = try write(
                """
                \(modules)
                ServerRoot \(folder)
                ServerName lab.test
                Listen 127.0.0.1:\(port)
                PidFile \(folder)/apache.pid
                ErrorLog \(folder)/error.log
                DefaultRuntimeDir \(folder)
                \(getuid() == 0 ? "User www-data\nGroup www-data" : "")
                <VirtualHost 127.0.0.1:\(port)>
                    SSLEngine on
                    SSLCertificateFile \(authority.chain("rsa"))
                    SSLCertificateKeyFile \(authority.key("rsa"))
                    \(directives.replacing("ROOT", with: authority.certificate("root")))
                </VirtualHost>

                """, to: "apache.conf", in: folder)
            return ["-X", "-f", file]
        }
    }

    package static func lighttpd(_ certificate: String = "rsa", _ options: String = "") -> LabServer {
        program(.lighttpd) { authority, port, folder in
            let file = try write(
                """
                server.modules = ("mod_openssl")
                server.document-root = "\(folder)"
                server.bind = "127.0.0.1"
                server.port = \(port)
                ssl.engine = "enable"
                ssl.pemfile = "\(authority.chain(certificate))"
                ssl.privkey = "\(authority.key(certificate))"
                \(options)

                """, to: "lighttpd.conf", in: folder)
            return ["-D", "-f", file]
        }
    }

    /// Caddy, which brings Go's TLS; the policy is a JSON object of its configuration.
    package static func caddy(_ certificate: String = "rsa", policy: String = "{}") -> LabServer {
        program(.caddy) { authority, port, folder in
            let file = try write(
                """
                {"admin": {"disabled": true, "config": {"persist": false}},
                 "storage": {"module": "file_system", "root": "\(folder)"},
                 "apps": {
                  "tls": {"certificates": {"load_files": [
                   {"certificate": "\(authority.chain(certificate))", "key": "\(authority.key(certificate))"}]}},
                  "http": {"servers": {"lab": {
                   "listen": ["127.0.0.1:\(port)"], "protocols": ["h1", "h2"], "automatic_https": {"disable": true},
                   "routes": [{"handle": [{"handler": "static_response", "status_code": 204}]}],
                   "tls_connection_policies": [\(policy)]}}}}}
                """, to: "caddy.json", in: folder)
            return ["run", "--config", file]
        }
    }

    /// Java's TLS with all that it knows.
    package static func jsse(_ certificate: String = "rsa") -> LabServer {
        program(.java) { authority, port, _ in
            [
                "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-Xmx256m", LabProgram.source("JSSEServer.java"), "\(port)",
                authority.keyStore(certificate)
            ]
        }
    }

    /// The OpenSSL 4 that the Python package `cryptography` carries.
    package static func pyOpenSSL(_ certificate: String = "rsa") -> LabServer {
        program(.python) { authority, port, _ in
            [
                LabProgram.source("pyopenssl_server.py"), "\(port)", authority.chain(certificate),
                authority.key(certificate)
            ]
        }
    }

    /// NSS, with every version of TLS; Debian's build has no SSLv3.
    package static func nss(_ certificate: String = "rsa", _ more: [String] = []) -> LabServer {
        program(.selfserv) { authority, port, folder in
            let store = "sql:\(folder)"
            _ = try await output(of: LabProgram.certutil.path(), ["-N", "-d", store, "--empty-password"])
            _ = try await output(
                of: LabProgram.pk12util.path(),
                ["-i", authority.keyStore(certificate), "-d", store, "-W", "lab", "-K", ""])
            return ["-p", "\(port)", "-d", store, "-n", certificate, "-V", "tls1.0:tls1.3", "-u"] + more
        }
    }

    private static func program(
        _ program: LabProgram,
        _ arguments: @escaping @Sendable (LabAuthority, _ port: Int, _ folder: String) async throws -> [String]
    ) -> LabServer {
        LabServer { authority, body in
            try await withTemporaryFolder { folder in
                let port = try await LabPorts.next()
                let words = try await arguments(authority, port, folder)
                try await program.serve(port: port, in: folder, words) { try await body(LabEndpoint(port: port)) }
            }
        }
    }

    private static func write(_ text: String, to name: String, in folder: String) throws -> String {
        let path = "\(folder)/\(name)"
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        return path
    }
}
