import Synchronization

/// A token bucket for each calling site and path: so many requests at once, so many more in each second.
final class DemoLimiter: Sendable {
    static let capacity = 20
    static let refillPerSecond = 5
    /// Whoever invents more names than this shares one bucket.
    private static let mostBuckets = 1000

    private struct Bucket {
        var tokens = Double(DemoLimiter.capacity)
        var filledAt: Double
    }

    /// What a request finds.
    struct Answer {
        let isAllowed: Bool
        /// Requests left at once.
        let remaining: Int
        /// Seconds until the bucket is full.
        let secondsToFull: Int
    }

    private let buckets = Mutex<[String: Bucket]>([:])

    /// Takes a token, if there is one.
    ///
    /// - Parameter seconds: the time since any fixed instant.
    func take(_ name: String, at seconds: Double) -> Answer {
        buckets.withLock { buckets in
            let name = buckets[name] == nil && buckets.count >= Self.mostBuckets ? "" : name
            var bucket = buckets[name] ?? Bucket(filledAt: seconds)
            let gained = max(0, seconds - bucket.filledAt) * Double(Self.refillPerSecond)
            bucket.tokens = min(Double(Self.capacity), bucket.tokens + gained)
            bucket.filledAt = seconds
            let isAllowed = bucket.tokens >= 1
            if isAllowed { bucket.tokens -= 1 }
            buckets[name] = bucket
            let missing = Double(Self.capacity) - bucket.tokens
            return Answer(
                isAllowed: isAllowed, remaining: Int(bucket.tokens),
                secondsToFull: Int((missing / Double(Self.refillPerSecond)).rounded(.up)))
        }
    }
}
