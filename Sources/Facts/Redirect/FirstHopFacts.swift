import AuditModel
import WireFormats

extension RedirectFacts {
    /// The first redirect, the one that travels in the clear. All are absent when there is none.
    static let firstHop: [FactDefinition<RedirectEvidence>] = [
        hop("firstHop.https", "Whether the first redirect leads to HTTPS at once; absent without one.") {
            $0.to.scheme == .https
        },
        hop(
            "firstHop.sameHost",
            "Whether the first redirect stays on the host, which HSTS needs; absent without one."
        ) { $0.from.host == $0.to.host },
        status(
            "firstHop.permanent", [301, 308],
            "Whether the first redirect is permanent, 301 or 308, so that browsers remember it; absent without one."),
        status(
            "firstHop.methodPreserving", [307, 308],
            "Whether the first redirect keeps the method, 307 or 308; absent without one."),
        hop(
            "firstHop.samePortMapping",
            "Whether the first redirect leads from the port of HTTP to that of HTTPS; absent without one."
        ) { $0.from.port == 80 && $0.to.port == 443 },
        FactDefinition(
            "locationRelative", .boolean,
            meaning: "Whether the first redirect names no scheme, so that it stays on plain HTTP; absent without one.",
            source: "RFC 9110 §10.2.2"
        ) { evidence in
            evidence.along { chain in
                guard chain.firstHop != nil, let location = chain.exchanges[0].values(of: "location").first else {
                    return .absent
                }
                return .boolean((try? URLReference(location)) == nil)
            }
        },
        hop(
            "wwwFirst",
            "Whether the first redirect adds or drops www., so that the other name's HSTS is never seen; "
                + "absent without one."
        ) { $0.to.host == "www." + $0.from.host || "www." + $0.to.host == $0.from.host }
    ]

    /// What comes of a host that the client makes up.
    static let reflection: [FactDefinition<RedirectEvidence>] = [
        reflected(
            "hostHeaderReflected", .foreignHost,
            "Whether a redirect over plain HTTP leads to whatever host the Host field names."),
        reflected(
            "xForwardedHostReflected", .forwardedHost,
            "Whether a redirect over plain HTTP leads to whatever host X-Forwarded-Host names.")
    ]

    private static func hop(
        _ path: String, _ meaning: String,
        _ holds: @escaping @Sendable ((from: URLReference, to: URLReference)) -> Bool
    ) -> FactDefinition<RedirectEvidence> {
        FactDefinition(path, .boolean, meaning: meaning, source: "RFC 9110 §15.4; RFC 6797 §7.2") { evidence in
            evidence.along { .boolean(ifPresent: $0.firstHop.map(holds)) }
        }
    }

    private static func status(_ path: String, _ codes: Set<Int>, _ meaning: String) -> FactDefinition<RedirectEvidence>
    {
        FactDefinition(path, .boolean, meaning: meaning, source: "RFC 9110 §15.4") { evidence in
            evidence.along { chain in
                chain.firstHop == nil ? .absent : .boolean(codes.contains(chain.exchanges[0].status))
            }
        }
    }

    private static func reflected(
        _ path: String, _ kind: PageVisitKind, _ meaning: String
    ) -> FactDefinition<RedirectEvidence> {
        FactDefinition(path, .boolean, meaning: meaning, source: "CWE-601; OWASP WSTG-INPV-17") { evidence in
            do throws(ProbeFailure) {
                let answer = try evidence.page.answer(to: kind)
                return .boolean(answer.redirectTarget?.host == PageVisit.foreignHost)
            } catch {
                return .unobserved(error)
            }
        }
    }
}
