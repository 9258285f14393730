import TestSupport
import Testing
import WireFormats

/// Policies as real sites send them, and as nobody should; mutations start from here.
private let corpus: [String] = [
    "default-src 'self'; img-src 'self' https://static.shop.example; object-src 'none'; base-uri 'none'",
    "script-src 'nonce-kD3Jx0q8vTz1' 'strict-dynamic' https: 'unsafe-inline'; object-src 'none'; base-uri 'self'",
    "default-src 'self', script-src https://a.example:*/js/ *.b.example; report-uri /r; report-to g",
    "script-src 'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=' 'unsafe-hashes'; style-src data: blob:",
    "sandbox allow-forms; trusted-types a 'allow-duplicates'; require-trusted-types-for 'script'; frame-ancestors *",
    "default-src: self object-src none;;;, ,; IMG-SRC * ; img-src ‘none’; \u{0}\u{7F} 'nonce-'",
    "https://[::1]:443/ *:* *. .* *.* ://x :80 a:b:c 'url-sha512-_' 'eval-sha384--'", ""
]

struct HostilePolicyTests {
    private static let enormousPolicies: [String] = [
        String(repeating: "'self' ", count: 5_000), "script-src " + String(repeating: "a", count: 25_000),
        "script-src " + (0..<3_000).map { "h\($0).example" }.joined(separator: " "),
        (0..<3_000).map { "script-src h\($0).example" }.joined(separator: ","),
        (0..<3_000).map { "d\($0) 'self'" }.joined(separator: ";"), String(repeating: ",", count: 25_000),
        String(repeating: ";", count: 25_000), "script-src " + String(repeating: "*.", count: 12_500),
        "script-src " + String(repeating: "'nonce-", count: 3_000),
        "script-src https://" + String(repeating: ":", count: 22_500)
    ]

    private static let origin = try? URLReference("https://shop.example/")

    private static func read(_ lines: [String]) {
        let bytes = lines.reduce(0) { $0 + $1.utf8.count }
        let policies = ContentSecurityPolicy.policies(lines: lines)
        #expect(policies.flatMap(\.directives).count <= bytes)
        let syntax = PolicySyntax(ContentSecurityPolicy.serialized(lines: lines))
        #expect(syntax.unknown.isDisjoint(with: DirectiveName.known))
        for name in ["script-src-elem", "style-src", "base-uri", "worker-src"] {
            let lists = policies.compactMap { $0.governing(name)?.sources }
            let joined = SourceList.intersection(lists.map { $0.active(.script) }, origin: origin)
            #expect((joined == nil) == lists.isEmpty)
            if let joined { #expect(!joined.texts.isEmpty) }
            let sources = lists.flatMap(\.expressions)
            #expect(sources.allSatisfy { SourceExpression($0.text) == $0 })
        }
        for line in lines { #expect(IntegrityMetadata(line).hashes.count <= bytes) }
    }

    @Test("Changed, cut and doubled policies are read without a trap", arguments: 0..<40)
    func mutations(seed: Int) {
        var numbers = SeededNumbers(seed: UInt64(seed))
        for _ in 0..<25 {
            var bytes = Array((corpus.randomElement(using: &numbers) ?? "").utf8)
            for _ in 0..<Int.random(in: 1...6, using: &numbers) {
                let index = Int.random(in: 0...bytes.count, using: &numbers)
                switch Int.random(in: 0..<4, using: &numbers) {
                case 0: bytes.insert(UInt8.random(in: 0...255, using: &numbers), at: index)
                case 1: bytes.removeSubrange(index..<min(bytes.count, index + 5))
                case 2: bytes.insert(contentsOf: " ;,'*:/.-=".utf8.shuffled(using: &numbers).prefix(3), at: index)
                default: bytes.insert(contentsOf: Array((corpus.randomElement(using: &numbers) ?? "").utf8), at: index)
                }
            }
            let text = String(decoding: bytes, as: UTF8.self)
            Self.read([text, corpus.randomElement(using: &numbers) ?? ""])
        }
    }

    @Test("Enormous policies are read in one pass", arguments: enormousPolicies.indices)
    func enormous(index: Int) {
        let text = Self.enormousPolicies[index]
        Self.read([text, text])
    }
}
