/// A media type with its parameters (RFC 9110 §8.3.1), read as lenient as browsers do (WHATWG MIME Sniffing §4.4).
package struct MediaType: Equatable, Sendable {
    /// `type/subtype` in lower case.
    package let essence: String
    /// By name in lower case, the first of a name counts.
    package let parameters: [String: String]

    /// nil when there is no `token/token` at the start; parameters that are none are skipped.
    package init?(_ text: String) {
        let parts = FieldSyntax.split(text, at: UInt8(ascii: ";"))
        let names = parts[0].split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard names.count == 2, names.allSatisfy(FieldSyntax.isToken) else { return nil }
        essence = parts[0].asciiLowercased
        let directives = parts.dropFirst().compactMap(FieldDirective.init)
        parameters = Dictionary(directives.compactMap { directive in directive.value.map { (directive.name, $0) } }) {
            first, _ in first
        }
    }

    /// The type that all `Content-Type` lines together declare (Fetch standard, "extract a MIME type").
    package static func extract(lines: [String]) -> (essence: String, charset: String?)? {
        var result: (essence: String, charset: String?)?
        for type in FieldSyntax.combinedValues(lines).compactMap(MediaType.init) where type.essence != "*/*" {
            let charset = type.parameters["charset"]?.asciiLowercased
            // A later value of the same essence inherits the charset that it does not state.
            result = (type.essence, charset ?? (result?.essence == type.essence ? result?.charset : nil))
        }
        return result
    }

    /// Whether the essence is JSON: `application/json`, `text/json` or a `+json` suffix (RFC 6839 §3.1).
    package static func isJSON(essence: String) -> Bool {
        essence == "application/json" || essence == "text/json" || essence.hasSuffix("+json")
    }

    package static func isHTML(essence: String) -> Bool {
        essence == "text/html" || essence == "application/xhtml+xml"
    }
}

extension MediaType {
    /// Whether a body's start looks like HTML to a browser that guesses (WHATWG MIME Sniffing §7.1).
    package static func sniffsAsHTML(_ body: String) -> Bool {
        let start = body[...].utf8.drop(while: \.isASCIIWhitespace).prefix(16).map(\.asciiLowercased)
        if start.starts(with: "<!--".utf8) { return true }
        return htmlStarts.contains { tag in
            guard start.count > tag.utf8.count, start.starts(with: tag.utf8) else { return false }
            return [0x20, UInt8(ascii: ">")].contains(start[tag.utf8.count])
        }
    }

    private static let htmlStarts = [
        "<!doctype html", "<html", "<head", "<script", "<iframe", "<h1", "<div", "<font", "<table", "<a", "<style",
        "<title", "<b", "<body", "<br", "<p"
    ]
}
