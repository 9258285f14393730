/// Which names say that their value is secret.
package enum SecretNames {
    /// Parts of a name in lower case without separators.
    private static let parts = [
        "password", "passwd", "passphrase", "secret", "token", "apikey", "accesskey", "privatekey", "signingkey",
        "encryptionkey", "authorization", "credential", "connectionstring", "connstr", "sessionid", "bearer", "jwt"
    ].map { Array($0.utf8) }
    private static let wholeNames: Set<String> = ["pwd", "dsn", "cookie", "cookies", "setcookie"]
    private static let queryNames: Set<String> = [
        "pass", "key", "sig", "signature", "auth", "sid", "session", "sas", "code"
    ]

    /// A member of a JSON object, a key of a configuration, a header field.
    package static func isSecret(_ name: some Sequence<UInt8>) -> Bool {
        let name = folded(name)
        return wholeNames.contains(name) || parts.contains { name.utf8.contains(bytes: $0) }
    }

    /// A parameter of a query or a form.
    package static func isSecretParameter(_ name: some Sequence<UInt8>) -> Bool {
        let name = folded(name)
        return queryNames.contains(name) || name.hasSuffix("signature") || isSecret(name.utf8)
    }

    /// Words that a health endpoint answers with: they stand under names such as `tokenService` and hide nothing.
    package static func isPlainAnswer(_ value: some StringProtocol) -> Bool {
        plainAnswers.contains(value.lowercased())
    }

    private static let plainAnswers: Set<String> = [
        "", "up", "down", "ok", "pass", "passed", "fail", "failed", "failing", "warn", "warning", "healthy",
        "unhealthy", "degraded", "out_of_service", "unknown", "ready", "not ready", "alive", "error", "success",
        "online", "offline",
        "connected", "disconnected", "available", "unavailable", "running", "stopped", "true", "false", "none", "null",
        "enabled", "disabled", "bearer"
    ]

    private static func folded(_ name: some Sequence<UInt8>) -> String {
        String(decoding: name.filter { $0.isASCIILetter || $0.isASCIIDigit }, as: UTF8.self).lowercased()
    }
}

extension String.UTF8View {
    /// Whether these bytes stand anywhere; on short texts faster than a search in characters.
    fileprivate func contains(bytes part: [UInt8]) -> Bool {
        var rest = self[...]
        while rest.count >= part.count {
            if rest.starts(with: part) { return true }
            rest = rest.dropFirst()
        }
        return false
    }
}
