import AuditModel
import WireFormats

/// What became of the page when it was asked for over plain HTTP.
enum PlainHTTP {
    /// The exchanges of the chain that begins with `http://`, not empty.
    case answered([HTTPExchange])
    /// Nobody speaks HTTP there, and why: no failure of the page.
    case closed(ProbeFailure)
    case unobserved(ProbeFailure)

    init(_ page: PageObservation) {
        if let first = page.exchanges.first, (try? URLReference(first.url))?.scheme == .http {
            self = .answered(page.exchanges)
        } else if let visit = page[.http] {
            self.init(visit)
        } else {
            self = .unobserved(.notAsked)
        }
    }

    private init(_ visit: PageVisit) {
        let failure = visit.failure ?? ProbeFailure(.malformed, "the recording holds no response")
        if !visit.exchanges.isEmpty {
            self = .answered(visit.exchanges)
        } else {
            switch failure.code {
            case .refused, .timeout, .reset, .closedEarly: self = .closed(failure)
            default: self = .unobserved(failure)
            }
        }
    }

    /// Those of the exchanges that went over plain HTTP; empty when nobody speaks it; throws why that is not known.
    func plainExchanges() throws(ProbeFailure) -> [HTTPExchange] {
        switch self {
        case .answered(let exchanges): exchanges.filter { (try? URLReference($0.url))?.scheme == .http }
        case .closed: []
        case .unobserved(let failure): throw failure
        }
    }
}
