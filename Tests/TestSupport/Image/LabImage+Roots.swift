/// Where `/etc/passwd` is in the merged root: links, whiteouts, and the names that archives give it.
extension LabImage {
    package static let roots: [LabImage] = links + whiteouts + entries

    /// uid 1001 for `app`; other roots have other ids, so that the wrong file shows.
    private static let right = "root:x:0:0::/:\napp:x:1001:1001::/:\n"
    private static let wrong = "root:x:0:0::/:\napp:x:0:0::/:\n"
    private static let asked = LabOutcome.nonroot(1001, gid: 1001)

    private static let links: [LabImage] = [
        root(
            "a relative link", asked,
            { tar in
                tar.symbolicLink("etc/passwd", to: "../usr/share/passwd")
                tar.file("usr/share/passwd", right)
            }),
        root(
            "an absolute link, which stays inside the image", asked,
            { tar in
                tar.symbolicLink("etc/passwd", to: "/usr/share/passwd")
                tar.file("usr/share/passwd", right)
            }),
        root(
            "a link that would leave the image", asked,
            { tar in
                tar.symbolicLink("etc/passwd", to: "../../../../../srv/passwd")
                tar.file("srv/passwd", right)
            }),
        root(
            "links through several folders", asked,
            { tar in
                tar.directory("a/")
                tar.symbolicLink("a/b", to: "/c")
                tar.directory("c/")
                tar.symbolicLink("etc/passwd", to: "/a/b/../c/one")
                tar.symbolicLink("c/one", to: "two")
                tar.file("c/two", right)
            }),
        root(
            "a link to a file of a lower layer", asked, { $0.file("srv/passwd", right) },
            { tar in
                tar.symbolicLink("etc/passwd", to: "/srv/passwd")
            }),
        root(
            "a link whose file an upper layer replaces", asked,
            { tar in
                tar.symbolicLink("etc/passwd", to: "/srv/passwd")
                tar.file("srv/passwd", wrong)
            }, { $0.file("srv/passwd", right) }),
        root(
            "/etc is a link", asked,
            { tar in
                tar.directory("usr/etc/")
                tar.file("usr/etc/passwd", right)
                tar.symbolicLink("etc", to: "usr/etc")
            }),
        root(
            "/etc is an absolute link, and the file's name goes through it", asked,
            { tar in
                tar.directory("usr/")
                tar.directory("usr/etc/")
                tar.symbolicLink("etc", to: "/usr/etc")
                tar.file("etc/passwd", right)
            }),
        root(
            "/etc becomes a link in an upper layer", asked, { $0.file("etc/passwd", wrong) },
            { tar in
                tar.file("srv/passwd", right)
                tar.symbolicLink("etc", to: "srv")
            }),
        root(
            "a hard link", asked,
            { tar in
                tar.file("etc/accounts", right)
                tar.hardLink("etc/passwd", to: "etc/accounts")
            }),
        root(
            "a hard link to a file of a lower layer", asked,
            { tar in
                tar.directory("etc/")
                tar.file("etc/accounts", right)
                tar.file("etc/passwd", wrong)
            }, { $0.hardLink("etc/passwd", to: "etc/accounts") }),
        root(
            "links in a circle", .unstartable,
            { tar in
                tar.symbolicLink("etc/passwd", to: "passwd-")
                tar.symbolicLink("etc/passwd-", to: "passwd")
            }),
        root("a link that leads nowhere", .unstartable, { $0.symbolicLink("etc/passwd", to: "/nowhere") }),
        root("passwd is a folder", .unstartable, { $0.directory("etc/passwd/") })
    ]

    private static let whiteouts: [LabImage] = [
        root("whited out", .unstartable, { $0.file("etc/passwd", right) }, { $0.file("etc/.wh.passwd") }),
        root(
            "whited out and written again", asked, { $0.file("etc/passwd", wrong) },
            { tar in
                tar.file("etc/.wh.passwd")
                tar.file("etc/passwd", right)
            }),
        root(
            "written and then whited out in one layer", .unstartable, { $0.file("etc/passwd", wrong) },
            { tar in
                tar.file("etc/passwd", right)
                tar.file("etc/.wh.passwd")
            }),
        root(
            "whited out and written again above", asked, { $0.file("etc/passwd", wrong) },
            {
                $0.file("etc/.wh.passwd")
            }, { $0.file("etc/passwd", right) }, facts: ["user.passwdLayer": 2]),
        root(
            "an opaque /etc", .unstartable, { $0.file("etc/passwd", right) },
            { tar in
                tar.directory("etc/")
                tar.file("etc/.wh..wh..opq")
            }),
        root(
            "an opaque /etc with a file of its own", asked, { $0.file("etc/passwd", wrong) },
            { tar in
                tar.directory("etc/")
                tar.file("etc/.wh..wh..opq")
                tar.file("etc/passwd", right)
            }),
        root(
            "an opaque /etc whose mark comes last", asked, { $0.file("etc/passwd", wrong) },
            { tar in
                tar.directory("etc/")
                tar.file("etc/passwd", right)
                tar.file("etc/.wh..wh..opq")
            }),
        root("/etc whited out", .unstartable, { $0.file("etc/passwd", right) }, { $0.file(".wh.etc") }),
        root(
            "/etc whited out and made again", asked, { $0.file("etc/passwd", wrong) },
            { tar in
                tar.file(".wh.etc")
                tar.directory("etc/")
                tar.file("etc/passwd", right)
            }),
        root("a file in the place of /etc", .unstartable, { $0.file("etc/passwd", right) }, { $0.file("etc", "none") })
    ]

    private static let entries: [LabImage] = [
        root("./etc/passwd", asked, { $0.file("./etc/passwd", right) }),
        root("/etc/passwd", asked, { $0.file("/etc/passwd", right) }),
        root("etc//passwd and dots", asked, { $0.file("etc//./x/../passwd", right) }),
        // Podman alone refuses to pull it.
        root(
            "the last of two entries counts", asked,
            { tar in
                tar.file("etc/passwd", wrong)
                tar.file("etc/passwd", right)
            }
        ).notStarted,
        root("an upper layer's counts", asked, { $0.file("etc/passwd", wrong) }, { $0.file("./etc/passwd", right) }),
        root(
            "a PAX path", asked,
            { tar in
                tar.pax([("path", "etc/passwd")])
                tar.file("else", right)
            }),
        root(
            "a PAX link target", asked,
            { tar in
                tar.file("srv/passwd", right)
                tar.pax([("linkpath", "/srv/passwd")])
                tar.symbolicLink("etc/passwd", to: "nowhere")
            }),
        root(
            "a PAX size", asked,
            { tar in
                tar.pax([("size", "\(right.utf8.count)")])
                tar.entry("etc/passwd", type: "0", content: Array(right.utf8), size: 0)
            }),
        root(
            "a GNU long name", asked, magic: .gnu,
            { tar in
                tar.entry("././@LongLink", type: "L", content: Array("etc/passwd\0".utf8))
                tar.file("else", right)
            }),
        root(
            "a GNU long link", asked, magic: .gnu,
            { tar in
                let long = "srv/" + String(repeating: "long/", count: 30)
                tar.entry("././@LongLink", type: "L", content: Array((long + "passwd\0").utf8))
                tar.file("else", right)
                tar.entry("././@LongLink", type: "K", content: Array(("/" + long + "passwd\0").utf8))
                tar.symbolicLink("etc/passwd", to: "nowhere")
            }),
        root(
            "a ustar prefix", asked,
            { tar in
                tar.entry("passwd", type: "0", content: Array(right.utf8), prefix: "etc")
            }),
        root(
            "a size in base 256", asked, magic: .gnu,
            { tar in
                tar.entry("etc/passwd", type: "0", content: Array(right.utf8)) { header in
                    header.replaceSubrange(
                        124..<136, with: [0x80] + [UInt8](repeating: 0, count: 10) + [UInt8(right.utf8.count)])
                }
            }),
        root("an old archive without magic", asked, magic: .version7, { $0.file("etc/passwd", right) }),
        // Runtimes refuse to unpack it.
        LabImage(
            "root: a name that leads out of the image",
            files: {
                TestImage(layers: [TarBuilder.archive { $0.file("../etc/passwd", right) }], user: "app").layout()
            }, ["user.verdict": "unknown", "user.nonroot": .unobserved])
    ]

    private static func root(
        _ name: String, _ outcome: LabOutcome, magic: TarBuilder.Magic = .ustar,
        _ layers: (inout TarBuilder) -> Void..., facts: KeyValuePairs<String, Expected> = [:]
    ) -> LabImage {
        let layers = layers.map { fill in
            var tar = TarBuilder(magic: magic)
            fill(&tar)
            return tar.finished
        }
        return LabImage("root: \(name)", TestImage(layers: layers, user: "app"), outcome, facts)
    }
}
