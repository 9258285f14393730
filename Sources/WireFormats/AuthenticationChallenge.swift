/// A challenge of `WWW-Authenticate` (RFC 9110 §11.6.1): a scheme with its parameters.
package struct AuthenticationChallenge: Hashable, Sendable {
    /// In lower case.
    package var scheme: String
    /// By name in lower case; of equal names the first counts.
    package var parameters: [String: String]

    package init(scheme: String, parameters: [String: String] = [:]) {
        self.scheme = scheme
        self.parameters = parameters
    }

    /// The challenges of a field's value, as far as it can be read; commas part parameters and challenges alike.
    package static func list(_ value: String) -> [AuthenticationChallenge] {
        var reader = ChallengeReader(bytes: Array(value.utf8)[...])
        return reader.list()
    }
}

private struct ChallengeReader {
    var bytes: ArraySlice<UInt8>

    mutating func list() -> [AuthenticationChallenge] {
        var challenges: [AuthenticationChallenge] = []
        while true {
            skip { " \t,".utf8.contains($0) }
            let name = token()
            if name.isEmpty { return challenges }
            skip { " \t".utf8.contains($0) }
            if bytes.first == UInt8(ascii: "="), !challenges.isEmpty {
                guard let value = value() else { return challenges }
                let last = challenges.count - 1
                if challenges[last].parameters[name] == nil { challenges[last].parameters[name] = value }
            } else {
                challenges.append(AuthenticationChallenge(scheme: name))
                skipToken68()
            }
        }
    }

    /// `="quoted"` or `=token`; nil when neither stands there.
    private mutating func value() -> String? {
        bytes = bytes.dropFirst()
        skip { " \t".utf8.contains($0) }
        guard bytes.first == UInt8(ascii: "\"") else {
            let word = bytes.prefix { $0 > 0x20 && !",\"".utf8.contains($0) }
            bytes = bytes[word.endIndex...]
            return word.isEmpty ? nil : String(decoding: word, as: UTF8.self)
        }
        bytes = bytes.dropFirst()
        var text: [UInt8] = []
        while let byte = bytes.popFirst() {
            if byte == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
            if byte == UInt8(ascii: "\\"), let escaped = bytes.popFirst() {
                text.append(escaped)
            } else {
                text.append(byte)
            }
        }
        return nil
    }

    /// `Negotiate YWJj=`: the credentials' form without parameters, up to the next comma.
    private mutating func skipToken68() {
        let word = bytes.prefix { Self.isTokenByte($0) || $0 == UInt8(ascii: "/") }
        let rest = bytes[word.endIndex...].drop { $0 == UInt8(ascii: "=") }
        if rest.first.map({ $0 == UInt8(ascii: ",") }) ?? true { bytes = rest }
    }

    private mutating func token() -> String {
        let word = bytes.prefix(while: Self.isTokenByte)
        bytes = bytes[word.endIndex...]
        return String(decoding: word, as: UTF8.self).lowercased()
    }

    private mutating func skip(_ isSkipped: (UInt8) -> Bool) { bytes = bytes.drop(while: isSkipped) }

    /// RFC 9110 §5.6.2.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
            || "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
}
