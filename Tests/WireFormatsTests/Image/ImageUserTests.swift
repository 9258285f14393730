import Testing
import WireFormats

/// Accounts of the image that most cases run with.
private let accounts = """
    root:x:0:0:root:/root:/bin/sh
    daemon:x:1:1::/:/bin/false
    app:x:1001:1002::/home/app:/bin/sh
    toor:x:0:0::/root:/bin/sh
    1002:x:0:0:a name of digits::
    99999999999999999999:x:7:8:::
    App:x:2001:2001:::
    twice:x:1003:1003:::
    twice:x:0:0:::
    short:x
    noid:x::5::
    text:x:abc:def::
    hash:x:0x10:0::
    plus:x:+1004:+5::
    zeros:x:0001005:0010::
    gap:x: 1006:0::
    #comment:x:1007:1007::
      indented:x:1008:1008::  \r
    cut:x:4294967296:0::
    cut1:x:4294967297:0::
    last:x:4294967295:0::
    high:x:3000000000:0::
    below:x:-5:0::
    huge:x:99999999999999999999:0::
    :x:1009:1009:nobody's name::
    badgroup:x:1010:-1::
    edge:x:2147483647:2147483647::

    """

private let groups = """
    root:x:0:
    staff:x:50:app
    #skipped:x:60:
    wide:x:4294967295:
    cut:x:4294967296:
    twice:x:70:
    twice:x:71:
    short
    7:x:80:
    """

struct ImageUserTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let spec: String?
        let outcome: String
        let kubernetes: RunAsNonRoot
        var passwd: AccountSource = .text(accounts, layer: 3)
        var group: AccountSource = .text(groups, layer: 1)
        var testDescription: String { "USER \(spec ?? "(none)") is \(outcome)" }

        init(
            _ spec: String?, _ outcome: String, _ kubernetes: RunAsNonRoot, passwd: AccountSource? = nil,
            group: AccountSource? = nil
        ) {
            self.spec = spec
            self.outcome = outcome
            self.kubernetes = kubernetes
            if let passwd { self.passwd = passwd }
            if let group { self.group = group }
        }
    }

    static let cases: [Case] = [
        // Nothing, or a group alone.
        Case(nil, "root 0:0 default", .refusedRoot), Case("", "root 0:0 default", .refusedRoot),
        Case(":", "root 0:0 default", .refusedRoot), Case(":1001", "root 0:1001 default", .refusedRoot),
        Case(":staff", "root 0:50 default", .refusedRoot), Case(":ghosts", "unstartable", .refusedRoot),
        Case("", "root 0:0 default", .refusedRoot, passwd: .missing),
        Case("", "root 0:? default", .refusedRoot, passwd: .notRead),
        Case("", "root 0:9 default", .refusedRoot, passwd: .text("admin:x:0:9:::", layer: 0)),
        // Numbers.
        Case("0", "root 0:0 numeric", .refusedRoot), Case("00", "root 0:0 numeric", .refusedRoot),
        Case("+0", "root 0:0 numeric", .refusedRoot), Case("-0", "root 0:0 numeric", .refusedRoot),
        Case("0:0", "root 0:0 numeric", .refusedRoot), Case("0:1001", "root 0:1001 numeric", .refusedRoot),
        Case("0:staff", "root 0:50 numeric", .refusedRoot), Case("0:ghosts", "unstartable", .refusedRoot),
        Case("1001", "nonroot 1001:1002 numeric", .accepted), Case("01001", "nonroot 1001:1002 numeric", .accepted),
        Case("+1001", "nonroot 1001:1002 numeric", .accepted), Case("1001:0", "nonroot 1001:0 numeric", .accepted),
        Case("1001:staff", "nonroot 1001:50 numeric", .accepted), Case("1001:ghosts", "unstartable", .accepted),
        Case("1001:", "nonroot 1001:1002 numeric", .accepted), Case("65532", "nonroot 65532:0 numeric", .accepted),
        Case("65532:65532", "nonroot 65532:65532 numeric", .accepted, passwd: .missing, group: .missing),
        Case("1001", "nonroot 1001:? numeric", .accepted, passwd: .notRead, group: .notRead),
        Case("1001", "nonroot 1001:0 numeric", .accepted, passwd: .missing),
        Case("1001", "nonroot 1001:? numeric", .accepted, passwd: .unreadable("cut")),
        Case("1001:5", "nonroot 1001:5 numeric", .accepted, passwd: .notRead, group: .notRead),
        Case("1002", "nonroot 1002:0 numeric", .accepted),
        Case("2147483647", "nonroot 2147483647:2147483647 numeric", .accepted),
        Case("2147483648", "unstartable", .refusedInvalid), Case("4294967295", "unstartable", .refusedInvalid),
        Case("4294967296", "root 0:0 passwd 3", .refusedInvalid),
        Case("3000000000", "nonroot 3000000000:0 passwd 3", .refusedInvalid),
        Case("4294967297", "nonroot 1:0 passwd 3", .refusedInvalid), Case("-5", "unstartable", .refusedInvalid),
        Case("4294967296", "root 0:5 passwd 0", .refusedInvalid, passwd: .text("big:x:4294967296:5", layer: 0)),
        Case("4294967296:7", "root 0:7 passwd 3", .refusedInvalid),
        Case("4294967296", "unknown", .refusedInvalid, passwd: .notRead),
        Case("4294967296", "unknown", .refusedInvalid, passwd: .unreadable("cut")),
        Case("4294967296", "unstartable", .refusedInvalid, passwd: .missing),
        Case("4294967298", "unstartable", .refusedInvalid),
        Case("1001:4294967296", "nonroot 1001:0 numeric", .accepted),
        Case("1001:4294967295", "unstartable", .accepted),
        Case("1001:4294967296", "unknown", .accepted, group: .notRead),
        Case("1001:4294967296", "unstartable", .accepted, group: .missing),
        Case("-1", "unstartable", .refusedInvalid), Case("-1001:0", "unstartable", .refusedInvalid),
        Case("9223372036854775807", "unstartable", .refusedInvalid),
        Case("1001:2147483648", "unstartable", .accepted), Case("1001:-1", "unstartable", .accepted),
        Case("1001:-0", "nonroot 1001:0 numeric", .accepted),
        // Digits that are no number.
        Case("9223372036854775808", "unstartable", .refusedName),
        Case("99999999999999999999", "nonroot 7:8 passwd 3", .refusedName), Case("0x0", "unstartable", .refusedName),
        Case("1_001", "unstartable", .refusedName), Case("1001.0", "unstartable", .refusedName),
        Case("1e3", "unstartable", .refusedName), Case("+", "unstartable", .refusedName),
        Case("-", "unstartable", .refusedName), Case("--1", "unstartable", .refusedName),
        Case(" 1001", "unstartable", .refusedName), Case("1001 ", "unstartable", .refusedName),
        Case("\u{661}\u{660}", "unstartable", .refusedName),
        Case("1001:99999999999999999999", "unstartable", .accepted),
        // Names.
        Case("root", "root 0:0 passwd 3", .refusedName), Case("root:root", "root 0:0 passwd 3", .refusedName),
        Case("toor", "root 0:0 passwd 3", .refusedName), Case("app", "nonroot 1001:1002 passwd 3", .refusedName),
        Case("app:staff", "nonroot 1001:50 passwd 3", .refusedName),
        Case("app:0", "nonroot 1001:0 passwd 3", .refusedName),
        Case("app:", "nonroot 1001:1002 passwd 3", .refusedName), Case("app:ghosts", "unstartable", .refusedName),
        Case("App", "nonroot 2001:2001 passwd 3", .refusedName), Case("APP", "unstartable", .refusedName),
        Case("ghost", "unstartable", .refusedName), Case("twice", "nonroot 1003:1003 passwd 3", .refusedName),
        Case("app ", "unstartable", .refusedName), Case("ap", "unstartable", .refusedName),
        Case("app:twice", "nonroot 1001:70 passwd 3", .refusedName),
        Case("app:7", "nonroot 1001:7 passwd 3", .refusedName),
        Case("app:skipped", "unstartable", .refusedName), Case("app:#skipped", "unstartable", .refusedName),
        Case("app:short", "nonroot 1001:0 passwd 3", .refusedName), Case("app:wide", "unstartable", .refusedName),
        Case("app:cut", "nonroot 1001:0 passwd 3", .refusedName),
        Case("root", "nonroot 1001:1001 passwd 0", .refusedName, passwd: .text("root:x:1001:1001:::", layer: 0)),
        Case("root", "unstartable", .refusedName, passwd: .missing),
        Case("root", "unstartable", .refusedName, passwd: .text("", layer: 0)),
        Case("app", "unstartable", .refusedName, passwd: .missing),
        Case("app", "unknown", .refusedName, passwd: .notRead),
        Case("app", "unknown", .refusedName, passwd: .unreadable("the layer is cut")),
        Case("app:staff", "unstartable", .refusedName, group: .missing),
        Case("app:staff", "unknown", .refusedName, group: .unreadable("cut")),
        Case("1001:staff", "unknown", .accepted, group: .notRead),
        // Lines that are not what they should be.
        Case("short", "root 0:0 passwd 3", .refusedName), Case("noid", "root 0:5 passwd 3", .refusedName),
        Case("text", "root 0:0 passwd 3", .refusedName), Case("hash", "root 0:0 passwd 3", .refusedName),
        Case("plus", "nonroot 1004:5 passwd 3", .refusedName), Case("zeros", "nonroot 1005:10 passwd 3", .refusedName),
        Case("gap", "root 0:0 passwd 3", .refusedName), Case("#comment", "nonroot 1007:1007 passwd 3", .refusedName),
        Case("comment", "unstartable", .refusedName), Case("indented", "nonroot 1008:1008 passwd 3", .refusedName),
        Case("cut", "root 0:0 passwd 3", .refusedName), Case("cut1", "nonroot 1:0 passwd 3", .refusedName),
        Case("last", "unstartable", .refusedName), Case("high", "nonroot 3000000000:0 passwd 3", .refusedName),
        Case("below", "unstartable", .refusedName), Case("huge", "unstartable", .refusedName),
        Case("badgroup", "unstartable", .refusedName),
        Case("edge", "nonroot 2147483647:2147483647 passwd 3", .refusedName),
        Case("app", "nonroot 5:5 passwd 0", .refusedName, passwd: .text("app:x:5:5\r\n", layer: 0)),
        Case("app", "nonroot 5:0 passwd 0", .refusedName, passwd: .text("\u{A0}\u{3000}app:x:5", layer: 0)),
        Case("app", "unstartable", .refusedName, passwd: .text("\u{FEFF}app:x:5:5", layer: 0)),
        Case("app", "root 0:0 passwd 0", .refusedName, passwd: .text("app", layer: 0)),
        Case("app", "root 0:5 passwd 0", .refusedName, passwd: .text("app:x:5 :5", layer: 0)),
        Case("caf\u{E9}", "unstartable", .refusedName, passwd: .text("cafe\u{301}:x:5:5", layer: 0)),
        Case(
            "app", "unstartable", .refusedName,
            passwd: .text("app:x:5:5\nlong:" + String(repeating: "x", count: 65_531), layer: 0)),
        Case(
            "app", "nonroot 5:5 passwd 0", .refusedName,
            passwd: .text("app:x:5:5\nlong:" + String(repeating: "x", count: 65_530), layer: 0)),
        // Three parts.
        Case("1001:0:0", "nonroot 1001:0 numeric", .accepted),
        Case("app:staff:x", "nonroot 1001:50 passwd 3", .refusedName),
        Case("root:root:root", "root 0:0 passwd 3", .refusedName), Case("0::0", "root 0:0 numeric", .refusedRoot),
        Case("app::", "nonroot 1001:1002 passwd 3", .refusedName),
        Case("app:ghosts:x", "unstartable", .refusedName), Case("0:0:", "root 0:0 numeric", .refusedRoot),
        Case("::", "root 0:0 default", .refusedRoot), Case("::5", "root 0:0 default", .refusedRoot)
    ]

    @Test("An image runs as whom the runtime makes of USER, and Kubernetes says what it says", arguments: cases)
    func resolved(_ expected: Case) {
        let user = ImageUser(expected.spec)
        let resolved = user.resolve(passwd: expected.passwd, group: expected.group)
        #expect(describe(resolved) == expected.outcome, "\(resolved.reason)")
        #expect(RunAsNonRoot(user) == expected.kubernetes)
        #expect(!resolved.reason.isEmpty && !resolved.reason.hasSuffix(".") && !resolved.reason.contains("\n"))
    }

    private func describe(_ resolved: ResolvedUser) -> String {
        guard let id = resolved.userID else { return resolved.verdict.rawValue }
        let group =
            switch resolved.group {
            case .known(let id): "\(id)"
            case .unknown: "?"
            case .none: "none"
            }
        let layer = resolved.passwdLayer.map { " \($0)" } ?? ""
        return "\(resolved.verdict.rawValue) \(id):\(group) \(resolved.source.rawValue)\(layer)"
    }

    @Test(
        "The account files are needed for names, and for numbers that only a line makes valid",
        arguments: [
            (nil, false), ("", false), ("0", false), ("1001:1001", false), (":5", false), ("app", true),
            ("1001:staff", true),
            (":staff", true), ("99999999999999999999", true), ("-1", true), ("1001:2147483648", true),
            ("2147483647:2147483647:x", false)
        ] as [(String?, Bool)])
    func needsAccounts(spec: String?, needs: Bool) {
        let user = ImageUser(spec)
        #expect((user.user.needsAccounts || user.group.needsAccounts) == needs)
    }

    @Test("An account of digits is not asked for a number, and no answer changes without the files")
    func numberNeedsNoFiles() {
        for spec in ["0", "1001", "", "1001:5", "2147483647"] {
            let user = ImageUser(spec)
            let unread = user.resolve(passwd: .notRead, group: .notRead)
            let read = user.resolve(passwd: .text(accounts, layer: 0), group: .text(groups, layer: 0))
            #expect(unread.verdict == read.verdict && unread.userID == read.userID)
        }
    }

    @Test("A reason names the account, the id and the layer")
    func reason() {
        let toor = ImageUser("toor").resolve(passwd: .text(accounts, layer: 2), group: .missing)
        #expect(toor.reason == "`toor` is uid 0 in /etc/passwd of layer 2")
        let three = ImageUser("toor:0:x").resolve(passwd: .text(accounts, layer: 2), group: .missing)
        #expect(three.reason == toor.reason + "; containerd refuses a USER of three parts")
        let beyond = ImageUser("4294967296").resolve(passwd: .text(accounts, layer: 2), group: .missing)
        #expect(beyond.reason == "user 4294967296 is uid 0 in /etc/passwd of layer 2, cut to 32 bits from 4294967296")
    }

    @Test(
        "Password hashes do not leave the file, everything else does",
        arguments: [
            ("root:$6$salt$hash:0:0", "root:x:0:0"), ("root:x:0:0", "root:x:0:0"), ("root:*:0:0\n", "root:*:0:0\n"),
            ("root:!$6$h:0:0\r\nb::1:1", "root:x:0:0\r\nb::1:1"), ("a", "a"), ("a:", "a:"), ("", ""),
            ("a:secret", "a:x")
        ])
    func withoutPasswords(text: String, redacted: String) {
        #expect(AccountFile.withoutPasswords(Array(text.utf8)) == redacted)
    }

    @Test("A line that a password makes too long for runtimes stays too long without it", arguments: [65_530, 65_525])
    func longPassword(length: Int) {
        let text = "app:x:5:5\nb:" + String(repeating: "h", count: length) + ":6:6:::\n"
        let redacted = AccountFile.withoutPasswords(Array(text.utf8))
        #expect(!redacted.contains("h"))
        let user = ImageUser("app").resolve(passwd: .text(redacted, layer: 0), group: .missing)
        #expect(user.verdict == (length == 65_530 ? .unstartable : .nonroot))
    }
}
