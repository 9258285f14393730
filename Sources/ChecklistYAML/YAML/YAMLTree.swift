import AuditModel
import Yams

/// Turns the parser's nodes into ours: scalars resolved, aliases expanded within bounds, repeated keys reported.
struct YAMLTree {
    /// How deep lists and mappings may be nested.
    static let maximumDepth = 64
    /// How many values and keys a document may have after aliases are expanded.
    static let maximumNodes = 100_000

    let file: String
    let source: MarkedSource
    private(set) var diagnostics: [Diagnostic] = []
    private var anchors: [String: Measured] = [:]
    private var remaining = YAMLTree.maximumNodes

    /// A node with what it adds to the document where an alias repeats it.
    private struct Measured {
        var node: YAMLNode
        var count: Int
        var height: Int
    }

    init(file: String, source: MarkedSource) {
        self.file = file
        self.source = source
    }

    /// The document; nothing at its start for an empty file.
    mutating func document() throws(Diagnostics) -> YAMLNode {
        guard let root = source.root else { return YAMLNode(.scalar(.absent, written: ""), at: .start) }
        do throws(Diagnostic) {
            return try measured(root, depth: 0).node
        } catch {
            throw Diagnostics(diagnostics + [error])
        }
    }

    private mutating func measured(_ node: Node, depth: Int) throws(Diagnostic) -> Measured {
        let position = node.mark.map(YAMLPosition.init) ?? .start
        try spend(1, at: position)
        let result: Measured
        switch node {
        case .scalar(let scalar):
            if let name = aliasName(scalar) {
                guard scalar.anchor == nil, scalar.tag.rawValue.isEmpty else {
                    throw Diagnostic(
                        "syntax", "an alias takes neither an anchor nor a tag", at: SourceLocation(position, in: file))
                }
                return try expanded(name, depth: depth, at: position)
            }
            result = Measured(node: YAMLNode(value(of: scalar, at: position), at: position), count: 1, height: 0)
        case .sequence where depth >= Self.maximumDepth, .mapping where depth >= Self.maximumDepth:
            throw Diagnostic(tooDeepAt: position, file: file)
        case .sequence(let sequence):
            result = try list(sequence, depth: depth, at: position)
        case .mapping(let mapping):
            result = try self.mapping(mapping, depth: depth, at: position)
        case .alias:
            // The parser sees no aliases: every asterisk was replaced.
            throw Diagnostic("alias", "an alias cannot stand here", at: SourceLocation(position, in: file))
        }
        if let anchor = node.anchor { anchors[anchor.rawValue] = result }
        return result
    }

    private mutating func list(
        _ sequence: Node.Sequence, depth: Int, at position: YAMLPosition
    ) throws(Diagnostic) -> Measured {
        checkTag(sequence.tag, at: position)
        var elements: [YAMLNode] = []
        elements.reserveCapacity(sequence.count)
        var (count, height) = (1, 1)
        for element in sequence {
            let child = try measured(element, depth: depth + 1)
            elements.append(child.node)
            count += child.count
            height = max(height, child.height + 1)
        }
        return Measured(node: YAMLNode(.list(elements), at: position), count: count, height: height)
    }

    private mutating func mapping(
        _ mapping: Node.Mapping, depth: Int, at position: YAMLPosition
    ) throws(Diagnostic) -> Measured {
        checkTag(mapping.tag, at: position)
        var entries: [YAMLEntry] = []
        entries.reserveCapacity(mapping.count)
        var seen: [String: YAMLPosition] = [:]
        var (count, height) = (1, 1)
        for (key, value) in mapping {
            let (name, place) = try keyText(key)
            try spend(1, at: place)
            let child = try measured(value, depth: depth + 1)
            count += child.count + 1
            height = max(height, child.height + 1)
            if name == "<<" {
                report("merge-key", "merge keys are not supported; write the keys out", at: place)
            } else if !source.renamedKeys.isEmpty, let first = seen.updateValue(place, forKey: name) {
                report(
                    "duplicate-key", "the key \(quoted(name)) stands here again, first at line \(first.line)", at: place
                )
                seen[name] = first
            } else {
                entries.append(YAMLEntry(key: name, position: place, value: child.node))
            }
        }
        return Measured(node: YAMLNode(.mapping(entries), at: position), count: count, height: height)
    }

    private mutating func keyText(_ key: Node) throws(Diagnostic) -> (String, YAMLPosition) {
        let position = key.mark.map(YAMLPosition.init) ?? .start
        guard case .scalar(let scalar) = key else {
            throw Diagnostic(
                "syntax", "a key must be a text; a text that begins with [ or { needs quotes",
                at: SourceLocation(position, in: file))
        }
        let original = source.renamedKeys[position]
        guard original != nil || aliasName(scalar) == nil else {
            throw Diagnostic("alias", "an alias cannot be a key", at: SourceLocation(position, in: file))
        }
        checkTag(scalar.tag, at: position)
        let name = restored(original ?? scalar.string)
        if let anchor = scalar.anchor {
            let node = YAMLNode(.scalar(.text(name), written: name), at: position)
            anchors[anchor.rawValue] = Measured(node: node, count: 1, height: 0)
        }
        return (name, position)
    }

    private mutating func expanded(
        _ name: String, depth: Int, at position: YAMLPosition
    ) throws(Diagnostic) -> Measured {
        let location = SourceLocation(position, in: file)
        guard let target = anchors[name] else {
            guard !name.isEmpty, name.utf8.allSatisfy(isAnchorCharacter) else {
                throw Diagnostic("syntax", "a text that begins with * needs quotes", at: location)
            }
            throw Diagnostic(
                "alias", "no anchor &\(shortened(name)) stands before this alias", at: location,
                suggestion: nearestName(to: name, among: anchors.keys))
        }
        guard depth + target.height <= Self.maximumDepth else { throw Diagnostic(tooDeepAt: position, file: file) }
        try spend(target.count - 1, at: position)
        return target
    }

    private mutating func spend(_ count: Int, at position: YAMLPosition) throws(Diagnostic) {
        remaining -= count
        guard remaining >= 0 else {
            throw Diagnostic(
                "too-large", "the file has more than 100,000 values after its aliases are expanded",
                at: SourceLocation(position, in: file))
        }
    }

    // MARK: Scalars

    private mutating func value(of scalar: Node.Scalar, at position: YAMLPosition) -> YAMLNode.Value {
        checkTag(scalar.tag, at: position)
        let text = restored(scalar.string)
        guard scalar.style == .plain, scalar.tag.rawValue.isEmpty else { return .scalar(.text(text), written: text) }
        return .scalar(resolvedPlainScalar(text), written: text)
    }

    /// The name behind an asterisk that begins a plain text.
    private func aliasName(_ scalar: Node.Scalar) -> String? {
        guard let marker = source.asteriskMarker, scalar.style == .plain,
            scalar.string.unicodeScalars.first == marker
        else { return nil }
        return String(scalar.string.unicodeScalars.dropFirst())
    }

    private func restored(_ text: String) -> String {
        guard let marker = source.asteriskMarker, text.unicodeScalars.contains(marker) else { return text }
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: text.unicodeScalars.lazy.map { $0 == marker ? "*" : $0 })
        return String(scalars)
    }

    /// Quoted texts carry the tag of text, and so may others.
    private mutating func checkTag(_ tag: Tag, at position: YAMLPosition) {
        let name = tag.rawValue
        guard !name.isEmpty, name != Tag.Name.str.rawValue else { return }
        let written = name.hasPrefix("tag:yaml.org,2002:") ? "!!" + name.dropFirst(18) : name
        report("tag", "tags such as \(shortened(written)) are not supported", at: position)
    }

    private mutating func report(_ code: String, _ message: String, at position: YAMLPosition) {
        guard diagnostics.count < Findings.limit else { return }
        diagnostics.append(Diagnostic(code, message, at: SourceLocation(position, in: file)))
    }
}

/// What libyaml accepts in the names of anchors.
private func isAnchorCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
        true
    default: false
    }
}
