import Audit
import AuditModel
import ChecklistYAML
import Checklists
import Testing

/// Every embedded checklist, by the rules for what is built in.
@Suite struct BuiltInChecklistTests {
    @Test("a built-in checklist has no mistake, and its file is named by its id", arguments: BuiltInChecklists.ids)
    func wellFormed(id: String) throws {
        let (loaded, diagnostics) = ChecklistFiles.load([LocatedName(id)])
        #expect(diagnostics.map(\.text) == [])
        #expect(try #require(loaded).roots.map(\.checklist) == [id])
        #expect(try #require(loaded).selected.count >= 10)
    }

    @Test(
        "every item says why, how to mend it, by which standard, and which controls it serves",
        arguments: BuiltInChecklists.ids)
    func complete(id: String) throws {
        let loaded = try #require(ChecklistFiles.load([LocatedName(id)]).0)
        for item in loaded.checklists.flatMap(\.items) {
            #expect(item.why?.isEmpty == false && item.fix?.isEmpty == false, "\(item.id)")
            #expect(!item.references.isEmpty && !item.controls.isEmpty, "\(item.id)")
            #expect(!item.title.hasSuffix("?") && !item.title.hasSuffix("."), "\(item.id)")
            if let question = item.attest?.question { #expect(question.hasSuffix("?"), "\(item.id)") }
            if item.attest != nil { #expect(item.attest?.roles.isEmpty == false, "\(item.id)") }
        }
    }

    @Test("web-service asks nobody; production-readiness includes it and asks for a dozen or more answers")
    func division() throws {
        let web = try #require(ChecklistFiles.load([LocatedName("web-service")]).0)
        #expect(web.checklists.flatMap(\.items).allSatisfy { $0.probe != nil && $0.attest == nil })
        let all = try #require(ChecklistFiles.load([LocatedName("production-readiness")]).0)
        #expect(Set(web.selected.map(\.item)).isSubset(of: all.selected.map(\.item)))
        #expect(all.checklists.flatMap(\.items).filter { $0.attest != nil }.count >= 12)
    }

    @Test("no two items ask the same of the same fact")
    func distinct() throws {
        var seen: [String: String] = [:]
        for id in BuiltInChecklists.ids {
            for item in try #require(ChecklistFiles.load([LocatedName(id)]).0).checklists.flatMap(\.items) {
                guard let expect = item.expect else { continue }
                let meaning =
                    "\(item.probe?.rawValue ?? "") \(expect.expectations.map { "\($0.fact.text) \($0.conditions)" }) \(item.with)"
                #expect(seen[meaning] == nil || seen[meaning] == item.id, "\(item.id) repeats \(seen[meaning] ?? "")")
                seen[meaning] = item.id
            }
        }
    }
}
