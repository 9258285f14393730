import AuditModel
import WireFormats

/// What the csp probe saw, parsed once; the facts read it.
package struct CSPEvidence: Sendable {
    let page: PageObservation
    /// The last response of the chain.
    let response: HTTPExchange
    /// The response's URL; nil when it is none.
    let origin: URLReference?
    let sent: SentPolicies
    /// All that is enforced: each policy has to allow what the page does.
    let policies: [ContentSecurityPolicy]
    let syntax: PolicySyntax
    /// What they allow together.
    let effective: EffectivePolicy
    /// What the enforced policies say of scripts and styles.
    let scripts: InlineRules
    let styles: InlineRules

    /// nil when the capture holds no response, which no probe records.
    init?(_ capture: CSPCapture) {
        guard let response = capture.page.exchanges.last else { return nil }
        page = capture.page
        self.response = response
        origin = try? URLReference(response.url)
        sent = SentPolicies(response, outline: page.outline)
        policies = sent.enforced
        syntax = PolicySyntax(sent.serialized)
        effective = EffectivePolicy(policies: policies, origin: origin)
        scripts = InlineRules(.script, policies: policies, origin: origin)
        styles = InlineRules(.style, policies: policies, origin: origin)
    }

    /// The lists of a directive, or of what stands in for it, of each policy that has one.
    func lists(of directive: String) -> [SourceList] { policies.compactMap { $0.governing(directive)?.sources } }

    /// The values of a directive of all policies.
    func values(of directive: String) -> [String] { policies.flatMap { $0[directive]?.values ?? [] } }
}

/// The policies of one answer, header and page.
struct SentPolicies: Sendable {
    /// Field lines, whatever they hold.
    let lines: [String]
    /// Of the header, with a directive at least.
    let header: [ContentSecurityPolicy]
    /// Of `<meta>` elements in the head, as written.
    let metaWritten: [ContentSecurityPolicy]
    let reportOnly: [ContentSecurityPolicy]
    let hasReportOnlyLine: Bool
    /// What stands between commas of the header, and each `<meta>` element.
    let serialized: [ContentSecurityPolicy]
    /// Why the page's own policies are not known; nil when they are.
    let pageFailure: ProbeFailure?

    init(_ response: HTTPExchange, outline: PageOutline?) {
        lines = response.values(of: "content-security-policy")
        let reportOnlyLines = response.values(of: "content-security-policy-report-only")
        hasReportOnlyLine = !reportOnlyLines.isEmpty
        header = ContentSecurityPolicy.policies(lines: lines)
        reportOnly = ContentSecurityPolicy.policies(lines: reportOnlyLines)
        // Elements that were cut off stand behind the head.
        pageFailure = outline?.failure.flatMap { $0.code == .tooLarge ? nil : $0 }
        metaWritten = (outline?.elements ?? []).filter(Self.isPolicy).compactMap { $0.attribute("content") }
            .map { ContentSecurityPolicy(serialized: $0) }
        serialized = ContentSecurityPolicy.serialized(lines: lines) + metaWritten
    }

    private static func isPolicy(_ element: PageElement) -> Bool {
        element.name == "meta" && element.isInHead && element.attribute("content")?.isEmpty == false
            && element.attribute("http-equiv")?.asciiLowercased == "content-security-policy"
    }

    /// Of `<meta>` elements without what has no effect there.
    var meta: [ContentSecurityPolicy] {
        metaWritten.map { $0.without(ContentSecurityPolicy.ignoredInMeta) }.filter { !$0.directives.isEmpty }
    }

    var enforced: [ContentSecurityPolicy] { header + meta }
}

/// What the enforced policies allow of one kind of code, scripts or styles, in elements and in attributes.
struct InlineRules: Sendable {
    let purpose: SourceList.Purpose
    /// Of each policy that restricts such elements.
    let elements: [SourceList]
    /// Of each policy that restricts such attributes.
    let attributes: [SourceList]
    /// What all policies together allow as elements; nil when none restricts them.
    let allowed: SourceList?

    init(_ purpose: SourceList.Purpose, policies: [ContentSecurityPolicy], origin: URLReference?) {
        let name = purpose == .script ? "script-src" : "style-src"
        self.purpose = purpose
        elements = policies.compactMap { $0.governing(name + "-elem")?.sources }
        attributes = policies.compactMap { $0.governing(name + "-attr")?.sources }
        allowed = SourceList.intersection(elements.map { $0.active(purpose) }, origin: origin)
    }

    /// Elements' lists and, where a policy has another one for attributes, those.
    var all: [SourceList] { elements + attributes.filter { !elements.contains($0) } }

    /// Whether inline code of any content runs, in elements or in attributes.
    var allowsAllInline: Bool {
        elements.allSatisfy { $0.allowsAllInline(purpose) } || attributes.allSatisfy { $0.allowsAllInline(purpose) }
    }

    /// Whether nothing limits where such code comes from.
    var isUnrestricted: Bool { allowed?.allowsAnyHost ?? true }
}
