import Testing
import WireFormats

struct RootPathTests {
    @Test(
        "Names of one file are one path, and none leads above the root",
        arguments: [
            ("etc/passwd", "/etc/passwd"), ("./etc/passwd", "/etc/passwd"), ("/etc/passwd", "/etc/passwd"),
            ("././etc//passwd/", "/etc/passwd"), ("etc/./passwd", "/etc/passwd"), ("etc/../etc/passwd", "/etc/passwd"),
            ("/../etc/passwd", "/etc/passwd"), ("a/..", "/"), (".", "/"), ("./", "/"), ("/", "/"), ("", "/"),
            ("//", "/"),
            ("...", "/..."), ("a/...", "/a/..."), ("..a", "/..a"), (".a", "/.a"), ("a/.b", "/a/.b"), ("a.", "/a."),
            ("..", nil), ("../etc/passwd", nil), ("a/../../etc/passwd", nil), ("./../x", nil)
        ] as [(String, String?)])
    func normalised(name: String, path: String?) { #expect(RootPath(name)?.text == path) }

    @Test("Names that are one text for Unicode stay two paths")
    func bytes() {
        #expect(RootPath("caf\u{E9}") != RootPath("cafe\u{301}"))
        #expect(RootPath("\u{212A}") != RootPath("K"))
    }
}
