/// One member of a tar archive, its name and size as GNU and PAX extensions give them.
package struct TarEntry: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        case file, hardLink, symbolicLink, characterDevice, blockDevice, directory, fifo
        /// A type flag of which container runtimes unpack nothing; it has content like a file.
        case other(UInt8)
    }

    /// As it stands in the archive: any bytes but NUL.
    package var name: [UInt8]
    package var kind: Kind
    /// Permission bits with set-user-ID, set-group-ID and sticky: at most 0o7777.
    package var mode: Int
    package var userID: Int64
    package var groupID: Int64
    /// Bytes of content in the archive; 0 for links, directories and devices.
    package var size: Int64
    /// Where a hard or symbolic link leads; empty for others.
    package var linkName: [UInt8]
    /// Whether the content leaves out holes, so that its bytes are not the file's.
    package var isSparse: Bool
    /// Where the content begins in the archive, in bytes.
    package var contentOffset: Int64

    package init(
        name: [UInt8], kind: Kind, mode: Int = 0o644, userID: Int64 = 0, groupID: Int64 = 0, size: Int64 = 0,
        linkName: [UInt8] = [], isSparse: Bool = false, contentOffset: Int64 = 0
    ) {
        self.name = name
        self.kind = kind
        self.mode = mode
        self.userID = userID
        self.groupID = groupID
        self.size = size
        self.linkName = linkName
        self.isSparse = isSparse
        self.contentOffset = contentOffset
    }
}

/// Why a stream is no tar archive that could be read to its end.
package struct TarError: Error, Equatable, Sendable {
    package enum Code: String, Sendable, CaseIterable {
        /// The stream ended inside an entry or a header.
        case truncated
        case malformed
        /// A bound was reached.
        case tooLarge = "too-large"
    }

    package let code: Code
    /// One sentence fragment in lower case; it quotes nothing of the archive.
    package let reason: String
    /// Bytes from the start of the archive to where the fault was seen.
    package let offset: Int64

    package init(_ code: Code, _ reason: String, offset: Int64) {
        self.code = code
        self.reason = reason
        self.offset = offset
    }
}
