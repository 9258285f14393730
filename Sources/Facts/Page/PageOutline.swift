import AuditModel

/// The elements of an HTML page that say something about its security, as a browser's parser finds them.
package struct PageOutline: Codable, Sendable, Equatable {
    /// `base`, `form`, `iframe`, `link`, `meta`, `script`, `style`, in the order of the document.
    package var elements: [PageElement]
    /// Why the outline is not whole: `too-large` when page or elements were cut, `malformed` when nothing could be read.
    package var failure: ProbeFailure?

    package init(elements: [PageElement] = [], failure: ProbeFailure? = nil) {
        self.elements = elements
        self.failure = failure
    }
}

/// One element, its name and the names of its attributes in lower case.
package struct PageElement: Codable, Sendable, Equatable {
    package var name: String
    /// In the order written, each name once, secrets redacted.
    package var attributes: [HTTPField]
    /// Whether it stands in `<head>`: a policy in a `<meta>` elsewhere has no effect (CSP Level 3 §3.3).
    package var isInHead: Bool
    /// Bytes of text inside, for `script` and `style`; 0 for an empty element.
    package var textLength: Int

    package init(_ name: String, _ attributes: [HTTPField] = [], isInHead: Bool = true, textLength: Int = 0) {
        self.name = name
        self.attributes = attributes
        self.isInHead = isInHead
        self.textLength = textLength
    }

    /// The value of an attribute, its name in lower case; nil when the element has none of that name.
    package func attribute(_ name: String) -> String? { attributes.first { $0.name == name }?.value }
}
