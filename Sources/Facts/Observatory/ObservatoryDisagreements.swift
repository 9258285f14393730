import AuditModel
import WireFormats

/// Where browsers and the standards see a page otherwise than the Observatory.
enum ObservatoryDisagreements {
    /// A sentence each, in the order of the tests.
    static func found(in evidence: ObservatoryEvidence) -> [String] {
        let cases = contentSecurity + framing + fields + others
        return cases.filter { $0.holds(evidence) }.map(\.sentence)
    }

    private struct Case: Sendable {
        let sentence: String
        let holds: @Sendable (ObservatoryEvidence) -> Bool

        init(_ sentence: String, _ holds: @escaping @Sendable (ObservatoryEvidence) -> Bool) {
            self.sentence = sentence
            self.holds = holds
        }
    }

    private static let contentSecurity = [
        Case("A directive that repeats in a policy makes it invalid here; browsers heed the first (CSP3 §2.2.1).") {
            $0.isOutcome(.cspInvalid) && $0.policies.contains { !$0.duplicates.isEmpty }
        },
        Case("'strict-dynamic' without nonce or hash is invalid here; it is valid and blocks every script (CSP3 §8.2).")
        {
            evidence in
            evidence.isOutcome(.cspInvalid)
                && evidence.policies.contains { $0["script-src"]?.values.contains("'strict-dynamic'") ?? false }
        },
        Case("An empty policy between commas is invalid here; browsers skip it (CSP3 §2.2.2).") { evidence in
            let parts = ObservatoryPolicy.split(evidence.response.values(of: "content-security-policy"))
            return evidence.isOutcome(.cspInvalid) && parts.contains(where: \.isEmpty)
        },
        Case("A directive that only a later policy has counts as 'none' here; its own sources stand (CSP3 §8.1).") {
            evidence in
            guard let first = evidence.policies.first else { return false }
            return evidence.policies.dropFirst().contains { policy in
                policy.directives.contains { first[$0.name] == nil && !$0.values.isEmpty }
            }
        },
        Case("A directive's name among sources, a semicolon missing before it, is not noticed here (CSP3 §2.2).") {
            evidence in
            evidence.isPass(.contentSecurityPolicy)
                && evidence.policies.contains { policy in
                    policy.directives.contains { $0.values.contains(where: knownDirectives.contains) }
                }
        }
    ]

    private static let knownDirectives: Set<String> = [
        "default-src", "script-src", "style-src", "img-src", "font-src", "connect-src", "media-src", "object-src",
        "frame-src", "child-src", "worker-src", "manifest-src", "base-uri", "form-action", "frame-ancestors", "sandbox"
    ]

    private static let framing = [
        Case("frame-ancestors in a <meta> element counts as protection here; browsers ignore it (CSP3 §3.3).") {
            $0.isOutcome(.framingByPolicy) && $0.frameAncestors == nil
        },
        Case("frame-ancestors counts as protection here whatever it says; this one lets every site in (CSP3 §6.4.2).") {
            $0.isOutcome(.framingByPolicy) && $0.frameAncestors == .any
        },
        Case("X-Frame-Options sent twice is invalid here; browsers take the set of its values (HTML).") {
            $0.isOutcome(.framingInvalid) && FrameOptions(lines: $0.lines("x-frame-options")).effect != .none
        },
        Case("ALLOW-FROM is accepted here; browsers ignore it (HTML).") { $0.isOutcome(.framingAllowFrom) }
    ]

    private static let fields = [
        Case("X-Content-Type-Options sent twice is invalid here; browsers take the first value (Fetch).") {
            $0.isOutcome(.nosniffInvalid) && ContentTypeOptions(lines: $0.lines("x-content-type-options")).isNosniff
        },
        Case("Strict-Transport-Security sent twice is invalid here; browsers heed the first line (RFC 6797 §8.1).") {
            $0.isOutcome(.hstsInvalid) && $0.hsts?.isValid == true
        },
        Case("Strict-Transport-Security passes here although browsers ignore the line (RFC 6797 §6.1).") {
            $0.isOutcome(.hstsSixMonths) && $0.hsts?.isValid == false
        },
        Case("A quoted max-age passes here whatever its number; this one is below six months (RFC 6797 §6.1).") {
            $0.isOutcome(.hstsSixMonths) && $0.hsts.map { $0.isValid && ($0.maxAge ?? 0) < 15_552_000 } == true
        },
        Case("Cross-Origin-Resource-Policy counts in any case here; browsers take exact values only (Fetch).") {
            $0.isPass(.resourcePolicy) && !$0.lines("cross-origin-resource-policy").isEmpty
                && ResourcePolicy(lines: $0.lines("cross-origin-resource-policy")) == nil
        }
    ]

    private static let others = [
        Case("A cookie that browsers reject is judged here, or not seen at all (RFC 6265bis §5.7).") { evidence in
            evidence.page.exchanges.contains { exchange in
                guard let url = try? URLReference(exchange.url) else { return false }
                return exchange.values(of: "set-cookie").compactMap(SetCookie.init)
                    .contains { CookieStorage.rejection(of: $0, from: url) != nil }
            }
        },
        Case("A page that lets any origin read it without credentials counts as restricted here (Fetch, CORS).") {
            guard $0.isOutcome(.corsRestricted), let answer = $0.page[.options]?.answer else { return false }
            return answer.values(of: "access-control-allow-origin") == [PageVisit.foreignOrigin]
        },
        Case("CORS is looked for in the answer to OPTIONS only, which was no success here; GET may allow it (Fetch).") {
            guard $0.isOutcome(.corsMissing), let answer = $0.page[.options]?.answer else { return false }
            return !(200...299).contains(answer.status)
        },
        Case("Scripts from //host count as insecure here; on this page they load over HTTPS (RFC 3986 §4.2).") {
            evidence in
            evidence.isHTTPS
                && evidence.page.outline?.elements.contains { element in
                    element.name == "script" && element.attribute("src")?.hasPrefix("//") == true
                } ?? false
        },
        Case("Plain HTTP was not looked at, which counts here as nobody speaking it.") {
            guard case .unobserved = PlainHTTP($0.page) else { return false }
            return $0.isOutcome(.redirectionNoHTTP)
        }
    ]
}

extension ObservatoryEvidence {
    fileprivate func isOutcome(_ outcome: ObservatoryOutcome) -> Bool {
        (try? outcomes[outcome.test]?.get()) == outcome
    }

    fileprivate func isPass(_ test: ObservatoryTest) -> Bool { (try? outcomes[test]?.get())?.isPass ?? false }

    fileprivate func lines(_ name: String) -> [String] { response.values(of: name) }

    fileprivate var isHTTPS: Bool { (try? URLReference(response.url))?.scheme == .https }

    /// The header's policies as browsers read them.
    fileprivate var policies: [ContentSecurityPolicy] {
        ContentSecurityPolicy.policies(lines: lines("content-security-policy"))
    }

    fileprivate var frameAncestors: FrameAncestors? { FrameAncestors(policies: policies) }

    /// The line that browsers heed.
    fileprivate var hsts: StrictTransportSecurity? {
        isHTTPS ? lines("strict-transport-security").first.map(StrictTransportSecurity.init) : nil
    }
}
