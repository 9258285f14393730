import AuditModel
import WireFormats

/// What the preflights ask for; the probe sends it, the facts look for it.
package enum CORSPreflight {
    package static let method = "DELETE"
    /// No method of any registry.
    package static let unknownMethod = "PROBE"
    package static let header = "x-probe-1"
    package static let headers = "\(header),authorization"
}

extension CORSEvidence {
    /// The preflight that tells most of methods and header fields: one whose origin is allowed, else the first.
    var tellingPreflight: CORSAnswer? {
        let preflights = options.filter { $0.kind != .plainOptions }
        return preflights.first { $0.isReadable(withCredentials: false) && $0.isSuccess }
            ?? preflights.first { $0.isReadable(withCredentials: false) } ?? preflights.first
    }

    /// Whether a browser would go on to send the request with its two header fields, with cookies or without.
    ///
    /// With cookies a star stands for itself; never does it stand for `Authorization` (Fetch, CORS-preflight fetch).
    func passes(_ answer: CORSAnswer) -> Bool {
        guard answer.isSuccess else { return false }
        return [true, false].contains { withCredentials in
            answer.isReadable(withCredentials: withCredentials)
                && answer.allows(method: CORSPreflight.method, withCredentials: withCredentials)
                && answer.allows(header: CORSPreflight.header, withCredentials: withCredentials)
                && answer.allows(header: "authorization", withCredentials: withCredentials)
        }
    }

    /// Why a preflight was not answered; `notAsked` when the recording has none of the kind.
    func ofPreflight(_ kind: CORSClass, _ fact: (CORSAnswer) -> DerivedFact) -> DerivedFact {
        if let answer = answer(kind) { return fact(answer) }
        return .unobserved(capture.visits.first { $0.kind == kind }?.missing ?? .notAsked)
    }

    /// As `ofPreflight`, of the one that tells most.
    func ofTellingPreflight(_ fact: (CORSAnswer) -> DerivedFact) -> DerivedFact {
        if let answer = tellingPreflight { return fact(answer) }
        return ofPreflight(.preflight, fact)
    }

    /// Whether preflight and GET of one origin, both allowed, differ in credentials; nil without such a pair.
    var credentialsDiffer: Bool? {
        let pairs = options.filter { $0.kind != .plainOptions && $0.allowOrigin != nil }.flatMap { preflight in
            answers.filter { $0.origin == preflight.origin && $0.allowOrigin != nil }.map { (preflight, $0) }
        }
        return pairs.isEmpty ? nil : pairs.contains { $0.allowsCredentials != $1.allowsCredentials }
    }
}

extension CORSAnswer {
    var allowedMethods: [String]? { list("access-control-allow-methods") }
    var allowedHeaders: [String]? { list("access-control-allow-headers") }

    /// Methods are compared with regard to case (RFC 9110 §9.1).
    func allows(method: String, withCredentials: Bool) -> Bool {
        let methods = allowedMethods ?? []
        return methods.contains(method) || methods.contains("*") && !withCredentials
    }

    func allows(header: String, withCredentials: Bool) -> Bool {
        let headers = (allowedHeaders ?? []).map(\.asciiLowercased)
        return headers.contains(header) || headers.contains("*") && !withCredentials && header != "authorization"
    }
}
