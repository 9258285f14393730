import AuditModel
import ChecklistYAML
import Testing

struct ChecklistLoadingTests {
    /// A checklist with one section `s` of attested items.
    static func list(_ id: String, include: String = "", items: [String]) -> String {
        let items = items.map {
            "      - {id: \($0), title: T, severity: low, attest: {question: Q, validFor: 1d}}\n"
        }
        let sections = items.isEmpty ? "" : "sections:\n  - id: s\n    title: S\n    items:\n" + items.joined()
        return "schema: gonogo.checklist/1\nid: \(id)\nversion: 1.0.0\ntitle: T\n"
            + (include.isEmpty ? "" : "include: \(include)\n") + sections
    }

    static func load(_ files: [String: String], _ roots: [LocatedName]) -> (LoadedChecklists?, [Diagnostic], reads: Int)
    {
        var reads = 0
        let (loaded, diagnostics) = loadChecklists(
            roots, builtIn: ["web", "tls"], catalogue: fakeCatalogue, patternProblem: { _ in nil }
        ) { name throws(Diagnostic) in
            reads += 1
            if name.name == "./secret.yaml" { throw Diagnostic("unreadable", "no permission", at: name.location) }
            return files[name.name].map { ChecklistSource(text: Array($0.utf8), file: name.name, digest: "d") }
        }
        return (loaded, diagnostics, reads)
    }

    static func places(_ items: [SelectedItem]) -> [String] { items.map { "\($0.checklist)/\($0.section)/\($0.item)" } }

    @Test("includes come first, each item once, and belongs to the checklist that declares it")
    func order() throws {
        let files = [
            "web": Self.list(
                "web", include: "[tls, {checklist: more, items: [m2]}]",
                items: ["w1", "w2"]),
            "tls": Self.list("tls", items: ["t2", "t1"]),
            "more": Self.list("more", include: "[tls]", items: ["m1", "m2"]),
            "own": Self.list("own", include: "[more]", items: [])
        ]
        let (loaded, diagnostics, _) = Self.load(files, [LocatedName("web"), LocatedName("own"), LocatedName("tls")])
        #expect(diagnostics.map(\.text) == [])
        let checklists = try #require(loaded)
        #expect(checklists.checklists.map(\.id) == ["tls", "more", "web", "own"])
        #expect(checklists.roots.map(\.checklist) == ["web", "own", "tls"])
        #expect(Self.places(checklists.roots[0].items) == ["tls/s/t2", "tls/s/t1", "more/s/m2", "web/s/w1", "web/s/w2"])
        #expect(Self.places(checklists.roots[1].items) == ["tls/s/t2", "tls/s/t1", "more/s/m1", "more/s/m2"])
        #expect(
            Self.places(checklists.selected) == [
                "tls/s/t2", "tls/s/t1", "more/s/m2", "web/s/w1", "web/s/w2", "more/s/m1"
            ])
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let files: [String: String]
        let sentences: [String]
        var testDescription: String { sentences.joined(separator: "; ") }

        init(_ files: [String: String], _ sentences: String...) {
            self.files = files
            self.sentences = sentences
        }
    }

    // One row is one line.
    // swift-format-ignore
    static let rows = [
        Row(["a": list("a", include: "[b]", items: []), "b": list("b", include: "[c]", items: []), "c": list("c", include: "[b]", items: ["x"])], "c:5:11: the checklists include each other: b → c → b"),
        Row(["a": list("a", include: "[a]", items: ["x"])], "a:5:11: the checklists include each other: a → a"),
        Row(["a": list("a", include: "[web, tsl]", items: []), "web": list("web", items: ["x"])], "a:5:16: there is no built-in checklist \"tsl\"; a file is named ./file.yaml; did you mean \"tls\"?"),
        Row(["a": list("a", include: "[./b.yaml, ./secret.yaml]", items: [])], "a:5:11: there is no file \"./b.yaml\"", "a:5:21: no permission"),
        Row([:], "there is no built-in checklist \"a\"; a file is named ./file.yaml"),
        Row(["a": list("a", include: "[{checklist: b, items: [on, tow]}]", items: []), "b": list("b", items: ["one", "two"])], "a:5:11: the checklist b has no item \"on\"; did you mean \"one\"?", "a:5:11: the checklist b has no item \"tow\"; did you mean \"two\"?"),
        Row(["a": list("a", include: "[b]", items: ["x"]), "b": list("b", items: ["x"])], "a:10:9: the item \"x\" stands at b:9:9 already; include it from there"),
        Row(["a": list("a", include: "[b, c]", items: []), "b": list("b", items: ["x"]), "c": list("b", items: ["y"])], "c:1:1: the checklist id \"b\" is taken by b"),
        Row(["a": list("a", include: "[{checklist: b, items: [z]}, c]", items: []), "b": list("b", items: ["X"]), "c": list("c", items: ["y", "y"])], "b:9:14: \"id\" must be lower-case words joined by hyphens, found \"X\"", "c:10:9: the item \"y\" stands here again, first at line 9")
    ]

    @Test("each mistake between checklists has its sentence and place", arguments: rows)
    func mistake(_ row: Row) {
        let (loaded, diagnostics, _) = Self.load(row.files, [LocatedName("a")])
        #expect(loaded == nil)
        #expect(diagnostics.map(\.text) == row.sentences)
    }

    @Test("endless includes end")
    func endless() {
        var reads = 0
        let (loaded, diagnostics) = loadChecklists(
            [LocatedName("l0")], builtIn: [], catalogue: fakeCatalogue, patternProblem: { _ in nil }
        ) { name throws(Diagnostic) in
            reads += 1
            let text = Self.list("l\(reads)", include: "[l\(reads + 1), m\(reads + 1)]", items: ["i\(reads)"])
            return ChecklistSource(text: Array(text.utf8), file: "f\(reads)", digest: "")
        }
        #expect(loaded == nil)
        #expect(diagnostics.allSatisfy { $0.code == "too-deep" })
        #expect(reads < 2000)
    }
}
