import AuditModel
import WireFormats

extension HeadersFacts {
    /// Strict-Transport-Security. Browsers ignore it over plain HTTP, so nothing counts there but `onHttp`.
    static let transportSecurity: [FactDefinition<HeadersEvidence>] = [
        FactDefinition(
            "hsts.present", .boolean,
            meaning: "Whether Strict-Transport-Security came over HTTPS; false over plain HTTP, where it is ignored.",
            source: "RFC 6797 §8.1"
        ) { .boolean($0.hsts != nil) },
        FactDefinition(
            "hsts.count", .integer, unit: "field lines",
            meaning: "How many Strict-Transport-Security lines the response has; browsers heed the first only.",
            source: "RFC 6797 §7.1"
        ) { .integer($0.lines("strict-transport-security").count) },
        FactDefinition(
            "hsts.value", .text, meaning: "The first line as sent; absent without one.", source: "RFC 6797 §6.1"
        ) { .text($0.lines("strict-transport-security").first) },
        FactDefinition(
            "hsts.valid", .boolean,
            meaning:
                "Whether the first line over HTTPS follows the grammar, else browsers ignore it; absent without one.",
            source: "RFC 6797 §6.1"
        ) { .boolean(ifPresent: $0.hsts?.isValid) },
        FactDefinition(
            "hsts.maxAge", .integer, unit: "seconds",
            meaning: "For how long browsers insist on HTTPS; absent when the line is missing or invalid.",
            source: "RFC 6797 §6.1.1"
        ) { .integer(ifPresent: $0.effectiveHSTS?.maxAge) },
        FactDefinition(
            "hsts.maxAgeQuoted", .boolean,
            meaning:
                "Whether max-age is a quoted string: legal, but the preload list refuses it; absent without a line.",
            source: "RFC 6797 §6.1; hstspreload.org"
        ) { .boolean(ifPresent: $0.hsts?.isMaxAgeQuoted) },
        FactDefinition(
            "hsts.includeSubdomains", .boolean,
            meaning: "Whether subdomains are covered; absent when the line is missing or invalid.",
            source: "RFC 6797 §6.1.2"
        ) { .boolean(ifPresent: $0.effectiveHSTS?.includesSubdomains) },
        FactDefinition(
            "hsts.preload", .boolean,
            meaning: "Whether the line consents to browsers' preload lists; absent when it is missing or invalid.",
            source: "hstspreload.org"
        ) { .boolean(ifPresent: $0.effectiveHSTS?.allowsPreload) },
        FactDefinition(
            "hsts.disabled", .boolean,
            meaning: "Whether max-age is 0, which makes browsers forget; absent when the line is missing or invalid.",
            source: "RFC 6797 §6.1.1"
        ) { .boolean(ifPresent: $0.effectiveHSTS.map { $0.maxAge == 0 }) },
        FactDefinition(
            "hsts.unknownDirectives", .list(.text),
            meaning: "Directives that no standard knows, in lower case; absent without a line over HTTPS.",
            source: "RFC 6797 §6.1"
        ) { .texts(ifPresent: $0.hsts?.unknownDirectives) },
        FactDefinition(
            "hsts.duplicateDirectives", .list(.text),
            meaning: "Directives that repeat, which makes the line invalid; absent without a line over HTTPS.",
            source: "RFC 6797 §6.1"
        ) { .texts(ifPresent: $0.hsts?.duplicateDirectives) },
        FactDefinition(
            "hsts.preloadBlockers", .list(.choice(of: PreloadBlocker.self)),
            meaning: "What page and plain HTTP show against preloading, as far as they were seen; whether www. speaks "
                + "TLS is not asked; absent without a line over HTTPS.",
            source: "hstspreload.org"
        ) { evidence in
            .texts(ifPresent: evidence.hsts.map { PreloadBlocker.found(in: evidence, $0).map(\.rawValue) })
        },
        FactDefinition(
            "hsts.preloadListed", .boolean,
            meaning: "Whether the host or a domain above it is among those of the parameter preloaded; absent without.",
            source: "hstspreload.org"
        ) { evidence in
            let host = (try? URLReference(evidence.response.url))?.host
            return .boolean(ifPresent: host.flatMap { evidence.page.hints?.isPreloaded($0) })
        },
        FactDefinition(
            "hsts.onHttp", .boolean,
            meaning: "Whether a response over plain HTTP carried the field, which browsers ignore.",
            source: "RFC 6797 §7.2"
        ) { evidence in
            if evidence.sendsOn(evidence.page.exchanges) { return .boolean(true) }
            do throws(ProbeFailure) {
                return .boolean(evidence.sendsOn(try PlainHTTP(evidence.page).plainExchanges()))
            } catch {
                return .unobserved(error)
            }
        }
    ]
}

extension HeadersEvidence {
    fileprivate func sendsOn(_ exchanges: [HTTPExchange]) -> Bool {
        exchanges.contains {
            (try? URLReference($0.url))?.scheme == .http && !$0.values(of: "strict-transport-security").isEmpty
        }
    }

    /// The line that browsers heed; nil when there is none or it is invalid.
    fileprivate var effectiveHSTS: StrictTransportSecurity? { hsts.flatMap { $0.isValid ? $0 : nil } }
}

/// Why chromium's preload list would refuse the host, as far as the page and plain HTTP show it.
private enum PreloadBlocker: String, CaseIterable {
    case maxAge = "max-age-below-1-year"
    case maxAgeQuoted = "max-age-quoted"
    case noSubdomains = "no-include-subdomains"
    case noPreload = "no-preload"
    case multipleHeaders = "multiple-headers"
    case notRegistrable = "not-registrable-domain"
    case ipHost = "ip-host"
    case firstRedirect = "first-redirect-not-https-same-host"
    case insecureRedirect = "insecure-redirect"
    case tooManyRedirects = "too-many-redirects"
    case invalidChain = "invalid-chain"

    static func found(in evidence: HeadersEvidence, _ hsts: StrictTransportSecurity) -> [PreloadBlocker] {
        let host = (try? URLReference(evidence.response.url))?.host ?? ""
        let isAddress = IPAddress(host) != nil
        var chains = [RedirectChain(evidence.page.exchanges)]
        if case .answered(let exchanges) = PlainHTTP(evidence.page) { chains.append(RedirectChain(exchanges)) }
        return allCases.filter { blocker in
            switch blocker {
            case .maxAge: (hsts.maxAge ?? 0) < 31_536_000
            case .maxAgeQuoted: hsts.isMaxAgeQuoted
            case .noSubdomains: !hsts.includesSubdomains
            case .noPreload: !hsts.allowsPreload
            case .multipleHeaders: evidence.lines("strict-transport-security").count > 1
            case .notRegistrable: !isAddress && PublicSuffix.registrableDomain(of: host) != host
            case .ipHost: isAddress
            case .firstRedirect: chains.contains(where: \.leavesHostOrHTTP)
            case .insecureRedirect: chains.contains { $0.route.dropFirst().contains { $0.scheme == .http } }
            case .tooManyRedirects: chains.contains { $0.route.count > 4 }
            case .invalidChain: evidence.response.tls?.isVerified == false
            }
        }
    }
}

extension RedirectChain {
    /// Whether plain HTTP answers otherwise than with a redirect to HTTPS on the same host.
    fileprivate var leavesHostOrHTTP: Bool {
        guard route.first?.scheme == .http else { return false }
        return firstHop.map { $0.to.scheme != .https || $0.to.host != $0.from.host } ?? true
    }
}
