/// The name in `$name`; nil for any other text. `$$name` stands for the text `$name`.
func parameterReference(_ text: String) -> String? {
    guard text.utf8.first == UInt8(ascii: "$") else { return nil }
    let name = text.dropFirst()
    return isParameterName(name) ? String(name) : nil
}

/// The text that a literal of an expectation stands for: of `$$name` the first `$` is dropped.
func unescapedLiteral(_ text: String) -> String {
    text.hasPrefix("$$") && isParameterName(text.dropFirst(2)) ? String(text.dropFirst()) : text
}

/// Lower-case words joined by hyphens, the first of which begins with a letter.
func isParameterName(_ text: some StringProtocol) -> Bool {
    guard let first = text.utf8.first, first >= UInt8(ascii: "a"), first <= UInt8(ascii: "z") else { return false }
    return isKebab(text)
}

/// The names of parameters in braces in a title, a reason or a fix, in their order: `{name}`.
package func placeholders(in text: String) -> [String] {
    pieces(of: text).compactMap { piece in
        if case .placeholder(let name) = piece { return name }
        return nil
    }
}

/// The text with every `{name}` replaced by the parameter's value; a name without value stays as it is.
package func filled(_ text: String, with value: (_ name: String) -> String?) -> String {
    pieces(of: text).map { piece in
        switch piece {
        case .literal(let text): String(text)
        case .placeholder(let name): value(name) ?? "{\(name)}"
        }
    }.joined()
}

private enum Piece {
    case literal(Substring)
    case placeholder(String)
}

private func pieces(of text: String) -> [Piece] {
    guard text.utf8.contains(UInt8(ascii: "{")) else { return [.literal(text[...])] }
    var pieces: [Piece] = []
    var rest = text[...]
    while let open = rest.utf8.firstIndex(of: UInt8(ascii: "{")) {
        let inside = rest[rest.utf8.index(after: open)...]
        let name = inside.prefix(while: { $0 != "{" && $0 != "}" })
        if isParameterName(name), name.endIndex < inside.endIndex, inside[name.endIndex] == "}" {
            pieces.append(.literal(rest[..<open]))
            pieces.append(.placeholder(String(name)))
            rest = inside[inside.index(after: name.endIndex)...]
        } else {
            pieces.append(.literal(rest[..<name.endIndex]))
            rest = rest[name.endIndex...]
        }
    }
    pieces.append(.literal(rest))
    return pieces
}
