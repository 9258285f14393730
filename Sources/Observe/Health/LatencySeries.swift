import AuditModel
import Facts
import NIOCore

/// Asks for one endpoint again and again over one connection that is kept alive.
struct LatencySeries {
    let session: HTTPSession
    /// GETs in all, the first visit included.
    let samples: Int
    let deadline: NIODeadline

    struct Answer {
        /// From the request to the head of the response.
        let seconds: Double
        let status: Int
    }

    /// The first visit's answer, then the others.
    ///
    /// The series is short when the time is up, and where a limiter says 429. A request that was then waiting for longer than any before it is a
    /// failure instead: it hung. So is an endpoint whose body does not come whole.
    func measure(_ visit: VisitedHealthPath) async throws(ProbeFailure) -> [Answer] {
        guard case .success(let path) = visit.result else { return [] }
        if let failure = path.last.body.failure, failure.code != .tooLarge { throw failure }
        var answers = [Answer(seconds: path.last.secondsToHead, status: path.last.status)]
        while answers.count < samples, answers.last?.status != 429 {
            let start = NIODeadline.now()
            do throws(ProbeFailure) {
                let response = try await session.get(path.url, until: deadline)
                answers.append(Answer(seconds: response.timeToHead.seconds, status: response.status))
                if let failure = response.bodyFailure, failure.code != .tooLarge, failure.code != .timeout {
                    throw failure
                }
            } catch {
                let wait = (NIODeadline.now() - start).seconds
                guard error.code == .timeout, wait <= answers.map(\.seconds).max() ?? 0 else { throw error }
                break
            }
        }
        return answers
    }
}
