/// The value of one `Strict-Transport-Security` field line (RFC 6797 §6.1), read as a browser reads it.
package struct StrictTransportSecurity: Equatable, Sendable {
    /// Whether the value follows the grammar; a browser ignores the whole field when it does not.
    package let isValid: Bool
    /// Seconds; nil when missing or no number. 0 makes browsers forget the host (§6.1.1).
    package let maxAge: Int64?
    package let isMaxAgeQuoted: Bool
    package let includesSubdomains: Bool
    /// The directive that chromium's preload list asks for; not part of the RFC.
    package let allowsPreload: Bool
    /// Names that are none of the three, in lower case, in order.
    package let unknownDirectives: [String]
    /// Names that stand more than once, in lower case, in order; that makes the value invalid.
    package let duplicateDirectives: [String]

    package init(_ value: String) {
        let parts = FieldSyntax.split(value, at: UInt8(ascii: ";")).filter { !$0.isEmpty }
        let directives = parts.compactMap(FieldDirective.init)
        var counts: [String: Int] = [:]
        var duplicates: [String] = []
        var firsts: [String: FieldDirective] = [:]
        for directive in directives {
            counts[directive.name, default: 0] += 1
            if counts[directive.name] == 2 { duplicates.append(directive.name) }
            if counts[directive.name] == 1 { firsts[directive.name] = directive }
        }
        let age = firsts["max-age"]
        maxAge = age?.value.flatMap(FieldSyntax.deltaSeconds)
        isMaxAgeQuoted = age?.isQuoted ?? false
        includesSubdomains = firsts["includesubdomains"].map { $0.value == nil } ?? false
        allowsPreload = firsts["preload"].map { $0.value == nil } ?? false
        unknownDirectives = Self.unknown(in: directives)
        duplicateDirectives = duplicates
        isValid =
            directives.count == parts.count && duplicates.isEmpty && maxAge != nil
            && firsts["includesubdomains"]?.value == nil
    }

    private static func unknown(in directives: [FieldDirective]) -> [String] {
        var seen: Set<String> = ["max-age", "includesubdomains", "preload"]
        return directives.map(\.name).filter { seen.insert($0).inserted }
    }
}
