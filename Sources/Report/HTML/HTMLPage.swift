import AuditModel

/// One self-contained page in three depths, complete without its script and without its style sheet.
struct HTMLPage {
    let result: AuditResult
    let outline: ReportOutline

    init(_ result: AuditResult) {
        self.result = result
        outline = ReportOutline(result)
    }

    func rendered() -> String {
        var html = HTMLWriter()
        html.doctype()
        html.block("html", ["lang": "en"]) { html in
            html.block("head") { head(&$0) }
            html.block("body", ["class": result.verdict.outcome.rawValue]) { body(&$0) }
        }
        return html.text
    }

    private func head(_ html: inout HTMLWriter) {
        let header = InlineSource.pageHeader(
            left: "\(result.verdict.outcome.label) · \(subject)",
            right: "Judged \(result.judgedAt.forPeople) · \(result.tool.name) \(result.tool.version)")
        html.void("meta", ["charset": "utf-8"])
        html.void(
            "meta",
            [
                "http-equiv": "Content-Security-Policy",
                "content": "default-src 'none'; style-src \(InlineSource.style.source) \(header.source); "
                    + "script-src \(InlineSource.script.source); base-uri 'none'; form-action 'none'"
            ])
        html.void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
        html.void("meta", ["name": "color-scheme", "content": "light dark"])
        html.void("meta", ["name": "referrer", "content": "no-referrer"])
        html.void("meta", ["name": "generator", "content": "\(result.tool.name) \(result.tool.version)"])
        html.block("title", text: "\(result.verdict.outcome.label): \(subject), production readiness")
        html.embed("style", .style)
        html.embed("style", header)
    }

    private func body(_ html: inout HTMLWriter) {
        html.block("a", ["class": "skip", "href": "#main"], text: "Skip to the verdict")
        depths(&html)
        html.block("main", ["id": "main"]) { html in
            html.block("div", ["class": "depth decision", "id": "decision"]) { decision(&$0) }
            html.block("div", ["class": "depth"]) { itemList(&$0) }
            html.block("div", ["class": "depth"]) { evidence(&$0) }
        }
        html.block("footer") { html in
            html.text("\(result.tool.name) \(result.tool.version) · \(subject) · \(result.verdict.outcome.label) · ")
            html.text("judged at \(result.judgedAt.iso8601) · all times are UTC")
        }
        html.embed("script", .script)
    }

    /// The three depths of the page, at hand wherever one reads.
    private func depths(_ html: inout HTMLWriter) {
        html.block("nav", ["aria-label": "Depths of the report", "class": "depths"]) { html in
            html.block("p") { html in
                html.inline("b", text: result.verdict.outcome.label)
                html.inline("span", text: " \(subject)")
            }
            html.block("ul") { html in
                html.block("li") { $0.inline("a", ["href": "#decision"], text: "Decision") }
                html.block("li") { $0.inline("a", ["href": "#item-list"], text: "Items") }
                html.block("li") { $0.inline("a", ["href": "#evidence"], text: "Evidence") }
            }
        }
    }

    /// What a meeting needs, on one printed page.
    private func decision(_ html: inout HTMLWriter) {
        html.block("header") { html in
            verdict(&html)
            identity(&html)
            counts(&html)
        }
        findings(&html)
        changes(&html)
        signOffStates(&html)
    }

    /// Every item, and the ways to find one.
    private func itemList(_ html: inout HTMLWriter) {
        var links = [("sections", "Sections"), ("items", "All items"), ("index", "Index")]
        if !result.notices.isEmpty { links.insert(("notices", "Notices"), at: 0) }
        if !result.gate.isEmpty { links.insert(("gate", "Gate rules"), at: 0) }
        if result.changes != nil { links.insert(("all-changes", "Changes"), at: 0) }
        if !outline[.advisory].isEmpty { links.insert((HTMLAnchor.group(.advisory), "Advisory"), at: 0) }
        html.depth("item-list", "Items", links)
        advisories(&html)
        allChanges(&html)
        gate(&html)
        notices(&html)
        sections(&html)
        items(&html)
        index(&html)
    }

    /// On what it rests, how it was found out, and who answers for it.
    private func evidence(_ html: inout HTMLWriter) {
        let validities = Validity.all(of: result)
        let latencies = Latency.all(of: result)
        let requests = RequestCount.all(of: result)
        var links: [(String, String)] = []
        if !validities.isEmpty { links.append(("validity", "Validity")) }
        if !latencies.isEmpty { links.append(("latency", "Latency")) }
        if !requests.isEmpty { links.append(("requests", "Requests")) }
        links += [("observations", "Observations"), ("method", "Method and limits")]
        if !signOffs.isEmpty { links.append(("sign-off", "Sign-off")) }
        html.depth("evidence", "Evidence", links)
        audited(&html)
        html.validity(validities, at: result.judgedAt)
        html.latency(latencies)
        html.requests(requests)
        observations(&html)
        method(&html)
        signOff(&html)
    }

    var subject: String {
        result.service.name + (result.service.environment.map { " in \($0)" } ?? "")
    }
}

extension HTMLWriter {
    /// The heading of a depth with links to its parts.
    fileprivate mutating func depth(_ anchor: String, _ title: String, _ links: [(anchor: String, title: String)]) {
        block("h2", ["class": "depth-title", "id": anchor], text: title)
        block("nav", ["aria-label": "Parts of \(title)", "class": "parts"]) { html in
            html.block("ul") { html in
                for (anchor, title) in links {
                    html.block("li") { $0.inline("a", ["href": "#\(anchor)"], text: title) }
                }
            }
        }
    }
}
