import AuditModel
import Yams

/// A text in which private-use characters stand for what the YAML parser must not see: aliases and repeated keys.
///
/// Yams expands aliases before anyone can count them and gives up at the first mapping with a repeated key. So every
/// `*` is replaced before parsing, which turns an alias into a plain text that `YAMLTree` resolves, and the first
/// character of a repeated key's earlier occurrence is replaced until the parser accepts the file. All replacements
/// keep lines and columns.
struct MarkedSource {
    /// The parser owns the anchors, to which its nodes hold weak references only.
    let parser: Parser
    let root: Node?
    /// Stands for `*`; nil when the text has none.
    let asteriskMarker: Unicode.Scalar?
    /// Keys of which the first character was replaced, by their place.
    let renamedKeys: [YAMLPosition: String]

    /// How many bytes may be parsed again for repeated keys.
    private static let budget = 2 << 20

    init(_ source: YAMLText, file: String) throws(Diagnostics) {
        var markers = (0xE000...0xF8FF).lazy.compactMap { Unicode.Scalar($0 as UInt32) }
            .filter { !source.privateUse.contains($0) }.makeIterator()
        var bytes = Array(source.text.utf8)
        asteriskMarker = source.hasAsterisk ? markers.next() : nil
        if source.hasAsterisk {
            guard let asteriskMarker else { throw Diagnostics([Diagnostic(noMarkerIn: file)]) }
            bytes = replaceAsterisks(bytes, with: asteriskMarker)
        }
        var renamed: [YAMLPosition: String] = [:]
        var spent = 0
        while true {
            do throws(YamlError) {
                (parser, root) = try Self.parsed(bytes)
                renamedKeys = renamed
                return
            } catch {
                guard case .duplicatedKeysInMapping(let names, let context) = error else {
                    throw Diagnostics([Diagnostic(error, file: file)] + Self.repeated(renamed, file: file))
                }
                let position = YAMLPosition(context.mark)
                renamed[position] = names.first ?? ""
                spent += bytes.count
                guard spent < Self.budget, let marker = markers.next(),
                    replaceKeyStart(at: position, in: &bytes, with: marker)
                else { throw Diagnostics(Self.repeated(renamed, file: file)) }
            }
        }
    }

    private static func parsed(_ bytes: [UInt8]) throws(YamlError) -> (Parser, Node?) {
        _ = NestingLimit.isSet
        do {
            let parser = try Parser(yaml: String(decoding: bytes, as: UTF8.self), resolver: .basic, encoding: .utf8)
            return (parser, try parser.singleRoot())
        } catch {
            // Yams throws nothing else, but does not say so in its types.
            throw error as? YamlError ?? .no
        }
    }

    /// The keys known to be repeated, where the file cannot be read and their other places remain unknown.
    private static func repeated(_ keys: [YAMLPosition: String], file: String) -> [Diagnostic] {
        keys.map { position, name in
            Diagnostic(
                "duplicate-key", "the key \(quoted(name)) stands more than once",
                at: SourceLocation(position, in: file))
        }
    }
}

private func replaceAsterisks(_ bytes: [UInt8], with marker: Unicode.Scalar) -> [UInt8] {
    let marker = Array(String(marker).utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + bytes.count / 8)
    for byte in bytes {
        if byte == UInt8(ascii: "*") { result += marker } else { result.append(byte) }
    }
    return result
}

extension Diagnostic {
    fileprivate init(noMarkerIn file: String) {
        self.init(
            "encoding", "the file uses every private-use character (U+E000 to U+F8FF)",
            at: SourceLocation(.start, in: file))
    }
}
