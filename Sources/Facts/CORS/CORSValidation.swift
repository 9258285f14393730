/// How the server seems to compare origins, told from which of them it accepts.
package enum CORSValidation: String, Sendable, CaseIterable {
    /// No origin is accepted by its name.
    case none
    case exact
    case prefixMatch = "prefix-match"
    case suffixMatch = "suffix-match"
    case substring
    case regexUnescapedDot = "regex-unescaped-dot"
    /// A regular expression that something may follow.
    case regexUnanchored = "regex-unanchored"
    case any
}

extension CORSEvidence {
    var validation: CORSValidation {
        let trusted = Set(answers.filter(\.isEcho).map(\.kind))
        let bypasses = Set(bypassClasses)
        let isPrefix = !bypasses.isDisjoint(with: [.hostAsPrefixLabel, .hostAsPrefixGlued])
        let isSuffix = !bypasses.isDisjoint(with: [.hostAsSuffixGlued, .siteAsSuffixGlued])
        if trusted.contains(.arbitrary) { return .any }
        if bypasses.contains(.unescapedDot) { return isPrefix ? .regexUnanchored : .regexUnescapedDot }
        if bypasses.contains(.extended), !isPrefix { return .regexUnanchored }
        if bypasses.contains(.truncated) || isPrefix && isSuffix { return .substring }
        if isPrefix || bypasses.contains(.localhostPrefix) { return .prefixMatch }
        if isSuffix || bypasses.contains(.arbitraryTLD) { return .suffixMatch }
        return trusted.isEmpty ? .none : .exact
    }

    /// Members of the server's list, as far as the answers name them.
    var observedMembers: [String] {
        guard !reflectsArbitrary else { return [] }
        let attacks = Set(answers.filter { ![.own, .known, .parent].contains($0.kind) }.compactMap(\.origin))
        let named = answers.compactMap(\.allowOrigin).filter { isSerializedOrigin($0) && !attacks.contains($0) }
        return Set(named).sorted()
    }

    /// Values of `Access-Control-Allow-Origin` that no browser's origin ever equals.
    var invalidOrigins: [String] {
        let sent = Set(capture.visits.compactMap(\.origin))
        let values = (answers + options).compactMap(\.allowOrigin)
        return Set(values.filter { $0 != "*" && $0 != "null" && !sent.contains($0) && !isSerializedOrigin($0) })
            .sorted()
    }
}

/// Whether a text is an origin as browsers write it (HTML, ASCII serialization of an origin): scheme, host, perhaps a
/// port, nothing after.
package func isSerializedOrigin(_ text: String) -> Bool {
    guard text.utf8.count <= 300, let mark = text.firstRange(of: "://") else { return false }
    let scheme = text[..<mark.lowerBound].utf8
    let authority = text[mark.upperBound...].utf8
    let isScheme = scheme.allSatisfy {
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || "+-.".utf8.contains($0)
    }
    guard isScheme, scheme.first.map({ (0x61...0x7A).contains($0) }) == true, !authority.isEmpty else { return false }
    return authority.allSatisfy {
        $0 > 0x20 && $0 < 0x7F && !(0x41...0x5A).contains($0) && !"/?#@\\,\"<>".utf8.contains($0)
    }
}
