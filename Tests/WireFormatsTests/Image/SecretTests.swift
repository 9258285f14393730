import Testing
import WireFormats

private let pem = "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEAx7y\n-----END RSA PRIVATE KEY-----\n"

struct SecretTests {
    @Test(
        "Secrets are known by their own form",
        arguments: [
            (pem, ["private-key"]), ("x\r\n" + pem.replacing("\n", with: "\r\n"), ["private-key"]),
            (#"{"key":"-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhki\n"}"#, ["private-key"]),
            ("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n", ["private-key"]),
            (
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES\n\nMIIEpAIBAAKCAQEAx7y\n",
                ["private-key"]
            ),
            ("-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQdGBGLabcdefghijklmnop\n", ["private-key"]),
            ("-----BEGIN RSA PRIVATE KEY-----\0", []), ("-----BEGIN %s PRIVATE KEY-----\n", []),
            ("-----BEGIN CERTIFICATE-----\nMIIEpAIBAAKCAQEAx7y\n", []),
            ("-----BEGIN PUBLIC KEY-----\nMIIEpAIBAAKCAQEAx7y\n", []),
            ("-----BEGIN RSA PRIVATE KEY-----\n...\n", []),
            ("key = AKIAIOSFODNN7ABCDEFG", ["aws-access-key-id"]), ("AKIAIOSFODNN7EXAMPLE", []),
            ("XAKIAIOSFODNN7ABCDEFG", []),
            ("AKIAIOSFODNN7ABCDEFGH", []), ("ghp_" + String(repeating: "a", count: 36), ["github-token"]),
            ("glpat-" + String(repeating: "a", count: 20), ["gitlab-token"]),
            ("npm_" + String(repeating: "a", count: 36), ["npm-token"]),
            ("xoxb-1234567890-abc", ["slack-token"]), ("xghp_" + String(repeating: "a", count: 36), []),
            ("ghp_a ghp_b", []), ("", []), (String(repeating: "-", count: 10_000), [])
        ])
    func text(text: String, rules: [String]) { #expect(SecretText.rules(in: Array(text.utf8)) == rules) }

    @Test(
        "A variable is secret by its value or by its name",
        arguments: [
            ("DB_PASSWORD", "hunter2", "secret-variable"), ("API_KEY", "abc", "secret-variable"),
            ("SECRET_KEY_BASE", "x1", "secret-variable"),
            ("NPM_TOKEN", "abc", "secret-variable"), ("AWS_SECRET_ACCESS_KEY", "x", "secret-variable"),
            ("password", "'p'", "secret-variable"),
            ("DATABASE_URL", "postgres://u:pw@db/x", "url-password"), ("DATABASE_URL", "postgres://u@db/x", nil),
            ("DATABASE_URL", "postgres://u:$PW@db/x", nil), ("DATABASE_URL", "postgres://db/x", nil),
            ("X", "ghp_" + String(repeating: "a", count: 36), "github-token"),
            ("DB_PASSWORD", "", nil), ("DB_PASSWORD_FILE", "/run/secrets/db", nil),
            ("DB_PASSWORD", "/run/secrets/db", nil),
            ("DB_PASSWORD", "$X", nil), ("DB_PASSWORD", "${X:-y}", nil), ("DB_PASSWORD", "<password>", nil),
            ("ALLOW_EMPTY_PASSWORD", "yes", nil), ("MYSQL_RANDOM_ROOT_PASSWORD", "1", nil),
            ("TOKENIZERS_PARALLELISM", "x", nil),
            ("TOKEN_TTL", "3600", nil), ("JWT_ALGORITHM", "RS256", nil), ("JWT_EXPIRES_IN", "3600", nil),
            ("TOKEN_URL", "https://a/b", nil),
            ("GPG_KEY", "E3FF2839C048B25C084DEBE9B26995E310250568", nil), ("PATH", "/bin", nil),
            ("libcrypto3", "3.1", nil),
            ("PYTHON_SHA256", "abc", nil), ("KEYBOARD", "de", nil), ("", "", nil)
        ] as [(String, String, String?)])
    func variable(name: String, value: String, rule: String?) {
        #expect(SecretVariable.rule(name: name, value: value) == rule)
    }

    @Test(
        "Variables in the history are found where they are set",
        arguments: [
            ("|1 API_TOKEN=abc /bin/sh -c npm ci", ["API_TOKEN=abc"]),
            ("/bin/sh -c #(nop)  ENV A=1 B=\"2\"", ["A=1", "B=2"]),
            ("ARG X=y", ["X=y"]), ("RUN --mount=type=secret,id=x cmd --flag=v", []), ("RUN a==b", ["a==b"]),
            ("COPY . .", []), ("=x", []), ("", [])
        ])
    func assignments(line: String, expected: [String]) {
        #expect(SecretVariable.assignments(in: line).map { "\($0.name)=\($0.value)" } == expected)
    }

    @Test(
        "Files hold secrets by name and content",
        arguments: [
            ("root/.ssh/id_rsa", pem, ["ssh-private-key"]), ("root/.ssh/id_rsa", "anything", ["ssh-private-key"]),
            ("root/.ssh/id_rsa.pub", "ssh-rsa AAAA", []), ("app/.env", "A=1", ["environment-file"]),
            ("app/.env", "# none", []),
            ("app/.env.production", "A=1", ["environment-file"]), ("app/.env.example", "A=1", []),
            ("app/config.env", "A=1", []),
            ("root/.npmrc", "//r/:_authToken=abc", ["npm-token"]), ("root/.npmrc", "//r/:_authToken=${T}", []),
            ("root/.npmrc", "registry=x", []),
            ("root/.pypirc", "[x]\npassword = p", ["pypi-credentials"]),
            ("root/.git-credentials", "https://u:p@h", ["git-credentials"]),
            ("root/.netrc", "machine h login u password p", ["netrc"]),
            ("root/.aws/credentials", "[default]", ["aws-credentials"]),
            ("root/credentials", "x", []),
            ("root/.docker/config.json", #"{"auths":{"h":{"auth":"dTpw"}}}"#, ["docker-credentials"]),
            ("root/.docker/config.json", #"{"auths":{"h":{"auth":""}}}"#, []),
            ("root/.docker/config.json", #"{"credsStore":"x"}"#, []),
            ("root/.kube/config", "clusters:\n- x\nusers:\n- user:\n    token: abc", ["kubeconfig"]),
            ("root/.kube/config", "clusters: []", []),
            ("app/key.json", #"{"type":"service_account","private_key":"x"}"#, ["gcp-service-account"]),
            ("app/key.json", "{}", []),
            ("app/server.key", pem, ["private-key"]),
            ("app/server.key", "-----BEGIN PRIVATE KEY-----\nabc\n", ["private-key"]),
            ("app/notes.txt", "-----BEGIN PRIVATE KEY-----\nabc\n", []),
            ("etc/ssl/cert.pem", "-----BEGIN CERTIFICATE-----\nMIIEpAIBAAKCAQEAx7y", []),
            ("usr/lib/libssl.so", "\u{7F}ELF\0\0" + pem, []), ("app/node_modules/x/test/key.pem", pem, []),
            ("usr/lib/python3/dist-packages/t/key.pem", pem, []), ("usr/share/doc/x/key.pem", pem, []),
            ("app/x.py", "k = 'AKIAIOSFODNN7ABCDEFG'", ["aws-access-key-id"]),
            ("app/.env", "", []), ("x", "", [])
        ])
    func file(path: String, content: String, rules: [String]) throws {
        #expect(SecretFile.rules(try #require(RootPath(path)), Array(content.utf8)) == rules)
    }
}

struct FileInventoryTests {
    private func findings(_ layers: String...) -> FileFindings? {
        Reading(ImageRoot(layerCount: layers.count, takesInventory: true), layers.map(layer)).root.findings
    }

    @Test(
        "Set-user-ID files are those of the merged root",
        arguments: [
            (["bin/su!4755 bin/ls!755 bin/wall!2755"], ["/bin/su 4755 0", "/bin/wall 2755 0"]),
            (["bin/su!4755", "x=1"], ["/bin/su 4755 0"]), (["bin/su!4755", "bin/su!755"], []),
            (["bin/su!4755", "bin/.wh.su="], []),
            (["bin/su!4755", ".wh.bin="], []), (["bin/su!4755", "bin/.wh..wh..opq="], []),
            (["bin/su!4755", ".wh..wh..opq="], []),
            (["bin/su!4755", "bin=x"], []), (["bin/su!4755", "bin/su/"], []),
            (["bin/su!4755", "bin/"], ["/bin/su 4755 0"]),
            (["bin/su!755", "bin/su!4755"], ["/bin/su 4755 1"]), (["bin/su!4755 bin/su!755"], []),
            (["bin/su!755 bin/su!4755"], ["/bin/su 4755 0"]),
            (["bin/su!4755 bin=x"], []), (["bin/su!4755", "bin->usr/bin"], []),
            (["bin->usr/bin bin/su!4755"], ["/usr/bin/su 4755 0"]),
            (["bin/su!4755 bin/sudo=>bin/su"], ["/bin/su 4755 0", "/bin/sudo 4755 0"]), (["bin/su!1755"], []),
            (["var/"], []),
            (["bin/su!4755 bin/.wh.su="], ["/bin/su 4755 0"])
        ])
    func privileged(layers: [String], expected: [String]) {
        let root = Reading(ImageRoot(layerCount: layers.count, takesInventory: true), layers.map(layer)).root
        #expect(
            root.findings?.privileged.map { "\($0.path.text) \(String($0.mode, radix: 8)) \($0.layer)" } == expected)
    }

    @Test(
        "A secret that a later layer removes is still in the image",
        arguments: [
            (["app/.env=A=1"], ["/app/.env environment-file 0"]),
            (["app/.env=A=1", "app/.wh..env="], ["/app/.env environment-file 0 deleted"]),
            (["app/.env=A=1", ".wh.app="], ["/app/.env environment-file 0 deleted"]),
            (["app/.env=A=1", "app/.env=none"], ["/app/.env environment-file 0 deleted"]),
            (["app/.env=A=1", "app/.wh..wh..opq="], ["/app/.env environment-file 0 deleted"]),
            (
                ["app/.env=A=1", "app/.env=B=2"],
                ["/app/.env environment-file 0 deleted", "/app/.env environment-file 1"]
            ),
            (["app/.env=A=1 app/.env=none"], []), (["app/x=1"], []),
            (["app/.env=A=1", "app2/.wh..env="], ["/app/.env environment-file 0"])
        ])
    func secrets(layers: [String], expected: [String]) {
        let root = Reading(ImageRoot(layerCount: layers.count, takesInventory: true), layers.map(layer)).root
        let found = root.findings?.secrets.map {
            "\($0.path.text) \($0.rule) \($0.layer)\($0.isDeleted ? " deleted" : "")"
        }
        #expect(found?.sorted() == expected)
    }

    @Test("A layer that cannot be read leaves nothing to conclude")
    func unreadable() {
        #expect(findings("bin/su!4755", "../x=1") == nil)
        #expect(findings("../x=1", "bin/su!4755") == nil)
    }

    @Test("Files that are wanted are found in the same pass")
    func together() {
        var root = ImageRoot(layerCount: 2, takesInventory: true)
        root.want(passwd, limit: 100)
        let reading = Reading(root, [layer("etc/passwd=a bin/su!4755"), layer("app/.env=A=1")])
        #expect(reading.order == [1, 0])
        #expect(reading.text(passwd) == "a in 0")
        #expect(reading.root.findings?.secrets.count == 1 && reading.root.findings?.privileged.count == 1)
    }

    @Test("A link does not make the inventory count twice")
    func rescan() {
        var root = ImageRoot(layerCount: 1, takesInventory: true)
        root.want(passwd, limit: 100)
        let reading = Reading(root, [layer("etc/passwd->users etc/users=a bin/su!4755")])
        #expect(reading.order == [0, 0])
        #expect(reading.text(passwd) == "a in 0")
        #expect(reading.root.findings?.privileged.count == 1)
    }
}
