/// A token that its issuer made recognisable: a beginning, and how many characters of which kind follow.
package struct SecretToken: Sendable {
    /// Kebab-case.
    package let rule: String
    package let prefix: [UInt8]
    package let leastCount: Int
    private let holds: @Sendable (UInt8) -> Bool

    private init(
        _ rule: String, _ prefix: String, atLeast leastCount: Int,
        holding holds: @escaping @Sendable (UInt8) -> Bool = isWord
    ) {
        self.rule = rule
        self.prefix = Array(prefix.utf8)
        self.leastCount = leastCount
        self.holds = holds
    }

    /// The token that begins here, with its end; the caller knows that a word begins here.
    package static func token(at start: Int, in bytes: [UInt8]) -> (token: SecretToken, end: Int)? {
        guard let candidates = byFirstByte[bytes[start]] else { return nil }
        for token in candidates where bytes[start...].starts(with: token.prefix) {
            let word = bytes[(start + token.prefix.count)...].prefix { token.holds($0) }
            if word.count >= token.leastCount { return (token, word.endIndex) }
        }
        return nil
    }

    /// Whether a token may begin with this byte.
    static func mayBegin(with byte: UInt8) -> Bool { firstBytes[Int(byte)] }

    private static let isWord: @Sendable (UInt8) -> Bool = { $0.isASCIILetter || $0.isASCIIDigit || $0 == 0x5F }
    private static let isUpperOrDigit: @Sendable (UInt8) -> Bool = {
        $0.isASCIIDigit || (0x41...0x5A).contains($0)
    }
    private static let isWordOrHyphen: @Sendable (UInt8) -> Bool = { isWord($0) || $0 == UInt8(ascii: "-") }

    private static let all = [
        SecretToken("aws-access-key-id", "AKIA", atLeast: 16, holding: isUpperOrDigit),
        SecretToken("aws-access-key-id", "ASIA", atLeast: 16, holding: isUpperOrDigit),
        SecretToken("github-token", "ghp_", atLeast: 20), SecretToken("github-token", "gho_", atLeast: 20),
        SecretToken("github-token", "ghu_", atLeast: 20), SecretToken("github-token", "ghs_", atLeast: 20),
        SecretToken("github-token", "ghr_", atLeast: 20), SecretToken("github-token", "github_pat_", atLeast: 20),
        SecretToken("gitlab-token", "glpat-", atLeast: 16, holding: isWordOrHyphen),
        SecretToken("stripe-key", "sk_live_", atLeast: 16), SecretToken("stripe-key", "rk_live_", atLeast: 16),
        SecretToken("slack-token", "xoxb-", atLeast: 10, holding: isWordOrHyphen),
        SecretToken("slack-token", "xoxp-", atLeast: 10, holding: isWordOrHyphen),
        SecretToken("google-api-key", "AIza", atLeast: 30, holding: isWordOrHyphen),
        SecretToken("npm-token", "npm_", atLeast: 36),
        SecretToken("pypi-token", "pypi-AgEI", atLeast: 50, holding: isWordOrHyphen),
        SecretToken("docker-hub-token", "dckr_pat_", atLeast: 20, holding: isWordOrHyphen),
        SecretToken("vault-token", "hvs.", atLeast: 24, holding: isWordOrHyphen)
    ]

    private static let byFirstByte = Dictionary(grouping: all) { $0.prefix[0] }
    private static let firstBytes = (0...255).map { byFirstByte[UInt8($0)] != nil }
}
