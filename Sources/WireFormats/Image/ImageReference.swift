/// Where an image is asked for: `--image REF`.
package enum ImageReference: Sendable, Hashable {
    /// An OCI image layout in a folder; the selector says which of its images.
    case layout(path: String, Selector?)
    /// A file: an OCI layout or what `docker save` wrote, in a tar.
    case archive(path: String, Selector?)
    /// A folder or a file; its content says which.
    case path(String, Selector?)
    case registry(RegistryReference)
    /// An image that a container engine has, by name or id.
    case engine(String)

    /// Which of several images is meant.
    package enum Selector: Sendable, Hashable {
        case tag(String)
        case digest(ContentDigest)
    }

    /// Why a text is no reference to an image.
    package struct Problem: Error, Equatable, Sendable {
        /// One sentence fragment: what was expected.
        package let reason: String

        init(_ reason: String) { self.reason = reason }
    }

    /// The longest text that is read, in bytes.
    package static let longest = 4096

    /// Reads `oci:PATH[:tag|@digest]`, `archive:PATH[:tag|@digest]`, `docker://NAME`, `engine:NAME`; without a prefix
    /// a path if it begins with `/`, `./` or `../` or exists, else a registry's name.
    ///
    /// - Parameter exists: whether the file system has something at this path; asked with and without what may be a tag.
    package init(_ text: String, exists: (String) -> Bool) throws(Problem) {
        guard !text.isEmpty else { throw Problem("a reference to an image is missing") }
        guard text.utf8.count <= Self.longest else {
            throw Problem("a reference to an image is at most \(Self.longest) bytes long")
        }
        guard text.utf8.allSatisfy({ $0 > 0x1F && $0 != 0x7F }) else {
            throw Problem("a reference to an image holds no control characters")
        }
        if let rest = text.after("oci:") {
            let (path, selector) = try Self.place(rest, exists: exists)
            self = .layout(path: path, selector)
        } else if let rest = text.after("archive:") {
            let (path, selector) = try Self.place(rest, exists: exists)
            self = .archive(path: path, selector)
        } else if let rest = text.after("docker://") {
            self = .registry(try RegistryReference(rest))
        } else if let rest = text.after("engine:") {
            guard !rest.isEmpty else { throw Problem("engine: is followed by the name or id of an image") }
            self = .engine(rest)
        } else if ["/", "./", "../"].contains(where: text.hasPrefix) || [".", ".."].contains(text) {
            let (path, selector) = try Self.place(text, exists: exists)
            self = .path(path, selector)
        } else if exists(text) {
            self = .path(text, nil)
        } else {
            self = .registry(try RegistryReference(text))
        }
    }

    /// The reference with its path changed, and nothing that depends on what exists; nil when it has no path.
    package func moved(_ path: (String) -> String) -> String? {
        switch self {
        case .layout(let place, let selector): "oci:" + path(place) + Self.text(selector)
        case .archive(let place, let selector): "archive:" + path(place) + Self.text(selector)
        case .path(let place, let selector): Self.unmistakable(path(place)) + Self.text(selector)
        case .registry, .engine: nil
        }
    }

    private static func text(_ selector: Selector?) -> String {
        switch selector {
        case .tag(let tag): ":" + tag
        case .digest(let digest): "@" + digest.text
        case nil: ""
        }
    }

    /// A path that cannot be taken for a registry's name.
    private static func unmistakable(_ path: String) -> String {
        ["/", "./", "../"].contains(where: path.hasPrefix) ? path : "./" + path
    }

    /// Splits a path from a tag or digest behind it; a path that exists as a whole is one.
    private static func place(_ text: String, exists: (String) -> Bool) throws(Problem) -> (String, Selector?) {
        guard !text.isEmpty else { throw Problem("a path is missing") }
        if exists(text) { return (text, nil) }
        if let at = text.utf8.lastIndex(of: UInt8(ascii: "@")), text[at...].utf8.contains(UInt8(ascii: ":")) {
            guard let digest = ContentDigest(String(text[at...].dropFirst())) else {
                throw Problem("after @ a digest was expected, such as sha256: and 64 hexadecimal digits in lower case")
            }
            let path = String(text[..<at])
            guard !path.isEmpty else { throw Problem("a path is missing before the digest") }
            return (path, .digest(digest))
        }
        // A name of `docker save` has colons and slashes of its own: the longest path that is there counts. Where none
        // is, a tag holds no slash; what has one is part of the path.
        let colons = text.utf8.indices.reversed().filter { text.utf8[$0] == UInt8(ascii: ":") }
        let last = colons.first.flatMap { text[$0...].utf8.contains(UInt8(ascii: "/")) ? nil : $0 }
        guard let end = colons.first(where: { exists(String(text[..<$0])) }) ?? last else { return (text, nil) }
        let (path, tag) = (String(text[..<end]), String(text[end...].dropFirst()))
        guard !path.isEmpty else { throw Problem("a path is missing before the tag") }
        guard RegistryReference.isLayoutTag(tag) else { return (text, nil) }
        return (path, .tag(tag))
    }
}

extension String {
    fileprivate func after(_ prefix: String) -> String? { hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil }
}
