import AuditModel
import JSON

/// What a target, a careless colleague or an attacker may write into any text of a result.
let hostileTexts = [
    "<script>alert(1)</script>", "]]><failure/>", "\"><img src=x onerror=alert(1)>", "</style></summary></details>",
    "\u{1B}[31mred\u{1B}[0m \u{1B}]0;title\u{07} \u{1B}]8;;https://evil.test\u{1B}\\link",
    "a\u{0}b\u{1}c\u{7F}d\u{9B}31m",
    "\u{FFFE}\u{FFFF}\u{202E}gnp.exe\u{2066}\u{200F}\u{061C}", "``` `` ` | \\| *_~[x](javascript:alert(1))",
    "`", "|", "@user #12 GH-12 www.evil.test https://evil.test :smile: a@b.test", "::error::injected",
    "line\n::set-output name=x::y\n##[add-mask]z\r\n# heading\r- list\u{2028}1. one\u{85}", "&amp; &#27; &lt;b&gt; %0A",
    " ", "\t\n", "<!-- ", "--> <![CDATA[", "{{7*7}} ${x} $(id)", String(repeating: "\u{1B}]", count: 3000),
    String(repeating: "<|`@", count: 25_000)
]

extension AuditResult {
    /// This result with every free text replaced: all strings and names that are not of a closed set.
    func rewritten(with text: String) throws -> AuditResult {
        var counter = 0
        func next() -> String {
            counter += 1
            return text + " \(counter)"
        }
        return try JSONValue(encoding: self)
            .rewritten { path, old in
                FreeText.paths.contains(path) ? next() : old
            } names: { _ in
                next()
            }
            .decode(AuditResult.self)
    }
}

extension Samples {
    /// A result in which each text is another hostile one, for readers that are no programs of ours.
    static func hostile() throws -> AuditResult {
        let texts = hostileTexts.filter { $0.utf8.count < 1000 }
        var counter = 0
        func next() -> String {
            counter += 1
            return "\(texts[counter % texts.count]) \(counter)"
        }
        return try JSONValue(encoding: changed)
            .rewritten(strings: { FreeText.paths.contains($0) ? next() : $1 }, names: { _ in next() })
            .decode(AuditResult.self)
    }
}

/// Which strings of a result are free text, found out by asking the decoder once.
enum FreeText {
    static let paths: Set<[String]> = {
        var free: Set<[String]> = []
        for (_, result) in Samples.all {
            guard let json = try? JSONValue(encoding: result) else { continue }
            var candidates: Set<[String]> = []
            _ = json.rewritten { path, old in
                candidates.insert(path)
                return old
            }
            for candidate in candidates.subtracting(free) {
                let probe = json.rewritten { path, old in path == candidate ? "free text" : old }
                if (try? probe.decode(AuditResult.self)) != nil { free.insert(candidate) }
            }
        }
        return free
    }()
}

extension JSONValue {
    /// Objects whose members' names come from files or targets.
    private static let openObjects: Set<String> = ["labels", "controls", "parameters", "facts", "unobserved"]

    /// The value with its strings replaced, and the names in open objects; array indices are no part of a path.
    func rewritten(
        at path: [String] = [], strings: ([String], String) -> String, names: (String) -> String = { $0 }
    ) -> JSONValue {
        switch self {
        case .string(let text): return .string(strings(path, text))
        case .array(let elements):
            return .array(elements.map { $0.rewritten(at: path, strings: strings, names: names) })
        case .object(let members):
            let isOpen = path.contains(where: JSONValue.openObjects.contains)
            return .object(
                members.map { member in
                    // Below `unobserved` stand failures, whose own members are not open.
                    let isName = isOpen && !["code", "reason"].contains(member.name)
                    return Member(
                        isName ? names(member.name) : member.name,
                        member.value.rewritten(
                            at: path + [isName ? "*" : member.name], strings: strings, names: names))
                })
        case .null, .boolean, .integer, .number: return self
        }
    }
}

/// A result of many items in every state, for limits and completeness.
func largeResult(items count: Int) -> AuditResult {
    let templates = Samples.noGo.items
    let items = (0..<count).map { index in
        var item = templates[index % templates.count]
        item.id += "-\(index)"
        return item
    }
    var large = Samples.noGo
    large.items = items
    for status in Status.allCases { large.counts[status] = items.count { $0.status == status } }
    large.counts.total = count
    return large
}
