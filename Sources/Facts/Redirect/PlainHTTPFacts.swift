import AuditModel
import WireFormats

extension RedirectFacts {
    /// What plain HTTP itself does.
    static let plainHTTP: [FactDefinition<RedirectEvidence>] = [
        FactDefinition(
            "requests", .integer, unit: "requests", meaning: "How many requests the page's probes spent together.",
            source: "gonogo"
        ) { .integer($0.page.requestCount) },
        FactDefinition(
            "portPairKnown", .boolean,
            meaning: "Whether the ports are those of the schemes, 80 and 443, so that one can be told from the other.",
            source: "RFC 9110 §4.2"
        ) { .boolean($0.isPortPairKnown) },
        FactDefinition(
            "http.reachable", .boolean, meaning: "Whether anybody answers over plain HTTP.", source: "RFC 9110 §4.2.1"
        ) { evidence in
            switch evidence.plainHTTP {
            case .answered: .boolean(true)
            case .closed: .boolean(false)
            case .unobserved(let failure): .unobserved(failure)
            }
        },
        FactDefinition(
            "http.refusedReason", .choice(["refused", "timeout", "reset", "closed-early"]),
            meaning: "How plain HTTP is refused; absent when it answers.", source: "RFC 9293 §3.10"
        ) { evidence in
            switch evidence.plainHTTP {
            case .answered: .absent
            case .closed(let failure): .text(failure.code.rawValue)
            case .unobserved(let failure): .unobserved(failure)
            }
        },
        first("http.status", .integer, meaning: "The status of the first answer over plain HTTP; absent without one.") {
            .integer($0.status)
        },
        FactDefinition(
            "http.servesContent", .boolean,
            meaning:
                "Whether plain HTTP serves content with a 2xx status instead of leading away; absent without HTTP.",
            source: "OWASP ASVS 5.0 V12.2.1"
        ) { $0.along { chain in .boolean(chain.plain.contains { (200...299).contains($0.status) }) } },
        first(
            "http.bodyBytes", .integer, unit: "bytes",
            meaning: "The length of the first answer's body over plain HTTP, as far as it was read; absent without one."
        ) { .integer($0.body.byteCount) },
        FactDefinition(
            "http.setsCookies", .boolean,
            meaning: "Whether an answer over plain HTTP sets a cookie; absent without HTTP.", source: "RFC 6265 §8.3"
        ) { $0.along { chain in .boolean(chain.plain.contains { !$0.values(of: "set-cookie").isEmpty }) } },
        FactDefinition(
            "http.sendsHsts", .boolean,
            meaning:
                "Whether an answer over plain HTTP carries Strict-Transport-Security, which browsers ignore there.",
            source: "RFC 6797 §7.2"
        ) { evidence in
            evidence.along { chain in
                .boolean(chain.plain.contains { !$0.values(of: "strict-transport-security").isEmpty })
            }
        },
        FactDefinition(
            "apiBehaviour", .choice(["refused", "error", "redirect", "content"]),
            meaning: "What a client gets over plain HTTP; for an API, which nobody types, refused or error is better.",
            source: "RFC 9110 §7.4"
        ) { evidence in
            switch evidence.plainHTTP {
            case .closed: .text("refused")
            case .unobserved(let failure): .unobserved(failure)
            case .answered(let exchanges): .text(behaviour(status: exchanges[0].status))
            }
        }
    ]

    private static func behaviour(status: Int) -> String {
        switch status {
        case 300...399: "redirect"
        case 400...: "error"
        default: "content"
        }
    }

    private static func first(
        _ path: String, _ type: FactType, unit: String? = nil, meaning: String,
        derive: @escaping @Sendable (HTTPExchange) -> DerivedFact
    ) -> FactDefinition<RedirectEvidence> {
        FactDefinition(path, type, unit: unit, meaning: meaning, source: "RFC 9110 §15") { evidence in
            evidence.along { chain in derive(chain.exchanges[0]) }
        }
    }
}

extension RedirectChain {
    /// The exchanges over plain HTTP.
    fileprivate var plain: [HTTPExchange] {
        exchanges.filter { (try? URLReference($0.url))?.scheme == .http }
    }
}

extension RedirectEvidence {
    /// Every URL of page and chain stands at its scheme's own port.
    fileprivate var isPortPairKnown: Bool {
        let urls = page.exchanges.compactMap { try? URLReference($0.url) } + (chain?.route ?? [])
        return urls.allSatisfy { $0.port == $0.scheme.defaultPort }
    }
}
