import AuditModel
import JSON
import WireFormats

extension CSPFacts {
    /// Where violations are reported to.
    static let reporting: [FactDefinition<CSPEvidence>] = [
        FactDefinition(
            enforced: "reporting.configured", .boolean,
            meaning: "Whether violations of an enforced policy are reported.",
            source: "CSP Level 3 §6.5"
        ) { .boolean(!$0.values(of: "report-uri").isEmpty || !$0.reportGroups.isEmpty) },
        FactDefinition(
            enforced: "reporting.reportUri", .list(.text), meaning: "The URLs of report-uri, as written, in order.",
            source: "CSP Level 3 §6.5.1"
        ) { .texts($0.values(of: "report-uri")) },
        FactDefinition(
            enforced: "reporting.reportTo", .list(.text), meaning: "The endpoints that report-to names, in order.",
            source: "CSP Level 3 §6.5.2"
        ) { .texts($0.reportGroups) },
        FactDefinition(
            enforced: "reporting.reportToOnly", .boolean,
            meaning: "Whether reports depend on report-to alone, which not every browser reads.",
            source: "csp-evaluator, REPORT_TO_ONLY"
        ) { .boolean($0.values(of: "report-uri").isEmpty && !$0.reportGroups.isEmpty) },
        FactDefinition(
            enforced: "reporting.insecure", .boolean, meaning: "Whether reports go over plain HTTP.",
            source: "CSP Level 3 §6.5.1"
        ) { .boolean($0.reportURLs.contains { $0.scheme == .http }) },
        FactDefinition(
            enforced: "reporting.endpointDefined", .boolean,
            meaning:
                "Whether Reporting-Endpoints or Report-To defines what report-to names; absent without report-to.",
            source: "Reporting API §3.2"
        ) { evidence in
            let groups = evidence.reportGroups
            guard !groups.isEmpty else { return .absent }
            return .boolean(groups.allSatisfy { evidence.endpoints[$0] != nil })
        }
    ]
}

extension CSPEvidence {
    /// report-to takes one name.
    fileprivate var reportGroups: [String] { policies.compactMap { $0["report-to"]?.values.first } }

    /// The URLs by the endpoint's name.
    fileprivate var endpoints: [String: String] {
        var endpoints: [String: String] = [:]
        for line in response.values(of: "report-to") {
            // JSON objects between commas (Reporting API of 2018).
            guard case .array(let groups)? = try? JSONValue.parse("[\(line)]") else { continue }
            for group in groups {
                guard case .array(let targets)? = group["endpoints"] else { continue }
                endpoints[group["group"]?.string ?? "default"] = targets.first?["url"]?.string ?? ""
            }
        }
        for member in FieldSyntax.list(response.values(of: "reporting-endpoints")) {
            guard let directive = FieldDirective(member), let url = directive.value else { continue }
            endpoints[directive.name] = url
        }
        return endpoints
    }

    fileprivate var reportURLs: [URLReference] {
        guard let origin else { return [] }
        let texts = values(of: "report-uri") + reportGroups.compactMap { endpoints[$0] }
        return texts.compactMap { try? origin.resolving($0) }
    }
}
