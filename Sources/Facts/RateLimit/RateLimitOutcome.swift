import AuditModel

/// What a limiter made of a request.
package enum RateLimitOutcome: Sendable, Equatable {
    case accepted
    case denied
    /// No answer, or an error of the service.
    case failed

    /// 429 is a denial. 503 and 403 are one where the service usually answers otherwise: whether they were, its
    /// answers after a silence tell.
    package init(_ request: RateLimitCapture.Request, usual: Int?) {
        switch request.status {
        case nil: self = .failed
        case 429: self = .denied
        case let status where (status == 503 || status == 403) && usual != status: self = .denied
        case let status? where status >= 500: self = .failed
        default: self = .accepted
        }
    }
}

extension [RateLimitCapture.Request] {
    /// The status of the first answer, which those to come are held against.
    package var usualStatus: Int? { first { $0.status != nil && $0.phase != .settling }?.status }

    /// Whether a further answer is a denial whose body is worth keeping: one is, and rather of an own request.
    package func wantBody(of request: RateLimitCapture.Request) -> Bool {
        let usual = usualStatus
        guard RateLimitOutcome(request, usual: usual) == .denied else { return false }
        return !contains {
            $0.body != nil && RateLimitOutcome($0, usual: usual) == .denied && ($0.isOwn || !request.isOwn)
        }
    }
}

/// Requests that are slowed down instead of denied.
package enum RateLimitShaping {
    /// Requests a second to which a client was slowed down; nil when it was not.
    ///
    /// The later half of the requests took at least three times the baseline's median, by more than 20 ms, and
    /// three quarters of them about equally long: within a tenth of their median, or 15 ms.
    package static func rate(_ requests: [RateLimitCapture.Request]) -> Double? {
        let baseline = requests.filter { $0.phase == .baseline }.compactMap(\.secondsToHead)
        let all = requests.filter { $0.phase == .baseline || $0.phase == .ladder }
        let half = all.suffix(all.count / 2)
        let latencies = half.compactMap(\.secondsToHead)
        guard all.count >= 12, let first = half.first, let last = half.last, let usual = median(baseline),
            latencies.count == half.count, let plateau = median(latencies),
            plateau >= 3 * usual, plateau >= usual + 0.02
        else { return nil }
        let tolerance = Swift.max(plateau / 10, 0.015)
        let steady = latencies.count { abs($0 - plateau) <= tolerance }
        let seconds = last.sentAt - first.sentAt
        guard steady * 4 >= latencies.count * 3, seconds > 0 else { return nil }
        return Double(half.count - 1) / seconds
    }

    package static func median(_ values: [Double]) -> Double? {
        let sorted = values.filter(\.isFinite).sorted()
        guard !sorted.isEmpty else { return nil }
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }
}
