import AuditModel

/// How a quota came back, from the times at which requests were accepted and denied.
///
/// Between two denials a bucket gains as many tokens as requests were accepted, give or take one: that bounds its
/// refill. A window gives back all at once.
package struct RateLimitRecovery: Sendable {
    /// How a limiter counts.
    package enum Model: String, CaseIterable, Sendable {
        /// So many in a time span, fixed or moving: one measurement does not tell which.
        case window
        /// A stock that refills steadily.
        case tokenBucket = "token-bucket"
        /// Neither fits what was seen, or too little was.
        case unknown
    }

    /// A value and how far the truth may lie from it.
    package struct Measured: Sendable, Equatable {
        package var value: Double
        package var band: Double
    }

    package private(set) var model = Model.unknown
    /// Requests a second.
    package private(set) var refill: Measured?
    /// Requests that a rested client may send at once.
    package private(set) var capacity: Measured?

    /// How late a request may reach the limiter, in seconds.
    private static let jitter = 0.1

    private let own: [Event]
    private let accepted: Int
    private let ladderSeconds: Double
    private let firstDenial: Int

    private struct Event {
        var time: Double
        var isAccepted: Bool
        var round: Int?
    }

    /// - Parameters:
    ///   - requests: those that count on one quota, in the order sent, with what the limiter made of each.
    ///   - advertisedWait: what the first denial asked for, in seconds.
    package init?(
        _ requests: [(request: RateLimitCapture.Request, outcome: RateLimitOutcome)], advertisedWait: Double?
    ) {
        own = requests.filter { $0.outcome != .failed }.map {
            Event(time: $0.request.sentAt, isAccepted: $0.outcome == .accepted, round: $0.request.round)
        }
        guard let start = own.first, let index = own.firstIndex(where: { !$0.isAccepted }), index > 0 else {
            return nil
        }
        firstDenial = index
        accepted = index
        ladderSeconds = own[index].time - start.time
        let rounds = Set(own.compactMap(\.round)).sorted().compactMap { [own] in Round(own, $0) }
        // A quota of one is whole after every silence: what it gave under load tells more.
        let givesOneByOne = accepted == 1 && own[index...].prefix { $0.round == nil }.count { $0.isAccepted } > 1
        if let full = rounds.first, full.isFull(accepted), !givesOneByOne {
            model = .window
            measureWindow(full, advertisedWait: advertisedWait)
        } else {
            measureBucket(rounds, advertisedWait: advertisedWait)
        }
    }

    /// The requests after one silence, of which the first was accepted.
    private struct Round {
        /// The index of its first request.
        let start: Int
        let accepted: Int
        /// Whether a denial ended it.
        let isExhausted: Bool
        /// Seconds from the last denial before the silence to the end of the round.
        let span: Double
        /// Accepted in that span.
        let gained: Int

        init?(_ own: [Event], _ round: Int) {
            let indices = own.indices.filter { own[$0].round == round }
            guard let first = indices.first, let last = indices.last, own[first].isAccepted,
                let before = own[..<first].lastIndex(where: { !$0.isAccepted })
            else { return nil }
            start = first
            accepted = indices.count { own[$0].isAccepted }
            isExhausted = !own[last].isAccepted
            span = own[last].time - own[before].time
            gained = own[before...last].count { $0.isAccepted }
        }

        /// Whether the whole quota was there again: one request fewer is, where many are.
        func isFull(_ quota: Int) -> Bool { accepted >= quota || quota >= 6 && accepted == quota - 1 }
    }

    // MARK: Window

    private mutating func measureWindow(_ full: Round, advertisedWait: Double?) {
        let recovered = own[full.start].time
        let lastDenial = own[..<full.start].last { !$0.isAccepted }?.time ?? own[firstDenial].time
        let waited = max(recovered - lastDenial, 0.001)
        let wasDeniedAgain = own[..<full.start].contains { $0.round != nil && !$0.isAccepted }
        // It ended after the last denial and before the first acceptance, counted from the first request of all; where
        // denials count, from the last of them.
        var longest = recovered - own[0].time
        var shortest = lastDenial - own[0].time
        if wasDeniedAgain { (shortest, longest) = (min(shortest, waited), max(longest, waited)) }
        if let advertisedWait {
            // Whole seconds are rounded, up or down.
            if !wasDeniedAgain { shortest = max(shortest, advertisedWait - 1) }
            if wasDeniedAgain { shortest = min(shortest, advertisedWait) }
        }
        let count = Double(accepted)
        let rate = count / waited
        let low = count / max(longest + Self.jitter, 0.001)
        let high = count / max(min(shortest, waited) - Self.jitter, 0.05)
        refill = Measured(value: rate, band: max(rate - low, high - rate) + Self.jitter * rate / waited)
        capacity = Measured(value: count, band: 1 + Self.jitter * rate)
    }

    // MARK: Bucket

    private struct Bounds {
        var low: Double
        var high: Double
        var middle: Double { (low + high) / 2 }

        /// What `gained` requests in a time say.
        init(gained: Int, seconds: Double) {
            low = max(0, Double(gained - 1) / seconds)
            high = Double(gained + 1) / seconds
        }

        init(low: Double, high: Double) { (self.low, self.high) = (low, high) }

        func meets(_ other: Bounds) -> Bool { low <= other.high && other.low <= high }

        func common(_ other: Bounds) -> Bounds { Bounds(low: max(low, other.low), high: min(high, other.high)) }

        func hull(_ other: Bounds) -> Bounds { Bounds(low: min(low, other.low), high: max(high, other.high)) }
    }

    private mutating func measureBucket(_ rounds: [Round], advertisedWait: Double?) {
        let silences = rounds.filter { $0.isExhausted && $0.span > 0 }
        let bySilence = silences.map { Bounds(gained: $0.gained, seconds: $0.span) }
        let saturated = saturatedBounds(isOfOne: (rounds.map(\.accepted).max() ?? 0) < 2)
        let isCut = !rounds.isEmpty && silences.isEmpty
        guard let first = bySilence.first, !isCut else {
            if isCut {
                model = advertisedWait == nil ? .unknown : .window
                capacity = Measured(value: Double(accepted), band: 1)
                if let wait = advertisedWait, wait > 0, let round = rounds.first {
                    let rate = Double(accepted) / wait
                    refill = Measured(value: rate, band: max(rate - Double(round.gained - 1) / round.span, 1 / wait))
                }
            } else if let saturated, saturated.bounds.low > 0 {
                setBucket(saturated.point, saturated.bounds, seconds: 1)
            }
            return
        }
        let all = bySilence.dropFirst().reduce(first) { $0.hull($1) }
        let span = silences[0].span
        // In equal times a bucket gains equally much, give or take one.
        let isSteady = zip(silences, bySilence).dropFirst().allSatisfy { round, bounds in
            let expected = Double(silences[0].gained) * round.span / span
            return bounds.meets(first) && abs(Double(round.gained) - expected) < 1.5
        }
        guard isSteady else {
            return setVarying(all, seconds: span)
        }
        let common = bySilence.dropFirst().reduce(first) { $0.common($1) }
        let point = bySilence.count == 1 ? pointOf(silences[0]) : common.middle
        // Unequal gains: a window that slides gives back what it gave out before, and both rates were seen.
        let isUneven = Set(silences.map(\.gained)).count > 1
        guard let (loadedPoint, loaded) = saturated else {
            return setBucket(point, isUneven ? all : common, seconds: span)
        }
        let mayBeFull = silences.contains { Double($0.accepted) + 1 >= Double(accepted) - loadedPoint * ladderSeconds }
        if mayBeFull, loaded.high >= common.low {
            // What came after it was full was lost: the silence says only that it is no slower.
            let both = Bounds(low: max(loaded.low, common.low), high: loaded.high)
            setBucket(min(max(loadedPoint, both.low), both.high), both, seconds: 0.5)
        } else if loaded.meets(common) {
            let both = loaded.common(common)
            let rate = point >= both.low && point <= both.high ? point : both.middle
            setBucket(rate, isUneven ? all : both, seconds: span)
        } else if loaded.low > common.high {
            // The bucket was full before the silence ended: only what it gained under load says how fast.
            setBucket(loadedPoint, loaded, seconds: 0.5)
        } else {
            setVarying(all.hull(loaded), seconds: span)
        }
    }

    private func pointOf(_ round: Round) -> Double { Double(round.gained) / round.span }

    /// Under load, between two denials with no long pause between them.
    ///
    /// - Parameter isOfOne: whether never more than one request was accepted at once.
    private func saturatedBounds(isOfOne: Bool) -> (point: Double, bounds: Bounds)? {
        let loaded = own[firstDenial...].prefix { $0.round == nil }
        // A bucket of one loses at most one token in a pause, which the bounds below make up for.
        let longestGap = isOfOne ? 0.25 : 0.1
        var best: (first: Int, last: Int)?
        var first: Int?
        for index in loaded.indices {
            if index > loaded.startIndex, own[index].time - own[index - 1].time > longestGap { first = nil }
            guard !own[index].isAccepted else { continue }
            let start = first ?? index
            first = start
            if own[index].time - own[start].time > best.map({ own[$0.last].time - own[$0.first].time }) ?? 0 {
                best = (start, index)
            }
        }
        guard let best, own[best.last].time - own[best.first].time >= 0.2 else { return nil }
        let span = own[best.first...best.last]
        let seconds = own[best.last].time - own[best.first].time
        let gained = span.count { $0.isAccepted }
        var bounds = Bounds(gained: gained, seconds: seconds)
        let point = Double(gained) / seconds
        // A bucket of one is full when its token comes, and waits for the next request without another.
        let gap = zip(span, span.dropFirst()).map { $1.time - $0.time }.max() ?? 0
        if isOfOne { bounds.high /= max(0.1, 1 - bounds.high * gap) }
        return (point, bounds)
    }

    private mutating func setBucket(_ rate: Double, _ bounds: Bounds, seconds: Double) {
        model = .tokenBucket
        // Never surer than one request more or less: a sliding window refills nearly as a bucket does.
        let band =
            max(rate - bounds.low, bounds.high - rate, 1 / max(seconds, 0.5)) + Self.jitter * rate / max(seconds, 0.1)
        refill = Measured(value: rate, band: band)
        capacity = Measured(
            value: max(1, Double(accepted) - rate * ladderSeconds), band: 1 + Self.jitter * rate + band * ladderSeconds)
    }

    /// Not the same rate twice: neither a bucket nor a whole window.
    private mutating func setVarying(_ bounds: Bounds, seconds: Double) {
        refill = Measured(
            value: bounds.middle, band: (bounds.high - bounds.low) / 2 + Self.jitter * bounds.high / max(seconds, 0.1))
        capacity = Measured(value: Double(accepted), band: 1 + bounds.high * ladderSeconds)
    }
}
