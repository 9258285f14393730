import CLibXML2

/// Collects the elements that libxml2's HTML parser reports, without building a tree, and stops it at the limits.
///
/// libxml2 2.9 knows HTML 4 only and takes unknown elements for content of the head; whether an element stands in the
/// head is therefore decided here.
final class HTMLReader {
    private(set) var elements: [HTMLOutline.Element] = []
    private(set) var isCut = false

    private let limits: HTMLOutline.Limits
    private var context: htmlParserCtxtPtr?
    /// Names of the elements that are open.
    private var open: [String] = []
    /// How many of them browsers read as text, with all that is in them.
    private var openTextOnly = 0
    /// Turns false at the first thing that only a body holds.
    private var isInHead = true
    /// Where the text that comes belongs; nil outside of scripts and styles.
    private var textOwner: Int?

    init(limits: HTMLOutline.Limits) { self.limits = limits }

    func read(_ bytes: [UInt8]) {
        precondition(LibXML2.isReady)
        guard !bytes.isEmpty else { return }
        guard let length = Int32(exactly: bytes.count), let context = htmlNewParserCtxt() else {
            isCut = true
            return
        }
        self.context = context
        defer {
            self.context = nil
            htmlFreeParserCtxt(context)
        }
        prepare(context)
        let document = withExtendedLifetime(self) {
            bytes.withUnsafeBytes { buffer in
                htmlCtxtReadMemory(
                    context, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), length, nil, "UTF-8",
                    Self.options)
            }
        }
        // No handler makes one, but a later libxml2 might.
        if let document { xmlFreeDoc(document) }
    }

    private func prepare(_ context: htmlParserCtxtPtr) {
        var handler = htmlSAXHandler()
        handler.startElement = startElement
        handler.endElement = endElement
        handler.characters = characters
        handler.cdataBlock = characters
        context.pointee.sax.pointee = handler
        context.pointee.userData = Unmanaged.passUnretained(self).toOpaque()
        // The parser compares the attributes of a tag pair by pair. Their names come from its dictionary: when that is
        // full, unknown names are errors, which bounds the comparisons. Known ones have to be in it before.
        for name in Self.knownNames { xmlDictLookup(context.pointee.dict, name, -1) }
        xmlDictSetLimit(context.pointee.dict, Self.dictionaryLimit)
    }

    private static let options = Int32(
        HTML_PARSE_NONET.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
            | HTML_PARSE_IGNORE_ENC.rawValue)

    /// Bytes of names.
    private static let dictionaryLimit = 20_000

    private static let outlined: Set<String> = ["base", "form", "iframe", "link", "meta", "script", "style"]

    private static let knownNames =
        Array(outlined) + Array(headContent) + Array(textOnly) + [
            "body", "action", "as", "async", "charset", "content", "crossorigin", "defer", "href", "http-equiv", "id",
            "integrity", "media", "method", "name", "nomodule", "nonce", "referrerpolicy", "rel", "sandbox", "src",
            "srcdoc", "target", "type"
        ]

    /// What a head may hold (HTML §13.2.6.4.4) besides the tags of page and head themselves.
    private static let headContent: Set<String> = [
        "base", "basefont", "bgsound", "head", "html", "link", "meta", "noframes", "noscript", "script", "style",
        "template", "title"
    ]

    /// Elements whose content is text, or no part of the page, while scripts are enabled.
    private static let textOnly: Set<String> = [
        "iframe", "noembed", "noframes", "noscript", "plaintext", "template", "textarea", "title", "xmp"
    ]

    // MARK: What the parser reports

    fileprivate func start(_ name: String, _ attributes: UnsafePointer<UnsafePointer<xmlChar>?>?) {
        guard open.count < limits.depth else { return stop() }
        open.append(name)
        textOwner = nil
        if openTextOnly == 0 {
            if !Self.headContent.contains(name) { isInHead = false }
            if Self.outlined.contains(name) { add(name, attributes) }
        }
        if Self.textOnly.contains(name) { openTextOnly += 1 }
    }

    fileprivate func end(_ name: String) {
        // libxml2 closes elements in order; the name is compared so that a mistake of its own cannot unbalance us.
        guard let index = open.lastIndex(of: name) else { return }
        openTextOnly -= open[index...].count { Self.textOnly.contains($0) }
        open.removeSubrange(index...)
        textOwner = nil
    }

    fileprivate func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        if let textOwner {
            elements[textOwner].addText(bytes.count)
        } else if openTextOnly == 0, isInHead, bytes.contains(where: { !Self.isBlank($0) }) {
            isInHead = false
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) && byte != 0x0B }

    private func add(_ name: String, _ attributes: UnsafePointer<UnsafePointer<xmlChar>?>?) {
        guard elements.count < limits.elements else { return stop() }
        elements.append(HTMLOutline.Element(name: name, attributes: read(attributes), isInHead: isInHead))
        if name == "script" || name == "style" { textOwner = elements.count - 1 }
    }

    private func read(_ attributes: UnsafePointer<UnsafePointer<xmlChar>?>?) -> [HTMLOutline.Attribute] {
        var read: [HTMLOutline.Attribute] = []
        guard var pair = attributes else { return read }
        while let name = pair.pointee {
            guard read.count < limits.attributes else {
                isCut = true
                break
            }
            let value = pair.successor().pointee.map(valueText) ?? ""
            read.append(HTMLOutline.Attribute(String(cString: name), value))
            pair += 2
        }
        return read
    }

    private func valueText(_ value: UnsafePointer<xmlChar>) -> String {
        let length = Int(xmlStrlen(value))
        if length > limits.valueLength { isCut = true }
        return String(
            decoding: UnsafeBufferPointer(start: value, count: min(length, limits.valueLength)), as: UTF8.self)
    }

    private func stop() {
        isCut = true
        if let context { xmlStopParser(context) }
    }
}

private func reader(_ data: UnsafeMutableRawPointer) -> HTMLReader {
    Unmanaged<HTMLReader>.fromOpaque(data).takeUnretainedValue()
}

private let startElement: startElementSAXFunc = { data, name, attributes in
    guard let data, let name else { return }
    reader(data).start(String(cString: name), attributes.map { UnsafePointer($0) })
}

private let endElement: endElementSAXFunc = { data, name in
    guard let data, let name else { return }
    reader(data).end(String(cString: name))
}

private let characters: charactersSAXFunc = { data, text, length in
    guard let data, let text else { return }
    reader(data).text(UnsafeBufferPointer(start: text, count: Int(length)))
}
