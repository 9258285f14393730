import AuditModel
import Facts
import Testing

/// A page with what its probes saw besides, built by hand.
struct PageSample: Sendable {
    var fields: [(String, String)] = [("Content-Type", "text/html; charset=utf-8")]
    var url = "https://shop.example/"
    var status = 200
    var elements: [PageElement] = []
    /// Plain HTTP refuses the connection when nil.
    var http: [HTTPExchange]?
    var visits: [PageVisit] = []
    var paths: [PathVisit] = []
    var hints: PageHints?

    var page: PageObservation {
        let answer = exchange(url: url, status: status, fields)
        var visits = visits
        if !visits.contains(where: { $0.kind == .http }) {
            let refused = ProbeFailure(.refused, "port 80 refuses connections")
            visits.append(http.map { PageVisit(.http, exchanges: $0) } ?? PageVisit(.http, failure: refused))
        }
        return PageObservation(
            url: url, exchanges: [answer], outline: PageOutline(elements: elements), visits: visits, paths: paths,
            hints: hints)
    }
}

/// A page and the facts that must follow from it.
struct PageCase: Sendable, CustomTestStringConvertible {
    let name: String
    let sample: PageSample
    let facts: [(String, FactSet.Knowledge)]
    var testDescription: String { name }

    init(_ name: String, _ sample: PageSample, _ facts: [(String, FactSet.Knowledge)]) {
        self.name = name
        self.sample = sample
        self.facts = facts
    }
}

let html = ("Content-Type", "text/html; charset=utf-8")

/// A `<meta>` element with these attributes.
func meta(_ attributes: (String, String)..., isInHead: Bool = true) -> PageElement {
    PageElement("meta", attributes.map { HTTPField($0.0, $0.1) }, isInHead: isInHead)
}

func script(_ attributes: (String, String)..., textLength: Int = 0) -> PageElement {
    PageElement("script", attributes.map { HTTPField($0.0, $0.1) }, textLength: textLength)
}
