import AuditModel
import WireFormats

/// What the redirect probe saw, parsed once; the facts read it.
package struct RedirectEvidence: Sendable {
    let page: PageObservation
    let plainHTTP: PlainHTTP
    /// The way from `http://` on; nil when nobody speaks plain HTTP, or nothing asked.
    let chain: RedirectChain?

    /// nil when the capture holds no response, which no probe records.
    init?(_ capture: RedirectCapture) {
        guard !capture.page.exchanges.isEmpty else { return nil }
        page = capture.page
        plainHTTP = PlainHTTP(capture.page)
        let isTooLong = page[.http]?.failure?.code == .tooManyRedirects
        if case .answered(let exchanges) = plainHTTP {
            chain = RedirectChain(exchanges, isTooLong: isTooLong)
        } else {
            chain = nil
        }
    }

    /// A fact of the chain: absent when nobody speaks plain HTTP, unobserved when that is not known.
    func along(_ derive: (RedirectChain) -> DerivedFact) -> DerivedFact {
        if let chain { return derive(chain) }
        if case .unobserved(let failure) = plainHTTP { return .unobserved(failure) }
        return .absent
    }
}

/// Exchanges from `http://` on, each but the last a redirect, and where the last one points to.
struct RedirectChain: Sendable {
    let exchanges: [HTTPExchange]
    /// Every URL of the way: those asked for, and the one that the last answer points to and nobody followed.
    let route: [URLReference]
    /// Whether the way was longer than it was followed, or a circle.
    let isTooLong: Bool

    init(_ exchanges: [HTTPExchange], isTooLong: Bool = false) {
        self.exchanges = exchanges
        let asked = exchanges.compactMap { try? URLReference($0.url) }
        route = asked + [exchanges.last?.redirectTarget].compactMap { $0 }
        self.isTooLong = isTooLong
    }

    /// nil when the first answer is no redirect.
    var firstHop: (from: URLReference, to: URLReference)? {
        route.count > 1 ? (route[0], route[1]) : nil
    }

    /// Whether a redirect points to where the way had been before.
    var isLoop: Bool { Set(route).count < route.count }

    /// Whether a hop leads from HTTPS to plain HTTP.
    var isDowngraded: Bool {
        zip(route, route.dropFirst()).contains { $0.scheme == .https && $1.scheme == .http }
    }

    /// The first URL over HTTPS; nil when the way never gets there.
    var firstSecure: URLReference? { route.first { $0.scheme == .https } }
}

extension HTTPExchange {
    /// Where a redirect points to; nil for another answer and for a Location that nobody can follow.
    var redirectTarget: URLReference? {
        guard [301, 302, 303, 307, 308].contains(status), let location = values(of: "location").first else {
            return nil
        }
        return try? URLReference(url).resolving(location)
    }
}
