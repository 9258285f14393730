import AuditModel
import WireFormats

/// What the CORS probe saw, parsed once; the facts read it.
package struct CORSEvidence: Sendable {
    let capture: CORSCapture
    /// The answers to GET, in the order asked.
    let answers: [CORSAnswer]
    /// The answers to preflights and to the plain OPTIONS.
    let options: [CORSAnswer]

    init(_ capture: CORSCapture) {
        self.capture = capture
        let all = capture.visits.compactMap(CORSAnswer.init)
        answers = all.filter { !$0.kind.isOptions }
        options = all.filter(\.kind.isOptions)
    }

    /// The answer to the request without `Origin`.
    var baseline: CORSAnswer? { answers.first { $0.kind == .none } }

    func answer(_ kind: CORSClass) -> CORSAnswer? { (kind.isOptions ? options : answers).first { $0.kind == kind } }

    func answers(_ kinds: [CORSClass]) -> [CORSAnswer] { answers.filter { kinds.contains($0.kind) } }

    // MARK: Who may read

    /// Whether an origin of these classes is named by the answer to it.
    ///
    /// Absent when the target has no such origin; unobserved when an answer is missing and no other says yes.
    func isTrusted(_ kinds: CORSClass..., by condition: (CORSAnswer) -> Bool = \.isEcho) -> DerivedFact {
        if answers(kinds).contains(where: condition) { return .boolean(true) }
        let visits = capture.visits.filter { kinds.contains($0.kind) }
        if let missed = missed(in: kinds.contains) { return .unobserved(missed) }
        if !answers(kinds).isEmpty { return .boolean(false) }
        return visits.first.map { .unobserved($0.missing) } ?? .absent
    }

    /// Every origin may read: the rest need not be asked.
    var reflectsArbitrary: Bool { answers([.arbitrary, .arbitraryTLD]).contains(where: \.isEcho) }

    /// The answers that name an origin which the service does not need, in the order of the classes.
    ///
    /// A glued or truncated name below the site is explained by trust in all its subdomains, and is no further hole.
    /// Nor is `apiXexample.com` where anything may stand before the site's name: only a letter in the place of a dot
    /// inside that name tells of a regular expression.
    var bypasses: [CORSAnswer] {
        let trustsSiblings = answers([.sibling]).contains(where: \.isEcho)
        let echoes = answers.filter { $0.kind.isBypass && $0.isEcho }
        let isOutsideTrusted = echoes.contains { $0.kind == .siteAsSuffixGlued }
        let found = echoes.filter { answer in
            if answer.kind == .unescapedDot, isOutsideTrusted, !isSiteDotLoose { return false }
            guard trustsSiblings, !isOutsideTrusted || answer.kind == .truncated else { return true }
            return ![.hostAsSuffixGlued, .truncated].contains(answer.kind) || !isSameSite(answer.origin)
        }
        return CORSClass.allCases.flatMap { kind in found.filter { $0.kind == kind } }
    }

    /// Whether an origin with a letter in the place of the dot inside the site's name is named.
    private var isSiteDotLoose: Bool {
        guard let target, let site = PublicSuffix.registrableDomain(of: target.host) else { return false }
        return answers([.unescapedDot]).contains { $0.isEcho && $0.origin?.hasSuffix(site) == false }
    }

    var bypassClasses: [CORSClass] { bypasses.map(\.kind).reduce(into: []) { if $0.last != $1 { $0.append($1) } } }

    /// Whether an origin over HTTPS belongs to the target's site, so that cookies with SameSite go along.
    func isSameSite(_ origin: String?) -> Bool {
        guard let origin, let target, let site = PublicSuffix.registrableDomain(of: target.host),
            origin.hasPrefix("https://"),
            let url = try? URLReference(origin)
        else { return false }
        return PublicSuffix.registrableDomain(of: url.host) == site
    }

    /// The origin that was asked; a path with a redacted part is no URL any more.
    var target: URLReference? {
        let parts = capture.finalURL.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        return parts.count >= 3 ? try? URLReference(parts[..<3].joined(separator: "/")) : nil
    }

    /// Whether a page from the internet reaches what only the browser can reach: an address, or a local name.
    var isPrivateHost: Bool {
        guard let host = target?.host else { return false }
        return IPAddress(host) != nil || !host.utf8.contains(UInt8(ascii: "."))
            || !InternalAddress.found(in: host).isEmpty
    }

    // MARK: What is not known

    /// Why an origin or a preflight was not asked although it should have been; nil when nothing went wrong.
    func missed(in kinds: (CORSClass) -> Bool) -> ProbeFailure? {
        capture.visits.first { kinds($0.kind) && !$0.isLeftOut && $0.exchange == nil }?.missing
    }

    /// A value that more answers could only change when it says that nothing was found.
    func found(_ value: DerivedFact, isFound: Bool, in kinds: (CORSClass) -> Bool = { !$0.isOptions }) -> DerivedFact {
        if !isFound, let missed = missed(in: kinds) { return .unobserved(missed) }
        return value
    }
}

extension CORSCapture.Visit {
    /// Why there is no answer, when there is none.
    var missing: ProbeFailure { failure ?? ProbeFailure(.malformed, "the recording holds no response") }
}
