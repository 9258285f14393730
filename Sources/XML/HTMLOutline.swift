/// The elements of an HTML page that load something or say something about its security, in document order.
package struct HTMLOutline: Equatable, Sendable {
    package struct Attribute: Equatable, Sendable {
        /// In lower case.
        package let name: String
        /// Character references resolved.
        package let value: String
    }

    package struct Element: Equatable, Sendable {
        /// `base`, `form`, `iframe`, `link`, `meta`, `script` or `style`.
        package let name: String
        /// In the order written; of a name that repeats, the first.
        package let attributes: [Attribute]
        /// Whether it stands in the head as browsers build it: before anything that only a body holds.
        package let isInHead: Bool
        /// Bytes of text inside, in UTF-8; counted for `script` and `style` only.
        package fileprivate(set) var textLength: Int
    }

    /// What is read of a page; the rest is left out.
    package struct Limits: Sendable {
        package var bytes = 4 << 20
        package var elements = 2000
        /// Attributes of one element.
        package var attributes = 64
        /// Bytes of one attribute's value.
        package var valueLength = 1 << 16

        package init() {}
    }

    package private(set) var elements: [Element]
    /// Whether a limit was reached, so that something may be missing.
    package private(set) var isCut: Bool

    /// Reads whatever the bytes are: there is no HTML that a browser refuses.
    ///
    /// Elements inside `<noscript>`, `<template>`, `<title>`, `<textarea>`, `<iframe>` and their like are left out: with
    /// scripts enabled, browsers take them for text.
    ///
    /// - Parameter charset: of the `Content-Type` field; a byte-order mark wins over it.
    package init(_ bytes: [UInt8], charset: String?, limits: Limits = Limits()) {
        let text = HTMLText(bytes.prefix(limits.bytes), charset: charset)
        let reader = HTMLReader(text.bytes, limits: limits)
        elements = reader.elements
        isCut = reader.isCut || bytes.count > limits.bytes
    }
}

extension HTMLOutline.Element {
    /// The value of an attribute, its name in lower case; nil when the element has none of that name.
    package func attribute(_ name: String) -> String? { attributes.first { $0.name == name }?.value }

    mutating func addText(_ count: Int) { textLength += count }

    init(name: String, attributes: [HTMLOutline.Attribute], isInHead: Bool) {
        self.init(name: name, attributes: attributes, isInHead: isInHead, textLength: 0)
    }
}

extension HTMLOutline.Attribute {
    init(_ name: String, _ value: String) { self.init(name: name, value: value) }
}
