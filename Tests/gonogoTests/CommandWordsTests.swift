import Testing
import gonogo

/// A command that is read alone is the one that the whole tree reads; what it refuses, the whole tree says.
struct CommandWordsTests {
    static let accepted: [String] = [
        "audit", "audit https://a.example", "audit https://a.example --strict --fail-on high --report junit=a.xml",
        "audit --config a.yaml --environment staging --checklist tls --checklist own.yaml --report=html=- --record r",
        "observe https://a.example --record r.json --timeout 2s", "judge r.json --as-of 2026-11-21T00:00:00Z --strict",
        "report result.json --report html=a.html --report text", "report r.json --redact --verbose --github on",
        "diff old.json new.json --quiet --report json=a.json",
        "audit https://a.example --previous old.json --github off",
        "demo --healthy --output out", "init",
        "facts", "facts tls --json", "checklist list", "checklist show tls", "checklist lint a.yaml b.yaml",
        "checklist schema audit", "checklist", "decisions list --within 30d", "decisions verify --as-of x", "decisions",
        "attest on-call --answer pass --statement s --by a --evidence a.pdf https://a.example --sign key",
        "attest --poll --recording r.json", "attest", "waive hsts --reason r --risk x --requested-by a --approved-by b",
        "probe tls a.example", "probe tls a b c --json --facts versions,protocols --set connections=3 --set delay=5",
        "probe tls --json a", "probe --json tls a", "probe -- tls a", "probe tls a -- --json",
        "probe tls a --ca=x --active",
        "probe tls a --resolve a=127.0.0.1 --resolve b:1=[::1]:2", "probe tls probe", "probe tls help"
    ]

    static let refused: [String] =
        ["", "--help", "--version", "help", "help probe", "prob", "--wrong", "help checklist list"]
        + [
            "audit", "observe", "judge", "report", "diff", "probe", "facts", "checklist", "demo", "init", "attest",
            "waive",
            "decisions"
        ].flatMap { name in
            [
                "\(name) --help", "\(name) -h", "\(name) x --wrong", "\(name) x --version",
                "\(name) a b c d e --strict=1",
                "\(name) --generate-completion-script bash", "\(name) --generate-completion-script"
            ]
        } + [
            "probe", "probe tls", "probe tls a --facts", "judge", "report", "diff", "diff a",
            "audit a --quiet --verbose", "judge a --github often", "checklist wrong", "checklist show", "waive"
        ]

    @Test("a line is read as the whole tree reads it", arguments: accepted + refused)
    func agreement(_ line: String) {
        let words = line.split(separator: " ").map(String.init)
        #expect(outcome { try CommandWords.command(words) } == outcome { try CommandWords.commandOfTree(words) })
    }

    @Test("a command that is accepted is the one of the first word", arguments: accepted)
    func command(_ line: String) throws {
        let words = line.split(separator: " ").map(String.init)
        let type = type(of: try CommandWords.command(words))
        #expect("\(type)".lowercased().hasPrefix(words[0]) || ["checklist", "decisions"].contains(words[0]))
    }

    /// The command with all its values, or the error with the commands that it is about.
    ///
    /// Its lines are sorted: in an error stand sets, whose order is another in each.
    private func outcome(_ parse: () throws -> Any) -> [Substring] {
        var text = ""
        do {
            dump(try parse(), to: &text)
        } catch {
            dump(error, to: &text)
        }
        return text.split(separator: "\n").sorted()
    }
}
