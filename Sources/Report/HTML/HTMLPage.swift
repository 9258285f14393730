import AuditModel

/// One self-contained page, complete without scripts and without its style sheet.
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
        html.void("meta", ["charset": "utf-8"])
        html.void(
            "meta",
            [
                "http-equiv": "Content-Security-Policy",
                "content": "default-src 'none'; style-src \(StyleSheet.report.source); "
                    + "base-uri 'none'; form-action 'none'"
            ])
        html.void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
        html.void("meta", ["name": "color-scheme", "content": "light dark"])
        html.void("meta", ["name": "referrer", "content": "no-referrer"])
        html.void("meta", ["name": "generator", "content": "\(result.tool.name) \(result.tool.version)"])
        html.block("title", text: "\(result.verdict.outcome.label): \(subject), production readiness")
        html.style(.report)
    }

    private func body(_ html: inout HTMLWriter) {
        html.block("a", ["class": "skip", "href": "#main"], text: "Skip to the findings")
        html.block("header") { html in
            verdict(&html)
            identity(&html)
            counts(&html)
        }
        contents(&html)
        html.block("main", ["id": "main"]) { html in
            findings(&html)
            gate(&html)
            notices(&html)
            sections(&html)
            items(&html)
            byStatus(&html)
            observations(&html)
            method(&html)
            signOff(&html)
        }
        html.block("footer") { html in
            html.text("\(result.tool.name) \(result.tool.version) · \(subject) · \(result.verdict.outcome.label) · ")
            html.text("judged at \(result.judgedAt.iso8601) · all times are UTC")
        }
    }

    /// Links to the parts of the page, in their order.
    private func contents(_ html: inout HTMLWriter) {
        var links = HTMLPage.findingGroups.filter { !outline[$0].isEmpty }
            .map { (HTMLAnchor.group($0), "\($0.title) \(outline[$0].count)") }
        if !result.gate.isEmpty { links.append(("gate", "Gate rules \(result.gate.count)")) }
        if !result.notices.isEmpty { links.append(("notices", "Notices \(result.notices.count)")) }
        links += [("sections", "Sections"), ("items", "All items"), ("by-status", "By status")]
        links += [("observations", "Observations"), ("method", "Method and limits")]
        if !signOffRoles.isEmpty { links.append(("sign-off", "Sign-off")) }
        html.block("nav", ["aria-label": "Contents"]) { html in
            html.block("ul") { html in
                for (anchor, title) in links {
                    html.block("li") { $0.inline("a", ["href": "#\(anchor)"], text: title) }
                }
            }
        }
    }

    var subject: String {
        result.service.name + (result.service.environment.map { " in \($0)" } ?? "")
    }

    /// Each role once, in the order of the checklists.
    var signOffRoles: [String] {
        result.checklists.flatMap(\.signOffRoles).reduce(into: []) { roles, role in
            if !roles.contains(role) { roles.append(role) }
        }
    }
}

/// The names by which links point into the page; they stay the same from run to run.
enum HTMLAnchor {
    static func item(_ id: String) -> String { "item-" + encoded(id) }

    static func status(_ name: String) -> String { "status-" + name }

    static func section(_ section: ReportOutline.Section) -> String {
        "section-\(encoded(section.checklist))-\(encoded(section.id))"
    }

    static func observation(_ index: Int) -> String { "observation-\(index + 1)" }

    static func group(_ group: ReportOutline.Group) -> String { "\(group)" }

    /// The name with all but letters, digits, dots and hyphens as `_` and two hexadecimal digits for each byte.
    private static func encoded(_ name: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var output: [UInt8] = []
        for byte in name.utf8.prefix(400) {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "."), UInt8(ascii: "-"): output.append(byte)
            default: output += [UInt8(ascii: "_"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: output, as: UTF8.self)
    }
}
