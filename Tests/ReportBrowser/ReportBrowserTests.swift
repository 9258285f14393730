import Foundation
import Testing

/// The page in a real browser, Debian's chromium, driven by `checks.py`. Each check says what it finds wrong.
struct ReportBrowserTests {
    @Test(
        "axe finds nothing at WCAG 2.2 AA, everything unfolded",
        arguments: ["light", "dark", "forced-colors", "print", "narrow", "no-script"])
    func accessible(mode: String) throws { try Browser.check("axe", ["full", "go"], mode) }

    @Test("every verdict is legible, light and dark", arguments: ["light", "dark"])
    func verdicts(mode: String) throws {
        try Browser.check("axe", ["awaiting", "conditional-go", "undetermined"], mode)
    }

    @Test("the page's own policy lets its style sheet and its script in, and nothing is reported")
    func policy() throws { try Browser.check("policy", Pages.own) }

    @Test("nothing scrolls sideways at 320 pixels")
    func narrow() throws { try Browser.check("narrow", Pages.own + ["crowded"]) }

    @Test("every link leads to something that is then in sight, with script and without")
    func links() throws { try Browser.check("links", ["full", "go"]) }

    @Test("each number leads to exactly as many items as it says, with script and without")
    func counts() throws { try Browser.check("counts", ["full", "crowded"]) }

    @Test("search and each filter show what matches, and the address brings the same view back")
    func filters() throws { try Browser.check("filters", ["full"]) }

    @Test("an item's address unfolds it, filtered away or not")
    func anchors() throws { try Browser.check("anchors", ["full"]) }

    @Test("the keyboard reaches everything, visibly, and nothing covers it")
    func keyboard() throws { try Browser.check("keyboard", ["full"]) }

    @Test("a screen reader hears landmarks, headings in order, and what each chart shows")
    func outline() throws { try Browser.check("outline", ["full", "example-no-go", "example-awaiting"]) }

    @Test("without script nothing is missing and nothing is dead")
    func noScript() throws { try Browser.check("no-script", ["full"]) }

    @Test("under the policy that Jenkins sends the text is complete and nothing of an item is folded")
    func jenkins() throws { try Browser.check("jenkins", ["full", "awaiting"]) }

    @Test("paper is A4, tagged, complete, with page headers, and the decision is one page")
    func paper() throws { try Browser.check("paper", Pages.own + ["crowded"]) }

    @Test("HTML checkers accept the page")
    func valid() throws { try Browser.check("valid", Pages.own + ["crowded"]) }

    @Test("no script runs and nothing is fetched, whatever a target says")
    func hostile() throws { try Browser.check("hostile", Pages.hostile) }

    @Test("a page of 10,000 items opens, counts and filters them")
    func large() throws { try Browser.check("large", ["large"]) }
}

/// Runs one check on some pages.
private enum Browser {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    // No symbolic link of it may be resolved: the environment is found by the path of its program.
    private static let python = Pages.root.path + "/.build/report-browser/bin/python"

    static func check(_ name: String, _ pages: [String], _ mode: String = "") throws {
        guard FileManager.default.isExecutableFile(atPath: python) else {
            throw Failure(description: "playwright is missing: run script/bootstrap")
        }
        let folder = try Pages.folder.get()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments =
            [Pages.root.path + "/Tests/ReportBrowser/checks.py", name, mode]
            + pages.map { folder.appending(path: "\($0).html").path }
        let output = folder.appending(path: "\(UUID()).txt")
        _ = FileManager.default.createFile(atPath: output.path, contents: nil)
        let file = try FileHandle(forWritingTo: output)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = file
        process.standardError = file
        try process.run()
        process.waitUntilExit()
        let said = try String(contentsOf: output, encoding: .utf8)
        #expect(process.terminationStatus == 0, "\(name) \(mode)\n\(said)")
        if process.terminationStatus == 0, !said.isEmpty { print(said, terminator: "") }
    }
}
