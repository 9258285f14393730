/// What is read of an image, whoever made it.
struct ImageLimits: Sendable {
    /// Entries of an index, those of nested ones included.
    static let indexEntries = 1000
    /// Indexes within indexes.
    static let indexDepth = 4
    /// Bytes of the configurations of all platforms.
    static let configurationBytes: Int64 = 16 << 20
    static let layers = 500
    /// What a compressed archive may inflate to.
    static let archiveBytes: Int64 = 32 << 30
    /// Of `/etc/passwd` and the like.
    static let fileBytes = 1 << 20

    /// Bytes that one layer may inflate to.
    var layerBytes: Int64 = 8 << 30
    /// Bytes that all layers of all platforms may inflate to, every reading counted.
    var totalBytes: Int64 = 32 << 30
}
