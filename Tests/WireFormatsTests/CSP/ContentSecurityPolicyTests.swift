import Testing
import WireFormats

struct ContentSecurityPolicyTests {
    @Test("Lines and commas separate policies, semicolons directives; the first of a name counts")
    func policies() {
        let policies = ContentSecurityPolicy.policies(lines: [
            " default-src 'self' ; IMG-SRC  *\t data: ;img-src 'none';; , ,script-src 'none'", "", ";", "object-src"
        ])
        #expect(
            policies.map { $0.directives.map(\.name) } == [["default-src", "img-src"], ["script-src"], ["object-src"]])
        #expect(policies.first?["img-src"]?.values == ["*", "data:"])
        #expect(policies.first?.duplicates == ["img-src"])
        #expect(policies.last?["object-src"]?.values == [])
    }

    @Test("A directive beyond ASCII is skipped, the others stand")
    func nonASCII() {
        let policy = ContentSecurityPolicy(serialized: "default-src 'self'; script-src ‘none’; img-src *")
        #expect(policy.directives.map(\.name) == ["default-src", "img-src"])
    }

    @Test(
        "Who may frame is the strictest bound of all policies",
        arguments: [
            (["frame-ancestors 'none'"], FrameAncestors.none), (["frame-ancestors"], FrameAncestors.none),
            (["frame-ancestors 'NONE'"], FrameAncestors.none), (["frame-ancestors 'self'"], .own),
            (["frame-ancestors 'self' https://a.example"], .list), (["frame-ancestors none"], .list),
            (["frame-ancestors 'none' https://a.example"], .list), (["frame-ancestors *"], .any),
            (["frame-ancestors 'self' https:"], .any), (["frame-ancestors https://*"], .any),
            (["frame-ancestors https://*/"], .any), (["frame-ancestors https://*:*/"], .any),
            (["frame-ancestors https://*/x"], .list), (["frame-ancestors 'unsafe-inline'"], FrameAncestors.none),
            (["frame-ancestors 'self' 'unsafe-inline'"], .own),
            (["frame-ancestors *.a.example"], .list), (["frame-ancestors *", "frame-ancestors 'self'"], .own),
            (["frame-ancestors *, frame-ancestors https://a.example"], .list), (["default-src 'none'"], nil), ([], nil)
        ] as [([String], FrameAncestors?)])
    func frameAncestors(lines: [String], expected: FrameAncestors?) {
        #expect(FrameAncestors(policies: ContentSecurityPolicy.policies(lines: lines)) == expected)
    }
}
