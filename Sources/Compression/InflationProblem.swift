/// Why a stream could not be inflated to its end.
package enum InflationProblem: Error, Hashable, Sendable {
    /// The compressed data break their format's rules, a checksum does not match, or something else follows them.
    case malformed(CompressionFormat, String)
    /// The stream ends before its format's end.
    case truncated(CompressionFormat)
    /// The stream inflates to more bytes than it may.
    case tooLarge(limit: Int64)
    /// The stream asks for more memory than it gets.
    case needsTooMuchMemory(CompressionFormat)

    /// One sentence fragment about the stream; nothing of its content is in it.
    package var reason: String {
        switch self {
        case .malformed(let format, let what): "is no sound \(format.rawValue) stream: \(what)"
        case .truncated(let format): "ends within its \(format.rawValue) stream"
        case .tooLarge(let limit): "inflates to more than \(limit) bytes"
        case .needsTooMuchMemory(let format): "needs too much memory to be inflated (\(format.rawValue))"
        }
    }
}
