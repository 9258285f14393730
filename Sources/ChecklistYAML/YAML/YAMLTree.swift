import AuditModel

/// Builds a document from the parser's events: scalars resolved, aliases expanded within bounds, repeated keys reported.
struct YAMLTree: ~Copyable {
    /// How deep lists and mappings may be nested.
    static let maximumDepth = 64
    /// How many values and keys a document may have after aliases are expanded.
    static let maximumNodes = 100_000

    let file: String
    private let events: YAMLEventReader
    private(set) var diagnostics: [Diagnostic] = []
    private var anchors: [String: Measured] = [:]
    private var remaining = YAMLTree.maximumNodes

    /// A node with what it adds to the document where an alias repeats it.
    private struct Measured {
        var node: YAMLNode
        var count: Int
        var height: Int
    }

    init(_ text: YAMLText, file: String) {
        self.file = file
        events = YAMLEventReader(text, file: file)
    }

    /// The document; nothing at its start for an empty file.
    mutating func document() throws(Diagnostics) -> YAMLNode {
        do throws(Diagnostic) {
            guard try events.next().kind == .document else {
                return YAMLNode(.scalar(.absent, written: ""), at: .start)
            }
            let root = try measured(events.next(), depth: 0).node
            _ = try events.next()  // the document's end
            let rest = try events.next()
            guard rest.kind == .endOfFile else {
                throw Diagnostic(
                    "syntax", "a second document begins here; a file holds one",
                    at: SourceLocation(rest.position, in: file))
            }
            return root
        } catch {
            throw Diagnostics(diagnostics + [error])
        }
    }

    private mutating func measured(_ event: YAMLEvent, depth: Int) throws(Diagnostic) -> Measured {
        try spend(1, at: event.position)
        let result: Measured
        switch event.kind {
        case .alias(let name): return try expanded(name, depth: depth, at: event.position)
        case .list, .mapping:
            guard depth < Self.maximumDepth else { throw Diagnostic(tooDeepAt: event.position, file: file) }
            checkTag(event)
            result =
                try event.kind == .list
                ? list(at: event.position, depth: depth) : mapping(at: event.position, depth: depth)
        case .scalar(let text, let isPlain):
            checkTag(event)
            let value = isPlain && event.tag == nil ? resolvedPlainScalar(text) : .text(text)
            result = Measured(node: YAMLNode(.scalar(value, written: text), at: event.position), count: 1, height: 0)
        case .document, .end, .endOfFile:
            // libyaml's grammar of events has no such order.
            throw Diagnostic("syntax", "a value was expected here", at: SourceLocation(event.position, in: file))
        }
        if let anchor = event.anchor { anchors[anchor] = result }
        return result
    }

    private mutating func list(at position: YAMLPosition, depth: Int) throws(Diagnostic) -> Measured {
        var elements: [YAMLNode] = []
        var (count, height) = (1, 1)
        while case let event = try events.next(), event.kind != .end {
            let child = try measured(event, depth: depth + 1)
            elements.append(child.node)
            count += child.count
            height = max(height, child.height + 1)
        }
        return Measured(node: YAMLNode(.list(elements), at: position), count: count, height: height)
    }

    private mutating func mapping(at position: YAMLPosition, depth: Int) throws(Diagnostic) -> Measured {
        var entries: [YAMLEntry] = []
        var seen: [String: YAMLPosition] = [:]
        var (count, height) = (1, 1)
        while case let event = try events.next(), event.kind != .end {
            let name = try key(event)
            try spend(1, at: event.position)
            let child = try measured(events.next(), depth: depth + 1)
            count += child.count + 1
            height = max(height, child.height + 1)
            if name == "<<" {
                report("merge-key", "merge keys are not supported; write the keys out", at: event.position)
            } else if let first = seen[name] {
                report(
                    "duplicate-key", "the key \(quoted(name)) stands here again, first at line \(first.line)",
                    at: event.position)
            } else {
                seen[name] = event.position
                entries.append(YAMLEntry(key: name, position: event.position, value: child.node))
            }
        }
        return Measured(node: YAMLNode(.mapping(entries), at: position), count: count, height: height)
    }

    private mutating func key(_ event: YAMLEvent) throws(Diagnostic) -> String {
        let location = SourceLocation(event.position, in: file)
        if case .alias = event.kind { throw Diagnostic("alias", "an alias cannot be a key", at: location) }
        guard case .scalar(let name, _) = event.kind else {
            throw Diagnostic(
                "syntax", "a key must be a text; a text that begins with [ or { needs quotes", at: location)
        }
        checkTag(event)
        if let anchor = event.anchor {
            let node = YAMLNode(.scalar(.text(name), written: name), at: event.position)
            anchors[anchor] = Measured(node: node, count: 1, height: 0)
        }
        return name
    }

    private mutating func expanded(
        _ name: String, depth: Int, at position: YAMLPosition
    ) throws(Diagnostic) -> Measured {
        let location = SourceLocation(position, in: file)
        guard let target = anchors[name] else {
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

    private mutating func checkTag(_ event: YAMLEvent) {
        guard let tag = event.tag, tag != "tag:yaml.org,2002:str" else { return }
        let written = tag.hasPrefix("tag:yaml.org,2002:") ? "!!" + tag.dropFirst(18) : tag
        report("tag", "tags such as \(shortened(written)) are not supported", at: event.position)
    }

    private mutating func report(_ code: String, _ message: String, at position: YAMLPosition) {
        // One place is kept for what ends the reading.
        guard diagnostics.count < Findings.limit - 1 else { return }
        diagnostics.append(Diagnostic(code, message, at: SourceLocation(position, in: file)))
    }
}
