import Foundation

/// Images that Buildah and umoci make.
extension LabImage {
    package static let builds: [LabImage] = buildah + umoci

    private static let buildah: [LabImage] = [
        build(
            "no USER", "FROM localhost/base", .root(), "refused-root",
            ["health.supported": false, "health.present": false]),
        build("USER 1001", "FROM localhost/base\nUSER 1001", .nonroot(1001, gid: 1001), "accepted"),
        build(
            "an account that the build adds",
            "FROM localhost/base\nRUN echo 'web:x:1234:1234::/:/bin/sh' >>/etc/passwd\nUSER web",
            .nonroot(1234, gid: 1234), "refused-name",
            ["user.passwdLayer": 1]),
        build("USER is an argument without value", "FROM localhost/base\nARG WHO\nUSER $WHO", .root(), "refused-root"),
        build(
            "USER of the builder's stage alone",
            "FROM localhost/base AS builder\nUSER 1001\nFROM localhost/base\nCOPY --from=builder /etc/group /srv/",
            .root(), "refused-root"),
        build(
            "USER inherited", "FROM localhost/base AS parent\nUSER app\nFROM parent\nENV A=b",
            .nonroot(1001, gid: 1001), "refused-name"),
        build("OpenShift's USER 1001:0", "FROM localhost/base\nUSER 1001:0", .nonroot(1001, gid: 0), "accepted"),
        build(
            "passwd deleted", "FROM localhost/base\nRUN rm /etc/passwd\nUSER app", .unstartable, "refused-name",
            ["user.passwdLayer": .absent]),
        build(
            "app made root by sed", "FROM localhost/base\nRUN sed -i 's/app:x:1001/app:x:0/' /etc/passwd\nUSER app",
            .root(gid: 1001), "refused-name", ["user.passwdLayer": 1]),
        build(
            "a health check in Docker's format", "FROM localhost/base\nUSER 1001\nHEALTHCHECK --retries=7 CMD id",
            .nonroot(1001, gid: 1001), "accepted", format: "docker",
            ["health.present": true, "health.supported": true, "health.retries": 7]),
        build(
            "a health check lost in OCI's format", "FROM localhost/base\nUSER 1001\nHEALTHCHECK CMD id",
            .nonroot(1001, gid: 1001), "accepted", ["health.present": false, "health.supported": false]),
        build(
            "secrets in ENV, in an argument and in a file that is deleted",
            """
            FROM localhost/base
            ARG API_TOKEN=f00dfeedf00dfeed
            ENV DB_PASSWORD=hunter2-and-more
            COPY id_rsa /root/.ssh/id_rsa
            RUN rm /root/.ssh/id_rsa
            """, .root(), "refused-root", files: ["id_rsa": "the key\n"],
            [
                "secrets.variables": .set(["DB_PASSWORD", "API_TOKEN"]), "secrets.files": ["/root/.ssh/id_rsa"],
                "secrets.count": 4
            ]),
        build(
            "set-user-ID, ports, an entry point with gosu",
            """
            FROM localhost/base
            RUN cat /bin/busybox >/bin/tool && chmod 4755 /bin/tool
            COPY --chmod=755 entry.sh /usr/local/bin/
            EXPOSE 80 443/udp 8080
            ENTRYPOINT ["entry.sh"]
            """, .root(), "refused-root", files: ["entry.sh": "#!/bin/sh\nexec gosu app \"$@\"\n"],
            [
                "privilegedPorts": .set(["80/tcp", "443/udp"]), "entrypoint.dropsPrivileges": "gosu",
                "setuid.count": 1
            ]),
        build(
            "a reproducible build", "FROM localhost/base\nUSER 1234", .nonroot(1234, gid: 0), "accepted",
            options: ["--timestamp", "0"], ["ageDays": .absent])
    ]

    private static let umoci: [LabImage] = [
        umoci("a new image", .root(), "refused-root") { _, _ in },
        umoci("config.user 1001", .nonroot(1001, gid: 0), "accepted") { store, image in
            try await store.umoci("config", "--image", image, "--config.user", "1001")
        },
        umoci("a file that was inserted", .nonroot(1001, gid: 1001), "refused-name") { store, image in
            try await insertAccounts(store, image)
            try await store.umoci("config", "--image", image, "--config.user", "app")
        },
        umoci("a whiteout that was inserted", .unstartable, "refused-name") { store, image in
            try await insertAccounts(store, image)
            try await store.umoci("insert", "--image", image, "--whiteout", "/etc/passwd")
            try await store.umoci("config", "--image", image, "--config.user", "app")
        },
        umoci("an opaque folder that was inserted", .nonroot(77, gid: 77), "refused-name") { store, image in
            try await insertAccounts(store, image)
            let etc = store.newFolder()
            try write(["passwd": Array("root:x:0:0::/:\napp:x:77:77::/:\n".utf8)], to: etc)
            try await store.umoci("insert", "--image", image, "--opaque", etc, "/etc")
            try await store.umoci("config", "--image", image, "--config.user", "app")
        },
        umoci("unpacked, changed and packed again", .root(gid: 1001), "refused-name") { store, image in
            try await insertAccounts(store, image)
            let bundle = store.newFolder()
            try await store.umoci("unpack", "--image", image, bundle)
            let changed = LabAccounts.passwd.replacing("app:x:1001", with: "app:x:0")
            try write(["rootfs/etc/passwd": Array(changed.utf8)], to: bundle)
            try FileManager.default.removeItem(atPath: bundle + "/rootfs/etc/group")
            try await store.umoci("repack", "--image", image, bundle)
            try await store.umoci("config", "--image", image, "--config.user", "app")
        }
    ]

    private static func insertAccounts(_ store: LabStore, _ image: String) async throws {
        let folder = store.newFolder()
        let files = ["passwd": LabAccounts.passwd, "group": LabAccounts.group].mapValues { Array($0.utf8) }
        try write(files, to: folder)
        try await store.umoci("insert", "--image", image, folder, "/etc")
    }

    /// Made by Buildah from a Dockerfile; in Docker's format it is an archive, for only that keeps the format.
    private static func build(
        _ name: String, _ dockerfile: String, _ outcome: LabOutcome, _ kubernetes: String,
        files: [String: String] = [:], format: String = "oci", options: [String] = [],
        _ facts: KeyValuePairs<String, Expected> = [:]
    ) -> LabImage {
        LabImage("Buildah: \(name)", facts) { store in
            let tag = "lab-" + hex(Array((name + dockerfile).utf8)).prefix(12)
            try await store.build(tag, dockerfile, files: files, format: format, options)
            let path = store.newFolder()
            guard format == "oci" else {
                try await store.buildah("push", "localhost/\(tag)", "docker-archive:\(path):\(tag):1")
                return "archive:" + path
            }
            try await store.buildah("push", "localhost/\(tag)", "oci:\(path):1")
            return "oci:\(path):1"
        }.running(outcome, kubernetes: kubernetes)
    }

    /// Made by umoci from nothing but a shell.
    private static func umoci(
        _ name: String, _ outcome: LabOutcome, _ kubernetes: String,
        _ change: @escaping @Sendable (LabStore, String) async throws -> Void
    ) -> LabImage {
        LabImage("umoci: \(name)") { store in
            let folder = store.newFolder()
            try await store.umoci("init", "--layout", folder)
            try await store.umoci("new", "--image", folder + ":1")
            let programs = store.newFolder()
            try LabAccounts.writeBusybox(to: programs)
            try await store.umoci("insert", "--image", folder + ":1", programs, "/bin")
            try await change(store, folder + ":1")
            return "oci:\(folder):1"
        }.running(outcome, kubernetes: kubernetes)
    }
}
