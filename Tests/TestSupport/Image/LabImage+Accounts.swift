/// What stands in `/etc/passwd` and `/etc/group`.
extension LabImage {
    package static let accounts: [LabImage] = lines + ids + files

    private static let lines: [LabImage] = [
        passwd("root renumbered", "root", "root:x:1001:1001::/:/bin/sh\n", .nonroot(1001, gid: 1001)),
        passwd("root renumbered, no USER", nil, "root:x:1001:1001::/:/bin/sh\n", .root(), kubernetes: "refused-root"),
        passwd(
            "an account named 1001 that is root", "1001", "root:x:0:0::/:\n1001:x:0:0::/:/bin/sh\n",
            .nonroot(1001, gid: 0),
            kubernetes: "accepted"),
        passwd(
            "the first of two lines of a name counts", "app", "app:x:1001:1001::/:\napp:x:0:0::/:\n",
            .nonroot(1001, gid: 1001)),
        passwd("the first of two lines is root", "app", "app:x:0:0::/:\napp:x:1001:1001::/:\n", .root()),
        passwd(
            "lines that end with CR LF", "app", "root:x:0:0::/:\r\napp:x:1001:1001::/:\r\n", .nonroot(1001, gid: 1001)),
        passwd("CR LF right behind the uid", "app", "root:x:0:0\r\napp:x:1001\r\n", .nonroot(1001, gid: 0)),
        passwd("blank lines and indented ones", "app", "\n  \n\t app:x:1001:1001::/: \n\n", .nonroot(1001, gid: 1001)),
        passwd("no newline at the end", "app", "root:x:0:0::/:\napp:x:1001:1001::/:", .nonroot(1001, gid: 1001)),
        passwd(
            "a line that is commented out", "app", "#app:x:0:0::/:\napp:x:1001:1001::/:\n", .nonroot(1001, gid: 1001)),
        passwd(
            "an account whose name begins with #", "#x", "root:x:0:0::/:\n#x:x:1002:1002::/:\n",
            .nonroot(1002, gid: 1002)),
        passwd("a name with a blank before its colon", "app", "app :x:1001:1001::/:\n", .unstartable),
        passwd("an empty passwd", "app", "", .unstartable),
        passwd("USER 1001 without a line", "1001", "", .nonroot(1001, gid: 0), kubernetes: "accepted"),
        // Docker takes the group of uid 0, as moby/sys/user does; Podman takes 0.
        passwd("no USER, and root's group is 7", nil, "root:x:0:7::/:\n", .root(gid: 7), kubernetes: "refused-root")
            .notStarted,
        passwd("a name of letters outside ASCII", "jörg", "jörg:x:1005:1005::/:\n", .nonroot(1005, gid: 1005))
    ]

    private static let ids: [LabImage] = [
        passwd("a line without uid", "app", "root:x:0:0::/:\napp:x\n", .root()),
        passwd("a line that is a name alone", "app", "app\n", .root()),
        passwd("a uid that is no number", "app", "app:x:many:1001::/:\n", .root(gid: 1001)),
        passwd("an empty uid", "app", "app:x::1001::/:\n", .root(gid: 1001)),
        passwd("a uid with a blank before it", "app", "app:x: 1001:1001::/:\n", .root(gid: 1001)),
        passwd("a uid in hexadecimal", "app", "app:x:0x3e9:1001::/:\n", .root(gid: 1001)),
        passwd("a uid with a sign and zeros", "app", "app:x:+01001:1001::/:\n", .nonroot(1001, gid: 1001)),
        passwd("a gid that is no number", "app", "app:x:1001:many::/:\n", .nonroot(1001, gid: 0)),
        passwd("a uid of 2^32, which is cut to root", "app", "app:x:4294967296:1001::/:\n", .root(gid: 1001)),
        passwd("a uid of 2^32 + 5", "app", "app:x:4294967301:1001::/:\n", .nonroot(5, gid: 1001)),
        passwd("a uid of -1", "app", "app:x:-1:1001::/:\n", .unstartable),
        passwd("a uid beyond 64 bits", "app", "app:x:99999999999999999999:1001::/:\n", .unstartable)
    ]

    private static let files: [LabImage] = [
        passwd("no passwd, a name", "app", nil, .unstartable),
        passwd("no passwd, a number", "1001", nil, .nonroot(1001, gid: 0), kubernetes: "accepted"),
        passwd("no passwd, no USER", nil, nil, .root(), kubernetes: "refused-root"),
        group("no group file, a name", "1001:staff", nil, .unstartable),
        group("no group file, a number", "1001:50", nil, .nonroot(1001, gid: 50)),
        group("the first of two groups counts", "1001:staff", "staff:x:50:\nstaff:x:51:\n", .nonroot(1001, gid: 50)),
        group("a group that is commented out", "1001:#staff", "#staff:x:50:\n", .unstartable),
        group("a group without gid", "1001:staff", "staff:x\n", .nonroot(1001, gid: 0)),
        group("a group named like a number", "1001:77", "77:x:50:\n", .nonroot(1001, gid: 77)),
        group("groups that end with CR LF", "1001:staff", "root:x:0:\r\nstaff:x:50:\r\n", .nonroot(1001, gid: 50))
    ]

    private static func passwd(
        _ name: String, _ user: String?, _ text: String?, _ outcome: LabOutcome, kubernetes: String = "refused-name"
    ) -> LabImage {
        let image = TestImage(layers: [LabAccounts.layer(passwd: text)], user: user)
        return LabImage("passwd: \(name)", image, outcome, kubernetes: kubernetes)
    }

    private static func group(_ name: String, _ user: String, _ text: String?, _ outcome: LabOutcome) -> LabImage {
        let image = TestImage(layers: [LabAccounts.layer(group: text)], user: user)
        return LabImage("group: \(name)", image, outcome, kubernetes: "accepted")
    }
}
