import AuditModel
import WireFormats

extension HeadersFacts {
    /// Which of the page's security fields other answers of the same origin lack.
    static let parity: [FactDefinition<HeadersEvidence>] = [
        FactDefinition(
            "parity.*.missing", .list(.text),
            meaning: "Security fields of the page that another answer lacks, sorted, by the case: notFound, options, "
                + "http2, badRequest, methodNotAllowed, and serverError when an answer of that kind was seen.",
            source: "OWASP Secure Headers Project; nginx, add_header"
        ) { evidence in
            var values: [KeyedValue] = []
            var failures: [KeyedFailure] = []
            for parity in ParityCase.allCases {
                do throws(ProbeFailure) {
                    guard let answer = try parity.answer(in: evidence.page) else { continue }
                    values.append((parity.rawValue, .list(evidence.missing(in: answer).map(FactValue.text))))
                } catch {
                    failures.append((parity.rawValue, error))
                }
            }
            return .keyed(values, unobserved: failures)
        },
        FactDefinition(
            "parity.*.status", .integer, meaning: "The status of that answer, by the case.", source: "RFC 9110 §15"
        ) { evidence in
            .keyed(
                ParityCase.allCases.compactMap { parity in
                    (try? parity.answer(in: evidence.page)).flatMap { $0 }.map {
                        (parity.rawValue, .integer(Int64($0.status)))
                    }
                })
        }
    ]
}

/// Answers of the page's origin that applications tend to forget.
private enum ParityCase: String, CaseIterable {
    case notFound, methodNotAllowed, badRequest, options, http2, serverError

    /// nil when no such answer was seen and nothing could have asked for it.
    func answer(in page: PageObservation) throws(ProbeFailure) -> HTTPExchange? {
        switch self {
        case .notFound: try page.answer(to: .notFound)
        case .methodNotAllowed: try page.answer(to: .otherMethod)
        case .badRequest: try page.answer(to: .badRequest)
        case .options: try page.answer(to: .options)
        case .http2: try page.answer(to: .http2)
        case .serverError:
            ((page.visits ?? []).compactMap(\.answer) + (page.paths ?? []).compactMap(\.exchanges.last))
                .first { (500...599).contains($0.status) }
        }
    }
}

extension HeadersEvidence {
    fileprivate func missing(in answer: HTTPExchange) -> [String] {
        let isHTTPS = (try? URLReference(answer.url))?.scheme == .https
        return Self.securityFields.filter { name in
            let isIgnored = name == "Strict-Transport-Security" && !isHTTPS
            return has(name.asciiLowercased) && answer.values(of: name).isEmpty && !isIgnored
        }
    }

    /// Sorted.
    private static let securityFields = [
        "Content-Security-Policy", "Cross-Origin-Embedder-Policy", "Cross-Origin-Opener-Policy",
        "Cross-Origin-Resource-Policy", "Permissions-Policy", "Referrer-Policy", "Strict-Transport-Security",
        "X-Content-Type-Options", "X-Frame-Options", "X-Permitted-Cross-Domain-Policies"
    ]
}
