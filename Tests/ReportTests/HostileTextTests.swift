import AuditModel
import JSON
import Report
import Testing
import XML
import XMLReading

/// Every free text of a result is replaced by something hostile; no format may change its shape or its nature.
struct HostileTextTests {
    @Test("free texts are found where people and targets write, and nowhere else")
    func freeTexts() {
        let free = [
            ["items", "title"], ["items", "waiver", "reason"], ["items", "expectations", "observed"],
            ["items", "attestations", "statement"], ["service", "name"], ["observations", "target"],
            ["notices", "message"], ["gate", "name"]
        ]
        for path in free {
            #expect(FreeText.paths.contains(path), "\(path)")
        }
        for path in [["items", "status"], ["judgedAt"], ["verdict", "outcome"], ["observations", "probe"]] {
            #expect(!FreeText.paths.contains(path), "\(path)")
        }
        #expect(FreeText.paths.count > 50)
    }

    @Test("JUnit stays valid", arguments: hostileTexts)
    func junit(text: String) throws {
        #expect(junitSchema.validate(try render("junit", text)) == [])
        #expect(extendedJUnitSchema.validate(try render("junit-extended", text)) == [])
    }

    @Test("HTML keeps its elements and attributes, and stays well-formed", arguments: hostileTexts)
    func html(text: String) throws {
        let report = try render("html", text)
        #expect(skeleton(ofHTML: report) == skeleton(ofHTML: try render("html", "x_1", like: text)))
        #expect(xmlProblem(in: report) == nil)
        #expect(controls(in: report) == [])
    }

    @Test("Markdown keeps all of its markup", arguments: hostileTexts, ["markdown", "markdown-comment"])
    func markdown(text: String, format: String) throws {
        let report = try render(format, text)
        let harmless = skeleton(ofMarkdown: try render(format, "x_1", like: text))
        // A comment may have to leave out what does not fit.
        let isWhole = !report.contains("> Left out")
        let lines = skeleton(ofMarkdown: report)
        #expect(isWhole ? lines == harmless : format == "markdown-comment")
        #expect(isWhole || lines.dropLast(2).elementsEqual(harmless.prefix(lines.count - 2)))
        #expect(controls(in: report) == [])
    }

    @Test(
        "formats for alerts keep their members, hold no control character, and no link or placeholder",
        arguments: hostileTexts, ["sarif", "sarif-full", "codequality"])
    func alerts(text: String, format: String) throws {
        let limits = JSONLimits(bytes: 1 << 28)
        let report = try JSONValue.parse(try render(format, text), limits: limits)
        let model = try JSONValue.parse(try render(format, "x_1", like: text), limits: limits)
        #expect(shape(report) == shape(model))
        for string in strings(in: report) {
            #expect(controls(in: string) == [], "\(string)")
        }
        for message in strings(in: report, named: "text") {
            #expect(!message.contains("]("), "\(message)")
            let rest = message.replacing("{{", with: "").replacing("}}", with: "")
            #expect(!rest.contains("{") && !rest.contains("}"), "\(message)")
        }
    }

    @Test("an annotation is one command in one line, whatever it says", arguments: hostileTexts)
    func annotations(text: String) throws {
        let own = result(.noGo, items: [item(text, text, .fail, blocks: true, message: text)])
        let lines =
            GitHubActions.annotations(of: own)
            + GitHubActions.annotations(of: try sample(for: text).rewritten(with: text))
        #expect(!lines.isEmpty)
        for line in lines {
            #expect(!line.contains { $0.isNewline } && controls(in: line) == [])
            #expect(!line.contains("##["))
            let command = try #require(line.wholeMatch(of: /::(error|warning) ([^:]*)::(.*)/))
            let names = command.2.split(separator: ",").map { $0.prefix { $0 != "=" } }
            #expect(names == ["file", "line", "title"] || names == ["title"])
        }
    }

    @Test("text commands neither a terminal nor a build agent", arguments: hostileTexts)
    func text(text: String) throws {
        let hostile = try sample(for: text).rewritten(with: text)
        let formats =
            TextDetail.allCases.map { ReportFormat.text(colour: false, detail: $0) }
            + TextDetail.allCases.map { ReportFormat.changes(colour: false, detail: $0) }
        for format in formats {
            let report = format.render(hostile)
            #expect(controls(in: report) == [])
            for line in report.split(separator: "\n") {
                #expect(!line.drop { $0 == " " }.hasPrefix("::"), "\(line)")
                #expect(!line.contains("##[") && !line.contains("##vso["), "\(line)")
            }
        }
    }

    @Test("coloured text holds no sequence but its own colours", arguments: hostileTexts)
    func colouredText(text: String) throws {
        let result = try sample(for: text).rewritten(with: text)
        let report = ReportFormat.text(colour: true).render(result)
        var plain = report
        for code in ["0", "1", "2", "1;31", "1;32", "1;33", "1;34", "1;35"] {
            plain = plain.replacing("\u{1B}[\(code)m", with: "")
        }
        #expect(controls(in: plain) == [])
        #expect(plain == ReportFormat.text(colour: false).render(result))
    }

    @Test("JSON keeps every character, and shows none that commands", arguments: hostileTexts)
    func json(text: String) throws {
        let hostile = try sample(for: text).rewritten(with: text)
        let report = try #require(ReportFormat.named("json")).render(hostile)
        #expect(controls(in: report) == [])
        let decoded = try JSONValue.parse(report, limits: JSONLimits(bytes: 1 << 28)).decode(AuditResult.self)
        #expect(decoded == hostile)
    }

    private func render(_ format: String, _ text: String, like model: String? = nil) throws -> String {
        try #require(ReportFormat.named(format)).render(try sample(for: model ?? text).rewritten(with: text))
    }

    /// The fullest sample; for a huge text one with fewer places, so that the suite stays quick.
    private func sample(for text: String) -> AuditResult {
        text.utf8.count < 10_000 ? Samples.changed : Samples.conditionalGo
    }
}

/// The members of every object in their order, and the number of elements of every array.
private func shape(_ value: JSONValue) -> String {
    switch value {
    case .object(let members): "{" + members.map { "\($0.name)\(shape($0.value))" }.joined(separator: ",") + "}"
    case .array(let elements): "[" + elements.map(shape).joined(separator: ",") + "]"
    case .string, .null, .boolean, .integer, .number: ""
    }
}

/// All strings, or those of the members of one name.
private func strings(in value: JSONValue, named name: String? = nil) -> [String] {
    switch value {
    case .object(let members):
        members.filter { name == nil || $0.name == name || $0.value.string == nil }
            .flatMap { strings(in: $0.value, named: name) }
    case .array(let elements):
        elements.filter { name == nil || $0.string == nil }.flatMap { strings(in: $0, named: name) }
    case .string(let text): [text]
    case .null, .boolean, .integer, .number: []
    }
}

/// Control characters other than tabs and line feeds, and characters that turn the direction of writing.
func controls(in text: String) -> Set<UInt32> {
    var found: Set<UInt32> = []
    for scalar in text.unicodeScalars {
        switch scalar.value {
        case 0x09, 0x0A: continue
        case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFFFE, 0xFFFF:
            found.insert(scalar.value)
        default: continue
        }
    }
    return found
}

/// The tags of a page in their order, with the names of their attributes.
func skeleton(ofHTML page: String) -> [String] {
    var tags: [String] = []
    var tag: [UInt8] = []
    var isInTag = false
    var isInValue = false
    for byte in page.utf8 {
        switch byte {
        case UInt8(ascii: "<") where !isInValue:
            isInTag = true
            tag = []
        case UInt8(ascii: ">") where isInTag && !isInValue:
            isInTag = false
            tags.append(String(decoding: tag, as: UTF8.self))
        case UInt8(ascii: "\"") where isInTag: isInValue.toggle()
        default: if isInTag, !isInValue { tag.append(byte) }
        }
    }
    return tags
}

/// The text outside of code spans, and the number of bars that part a table's row into cells.
func skeleton(ofMarkdown report: String) -> [String] {
    report.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        var rest = Array(line.utf8)[...]
        var outside: [UInt8] = []
        var bars = 0
        var before: UInt8 = 0
        for byte in rest {
            if line.hasPrefix("|"), byte == UInt8(ascii: "|"), before != UInt8(ascii: "\\") { bars += 1 }
            before = byte
        }
        while let byte = rest.first {
            let run = rest.prefix { $0 == UInt8(ascii: "`") }
            if run.isEmpty {
                outside.append(byte)
                rest = rest.dropFirst()
                continue
            }
            rest = rest.dropFirst(run.count)
            guard let end = closing(run.count, in: rest) else { return "not closed: \(line)" }
            rest = rest[end...]
            outside.append(UInt8(ascii: "$"))
        }
        return String(decoding: outside, as: UTF8.self) + " \(bars)"
    }
}

/// The index behind the next run of exactly that many backticks.
private func closing(_ length: Int, in text: ArraySlice<UInt8>) -> Int? {
    var index = text.startIndex
    while index < text.endIndex {
        let run = text[index...].prefix { $0 == UInt8(ascii: "`") }.count
        if run == length { return index + run }
        index += max(run, 1)
    }
    return nil
}
