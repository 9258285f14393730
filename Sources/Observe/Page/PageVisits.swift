import AuditModel
import Facts
import NIOCore
import WireFormats

/// What one probe asks of a page.
struct PageQuestion: Sendable {
    var url: URLReference
    var visits: Set<PageVisitKind>
    /// Further paths at the same origin.
    var paths: [String]
    /// nil when nobody said which port speaks plain HTTP.
    var httpPort: Int?
    var hints: PageHints?
}

/// The visits of one origin, each made once, whichever probes ask for it.
actor PageVisits {
    /// The URL whose further answers are asked for.
    private let main: URLReference
    private let requests: PageRequests

    private var pages: [URLReference: Task<Result<RedirectWalk.Path, ProbeFailure>, Never>] = [:]
    private var again: [URLReference: Task<PageVisit, Never>] = [:]
    private var visits: [Visit: Task<PageVisit, Never>] = [:]
    /// Visits that wait for one another, so that one connection serves them all.
    private var lane: Task<Void, Never>?

    private struct Visit: Hashable {
        let kind: PageVisitKind
        let httpPort: Int?
    }

    init(_ url: URLReference, in context: ProbeContext) {
        main = url
        requests = PageRequests(url, in: context)
    }

    /// Looks at a page; throws when there is none, and keeps why another visit brought nothing.
    func observe(
        _ question: PageQuestion, until deadline: NIODeadline
    ) async throws(ProbeFailure) -> PageObservation {
        let result = await withTaskCancellationHandler { () async -> Result<PageObservation, ProbeFailure> in
            await seen(question, until: deadline)
        } onCancel: {
            Task { await cancel() }
        }
        return try result.get()
    }

    func close() async { await requests.session.close() }

    private func cancel() {
        for page in pages.values { page.cancel() }
        for visit in again.values { visit.cancel() }
        for visit in visits.values { visit.cancel() }
    }

    private func seen(
        _ question: PageQuestion, until deadline: NIODeadline
    ) async -> Result<PageObservation, ProbeFailure> {
        let url = question.url
        let path: RedirectWalk.Path
        switch await page(url, until: deadline) {
        case .failure(let failure): return .failure(failure)
        case .success(let page): path = page
        }
        let started = PageVisitKind.allCases.filter(question.visits.contains).map { kind in
            visit(kind, of: url, httpPort: question.httpPort, until: deadline)
        }
        let page = requests.seen(path)
        var observation = PageObservation(
            url: requests.redactor.redact(url), exchanges: page.exchanges, outline: page.outline)
        var visits: [PageVisit] = []
        for visit in started { visits.append(await visit.value) }
        observation.visits = visits.isEmpty ? nil : visits
        var further: [PathVisit] = []
        for text in question.paths { further.append(await visit(text, at: url, until: deadline)) }
        observation.paths = further.isEmpty ? nil : further
        observation.requests = observation.exchangeCount
        observation.hints = question.hints
        return .success(observation)
    }

    /// A page that could not be seen is asked for again by the next attempt.
    private func page(
        _ url: URLReference, until deadline: NIODeadline
    ) async -> Result<RedirectWalk.Path, ProbeFailure> {
        let task =
            pages[url]
            ?? Task { [requests] () async -> Result<RedirectWalk.Path, ProbeFailure> in
                do throws(ProbeFailure) {
                    return .success(try await requests.page(url, until: deadline))
                } catch {
                    return .failure(error)
                }
            }
        pages[url] = task
        let result = await task.value
        if case .failure = result, pages[url] == task { pages[url] = nil }
        return result
    }

    private func visit(
        _ path: String, at url: URLReference, until deadline: NIODeadline
    ) async -> PathVisit {
        do throws(ProbeFailure) {
            let seen = requests.seen(try await page(try url.at(path), until: deadline).get())
            return PathVisit(path: path, exchanges: seen.exchanges, outline: seen.outline)
        } catch {
            return PathVisit(path: path, failure: error)
        }
    }

    private func visit(
        _ kind: PageVisitKind, of url: URLReference, httpPort: Int?, until deadline: NIODeadline
    ) -> Task<PageVisit, Never> {
        if kind == .again {
            let task = again[url] ?? inLane { await $0.make(.again, of: url, until: deadline) }
            again[url] = task
            return task
        }
        let key = Visit(kind: kind, httpPort: kind == .http ? httpPort : nil)
        let main = main
        let task =
            visits[key]
            ?? (kind.isInLane
                ? inLane { await $0.make(kind, of: main, until: deadline) }
                : Task { await make(kind, of: main, httpPort: httpPort, until: deadline) })
        visits[key] = task
        return task
    }

    private func make(
        _ kind: PageVisitKind, of url: URLReference, httpPort: Int? = nil, until deadline: NIODeadline
    ) async -> PageVisit {
        switch await page(url, until: deadline) {
        case .failure(let failure): PageVisit(kind, failure: failure)
        case .success(let page):
            await requests.visit(kind, of: url, at: page, httpPort: httpPort, until: deadline)
        }
    }

    private func inLane(_ visit: @escaping @Sendable (PageVisits) async -> PageVisit) -> Task<PageVisit, Never> {
        let before = lane
        let task = Task {
            await before?.value
            return await visit(self)
        }
        lane = Task { _ = await task.value }
        return task
    }
}

extension PageVisitKind {
    /// Whether the visit goes to the page's own origin, over the connection that brought the page.
    fileprivate var isInLane: Bool {
        switch self {
        case .again, .notFound, .options, .badRequest, .otherMethod: true
        case .http, .http2, .foreignHost, .forwardedHost: false
        }
    }
}

extension PageObservation {
    /// How many requests brought what is told here, whichever probe sent them.
    fileprivate var exchangeCount: Int {
        (visits ?? []).reduce(exchanges.count) { $0 + $1.exchanges.count }
            + (paths ?? []).reduce(0) { $0 + $1.exchanges.count }
    }
}
