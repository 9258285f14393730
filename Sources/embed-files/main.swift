import Foundation

// usage: embed-files OUTPUT.swift FOLDER FILE…
//
// Writes one raw string literal per file: a literal compiles in constant time, an array of bytes
// (`.embedInCode`) takes a third of a second per kilobyte.

let arguments = CommandLine.arguments
guard arguments.count >= 3 else {
    print("usage: embed-files OUTPUT.swift FOLDER FILE…")
    exit(64)
}
let folder = arguments[2].hasSuffix("/") ? arguments[2] : arguments[2] + "/"

/// The shortest run of `#` that no run of `#` in the text can close.
func fence(for text: String) -> String {
    var longest = 0
    var run = 0
    for byte in text.utf8 {
        run = byte == UInt8(ascii: "#") ? run + 1 : 0
        longest = max(longest, run)
    }
    return String(repeating: "#", count: longest + 1)
}

var source = """
    /// A file of this target's folder, as text.
    package struct EmbeddedFile: Sendable {
        /// The path below the folder, with forward slashes.
        package let path: String
        package let text: String
    }

    package enum EmbeddedFiles {
        /// Every embedded file, in the order of their paths.
        package static let all: [EmbeddedFile] = [

    """
for path in arguments.dropFirst(3) {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let name = path.hasPrefix(folder) ? String(path.dropFirst(folder.count)) : path
    let hashes = fence(for: text + name)
    source += "        EmbeddedFile(path: \(hashes)\"\(name)\"\(hashes), text: \(hashes)\"\"\"\n"
    source += text.replacing("\r\n", with: "\n") + "\n\"\"\"\(hashes)),\n"
}
source += "    ]\n}\n"
try source.write(toFile: arguments[1], atomically: true, encoding: .utf8)
