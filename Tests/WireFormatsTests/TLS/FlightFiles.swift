import Foundation
import Testing

/// Bytes in a text file: hexadecimal digits, and lines that begin with a hash, which say where they are from.
struct FlightFile: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    var testDescription: String { name }

    /// Answers that real servers gave.
    static let recorded = files(in: "Flights")
    /// Answers that no server should give.
    static let hostile = files(in: "Hostile")

    static func named(_ name: String) throws -> [UInt8] {
        try #require(recorded.first { $0.name == name }).bytes
    }

    private static func files(in folder: String) -> [FlightFile] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: folder)
        let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        return files.filter { $0.pathExtension == "hex" }.sorted { $0.path < $1.path }.map { file in
            FlightFile(name: file.deletingPathExtension().lastPathComponent, bytes: bytes(of: file))
        }
    }

    private static func bytes(of file: URL) -> [UInt8] {
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return [UInt8](hexadecimal: text.split(separator: "\n").filter { !$0.hasPrefix("#") }.joined())
    }
}

extension [UInt8] {
    /// The bytes of pairs of hexadecimal digits; blanks do not count.
    init(hexadecimal text: String) {
        let digits = text.compactMap(\.hexDigitValue)
        self = stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
