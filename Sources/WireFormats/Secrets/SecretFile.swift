/// Which files of an image hold secrets: by their place and name, and by what they contain.
package enum SecretFile {
    /// Longer files are not searched: keys and credentials are short.
    static let longest = 256 << 10

    /// How many bytes of a file must be read; 0 for one that is not looked at.
    static func bytesWanted(_ path: RootPath, size: Int64) -> Int {
        size > 0 && size <= longest && !isPublished(path) ? Int(size) : 0
    }

    /// The names of the rules by which a file holds a secret; none for most.
    ///
    /// - Parameter content: the whole file.
    package static func rules(_ path: RootPath, _ content: [UInt8]) -> [String] {
        guard !content.isEmpty, !isPublished(path) else { return [] }
        if let rule = NamedSecret.all.first(where: { $0.matches(path) && $0.confirms(content) }) { return [rule.rule] }
        if content.prefix(512).contains(0) { return [] }
        let rules = SecretText.rules(in: content)
        if rules.isEmpty, isKeyFile(path), content.starts(with: "-----BEGIN ".utf8),
            SecretText.privateKeyHeader(at: 0, in: content) != nil
        {
            return [SecretText.privateKey]
        }
        return rules
    }

    private static func isKeyFile(_ path: RootPath) -> Bool {
        ["pem", "key"].contains(
            String(decoding: path.name.split(separator: UInt8(ascii: ".")).last ?? [], as: UTF8.self))
    }

    /// Whether a package brought it: what everyone can download, test keys above all, is no secret.
    private static func isPublished(_ path: RootPath) -> Bool {
        path.components.contains { published.contains(Array($0)) }
            || publishedFolders.contains { path.bytes.starts(with: $0) }
    }

    private static let published: Set<[UInt8]> = Set(
        ["node_modules", "site-packages", "dist-packages", "gems", "vendor_ruby"].map { Array($0.utf8) })
    private static let publishedFolders = [
        "usr/share/doc/", "usr/share/man/", "usr/lib/python", "usr/local/lib/python", "usr/local/go/", "go/pkg/mod/",
        "root/go/pkg/mod/", "usr/lib/ruby/", "usr/local/lib/ruby/", "usr/share/perl", "proc/", "sys/"
    ].map { Array($0.utf8) }
}

/// A file that programs keep secrets in, known by its name.
private struct NamedSecret: Sendable {
    /// Kebab-case.
    let rule: String
    let matches: @Sendable (RootPath) -> Bool
    /// Whether its content is more than a setting or a reference to a variable.
    let confirms: @Sendable ([UInt8]) -> Bool

    private init(
        _ rule: String, names: Set<String>, in folder: String? = nil,
        confirms: @escaping @Sendable ([UInt8]) -> Bool = { _ in true }
    ) {
        self.init(
            rule,
            matches: { path in
                guard names.contains(String(decoding: path.name, as: UTF8.self)) else { return false }
                return folder.map { path.parent.name.elementsEqual($0.utf8) } ?? true
            }, confirms: confirms)
    }

    private init(
        _ rule: String, matches: @escaping @Sendable (RootPath) -> Bool,
        confirms: @escaping @Sendable ([UInt8]) -> Bool
    ) {
        self.rule = rule
        self.matches = matches
        self.confirms = confirms
    }

    static let all = [
        NamedSecret("ssh-private-key", names: ["id_rsa", "id_dsa", "id_ecdsa", "id_ed25519"]),
        NamedSecret("environment-file", matches: isEnvironmentFile) { $0.contains(UInt8(ascii: "=")) },
        NamedSecret("npm-token", names: [".npmrc"]) { hasValue($0, after: ["_authToken", "_auth", "_password"]) },
        NamedSecret("yarn-token", names: [".yarnrc.yml"]) { hasValue($0, after: ["npmAuthToken", "npmAuthIdent"]) },
        NamedSecret("pypi-credentials", names: [".pypirc"]) { hasValue($0, after: ["password"]) },
        NamedSecret("git-credentials", names: [".git-credentials"]),
        NamedSecret("netrc", names: [".netrc", "_netrc"]) { contains($0, "password") },
        NamedSecret("postgres-password-file", names: [".pgpass"]),
        NamedSecret("aws-credentials", names: ["credentials"], in: ".aws"),
        NamedSecret("docker-credentials", names: ["config.json"], in: ".docker") {
            hasValue($0, after: ["\"auth\"", "\"identitytoken\""])
        },
        NamedSecret("docker-credentials", names: [".dockercfg"]) { hasValue($0, after: ["\"auth\""]) },
        NamedSecret("kubeconfig", names: ["config"], in: ".kube", confirms: isKubeconfig),
        NamedSecret("kubeconfig", names: ["kubeconfig", "admin.conf"], confirms: isKubeconfig),
        NamedSecret("vault-token", names: [".vault-token"]),
        NamedSecret("gcp-service-account", matches: { $0.bytes.suffix(5).elementsEqual(".json".utf8) }) {
            contains($0, "\"service_account\"") && contains($0, "\"private_key\"")
        }
    ]

    /// `.env` and `.env.NAME`, but not the example that belongs into every repository.
    @Sendable private static func isEnvironmentFile(_ path: RootPath) -> Bool {
        let name = String(decoding: path.name, as: UTF8.self).asciiLowercased
        guard name == ".env" || name.hasPrefix(".env.") else { return false }
        return !["example", "sample", "template", "dist", "default", "defaults"].contains { name.hasSuffix("." + $0) }
    }

    @Sendable private static func isKubeconfig(_ content: [UInt8]) -> Bool {
        contains(content, "clusters")
            && hasValue(content, after: ["client-key-data", "token", "password", "client-key"])
    }

    private static func contains(_ content: [UInt8], _ text: String) -> Bool {
        content.firstRange(of: Array(text.utf8)) != nil
    }

    /// Whether `name = value` or `name: value` stands there with a value that is no reference to a variable.
    private static func hasValue(_ content: [UInt8], after names: [String]) -> Bool {
        names.contains { name in
            var rest = content[...]
            while let found = rest.firstRange(of: Array(name.utf8)) {
                rest = rest[found.upperBound...]
                let value = rest.drop(while: \.isBlank)
                guard let sign = value.first, sign == UInt8(ascii: "=") || sign == UInt8(ascii: ":") else { continue }
                var text = value.dropFirst().drop(while: \.isBlank)
                if let quote = text.first, "\"'".utf8.contains(quote) { text = text.dropFirst() }
                if let first = text.first, first > 0x20, !"\"'${<".utf8.contains(first) { return true }
            }
            return false
        }
    }
}
