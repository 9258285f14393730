import Testing
import WireFormats

private let sha = "sha256:" + String(repeating: "a1", count: 32)

struct ImageReferenceTests {
    /// What the tests' file system has.
    private static let files: Set<String> = ["here", "/srv/layout", "./a:b", "image.tar", "/srv/with:colon"]

    private func describe(_ text: String) -> String {
        do throws(ImageReference.Problem) {
            switch try ImageReference(text, exists: { Self.files.contains($0) }) {
            case .layout(let path, let selector): return "layout \(path)" + describe(selector)
            case .archive(let path, let selector): return "archive \(path)" + describe(selector)
            case .path(let path, let selector): return "path \(path)" + describe(selector)
            case .engine(let name): return "engine \(name)"
            case .registry(let reference): return "registry \(reference.registryAuthority) \(reference.text)"
            }
        } catch {
            return "!"
        }
    }

    private func describe(_ selector: ImageReference.Selector?) -> String {
        switch selector {
        case .tag(let tag): " tag \(tag)"
        case .digest: " digest"
        case nil: ""
        }
    }

    @Test(
        "A reference is a layout, an archive, a path, an engine's or a registry's",
        arguments: [
            ("oci:/srv/layout", "layout /srv/layout"), ("oci:/srv/layout:1.4", "layout /srv/layout tag 1.4"),
            ("oci:dir:v1", "layout dir tag v1"), ("oci:/x@\(sha)", "layout /x digest"), ("oci:dir", "layout dir"),
            ("oci:/srv/with:colon", "layout /srv/with:colon"), ("oci:/srv/a:b/c", "layout /srv/a:b/c"),
            ("oci:", "!"), ("oci::v1", "!"), ("oci:@\(sha)", "!"), ("oci:/x@sha256:12", "!"),
            ("oci:/x@y", "layout /x@y"),
            ("oci:/srv/layout:reg.example/a/x:1", "layout /srv/layout tag reg.example/a/x:1"),
            ("archive:image.tar:reg.example:5000/a/x:1", "archive image.tar tag reg.example:5000/a/x:1"),
            ("/srv/layout:reg.example/a/x:1", "path /srv/layout tag reg.example/a/x:1"),
            ("oci:/none:reg.example/a", "layout /none:reg.example/a"),
            ("archive:image.tar", "archive image.tar"), ("archive:/x/image.tar:shop", "archive /x/image.tar tag shop"),
            ("/srv/layout", "path /srv/layout"), ("/srv/layout:2", "path /srv/layout tag 2"), ("./a:b", "path ./a:b"),
            ("../x:y", "path ../x tag y"), (".", "path ."), ("here", "path here"), ("image.tar", "path image.tar"),
            ("engine:shop:1", "engine shop:1"), ("engine:", "!"),
            ("docker://alpine", "registry registry-1.docker.io docker.io/library/alpine:latest"),
            ("docker://here", "registry registry-1.docker.io docker.io/library/here:latest"),
            ("alpine:3.20", "registry registry-1.docker.io docker.io/library/alpine:3.20"),
            ("index.docker.io/alpine", "registry registry-1.docker.io docker.io/library/alpine:latest"),
            ("docker.io/grafana/grafana", "registry registry-1.docker.io docker.io/grafana/grafana:latest"),
            ("grafana/grafana", "registry registry-1.docker.io docker.io/grafana/grafana:latest"),
            (
                "registry.example.com/team/shop:1.4.2",
                "registry registry.example.com registry.example.com/team/shop:1.4.2"
            ),
            ("localhost/shop", "registry localhost localhost/shop:latest"),
            ("localhost:5000/shop@\(sha)", "registry localhost:5000 localhost:5000/shop@\(sha)"),
            ("127.0.0.1:5000/a/b:x", "registry 127.0.0.1:5000 127.0.0.1:5000/a/b:x"),
            ("[::1]:5000/shop", "registry [::1]:5000 [::1]:5000/shop:latest"),
            ("shop:1@\(sha)", "registry registry-1.docker.io docker.io/library/shop:1@\(sha)"),
            ("UPPER/shop", "registry UPPER UPPER/shop:latest"),
            ("a__b/c-d---e/f.g_h", "registry registry-1.docker.io docker.io/a__b/c-d---e/f.g_h:latest"),
            ("", "!"), ("Shop", "!"), ("shop:", "!"), ("shop:.x", "!"),
            ("shop:" + String(repeating: "x", count: 129), "!"),
            ("shop@sha256:12", "!"), ("shop@", "!"), ("a//b", "!"), ("a/", "!"), ("-a", "!"), ("a-", "!"),
            ("a..b", "!"),
            ("a___b", "!"), ("a.-b", "!"), ("host.example:0/a", "!"), ("host.example:65536/a", "!"),
            ("host.example:x/a", "!"),
            ("[::1/a", "!"), ("[1.2.3.4]/a", "!"), ("-host.example/a", "!"), ("a b", "!"), ("a\u{0}b", "!"),
            ("caf\u{E9}", "!"),
            (String(repeating: "a", count: 64), "!"),
            (
                String(repeating: "a", count: 63),
                "registry registry-1.docker.io docker.io/library/\(String(repeating: "a", count: 63)):latest"
            ),
            (String(repeating: "a/", count: 200) + "a", "!"), (String(repeating: "a", count: 5000), "!")
        ])
    func forms(text: String, expected: String) { #expect(describe(text) == expected) }

    @Test("What is asked for is the digest, else the tag")
    func manifestReference() throws {
        #expect(try RegistryReference("shop").manifestReference == "latest")
        #expect(try RegistryReference("shop").statesTag == false)
        #expect(try RegistryReference("shop:1").manifestReference == "1")
        #expect(try RegistryReference("shop:1@\(sha)").manifestReference == sha)
        #expect(try RegistryReference("shop@\(sha)").tag == nil)
    }

    @Test(
        "A problem says what was expected",
        arguments: ["", "Shop", "shop:", "shop@x", "oci:", "engine:", "h.example:0/a", "[x]/a"])
    func problems(text: String) {
        let problem = #expect(throws: ImageReference.Problem.self) { try ImageReference(text) { _ in false } }
        #expect(problem?.reason.isEmpty == false)
    }

    @Test(
        "A reference is moved with its path, and cannot be taken for another afterwards",
        arguments: [
            ("oci:dir:v1", "oci:sub/dir:v1"), ("archive:image.tar", "archive:sub/image.tar"),
            ("./a:1", "./sub/a:1"), ("here", "./sub/here"), ("/srv/layout:2", "/srv/layout:2"),
            ("oci:dir@\(sha)", "oci:sub/dir@\(sha)"), ("alpine:3", nil), ("engine:shop", nil), ("docker://a/b", nil)
        ] as [(String, String?)])
    func moved(text: String, moved: String?) throws {
        let reference = try ImageReference(text, exists: { Self.files.contains($0) })
        let path: (String) -> String = {
            $0.hasPrefix("/") ? $0 : "sub/" + ($0.hasPrefix("./") ? $0.dropFirst(2) : $0[...])
        }
        #expect(reference.moved(path) == moved)
    }

    @Test(
        "A digest has its algorithm's length and may become a file's name",
        arguments: [
            (sha, true), ("sha512:" + String(repeating: "0", count: 128), true),
            ("sha256:" + String(repeating: "A", count: 64), false),
            ("sha256:12", false), ("sha256:", false), (":aa", false), ("sha256", false),
            ("sha256:../../etc/passwd", false),
            ("x+y.z_0-a:abc=_-", true), ("X:abc", false), ("x:a/b", false), ("x:..", false), ("x:", false),
            ("x++y:abc", false), ("x:" + String(repeating: "a", count: 600), false), ("", false)
        ])
    func digests(text: String, isDigest: Bool) {
        #expect((ContentDigest(text)?.text == text) == isDigest)
    }
}
