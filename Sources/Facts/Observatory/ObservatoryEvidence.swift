import AuditModel
import WireFormats

/// What the observatory probe saw, judged once; the facts read it.
package struct ObservatoryEvidence: Sendable {
    let page: PageObservation
    /// The last response of the chain.
    let response: HTTPExchange
    /// Each test's outcome, or why it is not known.
    let outcomes: [ObservatoryTest: Result<ObservatoryOutcome, ProbeFailure>]
    /// From plain HTTP on; nil when nobody answers there or nothing asked.
    let chain: RedirectChain?

    /// nil when the capture holds no response, which no probe records.
    init?(_ capture: ObservatoryCapture) {
        guard let response = capture.page.exchanges.last else { return nil }
        page = capture.page
        self.response = response
        let plain = PlainHTTP(page)
        chain = if case .answered(let exchanges) = plain { RedirectChain(exchanges) } else { nil }
        outcomes = Self.judge(page, response, plain, chain)
    }

    private static func judge(
        _ page: PageObservation, _ response: HTTPExchange, _ plain: PlainHTTP, _ chain: RedirectChain?
    ) -> [ObservatoryTest: Result<ObservatoryOutcome, ProbeFailure>] {
        let isVerified = page.exchanges.allSatisfy { $0.tls?.isVerified ?? true }
        let site = (try? URLReference(page.url))?.host ?? ""
        let isPreloaded = { page.hints?.isPreloaded($0) == true }
        let transport = ObservatoryFields.transportSecurity(
            response, isVerified: isVerified, isPreloaded: isPreloaded(site))
        let meta = MetaElements(response, page.outline)
        let csp = ObservatoryCSP(
            header: response.values(of: "content-security-policy"), elements: meta.policies,
            hasReportOnly: response.values(of: "content-security-policy-report-only").contains { !$0.isEmpty },
            isHTTPS: (try? URLReference(response.url))?.scheme == .https)
        var outcomes: [ObservatoryTest: ObservatoryOutcome] = [
            .contentSecurityPolicy: csp.outcome, .transportSecurity: transport,
            .cookies: ObservatoryCookies.outcome(page.exchanges, isProtected: transport.isPass),
            .embedderPolicy: ObservatoryFields.embedderPolicy(response),
            .openerPolicy: ObservatoryFields.openerPolicy(response),
            .resourcePolicy: ObservatoryFields.resourcePolicy(response),
            .referrerPolicy: ObservatoryFields.referrerPolicy(response, elements: meta.referrerPolicies),
            .subresourceIntegrity: ObservatoryPage.subresourceIntegrity(response, page.outline, site: site),
            .contentTypeOptions: ObservatoryFields.contentTypeOptions(response),
            .frameOptions: ObservatoryFields.frameOptions(response, hasFrameAncestors: csp.hasFrameAncestors)
        ]
        var failures: [ObservatoryTest: ProbeFailure] = [:]
        if case .unobserved(let failure) = plain, page[.http] == nil || Self.saysNothing(failure) {
            failures[.redirection] = failure
        } else {
            outcomes[.redirection] = ObservatoryPage.redirection(chain, isPreloaded: isPreloaded)
        }
        if let visit = page[.options] {
            // An OPTIONS that nobody answers is no CORS.
            outcomes[.crossOriginResourceSharing] = ObservatoryFields.crossOriginResourceSharing(visit.answer)
        } else {
            failures[.crossOriginResourceSharing] = .notAsked
        }
        return outcomes.mapValues { .success($0) }.merging(failures.mapValues { .failure($0) }) { first, _ in first }
    }

    /// Any other failure is to the Observatory as if nobody spoke plain HTTP.
    private static func saysNothing(_ failure: ProbeFailure) -> Bool {
        [.cancelled, .notPermitted, .tooManyRedirects].contains(failure.code)
    }

    /// Why the Observatory would not score the page: its status; nil when it would.
    var gate: String? {
        switch response.status {
        case 200...399, 401, 403: nil
        default: "the status is \(response.status); only 2xx, 3xx, 401 and 403 are scored"
        }
    }

    /// nil when the page is not scored; throws why a test's outcome is not known.
    func score() throws(ProbeFailure) -> ObservatoryScore? {
        guard gate == nil else { return nil }
        var found: [ObservatoryOutcome] = []
        for test in ObservatoryTest.allCases { found.append(try outcome(of: test)) }
        return ObservatoryScore(found)
    }

    func outcome(of test: ObservatoryTest) throws(ProbeFailure) -> ObservatoryOutcome {
        guard let result = outcomes[test] else { throw .notAsked }
        return try result.get()
    }
}

/// What `<meta>` elements say, anywhere in the page; nothing when the page is not HTML by its exact type.
struct MetaElements {
    let policies: [String]
    /// The last one, if any.
    let referrerPolicies: [String]

    init(_ response: HTTPExchange, _ outline: PageOutline?) {
        let type = response.values(of: "content-type").first?.prefix { $0 != ";" } ?? ""
        guard ObservatoryPage.htmlTypes.contains(String(type)) else {
            policies = []
            referrerPolicies = []
            return
        }
        let elements = outline?.elements.filter { $0.name == "meta" && !($0.attribute("content") ?? "").isEmpty } ?? []
        let fields = elements.filter { $0.attribute("http-equiv") != nil }
        policies = fields.filter { Self.name($0, "http-equiv") == "content-security-policy" }
            .compactMap { $0.attribute("content") }
        referrerPolicies = elements.filter { $0.attribute("http-equiv") == nil && Self.name($0, "name") == "referrer" }
            .suffix(1).compactMap { $0.attribute("content") }
    }

    private static func name(_ element: PageElement, _ attribute: String) -> String? {
        element.attribute(attribute).map { JavaScript.trimmed($0).lowercased() }
    }
}
