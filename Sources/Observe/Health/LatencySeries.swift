import AuditModel
import Facts
import NIOCore

/// Asks for one endpoint again and again over one connection that is kept alive.
struct LatencySeries {
    let session: HTTPSession
    /// GETs in all, the first visit included.
    let samples: Int
    let deadline: NIODeadline

    /// Seconds to the head of each response, the first visit's first.
    ///
    /// The series is short when the time is up. A request that was then waiting for longer than any before it is a
    /// failure instead: it hung. So is an endpoint whose body does not come whole.
    func measure(_ visit: VisitedHealthPath) async throws(ProbeFailure) -> [Double] {
        guard case .success(let path) = visit.result else { return [] }
        if let failure = path.last.body.failure, failure.code != .tooLarge { throw failure }
        var latencies = [path.last.secondsToHead]
        while latencies.count < samples {
            let start = NIODeadline.now()
            do throws(ProbeFailure) {
                let response = try await session.get(path.url, until: deadline)
                latencies.append(response.timeToHead.seconds)
                if let failure = response.bodyFailure, failure.code != .tooLarge, failure.code != .timeout {
                    throw failure
                }
            } catch {
                let wait = (NIODeadline.now() - start).seconds
                guard error.code == .timeout, wait <= latencies.max() ?? 0 else { throw error }
                break
            }
        }
        return latencies
    }
}
