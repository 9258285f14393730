/// The name of an image in a registry, as Docker's tools read it (github.com/distribution/reference).
package struct RegistryReference: Sendable, Hashable {
    /// `docker.io`, `registry.example.com`, `localhost`, an IPv6 address in brackets; as it was written but for Docker Hub.
    package let domain: String
    /// nil for the scheme's own.
    package let port: Int?
    /// The repository, with `library/` for Docker Hub's own images.
    package let repository: String
    /// `latest` when neither a tag nor a digest was stated.
    package let tag: String?
    /// Whether the tag was written down.
    package let statesTag: Bool
    package let digest: ContentDigest?

    /// The host to ask: Docker Hub's registry has another name than its images.
    package var registryHost: String { domain == Self.dockerHub ? "registry-1.docker.io" : domain }

    /// Host and port of the registry, the port only when it was stated.
    package var registryAuthority: String { registryHost + (port.map { ":\($0)" } ?? "") }

    /// What stands behind `/manifests/` in a request: the digest when there is one, else the tag.
    package var manifestReference: String { digest?.text ?? tag ?? Self.defaultTag }

    /// The reference in full: `docker.io/library/alpine:3.20`.
    package var text: String {
        domain + (port.map { ":\($0)" } ?? "") + "/\(repository)" + (tag.map { ":\($0)" } ?? "")
            + (digest.map { "@\($0.text)" } ?? "")
    }

    static let dockerHub = "docker.io"
    static let defaultTag = "latest"
    /// Bytes of a repository's name with its domain.
    static let longestName = 255

    /// Reads `[domain[:port]/]path[:tag][@digest]`; a first component is a domain when it has a dot, a colon or an upper-case
    /// letter, or is `localhost`.
    package init(_ text: String) throws(ImageReference.Problem) {
        if text.utf8.count == 64, text.utf8.allSatisfy({ $0.isASCIIDigit || (0x61...0x66).contains($0) }) {
            throw .init("64 hexadecimal digits are an image's id, which no registry knows")
        }
        var rest = Substring(text)
        var digest: ContentDigest?
        if let at = rest.firstIndex(of: "@") {
            digest = ContentDigest(String(rest[rest.index(after: at)...]))
            guard digest != nil else {
                throw .init("after @ a digest was expected, such as sha256: and 64 hexadecimal digits in lower case")
            }
            rest = rest[..<at]
        }
        var tag: String?
        if let colon = rest.lastIndex(of: ":"), !rest[colon...].contains("/"), !rest[colon...].contains("]") {
            let stated = String(rest[rest.index(after: colon)...])
            guard Self.isTag(stated) else {
                throw .init("after : a tag was expected, at most 128 letters, digits, dots, hyphens and underscores")
            }
            tag = stated
            rest = rest[..<colon]
        }
        let (domain, path) = Self.split(rest)
        (self.domain, port) = try Self.domainAndPort(domain)
        repository = self.domain == Self.dockerHub && !path.contains("/") ? "library/\(path)" : String(path)
        try Self.check(path)
        guard self.domain.utf8.count + 1 + repository.utf8.count <= Self.longestName else {
            throw .init("a repository's name with its registry is at most \(Self.longestName) bytes long")
        }
        statesTag = tag != nil
        self.tag = tag ?? (digest == nil ? Self.defaultTag : nil)
        self.digest = digest
    }

    /// A letter, digit or underscore, then at most 127 of those, dots and hyphens.
    static func isTag(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, bytes.count <= 128, isWord(first) else { return false }
        return bytes.allSatisfy { isWord($0) || ".-".utf8.contains($0) }
    }

    /// What the annotation `org.opencontainers.image.ref.name` may hold (OCI image-spec, annotations.md).
    static func isLayoutTag(_ text: String) -> Bool {
        guard let first = text.utf8.first, text.utf8.count <= 256, isWord(first) else { return false }
        return text.utf8.allSatisfy { isWord($0) || ".-+@:/".utf8.contains($0) }
    }

    private static func isWord(_ byte: UInt8) -> Bool { byte.isASCIILetter || byte.isASCIIDigit || byte == 0x5F }

    private static func split(_ name: Substring) -> (domain: Substring, path: Substring) {
        guard let slash = name.firstIndex(of: "/") else { return (Substring(dockerHub), name) }
        let first = name[..<slash]
        let isDomain =
            first.utf8.contains { ".:[".utf8.contains($0) || (0x41...0x5A).contains($0) } || first == "localhost"
        guard isDomain else { return (Substring(dockerHub), name) }
        let path = name[name.index(after: slash)...]
        return (first == "index.docker.io" ? Substring(dockerHub) : first, path)
    }

    private static func domainAndPort(_ text: Substring) throws(ImageReference.Problem) -> (String, Int?) {
        var host = text
        var port: Int?
        if let colon = text.lastIndex(of: ":"), !text[colon...].contains("]") {
            let digits = text[text.index(after: colon)...]
            guard digits.utf8.allSatisfy(\.isASCIIDigit), digits.utf8.count <= 5, let number = Int(digits),
                (1...65535).contains(number)
            else { throw .init("after the registry's name and : a port from 1 to 65535 was expected") }
            port = number
            host = text[..<colon]
        }
        if host.hasPrefix("[") {
            guard host.hasSuffix("]"), IPAddress(String(host.dropFirst().dropLast()))?.isVersion6 == true else {
                throw .init("between the brackets an IPv6 address was expected")
            }
            return (String(host), port)
        }
        let isName = host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy {
            label in
            guard let first = label.first, let last = label.last else { return false }
            return [first, last].allSatisfy { $0.isASCIILetter || $0.isASCIIDigit }
                && label.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "-") }
        }
        guard isName else { throw .init("the registry's name is no host name") }
        return (String(host), port)
    }

    /// Components of lower-case letters and digits, between them one dot, one or two underscores, or hyphens.
    private static func check(_ path: Substring) throws(ImageReference.Problem) {
        guard !path.isEmpty else { throw .init("the name of an image was expected, such as alpine:3.20") }
        if path.utf8.contains(where: { (0x41...0x5A).contains($0) }) {
            throw .init("a repository's name has no upper-case letters")
        }
        for component in path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            guard isComponent(component) else {
                throw .init(
                    "a repository's name has components of lower-case letters and digits, separated by . _ __ or -")
            }
        }
    }

    private static func isComponent(_ bytes: Substring.UTF8View) -> Bool {
        var separator: [UInt8] = []
        var hasWord = false
        for byte in bytes {
            if byte.isASCIIDigit || (0x61...0x7A).contains(byte) {
                guard separator.isEmpty || hasWord && isSeparator(separator) else { return false }
                separator = []
                hasWord = true
            } else {
                separator.append(byte)
            }
        }
        return hasWord && separator.isEmpty
    }

    private static func isSeparator(_ bytes: [UInt8]) -> Bool {
        [[0x2E], [0x5F], [0x5F, 0x5F]].contains(bytes) || bytes.allSatisfy { $0 == UInt8(ascii: "-") }
    }
}
