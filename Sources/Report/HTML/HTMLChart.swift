import AuditModel

/// What a bar shows: parts of its width, in thousandths from the left, and lines across it.
struct BarParts {
    /// The class colours a part.
    var segments: [(tone: String, start: Int, end: Int)] = []
    var lines: [(tone: String, at: Int)] = []

    /// Counts side by side, over the whole width.
    static func shares(_ counts: [(tone: String, count: Int)]) -> BarParts {
        let total = max(1, counts.reduce(0) { $0 + $1.count })
        var parts = BarParts()
        var sum = 0
        for (tone, count) in counts where count > 0 {
            parts.segments.append((tone, sum * 1000 / total, (sum + count) * 1000 / total))
            sum += count
        }
        return parts
    }
}

extension HTMLWriter {
    /// A bar over the whole width, with what it shows in words; it needs no style sheet.
    mutating func bar(_ words: String, _ parts: BarParts, height: Int) {
        inline("svg", ["class": "bar", "role": "img", "width": "100%", "height": String(height)]) { html in
            html.inline("title") { $0.value(words) }
            for (tone, start, end) in parts.segments {
                html.inline(
                    "rect",
                    [
                        "class": tone, "x": percent(start), "width": percent(max(end - start, 2)), "y": "0",
                        "height": "100%", "fill": HTMLWriter.plainColour(tone)
                    ]
                ) { _ in }
            }
            for (tone, position) in parts.lines {
                html.inline(
                    "line",
                    [
                        "class": tone, "x1": percent(position), "x2": percent(position), "y1": "0", "y2": "100%",
                        "stroke": "#333", "stroke-width": "2"
                    ]
                ) { _ in }
            }
        }
    }

    /// The captions of an axis, in thousandths from the left; what they say stands in the rows as well.
    mutating func axis(_ marks: [(at: Int, text: String)]) {
        inline("svg", ["class": "axis", "aria-hidden": "true", "width": "100%", "height": "16"]) { html in
            for (position, text) in marks {
                html.inline(
                    "text", ["x": percent(position), "y": "12", "text-anchor": "middle", "font-size": "11"], text: text)
            }
        }
    }

    /// A chart as a table: what, a bar, and the same in words.
    mutating func chart(
        _ caption: String, _ header: (String, String, String), axis marks: [(at: Int, text: String)] = [],
        _ rows: (inout HTMLWriter) -> Void
    ) {
        block("table", ["class": "chart", "aria-label": caption]) { html in
            html.block("thead") { html in
                html.block("tr") { html in
                    html.inline("th", ["scope": "col"], text: header.0)
                    html.inline("th", ["scope": "col"]) { html in
                        html.inline("span", ["class": marks.isEmpty ? "caption" : "unseen"], text: header.1)
                        if !marks.isEmpty { html.axis(marks) }
                    }
                    html.inline("th", ["scope": "col"], text: header.2)
                }
            }
            html.block("tbody") { rows(&$0) }
        }
    }

    mutating func chartRow(
        _ words: String, _ parts: BarParts, what: (inout HTMLWriter) -> Void, value: (inout HTMLWriter) -> Void
    ) {
        block("tr") { html in
            html.inline("th", ["scope": "row"]) { what(&$0) }
            html.inline("td", ["class": "plot"]) { $0.bar(words, parts, height: 12) }
            html.inline("td") { value(&$0) }
        }
    }

    /// The colour where no style sheet is let in.
    private static func plainColour(_ tone: String) -> String {
        switch tone {
        case "fail": "#a8201a"
        case "error", "inconclusive": "#b36a00"
        case "pending", "stale": "#1d5597"
        case "waived": "#6a3d9a"
        case "pass": "#2f8a50"
        default: "#8a8f94"
        }
    }
}

/// Thousandths as a percentage, `12.5%`.
private func percent(_ thousandths: Int) -> String { "\(thousandths / 10).\(thousandths % 10)%" }
