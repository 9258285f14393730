import Testing
import WireFormats

private let digest = "sha256:" + String(repeating: "0f", count: 32)
private let config = #"{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"\#(digest)","size":7}"#

private let manifestType = "application/vnd.oci.image.manifest.v1+json"

private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

struct ImageManifestTests {
    @Test("A manifest names configuration and layers")
    func manifest() throws {
        let text = #"""
            {"schemaVersion":2,"mediaType":"application/vnd.docker.distribution.manifest.v2+json","config":\#(config),
             "layers":[{"mediaType":"x","digest":"\#(digest)","size":9,"annotations":{"in-toto.io/predicate-type":"https://spdx.dev/Document"}},
                       {"digest":"\#(digest)","size":0}],"annotations":{"a":"b"}}
            """#
        guard case .manifest(let manifest) = try ImageManifestDocument(bytes(text)) else {
            Issue.record("no manifest")
            return
        }
        #expect(manifest.isImage && manifest.layers.map(\.size) == [9, 0] && manifest.layers[1].mediaType.isEmpty)
        #expect(manifest.predicateTypes == ["https://spdx.dev/Document"])
        #expect(manifest.configuration.digest.blobPath == "sha256/" + String(repeating: "0f", count: 32))
    }

    @Test("An index tells images from attestations and the unknown")
    func index() throws {
        let entry = #""digest":"\#(digest)","size":1"#
        let text = #"""
            {"schemaVersion":2,"manifests":[
             {"mediaType":"application/vnd.oci.image.manifest.v1+json",\#(entry),"platform":{"os":"linux","architecture":"arm64","variant":"v8"},
              "annotations":{"org.opencontainers.image.ref.name":"1.4"}},
             {"mediaType":"application/vnd.oci.image.manifest.v1+json",\#(entry),"platform":{"os":"unknown","architecture":"unknown"},
              "annotations":{"vnd.docker.reference.type":"attestation-manifest"}},
             {"mediaType":"application/vnd.oci.image.manifest.v1+json",\#(entry),"platform":{"os":"unknown","architecture":"unknown"}},
             {"mediaType":"application/vnd.oci.image.index.v1+json",\#(entry)},
             {"mediaType":"application/vnd.example+json",\#(entry)},
             {"mediaType":"application/vnd.oci.image.manifest.v1+json",\#(entry)}]}
            """#
        guard case .index(let index) = try ImageManifestDocument(bytes(text)) else {
            Issue.record("no index")
            return
        }
        #expect(index.entries.map(ImageIndex.kind) == [.manifest, .attestation, .unknown, .index, .unknown, .manifest])
        #expect(index.entries[0].platform == ImagePlatform(os: "linux", architecture: "arm64", variant: "v8"))
        #expect(ImageIndex.name(of: index.entries[0]) == "1.4")
    }

    @Test(
        "An entry that a runtime may start is an image, whatever it is annotated with",
        arguments: [
            (manifestType, "linux", true, .manifest), (manifestType, "unknown", true, .attestation),
            (manifestType, nil, true, .manifest), (manifestType, "unknown", false, .unknown),
            (nil, "linux", false, .manifest), (nil, nil, false, .manifest), ("", nil, true, .manifest),
            (nil, "unknown", true, .attestation), (manifestType + "; charset=utf-8", "linux", false, .manifest),
            (manifestType.uppercased(), "linux", false, .manifest),
            ("application/vnd.oci.image.index.v1+json;a=b", nil, true, .index),
            ("application/vnd.example+json", "linux", false, .unknown)
        ] as [(String?, String?, Bool, ImageIndex.EntryKind)])
    func kinds(type: String?, os: String?, isAnnotated: Bool, kind: ImageIndex.EntryKind) throws {
        let members = [
            type.map { #""mediaType":"\#($0)""# }, #""digest":"\#(digest)","size":1"#,
            os.map { #""platform":{"os":"\#($0)","architecture":"amd64"}"# },
            isAnnotated ? #""annotations":{"vnd.docker.reference.type":"attestation-manifest"}"# : nil
        ].compactMap(\.self).joined(separator: ",")
        let text = #"{"schemaVersion":2,"manifests":[{\#(members)}]}"#
        guard case .index(let index) = try ImageManifestDocument(bytes(text)) else {
            Issue.record("no index")
            return
        }
        #expect(index.entries.map(ImageIndex.kind) == [kind])
    }

    @Test(
        "What is no manifest is refused with its kind",
        arguments: [
            (#"{"schemaVersion":1,"fsLayers":[]}"#, .unsupported), (#"{"fsLayers":[]}"#, .unsupported),
            (#"{"schemaVersion":3,"manifests":[]}"#, .unsupported), (#"{"schemaVersion":2}"#, .malformed),
            (#"{"schemaVersion":2,"manifests":[],"layers":[]}"#, .malformed),
            (#"{"manifests":[],"config":\#(config)}"#, .malformed),
            (#"{"layers":[]}"#, .malformed), (#"{"config":{"digest":"x","size":1}}"#, .malformed),
            (#"{"config":{"digest":"\#(digest)","size":-1}}"#, .malformed),
            (#"{"config":{"digest":"\#(digest)"}}"#, .malformed),
            (#"{"config":{"digest":"\#(digest)","size":1.5}}"#, .malformed),
            (#"{"config":\#(config),"layers":{}}"#, .malformed),
            (#"{"config":\#(config),"config":\#(config)}"#, .malformed),
            (#"{"config":\#(config),"Config":\#(config)}"#, .malformed),
            (#"{"manifests":[1]}"#, .malformed), ("[]", .malformed), ("", .malformed), ("{", .malformed),
            ("null", .malformed),
            (String(repeating: "[", count: 100_000), .malformed),
            (String(repeating: " ", count: (1 << 20) + 1), .tooLarge),
            (#"{"manifests":["# + [String](repeating: "1", count: 2001).joined(separator: ",") + "]}", .tooLarge)
        ] as [(String, ImageDocumentError.Code)])
    func refused(text: String, code: ImageDocumentError.Code) {
        let error = #expect(throws: ImageDocumentError.self) { try ImageManifestDocument(bytes(text)) }
        #expect(error?.code == code && error?.reason.isEmpty == false)
    }

    @Test(
        "An artifact is known by its configuration",
        arguments: [
            ("application/vnd.oci.image.config.v1+json", true),
            ("application/vnd.docker.container.image.v1+json", true),
            ("application/vnd.cncf.helm.config.v1+json", false), ("application/vnd.oci.empty.v1+json", false)
        ])
    func artifact(mediaType: String, isImage: Bool) throws {
        let text = #"{"config":{"mediaType":"\#(mediaType)","digest":"\#(digest)","size":1}}"#
        guard case .manifest(let manifest) = try ImageManifestDocument(bytes(text)) else { return }
        #expect(manifest.isImage == isImage)
    }

    @Test("manifest.json of docker save lists images with their files")
    func dockerArchive() throws {
        let text =
            #"[{"Config":"ab.json","RepoTags":["shop:1"],"Layers":["a/layer.tar","./b/layer.tar"]},{"Config":"blobs/sha256/c","RepoTags":null,"Layers":null}]"#
        let images = try DockerArchiveManifest(bytes(text)).images
        #expect(images.map(\.configuration.text) == ["/ab.json", "/blobs/sha256/c"])
        #expect(images[0].layers.map(\.text) == ["/a/layer.tar", "/b/layer.tar"] && images[0].tags == ["shop:1"])
        #expect(images[1].layers.isEmpty && images[1].tags.isEmpty)
    }

    @Test(
        "manifest.json never leads outside the archive",
        arguments: [
            #"[{"Config":"../x","Layers":[]}]"#, #"[{"Config":"a","Layers":["a/../../b"]}]"#, #"[{"Config":""}]"#,
            #"[{}]"#,
            #"{"Config":"a"}"#, "[1]", #"[{"Config":1}]"#
        ])
    func dockerArchiveRefused(text: String) {
        #expect(throws: ImageDocumentError.self) { try DockerArchiveManifest(bytes(text)) }
    }
}

struct ImageConfigurationTests {
    private func user(_ text: String) throws(ImageDocumentError) -> String? {
        try ImageConfigurationDocument(Array(text.utf8)).user
    }

    @Test(
        "The user is read as Go reads it",
        arguments: [
            (#"{"config":{"User":"1001"}}"#, "1001"), (#"{"config":{"user":"0"}}"#, "0"),
            (#"{"Config":{"USER":"x"}}"#, "x"),
            (#"{"config":{"U\u017fer":"long s"}}"#, "long s"), (#"{"config":{"User":null}}"#, nil),
            (#"{"config":null}"#, nil),
            ("{}", nil), (#"{"config":{}}"#, nil), (#"{"config":{"User":""}}"#, ""),
            (#"{"container_config":{"User":"0"}}"#, nil)
        ] as [(String, String?)])
    func reading(text: String, expected: String?) throws { #expect(try user(text) == expected) }

    @Test(
        "What runtimes and people would read differently is refused",
        arguments: [
            #"{"config":{"User":"1001","user":"0"}}"#, #"{"config":{"User":"1001","User":"0"}}"#,
            #"{"config":{"User":"1001"},"CONFIG":{}}"#, #"{"config":{"User":1001}}"#, #"{"config":[]}"#,
            #"{"config":"x"}"#,
            "[]", "", "\u{FEFF}{}",
            #"{"config":{"Env":{}}}"#, #"{"config":{"Env":[1]}}"#, #"{"config":{"Labels":{"a":1}}}"#,
            #"{"history":{}}"#, #"{"config":{"User":"\#u{FFFD}"}"#
        ])
    func refused(text: String) {
        let error = #expect(throws: ImageDocumentError.self) { try user(text) }
        #expect(error?.code == .malformed)
    }

    @Test("A configuration tells all that facts need")
    func whole() throws {
        let text = #"""
            {"os":"linux","architecture":"arm64","variant":"v8","created":"2027-01-05T08:00:00Z",
             "config":{"User":"app","Env":["PATH=/a:/b","A=1"],"ExposedPorts":{"80/tcp":{},"443/tcp":{}},
              "Healthcheck":{"Test":["CMD","x"],"Interval":10000000000,"Timeout":3000000000,"Retries":2},
              "Entrypoint":["/e"],"Cmd":"run","WorkingDir":"/srv","Labels":{"l":"v","L":"w"}},
             "history":[{"created_by":"ENV A=1","empty_layer":true},{"created_by":"COPY x"}],
             "rootfs":{"type":"layers","diff_ids":["sha256:a"]}}
            """#
        let document = try ImageConfigurationDocument(Array(text.utf8))
        #expect(document.os == "linux" && document.architecture == "arm64" && document.variant == "v8")
        #expect(document.exposedPorts == ["443/tcp", "80/tcp"] && document.searchPath == ["/a", "/b"])
        #expect(document.healthCheck?.interval == 10_000_000_000 && document.healthCheck?.retries == 2)
        #expect(document.entryPoint == ["/e"] && document.command == ["run"] && document.workingDirectory == "/srv")
        #expect(document.labels == ["l": "v", "L": "w"] && document.diffIDs == ["sha256:a"])
        #expect(document.history.map(\.isEmptyLayer) == [true, false])
    }
}

struct EntryPointTests {
    private func entryPoint(_ words: [String], command: [String] = [], path: String = "/usr/local/bin:/bin") throws
        -> EntryPoint
    {
        func list(_ words: [String]) -> String { "[" + words.map { "\"\($0)\"" }.joined(separator: ",") + "]" }
        let text =
            #"{"config":{"Entrypoint":\#(list(words)),"Cmd":\#(list(command)),"Env":["PATH=\#(path)"],"WorkingDir":"/srv"}}"#
        return try EntryPoint(ImageConfigurationDocument(Array(text.utf8)))
    }

    @Test(
        "The program that starts is found as a runtime finds it",
        arguments: [
            (["/entry.sh"], ["/entry.sh"]), (["entry.sh"], ["/usr/local/bin/entry.sh", "/bin/entry.sh"]),
            (["./entry.sh"], ["/srv/entry.sh"]), (["tini", "--", "/entry.sh"], ["/entry.sh"]),
            (["/sbin/tini", "-g", "--", "entry"], ["/usr/local/bin/entry", "/bin/entry"]),
            (["/bin/sh", "/entry.sh"], ["/entry.sh"]), (["sh", "-c", "exec /entry.sh now"], ["/entry.sh"]),
            (["bash", "-e", "run.sh"], ["/usr/local/bin/run.sh", "/bin/run.sh"])
        ])
    func scripts(words: [String], paths: [String]) throws {
        #expect(try entryPoint(words) == .script(paths.compactMap { RootPath($0) }))
        #expect(try entryPoint([], command: words) == .script(paths.compactMap { RootPath($0) }))
    }

    @Test(
        "A command that drops rights itself needs no script",
        arguments: [
            (["gosu", "app", "server"], "gosu"), (["/usr/bin/setpriv", "--reuid=app", "x"], "setpriv"),
            (["tini", "--", "su-exec", "app", "x"], "su-exec"),
            (["tini", "-p", "SIGTERM", "--", "su-exec", "app", "x"], "su-exec"),
            (["dumb-init", "--rewrite", "15:3", "--", "su-exec", "app"], "su-exec"),
            (["env", "A=1", "gosu", "app"], "gosu"), (["/usr/bin/env", "-u", "B", "tini", "--", "gosu", "app"], "gosu"),
            (["sh", "-c", "chown app /x && exec gosu app x"], "gosu")
        ])
    func commands(words: [String], tool: String) throws { #expect(try entryPoint(words) == .drops(tool: tool)) }

    @Test("Nothing to start is nothing", arguments: [[], [""], ["tini"], ["sh"], ["sh", "-c"], ["tini", "--"]])
    func nothing(words: [String]) throws { #expect(try entryPoint(words) == .nothing) }

    @Test(
        "A tool counts where a command begins",
        arguments: [
            ("#!/bin/sh\nexec gosu postgres \"$@\"\n", "gosu"), ("#!/bin/sh\nset -- su-exec redis \"$@\"\n", "su-exec"),
            ("#!/bin/bash\nif [ x ]; then exec setpriv --reuid=1 x; fi", "setpriv"),
            ("#!/bin/sh\n  su - app -c run", "su"),
            ("#!/bin/sh\nA=1 runuser -u app x", "runuser"), ("#!/bin/sh\nx || gosu a b", "gosu"),
            ("#!/bin/sh\n# exec gosu app\nexec app", nil), ("#!/bin/sh\necho use su to switch", nil),
            ("\u{7F}ELF gosu", nil), ("exec gosu app", nil), ("", nil), ("#!/bin/sh\napt-get install gosu", nil)
        ] as [(String, String?)])
    func scriptTools(text: String, tool: String?) { #expect(EntryPoint.tool(inScript: Array(text.utf8)) == tool) }
}
