import WireFormats

/// A script or a style sheet that the page loads.
struct PageResource: Sendable {
    /// Absolute, or as written where it could not be read.
    let url: String
    /// Whether it comes from another origin than the page.
    let isForeign: Bool
    /// Whether it is fetched over plain HTTP.
    let isInsecure: Bool
    /// nil without the attribute.
    let integrity: IntegrityMetadata?
    /// Whether the request uses CORS, without which a foreign answer's integrity cannot be checked.
    let usesCORS: Bool
}

/// What the elements of a page load, and relative to what.
struct PageResources: Sendable {
    let elements: [PageElement]
    /// The page's own URL; nil when it is none.
    let page: URLReference?
    /// What relative URLs start from: the first `<base>` with an `href` that can be read, else the page.
    let base: URLReference?

    init(elements: [PageElement], page: URLReference?) {
        self.elements = elements
        self.page = page
        let href = elements.first { $0.name == "base" && $0.attribute("href") != nil }?.attribute("href")
        base = href.flatMap { text in try? page?.resolving(Self.cleaned(text)) } ?? page
    }

    /// External scripts that browsers run, in order.
    var scripts: [PageResource] {
        elements.filter { $0.name == "script" && Self.isScript($0.attribute("type")) }
            .compactMap { resource($0, "src", isModule: $0.attribute("type")?.asciiLowercased == "module") }
    }

    /// Linked style sheets, alternatives included, in order.
    var styles: [PageResource] {
        elements.filter { element in
            element.name == "link"
                && (element.attribute("rel") ?? "").asciiLowercased.split(whereSeparator: \.isWhitespace)
                    .contains("stylesheet")
        }
        .compactMap { resource($0, "href", isModule: false) }
    }

    /// An absent or empty type, a JavaScript media type or `module` (HTML §4.12.1.1); others are data.
    private static func isScript(_ type: String?) -> Bool {
        guard let type = type?.asciiLowercased, !type.isEmpty else { return true }
        let essence = type.prefix { $0 != ";" }.filter { !$0.isWhitespace }
        return essence == "module"
            || ["text/", "application/"].contains { prefix in
                essence.hasPrefix(prefix)
                    && ["javascript", "ecmascript", "x-javascript", "x-ecmascript", "jscript", "livescript"]
                        .contains { essence.dropFirst(prefix.count).hasPrefix($0) }
            }
    }

    private func resource(_ element: PageElement, _ attribute: String, isModule: Bool) -> PageResource? {
        guard let written = element.attribute(attribute) else { return nil }
        let text = Self.cleaned(written)
        guard !text.isEmpty else { return nil }
        let integrity = element.attribute("integrity").map(IntegrityMetadata.init)
        let usesCORS = isModule || element.attribute("crossorigin") != nil
        if let url = try? (base?.resolving(text) ?? URLReference(text)) {
            return PageResource(
                url: url.text, isForeign: url.origin != page?.origin, isInsecure: url.scheme == .http,
                integrity: integrity, usesCORS: usesCORS)
        }
        // What is left: data and the like, which is the page's own, and hosts that cannot be read, which are not.
        let lower = text.asciiLowercased
        let hasHost = ["http:", "https:", "//"].contains(where: lower.hasPrefix)
        let isInsecure = lower.hasPrefix("http:") || lower.hasPrefix("//") && base?.scheme == .http
        return PageResource(
            url: String(text.prefix(200)), isForeign: hasHost, isInsecure: isInsecure, integrity: integrity,
            usesCORS: usesCORS)
    }

    /// The text as browsers read a URL (WHATWG URL §4.4): trimmed, without line ends and tabs, backslashes as slashes.
    private static func cleaned(_ text: String) -> String {
        var bytes = text.utf8.drop { $0 <= 0x20 }[...]
        while let last = bytes.last, last <= 0x20 { bytes = bytes.dropLast() }
        var cleaned: [UInt8] = []
        for byte in bytes where byte != 0x09 && byte != 0x0A && byte != 0x0D {
            switch byte {
            case UInt8(ascii: "\\"): cleaned.append(UInt8(ascii: "/"))
            case 0...0x20, 0x7F: cleaned += Array("%\(hexadecimal(byte >> 4))\(hexadecimal(byte & 15))".utf8)
            default: cleaned.append(byte)
            }
        }
        return String(decoding: cleaned, as: UTF8.self)
    }

    private static func hexadecimal(_ digit: UInt8) -> String { String(digit, radix: 16, uppercase: true) }
}
