import AuditModel
import WireFormats

/// The pages that the probes of one run look at: each visit is made once, for all probes that read it.
package actor SharedPages {
    private var origins: [URLReference: PageVisits] = [:]

    package init() {}

    /// The visits of a URL's origin.
    ///
    /// The first URL that is named of an origin is the one whose further answers are asked for: another path adds only
    /// its own page.
    @discardableResult
    func visits(of url: URLReference, in context: ProbeContext) -> PageVisits {
        if let visits = origins[url.atRoot] { return visits }
        let visits = PageVisits(url, in: context)
        origins[url.atRoot] = visits
        return visits
    }

    /// Names the pages of requests in their order, so that it does not depend on the scheduler which is an origin's first.
    func expect(_ requests: [ObservationRequest], in context: ProbeContext) {
        for request in requests where request.probe.observer.sharesPages {
            guard let url = try? request.pageURL() else { continue }
            visits(of: url, in: context)
        }
    }

    /// Closes all connections; what was seen is forgotten.
    func close() async {
        for visits in origins.values { await visits.close() }
        origins = [:]
    }
}
