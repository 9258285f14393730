import AuditModel
import Compression
import Facts
import WireFormats
import XML

extension PageRequests {
    /// What is kept of a walk that led to a page.
    func seen(_ path: RedirectWalk.Path) -> (exchanges: [HTTPExchange], outline: PageOutline?) {
        let outline = outline(of: path.response)
        var exchanges = path.exchanges
        if outline != nil { exchanges[exchanges.count - 1].forgetPage() }
        return (exchanges, outline)
    }

    /// What an HTML page holds, secrets redacted; nil for other media types.
    func outline(of response: HTTPResponse) -> PageOutline? {
        guard let type = MediaType.extract(lines: response.values(of: "content-type")),
            ["text/html", "application/xhtml+xml"].contains(type.essence)
        else { return nil }
        let (bytes, failure) = response.plainBody
        let html = HTMLOutline(bytes, charset: type.charset)
        let elements = html.elements.map { element in
            PageElement(
                element.name, element.attributes.map { redact($0, of: element) }, isInHead: element.isInHead,
                textLength: element.textLength)
        }
        let cut = html.isCut ? ProbeFailure(.tooLarge, "the page holds more than is read of one") : nil
        return PageOutline(elements: elements, failure: failure ?? response.bodyFailure ?? cut)
    }

    /// Nonces stay: they are for everybody who has the page, and whether they change is what is looked at.
    private func redact(_ attribute: HTMLOutline.Attribute, of element: HTMLOutline.Element) -> HTTPField {
        if attribute.name == "nonce" { return HTTPField(attribute.name, attribute.value) }
        // A token against request forgery: `<meta name="csrf-token" content="…">`.
        let isToken =
            attribute.name == "content" && element.attribute("name").map { SecretNames.isSecret($0.utf8) } == true
        guard !isToken else { return HTTPField(attribute.name, redactor.mark(attribute.value)) }
        return redactor.redact(HTTPField(attribute.name, attribute.value))
    }
}

extension HTTPResponse {
    /// The body as a browser reads it, whatever was asked for: gzip inflated, at most to `HTTPLimits.bodyBytes`.
    fileprivate var plainBody: (bytes: [UInt8], failure: ProbeFailure?) {
        guard !values(of: "content-encoding").isEmpty else { return (body, nil) }
        var plain: [UInt8] = []
        var inflater = Inflater(limit: Int64(HTTPLimits.bodyBytes))
        do {
            try body.withUnsafeBytes { bytes in
                try inflater.feed(bytes) { plain += $0 }
            }
            try inflater.finish { plain += $0 }
            return (plain, nil)
        } catch let problem as InflationProblem {
            return (plain, ProbeFailure(.malformed, "the page could not be decompressed (\(problem.reason))"))
        } catch {
            return (plain, ProbeFailure(.malformed, "the page could not be decompressed"))
        }
    }
}

extension HTTPExchange {
    /// Leaves out the text of a page: its outline tells what matters, and forms hold tokens that no rule knows.
    mutating func forgetPage() {
        body.text = ""
        body.failure = body.failure ?? ProbeFailure(.tooLarge, "of a page only the outline is kept")
    }
}
