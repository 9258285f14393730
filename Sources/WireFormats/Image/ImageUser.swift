/// `config.User` of an image: a user and a group, each a number or a name (OCI image-spec, config.md).
package struct ImageUser: Sendable, Equatable {
    package enum Part: Sendable, Equatable {
        /// Empty, or not there.
        case none
        /// In 64 bits; the range is another question.
        case number(Int64)
        case name(String)
    }

    package let user: Part
    /// What follows the first colon, up to the second.
    package let group: Part
    /// What Docker and Podman leave out; containerd refuses the whole.
    let hasThirdPart: Bool

    /// Splits at colons and takes for a number what Go's `strconv.Atoi` takes for one.
    ///
    /// - Parameter text: nil when the configuration has none.
    package init(_ text: String?) {
        let bytes = (text ?? "").utf8
        let colon = bytes.firstIndex(of: UInt8(ascii: ":"))
        let rest = colon.map { bytes[bytes.index(after: $0)...] } ?? bytes[bytes.endIndex...]
        user = Self.part(bytes[..<(colon ?? bytes.endIndex)])
        let groupPart = rest.prefix { $0 != UInt8(ascii: ":") }
        group = Self.part(groupPart)
        hasThirdPart = groupPart.endIndex < rest.endIndex
    }

    private static func part(_ bytes: Substring.UTF8View) -> Part {
        if bytes.isEmpty { return .none }
        // Beyond 64 bits Atoi fails, and the digits count as a name.
        if case .number(let number) = GoInteger(bytes) { return .number(number) }
        return .name(String(Substring(bytes)))
    }

    /// Whether the user part is a number.
    package var isNumeric: Bool {
        if case .number = user { return true }
        return false
    }

    /// What runtimes accept without a line in an account file: beyond, some take ids for none and some cut them.
    static let identifiers: ClosedRange<Int64> = 0...2_147_483_647
}

extension ImageUser.Part {
    /// Whether a line of `/etc/passwd` or `/etc/group` decides as whom, or whether, the image runs.
    package var needsAccounts: Bool {
        switch self {
        case .none: false
        case .number(let id): !ImageUser.identifiers.contains(id)
        case .name: true
        }
    }
}

/// What is known of an account file of the merged root.
package enum AccountSource: Sendable, Equatable {
    /// Nobody looked.
    case notRead
    /// There is none, or none that can be opened; a runtime takes that for an empty one.
    case missing
    /// `layer` is the one that decides about it, from 0 at the bottom.
    case text(String, layer: Int?)
    /// It is there and could not be read here; nothing follows from it. The reason is a sentence fragment.
    case unreadable(String)
}

/// As whom an image runs, by the rules of container runtimes (moby/sys/user, `GetExecUser`; runc).
package struct ResolvedUser: Sendable, Equatable {
    package enum Verdict: String, Sendable, CaseIterable {
        case root, nonroot
        /// The runtime refuses it: no container starts.
        case unstartable
        /// What decides could not be read.
        case unknown
    }

    package enum Source: String, Sendable, CaseIterable {
        /// No user is stated.
        case standard = "default"
        case numeric, passwd
        case unresolved
    }

    package enum Group: Sendable, Equatable {
        case known(Int64)
        /// It stands in a file that was not read; the fragment says why.
        case unknown(String)
        /// No container starts.
        case none
    }

    package var verdict: Verdict
    /// nil when no container starts, or nobody knows.
    package var userID: Int64?
    package var group: Group
    package var source: Source
    /// The layer whose `/etc/passwd` decided; nil when none did.
    package var passwdLayer: Int?
    /// One sentence without its full stop.
    package var reason: String
}
