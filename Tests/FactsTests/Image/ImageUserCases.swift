import AuditModel
import Facts
import Testing

extension ImageFactsTests {
    private static let slow = ProbeFailure(.timeout, "no answer")

    static let users: [Case] = [
        Case(
            "a number", capture([platform()]),
            [
                ("user.verdict", .text("nonroot")), ("user.nonroot", .yes), ("user.uid", .integer(1001)),
                ("user.gid", .integer(1002)), ("user.numeric", .yes), ("user.raw", .text("1001")),
                ("user.resolvedBy", .text("numeric")), ("user.passwdLayer", .absent), ("group.root", .no),
                ("kubernetes.runAsNonRoot", .text("accepted")), ("user.reason", .text("USER is the number 1001"))
            ]),
        Case(
            "nothing", capture([platform(user: nil)]),
            [
                ("user.verdict", .text("root")), ("user.nonroot", .no), ("user.uid", .integer(0)),
                ("user.raw", .absent),
                ("user.resolvedBy", .text("default")), ("group.root", .yes), ("user.numeric", .no),
                ("kubernetes.runAsNonRoot", .text("refused-root"))
            ]),
        Case("an empty user is stated", capture([platform(user: "")]), [("user.raw", .text(""))]),
        Case(
            "a name", capture([platform(user: "app")]),
            [
                ("user.verdict", .text("nonroot")), ("user.uid", .integer(1001)), ("user.resolvedBy", .text("passwd")),
                ("user.passwdLayer", .integer(0)), ("user.numeric", .no),
                ("kubernetes.runAsNonRoot", .text("refused-name")),
                ("user.reason", .text("`app` is uid 1001 in /etc/passwd of layer 0"))
            ]),
        Case(
            "a second account of root", capture([platform(user: "toor")]),
            [
                ("user.verdict", .text("root")), ("user.nonroot", .no),
                ("kubernetes.runAsNonRoot", .text("refused-name"))
            ]),
        Case(
            "an unknown name", capture([platform(user: "ghost")]),
            [
                ("user.verdict", .text("unstartable")), ("user.nonroot", .no), ("user.uid", .absent),
                ("user.gid", .absent),
                ("user.resolvedBy", .text("unresolved")), ("group.root", .absent)
            ]),
        Case(
            "a name without accounts", capture([platform(user: "app", passwd: ImageFile())]),
            [
                ("user.verdict", .text("unstartable")), ("user.nonroot", .no)
            ]),
        Case(
            "links in a circle cannot be opened by a runtime either",
            capture([platform(user: "app", passwd: ImageFile(failure: ProbeFailure(.tooManyRedirects, "links")))]),
            [
                ("user.verdict", .text("unstartable"))
            ]),
        Case(
            "a name whose layer cannot be read",
            capture([platform(user: "app", passwd: ImageFile(layer: 0, failure: missingLayer))]),
            [
                ("user.verdict", .text("unknown")), ("user.nonroot", .unobserved(missingLayer)),
                ("user.uid", .unobserved(missingLayer)), ("user.raw", .text("app")),
                ("group.root", .unobserved(missingLayer))
            ]),
        Case(
            "a number whose layer is damaged", capture([platform { $0.failure = missingLayer }]),
            [
                ("user.verdict", .text("unknown")), ("user.nonroot", .unobserved(missingLayer))
            ]),
        Case(
            "a number whose layer is missing", capture([platform { $0.missing = [digest("1")] }]),
            [
                ("user.verdict", .text("unknown")), ("integrity", .text("missing"))
            ]),
        Case(
            "a number whose layer has another digest", capture([platform { $0.mismatches = [digest("1")] }]),
            [
                ("user.verdict", .text("unknown")), ("integrity", .text("mismatch"))
            ]),
        Case(
            "damage does not hide root", capture([platform(user: "0") { $0.failure = missingLayer }]),
            [
                ("user.verdict", .text("root")), ("user.nonroot", .no)
            ]),
        Case(
            "our own limits do not change what a number says",
            capture([platform { $0.failure = ProbeFailure(.tooLarge, "too many files") }]),
            [
                ("user.verdict", .text("nonroot")), ("user.nonroot", .yes)
            ]),
        Case(
            "a configuration that cannot be read",
            capture([
                platform { image in
                    image.configuration = nil
                    image.failure = missingLayer
                }
            ]),
            [
                ("user.verdict", .text("unknown")), ("user.nonroot", .unobserved(missingLayer)),
                ("user.raw", .unobserved(missingLayer)), ("user.numeric", .unobserved(missingLayer)),
                ("kubernetes.runAsNonRoot", .unobserved(missingLayer)), ("health.present", .unobserved(missingLayer)),
                ("env.names", .unobserved(missingLayer)), ("secrets.variables", .unobserved(missingLayer)),
                ("created", .unobserved(missingLayer)), ("integrity", .unobserved(missingLayer))
            ]),
        Case(
            "an image that did not even tell its platform",
            capture([
                PlatformImage(os: "unknown", architecture: "unknown", manifest: descriptor(ociManifest), failure: slow)
            ]),
            [
                ("user.verdict", .text("unknown")), ("user.nonroot", .unobserved(slow)),
                ("integrity", .unobserved(slow))
            ]),
        Case(
            "platforms that agree", capture([platform(user: "app"), platform("linux", "arm64", user: "app")]),
            [
                ("user.verdict", .text("nonroot")), ("user.uid", .integer(1001)),
                ("platforms", .texts("linux/amd64", "linux/arm64"))
            ]),
        Case(
            "platforms that differ", capture([platform(), platform("linux", "arm64", user: "0")]),
            [
                ("user.verdict", .text("mixed")), ("user.nonroot", .no), ("user.uid", .absent), ("user.raw", .absent),
                ("user.reason", .text("platforms differ: on linux/arm64 USER is the number 0")),
                ("kubernetes.runAsNonRoot", .text("refused-root")), ("user.numeric", .yes)
            ]),
        Case(
            "a platform that nobody knows",
            capture([
                platform(), platform("linux", "arm64", user: "app", passwd: ImageFile(failure: missingLayer))
            ]), [("user.verdict", .text("mixed")), ("user.nonroot", .unobserved(missingLayer))]),
        Case(
            "Linux beside Windows", capture([platform("windows", user: "ContainerAdministrator"), platform()]),
            [
                ("user.verdict", .text("nonroot")), ("user.nonroot", .yes),
                ("platforms", .texts("windows/amd64", "linux/amd64"))
            ]),
        Case(
            "Windows alone", capture([platform("windows", user: "ContainerUser")]),
            [
                ("user.verdict", .text("other-os")), ("user.raw", .text("ContainerUser")), ("user.uid", .absent),
                ("kubernetes.runAsNonRoot", .absent), ("user.numeric", .absent),
                ("user.reason", .text("the image runs on windows, and only users of Linux are judged"))
            ]),
        Case(
            "a chart", capture([], others: [OtherEntry(kind: .artifact, descriptor: descriptor("x"))]),
            [
                ("user.verdict", .text("not-an-image")), ("user.raw", .absent), ("health.present", .absent),
                ("layers.count", .absent), ("secrets.count", .integer(0))
            ]),
        Case("groups", capture([platform(user: "1001:0")]), [("user.gid", .integer(0)), ("group.root", .yes)]),
        Case(
            "a group by its name",
            capture([platform(user: "1001:staff", group: ImageFile(layer: 0, text: "staff:x:50:\n"))]),
            [
                ("user.gid", .integer(50)), ("user.verdict", .text("nonroot"))
            ])
    ]
}
