import AuditModel

extension Shape<String> {
    /// An absolute HTTP or HTTPS address with a host (RFC 9110 §4.2).
    static let webURL = text(
        "invalid-url", pattern: "^[Hh][Tt][Tt][Pp][Ss]?://[^/\\s?#]+[^\\s]*$",
        expected: "an http:// or https:// address without spaces"
    ) { text in
        let lower = text.prefix(8).lowercased()
        guard let scheme = ["https://", "http://"].first(where: lower.hasPrefix) else { return false }
        let rest = text.dropFirst(scheme.count)
        let host = rest.prefix { !"/?#".contains($0) }
        return !host.isEmpty && !rest.unicodeScalars.contains { $0.value <= 0x20 || $0.value == 0x7F }
    }

    /// A path on the service.
    static let servicePath = text("invalid-path", pattern: "^/\\S*$", expected: "a path that begins with /") { text in
        text.hasPrefix("/") && !text.unicodeScalars.contains { $0.value <= 0x20 || $0.value == 0x7F }
    }

    /// The name of an environment variable (POSIX.1-2017 §8.1, with lower case).
    static let variableName = text(
        "invalid-variable", pattern: "^[A-Za-z_][A-Za-z0-9_]*$", expected: "the name of an environment variable"
    ) { text in
        let isDigit: (UInt8) -> Bool = { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        return !(text.utf8.first.map(isDigit) ?? true) && text.utf8.allSatisfy { isWord($0) }
    }

    /// What a header's value may hold (RFC 9110 §5.5).
    static let fieldValue = text("invalid-header", pattern: nil, expected: "a header value of one line") { text in
        text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
    }

    /// 7 to 64 hexadecimal digits: a commit, abbreviated or whole.
    static let commit = text(
        "invalid-commit", pattern: "^[0-9a-f]{7,64}$", expected: "a commit of 7 to 64 lower-case hexadecimal digits"
    ) { (7...64).contains($0.utf8.count) && isLowerHexadecimal($0) }

    /// A branch, tag or commit, without what Git would read as an option, a range or a path in it.
    static let gitRevision = text(
        "invalid-revision", pattern: "^[^-\\s:~^?*\\[\\\\][^\\s:?*\\[\\\\]*$",
        expected: "a branch, tag or commit such as origin/main"
    ) { text in
        !text.hasPrefix("-") && !text.hasPrefix("^") && !text.hasPrefix("~") && !text.contains("..")
            && text.unicodeScalars.allSatisfy {
                $0.value > 0x20 && $0.value != 0x7F && !":?*[\\".unicodeScalars.contains($0)
            }
    }

    /// A file below the folder it is named from: relative, and never upwards.
    static let pathBelow = text(
        "outside", pattern: "^[^/]", expected: "a path below the folder of the audit file, without .."
    ) { text in
        !text.hasPrefix("/") && !text.split(separator: "/").contains("..") && !text.utf8.contains(0)
    }

    /// The name of a file beside the one that names it.
    static let siblingFile = text(
        "invalid-name", pattern: "^[^/]+\\.ya?ml$", expected: "the name of a .yaml file in the same folder"
    ) { text in
        !text.contains("/") && (text.hasSuffix(".yaml") || text.hasSuffix(".yml")) && !text.hasPrefix(".")
    }

    /// The digest of an image or archive.
    static let artifact = text(
        "invalid-digest", pattern: "^(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$",
        expected: "sha256: and 64 lower-case hexadecimal digits"
    ) { text in
        let lengths = ["sha256:": 64, "sha512:": 128]
        return lengths.contains { prefix, length in
            text.hasPrefix(prefix) && text.utf8.count == prefix.utf8.count + length
                && isLowerHexadecimal(text.dropFirst(prefix.count))
        }
    }

    /// A SHA-256, upper case accepted and lowered.
    static let sha256 = text(
        "invalid-digest", pattern: "^[0-9a-fA-F]{64}$", expected: "64 hexadecimal digits"
    ) { $0.utf8.count == 64 && isLowerHexadecimal($0.lowercased()) }
    .then { text, _, _, _ in text.lowercased() }
}

extension Shape<LocatedName> {
    /// The same text with its place.
    static func located(_ shape: Shape<String>) -> Shape {
        shape.then { text, node, _, findings in LocatedName(text, at: findings.location(node.position)) }
    }
}

/// `A-Z a-z 0-9 _`
private func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        true
    default: false
    }
}

/// Whether a text is a token, as names of headers are (RFC 9110 §5.6.2).
func isToken(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { isWord($0) || "!#$%&'*+-.^`|~".utf8.contains($0) }
}

private func isLowerHexadecimal(_ text: some StringProtocol) -> Bool {
    text.utf8.allSatisfy { byte in
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") || byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "f")
    }
}
