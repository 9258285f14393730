import AuditModel
import Facts

let cspField = "Content-Security-Policy"

/// The capture of one page with these policies in its header, perhaps with elements and a second answer.
func csp(
    _ policies: String..., elements: [PageElement]? = nil, fields: [(String, String)] = [],
    url: String = "https://shop.example/", again: [(String, String)]? = nil, againElements: [PageElement] = []
) -> CSPCapture {
    let answer = exchange(url: url, policies.map { (cspField, $0) } + fields)
    var visits: [PageVisit] = []
    if let again {
        visits.append(
            PageVisit(
                .again, exchanges: [exchange(url: url, again)],
                outline: elements.map { _ in PageOutline(elements: againElements) }))
    }
    return CSPCapture(
        page: PageObservation(
            url: url, exchanges: [answer], outline: elements.map { PageOutline(elements: $0) }, visits: visits,
            requests: 1 + visits.count))
}

func meta(_ policy: String, isInHead: Bool = true) -> PageElement {
    PageElement(
        "meta", [HTTPField("http-equiv", "Content-Security-POLICY"), HTTPField("content", policy)], isInHead: isInHead)
}

extension FactSet.Knowledge {
    static func list(_ texts: [String]) -> Self { .value(.list(texts.map(FactValue.text))) }
}
