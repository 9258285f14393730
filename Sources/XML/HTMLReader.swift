/// Collects the elements of a page from its tags, without building a tree.
struct HTMLReader {
    private(set) var elements: [HTMLOutline.Element] = []
    private(set) var isCut = false

    private var scanner: HTMLScanner
    private let limits: HTMLOutline.Limits
    /// Turns false at the first thing that only a body holds.
    private var isInHead = true
    /// How many `<template>` elements are open: what they hold is no part of the page.
    private var templates = 0
    /// How many `<svg>` and `<math>` elements are open, where scripts and styles are not read as text.
    private var foreign = 0
    /// The same outside of each `<foreignObject>` that is open.
    private var outerForeign: [Int] = []
    /// Where the text that comes belongs; nil outside of scripts and styles of foreign content.
    private var textOwner: Int?

    init(_ bytes: [UInt8], limits: HTMLOutline.Limits) {
        scanner = HTMLScanner(bytes, limits: limits)
        self.limits = limits
        while elements.count <= limits.elements, let token = scanner.next() {
            switch token {
            case .start(let name, let attributes, let isSelfClosing): start(name, attributes, isSelfClosing)
            case .end(let name): end(name)
            case .text(let range): text(range)
            }
        }
        isCut = scanner.isCut || elements.count > limits.elements
        elements = Array(elements.prefix(limits.elements))
    }

    private mutating func start(_ name: String, _ attributes: [HTMLOutline.Attribute], _ isSelfClosing: Bool) {
        textOwner = nil
        if Self.breakout.contains(name) { foreign = 0 }
        if templates == 0 {
            if !Self.headContent.contains(name) { isInHead = false }
            if Self.outlined.contains(name) {
                elements.append(HTMLOutline.Element(name: name, attributes: attributes, isInHead: isInHead))
                if name == "script" || name == "style" { textOwner = elements.count - 1 }
            }
        }
        if foreign > 0 {
            enterForeign(name, isSelfClosing)
        } else if name == "svg" || name == "math" {
            foreign = isSelfClosing ? 0 : 1
        } else if name == "template" {
            templates += 1
        } else if name == "plaintext" {
            _ = scanner.rest()
        } else if Self.textOnly.contains(name) {
            let text = scanner.rawText(of: name)
            if let textOwner { elements[textOwner].addText(text.count) }
            textOwner = nil
        }
    }

    private mutating func enterForeign(_ name: String, _ isSelfClosing: Bool) {
        if isSelfClosing {
            textOwner = nil
        } else if name == "svg" || name == "math" {
            foreign += 1
        } else if name == "foreignobject", outerForeign.count < 512 {
            outerForeign.append(foreign)
            foreign = 0
        }
    }

    private mutating func end(_ name: String) {
        textOwner = nil
        switch name {
        case "template": templates = max(0, templates - 1)
        case "svg", "math": foreign = max(0, foreign - 1)
        case "foreignobject": foreign = outerForeign.popLast() ?? foreign
        case "p", "br": isInHead = isInHead && templates > 0  // browsers make an element of them
        default: break
        }
    }

    private mutating func text(_ range: Range<Int>) {
        if let textOwner {
            elements[textOwner].addText(range.count)
        } else if isInHead, templates == 0, !scanner.bytes[range].allSatisfy(HTMLScanner.isBlank) {
            isInHead = false
        }
    }

    private static let outlined: Set<String> = ["base", "form", "iframe", "link", "meta", "script", "style"]

    /// What a head may hold (HTML §13.2.6.4.4) besides the tags of page and head themselves.
    private static let headContent: Set<String> = [
        "base", "basefont", "bgsound", "head", "html", "link", "meta", "noframes", "noscript", "script", "style",
        "template", "title"
    ]

    /// Elements whose content is text while scripts are enabled (HTML §13.2.6.2, §13.4).
    private static let textOnly: Set<String> = [
        "iframe", "noembed", "noframes", "noscript", "script", "style", "textarea", "title", "xmp"
    ]

    /// Tags that end foreign content (HTML §13.2.6.5).
    private static let breakout: Set<String> = [
        "b", "big", "blockquote", "body", "br", "center", "code", "dd", "div", "dl", "dt", "em", "embed", "h1", "h2",
        "h3",
        "h4", "h5", "h6", "head", "hr", "i", "img", "li", "listing", "menu", "meta", "nobr", "ol", "p", "pre", "ruby",
        "s",
        "small", "span", "strike", "strong", "sub", "sup", "table", "tt", "u", "ul", "var"
    ]
}
