import JSON

/// What else a configuration and the layers say: health, ports, secrets, set-user-ID files, entry points.
extension LabImage {
    package static let configurations: [LabImage] = health + ports + secrets + entryPoints + contents

    private static let health: [LabImage] = [
        configured(
            "a health check", #","Healthcheck":{"Test":["CMD-SHELL","id"],"Interval":10000000000,"Retries":5}"#,
            [
                "health.present": true, "health.disabled": false, "health.supported": true,
                "health.test": ["CMD-SHELL", "id"], "health.intervalSeconds": .between(10, 10),
                "health.timeoutSeconds": .between(30, 30), "health.retries": 5
            ]),
        configured(
            "HEALTHCHECK NONE", #","Healthcheck":{"Test":["NONE"]}"#,
            ["health.present": false, "health.disabled": true, "health.test": .absent]),
        configured(
            "an inherited health check that is empty", #","Healthcheck":{}"#,
            ["health.present": false, "health.disabled": false]),
        configured(
            "no health check from Buildah in OCI's format", #","Labels":{"io.buildah.version":"1.28.2"}"#,
            ["health.present": false, "health.supported": false]),
        configured("no health check", "", ["health.present": false, "health.supported": true])
    ]

    private static let ports: [LabImage] = [
        configured(
            "privileged ports", #","ExposedPorts":{"8080/tcp":{},"443/tcp":{},"53/udp":{}}"#,
            ["exposedPorts": .set(["8080/tcp", "443/tcp", "53/udp"]), "privilegedPorts": .set(["443/tcp", "53/udp"])]),
        configured("no privileged port", #","ExposedPorts":{"1024/tcp":{},"65535":{}}"#, ["privilegedPorts": []]),
        configured("no ports", "", ["exposedPorts": [], "privilegedPorts": []])
    ]

    private static let secrets: [LabImage] = [
        configured(
            "a secret in the environment", #","Env":["PATH=/bin","DB_PASSWORD=hunter2-and-more","TZ=UTC"]"#,
            [
                "secrets.variables": ["DB_PASSWORD"], "secrets.count": 1,
                "env.names": ["PATH", "DB_PASSWORD", "TZ"]
            ]),
        configured(
            "variables that only sound secret", #","Env":["DB_PASSWORD_FILE=/run/secrets/db","TOKEN_TTL=60"]"#,
            ["secrets.variables": [], "secrets.count": 0]),
        LabImage(
            "configuration: a build argument in the history",
            files: {
                TestImage(layers: [LabAccounts.layer()], user: "1001") {
                    $0.history = #"[{"created_by":"|1 API_TOKEN=f00dfeedf00dfeed /bin/sh -c make"}]"#
                }.layout()
            }, ["secrets.variables": ["API_TOKEN"]]),
        held(
            "keys in files, one of them deleted",
            [
                { tar in
                    tar.file("root/.ssh/id_rsa", key)
                    tar.file("srv/.env", "API_TOKEN=f00dfeed\n")
                }, { $0.file("root/.ssh/.wh.id_rsa") }
            ],
            ["secrets.files": .set(["/root/.ssh/id_rsa", "/srv/.env"]), "secrets.count": 2, "secrets.found": .count(2)]),
        held(
            "a deleted folder of secrets",
            [{ $0.file("srv/keys/server.key", key) }, { $0.file("srv/.wh.keys") }],
            [
                "secrets.files": ["/srv/keys/server.key"],
                "secrets.found": .json(
                    #"[{"place":"deleted-file","name":"/srv/keys/server.key","rule":"private-key","layer":0}]"#)
            ])
    ]

    private static let entryPoints: [LabImage] = [
        configured("gosu as the entry point", #","Entrypoint":["gosu","app","/srv/app"]"#, drops("gosu")),
        configured("su-exec by its path", #","Entrypoint":["/sbin/su-exec","app","/srv/app"]"#, drops("su-exec")),
        configured("setpriv as the command", #","Cmd":["setpriv","--reuid","1001","/srv/app"]"#, drops("setpriv")),
        configured(
            "tini before gosu", #","Entrypoint":["/usr/bin/tini","-g","--","gosu","app"],"Cmd":["/srv/app"]"#,
            drops("gosu")),
        configured("tini alone", #","Entrypoint":["tini","--","/srv/app"]"#, keeps),
        configured("a shell that calls gosu", #","Entrypoint":["sh","-c","exec gosu app /srv/app"]"#, drops("gosu")),
        configured("no entry point", "", keeps),
        script("a script that calls gosu", "#!/bin/sh\nset -e\nexec gosu app \"$@\"\n", drops("gosu")),
        script(
            "a script that calls su-exec in a branch", "#!/bin/sh\nif true; then exec su-exec app id; fi\n",
            drops("su-exec")),
        script("a script that mentions gosu in a comment", "#!/bin/sh\n# gosu would do\nexec \"$@\"\n", keeps),
        script("a program that is no script", "\u{7F}ELF gosu\n", keeps)
    ]

    private static let contents: [LabImage] = [
        held(
            "set-user-ID and set-group-ID files",
            [
                { tar in
                    tar.file("usr/bin/su", "ELF", mode: 0o4755)
                    tar.file("usr/bin/wall", "ELF", mode: 0o2755)
                    tar.file("usr/bin/gone", "ELF", mode: 0o4755)
                    tar.directory("tmp/", mode: 0o1777)
                },
                { tar in
                    tar.file("usr/bin/.wh.gone")
                    tar.file("usr/bin/wall", "ELF")
                }
            ],
            [
                "setuid.count": 1,
                "setuid.files": .json(#"[{"path":"/usr/bin/su","mode":"4755","layer":0}]"#), "layersRead": 2
            ]),
        held(
            "Debian's os-release, behind its link",
            [
                { tar in
                    tar.symbolicLink("etc/os-release", to: "../usr/lib/os-release")
                    tar.file("usr/lib/os-release", "PRETTY_NAME=\"Debian 12\"\nID=debian\nVERSION_ID=\"12\"\n")
                }
            ], ["base.os": "debian 12"]),
        held("os-release in /usr/lib alone", [{ $0.file("usr/lib/os-release", "ID=alpine\n") }], ["base.os": "alpine"]),
        configured("no os-release", "", ["base.os": .absent]),
        configured(
            "labels",
            #","Labels":{"org.opencontainers.image.source":"https://example.org/src","org.opencontainers.image.version":"1.2"}"#,
            ["labels.source": "https://example.org/src", "labels.version": "1.2", "labels.revision": .absent]),
        LabImage(
            "configuration: built in 1970",
            files: {
                TestImage(layers: [], user: "1001") {
                    $0.rewriteConfiguration = { $0.replacing("2026-01-02T03:04:05Z", with: "1970-01-01T00:00:00Z") }
                }.layout()
            }, ["ageDays": .absent, "created": "1970-01-01T00:00:00Z"])
    ]

    private static let keeps: KeyValuePairs<String, Expected> = [
        "entrypoint.dropsPrivileges": .absent, "user.verdict": "root"
    ]

    private static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgevZzL1gdAFr88hb2
        -----END PRIVATE KEY-----

        """

    /// The note about the tool; the verdict stays root.
    private static func drops(_ tool: String) -> KeyValuePairs<String, Expected> {
        ["entrypoint.dropsPrivileges": .value(.string(tool)), "user.verdict": "root"]
    }

    private static func configured(
        _ name: String, _ settings: String, _ facts: KeyValuePairs<String, Expected>
    ) -> LabImage {
        let image = TestImage(layers: [LabAccounts.layer()], user: "0", settings: settings)
        return LabImage("configuration: \(name)", files: { image.layout() }, facts)
    }

    private static func script(_ name: String, _ text: String, _ facts: KeyValuePairs<String, Expected>) -> LabImage {
        let layer = TarBuilder.archive { $0.file("usr/local/bin/entry.sh", text, mode: 0o755) }
        let image = TestImage(layers: [layer], settings: #","Entrypoint":["entry.sh"],"Cmd":["/srv/app"]"#)
        return LabImage("configuration: \(name)", files: { image.layout() }, facts)
    }

    private static func held(
        _ name: String, _ layers: [(inout TarBuilder) -> Void], _ facts: KeyValuePairs<String, Expected>
    ) -> LabImage {
        let image = TestImage(layers: layers.map(TarBuilder.archive), user: "1001")
        return LabImage("contents: \(name)", files: { image.layout() }, facts)
    }
}
