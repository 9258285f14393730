import Audit
import Glibc
import TestSupport

/// The probes of HTTP side by side with the programs that people use today, on one page of nginx over HTTPS.
enum HTTPBench {
    /// Where `script/bootstrap bench` puts the programs from PyPI.
    private static let peers = ".build/http-bench/bin/"

    /// Prints a block per job; whether a bar is missed.
    static func measure(_ program: String) async throws -> Bool {
        let certificate = try await TestCertificate.make(names: "DNS:localhost")
        return try await NginxServer.run(certificate: certificate, servers: site) { server in
            try await withTemporaryFolder { folder in
                let run = HTTPRun(
                    program: program, url: "https://localhost:\(server.httpsPort)/",
                    authority: try certificate.write(to: folder).certificate, folder: folder)
                return try await onThread { try measure(run) }
            }
        }
    }

    private static func measure(_ run: HTTPRun) throws -> Bool {
        try write(["passive.yaml": Array(checklist.utf8)], to: run.folder)
        let page = BenchJob(
            title: "all passive probes of one page", own: run.passive,
            others: [
                BenchJob.Contender(
                    name: "curl, one GET",
                    words: ["/usr/bin/curl", "-sS", "--cacert", run.authority, "-o", "/dev/null", run.url], ratio: 3),
                BenchJob.Contender(
                    name: "shcheck", words: run.python([peers + "shcheck.py", "-d", "-j", run.url]), ratio: 1),
                BenchJob.Contender(
                    name: "drheader", words: run.python([peers + "drheader", "scan", "single", run.url]), ratio: 1)
            ], rounds: 21, accepting: nil)
        let cors = BenchJob(
            title: "CORS in 26 requests", own: run.cors, bound: 100,
            others: [
                BenchJob.Contender(
                    name: "CORScanner", words: run.python([peers + "corscanner", "-u", run.url]), ratio: 1)
            ], rounds: 21, accepting: nil)
        var isMissed = try page.measured()
        isMissed = try cors.measured() || isMissed
        for (name, words) in [("passive probes", run.passive), ("cors", run.cors)] {
            let child = try Child.runAlone(words, output: run.folder + "/out")
            let isBeyond = child.megabytes > memory
            isMissed = isMissed || isBeyond
            print(
                "  memory, \(name): \(child.megabytes.figure) MB (bound \(memory.figure)\(isBeyond ? ", MISSED" : ""))")
        }
        fflush(nil)
        return isMissed
    }

    /// The most that may be resident, in megabytes.
    private static let memory = 40.0

    private static let site = """
        server { listen 127.0.0.1:HTTP_PORT; return 301 https://localhost:HTTPS_PORT$request_uri; }
        map $http_origin $allowed { default ''; https://app.localhost $http_origin; }
        server {
          listen 127.0.0.1:HTTPS_PORT ssl; TLS
          location = / {
            add_header Strict-Transport-Security "max-age=63072000; includeSubDomains" always;
            add_header Content-Security-Policy "default-src 'self'; object-src 'none'; base-uri 'none'" always;
            add_header X-Content-Type-Options nosniff always;
            add_header Referrer-Policy no-referrer always;
            add_header Set-Cookie "session=0123456789abcdef; Secure; HttpOnly; SameSite=Lax; Path=/" always;
            add_header Access-Control-Allow-Origin $allowed always;
            default_type text/html;
            return 200 "<!doctype html><title>A page</title><script src=/app.js></script><p>Text</p>";
          }
          location / { return 404; }
        }
        """

    /// Items whose facts need every request that these probes make.
    private static let checklist = """
        schema: gonogo.checklist/1
        id: passive
        version: 1.0.0
        title: All that is seen without touching anything
        sections:
          - id: page
            title: Page
            items:
              - {id: parity, title: Parity, severity: low, probe: headers, expect: {parity.notFound.missing: {count: 0}}}
              - {id: csp, title: CSP, severity: low, probe: csp, expect: {script.nonce.static: false}}
              - {id: cookies, title: Cookies, severity: low, probe: cookies, expect: {problems: {count: 0}}}
              - {id: redirect, title: Redirect, severity: low, probe: redirect, expect: {toHttps: true}}
              - {id: observatory, title: Observatory, severity: low, probe: observatory, expect: {score: {atLeast: 90}}}

        """
}

/// What every program of this part is told.
private struct HTTPRun: Sendable {
    let program: String
    let url: String
    let authority: String
    let folder: String

    var passive: [String] {
        [program, "audit", url, "--ca", authority, "--checklist", folder + "/passive.yaml", "--report", "json"]
    }
    var cors: [String] { [program, "probe", "cors", "--json", "--ca", authority, url] }

    func python(_ words: [String]) -> [String] { ["/usr/bin/env", "REQUESTS_CA_BUNDLE=" + authority] + words }
}
