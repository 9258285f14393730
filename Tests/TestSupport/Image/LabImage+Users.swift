import Foundation
import JSON

/// What `USER` may be, over the same accounts (moby/sys/user, GetExecUser).
extension LabImage {
    package static let users: [LabImage] = empty + numbers + names + groups

    private static let empty: [LabImage] = [
        LabImage(
            "no config at all", changed { $0.rewriteConfiguration = { $0.withoutConfig("") } }, .root(),
            kubernetes: "refused-root", ["user.raw": .absent, "user.resolvedBy": "default", "user.numeric": false]),
        LabImage(
            "config is null", changed { $0.rewriteConfiguration = { $0.withoutConfig("\"config\":null,") } }, .root(),
            kubernetes: "refused-root", ["user.raw": .absent]),
        LabImage(
            "no USER", changed { _ in }, .root(), kubernetes: "refused-root",
            ["user.raw": .absent, "user.resolvedBy": "default", "user.passwdLayer": .absent]),
        user("", .root(), "refused-root", ["user.raw": "", "user.resolvedBy": "default"]),
        user(":1001", .root(gid: 1001), "refused-root", ["user.resolvedBy": "default"]),
        user(":", .root(), "refused-root"),
        user(":staff", .root(gid: 50), "refused-root"),
        user(":ghosts", .unstartable, "refused-root")
    ]

    private static let numbers: [LabImage] = [
        user("0", .root(), "refused-root", ["user.resolvedBy": "numeric", "user.numeric": true]),
        user("00", .root(), "refused-root"),
        user("+0", .root(), "refused-root"),
        user("-0", .root(), "refused-root"),
        user("0:0", .root(), "refused-root"),
        user("0:1001", .root(gid: 1001), "refused-root"),
        user("1001", .nonroot(1001, gid: 1001), "accepted", ["user.resolvedBy": "numeric", "user.numeric": true]),
        user("001001", .nonroot(1001, gid: 1001), "accepted"),
        user("+1001", .nonroot(1001, gid: 1001), "accepted"),
        user("1234", .nonroot(1234, gid: 0), "accepted"),
        user("2147483647", .nonroot(2_147_483_647, gid: 0), "accepted"),
        user("2147483648", .unstartable, "refused-invalid", ["user.numeric": true]),
        user("-1", .unstartable, "refused-invalid"),
        // What no 64 bits hold is a name for Go.
        user("99999999999999999999", .unstartable, "refused-name", ["user.numeric": false])
    ]

    private static let names: [LabImage] = [
        user("root", .root(), "refused-name", ["user.resolvedBy": "passwd", "user.passwdLayer": 0]),
        user("root:root", .root(), "refused-name"),
        user("ROOT", .unstartable, "refused-name", ["user.resolvedBy": "unresolved"]),
        user("toor", .root(), "refused-name"),
        user(
            "app", .nonroot(1001, gid: 1001), "refused-name",
            [
                "user.resolvedBy": "passwd", "user.passwdLayer": 0, "user.numeric": false,
                "user.reason": "`app` is uid 1001 in /etc/passwd of layer 0", "layersRead": 1
            ]),
        user("ghost", .unstartable, "refused-name"),
        user("0x0", .unstartable, "refused-name"),
        user(" 0", .unstartable, "refused-name"),
        user("1_000", .unstartable, "refused-name"),
        user("app ", .unstartable, "refused-name"),
        user("\u{FF10}", .unstartable, "refused-name")
    ]

    private static let groups: [LabImage] = [
        user("1001:0", .nonroot(1001, gid: 0), "accepted"),
        user("1001:1001", .nonroot(1001, gid: 1001), "accepted"),
        user("1001:staff", .nonroot(1001, gid: 50), "accepted"),
        user("1001:", .nonroot(1001, gid: 1001), "accepted"),
        user("app:staff", .nonroot(1001, gid: 50), "refused-name"),
        user("app:0", .nonroot(1001, gid: 0), "refused-name"),
        user("1001:4242", .nonroot(1001, gid: 4242), "accepted"),
        user("1001:ghosts", .unstartable, "accepted"),
        user("app:ghosts", .unstartable, "refused-name"),
        user("1001:STAFF", .unstartable, "accepted"),
        user("1001:-1", .unstartable, "accepted"),
        user("1001:2147483648", .unstartable, "accepted"),
        // Podman and Docker leave the third part out; containerd alone refuses it.
        user("1001:1001:1001", .nonroot(1001, gid: 1001), "accepted"),
        user(
            "root:root:root", .root(), "refused-name",
            [
                "user.reason":
                    "`root` is uid 0 in /etc/passwd of layer 0; containerd refuses a USER of three parts"
            ]),
        user("0::0", .root(), "refused-root"),
        user("app::", .nonroot(1001, gid: 1001), "refused-name"),
        user("app:staff:x", .nonroot(1001, gid: 50), "refused-name")
    ]

    private static func user(
        _ user: String, _ outcome: LabOutcome, _ kubernetes: String, _ facts: KeyValuePairs<String, Expected> = [:]
    ) -> LabImage {
        LabImage(
            "USER \"\(user)\"", changed { $0.user = user }, outcome, kubernetes: kubernetes,
            facts.isEmpty ? ["user.raw": .value(.string(user))] : facts)
    }

    private static func changed(_ change: (inout TestImage) -> Void) -> TestImage {
        TestImage(layers: [LabAccounts.layer()], change)
    }
}

extension String {
    /// The configuration's `config` member replaced.
    fileprivate func withoutConfig(_ other: String) -> String {
        replacingOccurrences(of: "\"config\":{\"Labels\":{}},", with: other)
    }
}
