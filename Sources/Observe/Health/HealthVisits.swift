import AuditModel
import Facts
import NIOCore
import WireFormats

/// What came of one planned path.
struct VisitedHealthPath: Sendable {
    let plan: HealthVisitPlan
    /// The end of its walk, or why there is none.
    let result: Result<RedirectWalk.Path, ProbeFailure>

    var failure: ProbeFailure? {
        guard case .failure(let failure) = result else { return nil }
        return failure
    }

    /// One for each role of the path.
    var visits: [HealthCapture.Visit] {
        plan.roles.map { role in
            switch result {
            case .success(let path):
                HealthCapture.Visit(
                    path: plan.path, role: role, exchange: path.last, failure: nil,
                    redirects: path.exchanges.count - 1)
            case .failure(let failure):
                HealthCapture.Visit(path: plan.path, role: role, exchange: nil, failure: failure, redirects: 0)
            }
        }
    }
}

/// Looks at the planned paths, a few at a time.
struct HealthVisits {
    private static let concurrency = 4

    let walk: RedirectWalk
    let start: NIODeadline
    let deadline: NIODeadline

    /// In the order of the plans. Throws when the service cannot be reached at all, or the given endpoint cannot.
    func visit(_ plans: [HealthVisitPlan]) async throws(ProbeFailure) -> [VisitedHealthPath] {
        let visited = await looked(at: plans)
        try check(visited)
        return visited
    }

    /// As `visit`, but a path that cannot be observed is no reason to throw.
    func look(at plans: [HealthVisitPlan]) async throws(ProbeFailure) -> [VisitedHealthPath] {
        let visited = await looked(at: plans)
        if let cancelled = visited.lazy.compactMap(\.failure).first(where: { $0.code == .cancelled }) {
            throw cancelled
        }
        return visited
    }

    private func looked(at plans: [HealthVisitPlan]) async -> [VisitedHealthPath] {
        await withTaskGroup(of: (Int, VisitedHealthPath).self) { group in
            var results = [VisitedHealthPath?](repeating: nil, count: plans.count)
            var waiting = plans.indices.makeIterator()
            func startNext() {
                guard let index = waiting.next() else { return }
                let (plan, walk, deadline) = (plans[index], walk, deadline(for: plans[index]))
                group.addTask { (index, await Self.visit(plan, walk, until: deadline)) }
            }
            for _ in 0..<Self.concurrency { startNext() }
            for await (index, path) in group {
                results[index] = path
                // Where nothing answers there is no use in asking for more.
                if path.failure?.code.isOfWholeService != true { startNext() }
            }
            return results.compactMap { $0 }
        }
    }

    private static func visit(
        _ plan: HealthVisitPlan, _ walk: RedirectWalk, until deadline: NIODeadline
    ) async -> VisitedHealthPath {
        do {
            return VisitedHealthPath(plan: plan, result: .success(try await walk.get(plan.url, until: deadline)))
        } catch {
            return VisitedHealthPath(plan: plan, result: .failure(error))
        }
    }

    /// Only the given endpoint may use all the time: of the others, one that never answers leaves some to the series.
    private func deadline(for plan: HealthVisitPlan) -> NIODeadline {
        guard !plan.isGiven else { return deadline }
        return start + .nanoseconds((deadline - start).nanoseconds / 5 * 3)
    }

    private func check(_ visited: [VisitedHealthPath]) throws(ProbeFailure) {
        let failures = visited.compactMap(\.failure)
        if let cancelled = failures.first(where: { $0.code == .cancelled }) { throw cancelled }
        if failures.count == visited.count, let first = failures.first { throw first }
        if let given = visited.first(where: { $0.plan.isGiven })?.failure { throw given }
    }
}

extension ProbeFailure.Code {
    /// Whether the failure says that no path of the origin can be reached.
    fileprivate var isOfWholeService: Bool {
        switch self {
        case .nameNotResolved, .refused, .notTLS, .tlsFailed, .unsupported, .cancelled: true
        case .timeout, .reset, .closedEarly, .tooLarge, .tooManyRedirects, .malformed, .notPermitted: false
        }
    }
}
