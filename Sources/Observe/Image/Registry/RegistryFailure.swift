import AuditModel
import JSON

/// An answer of a registry that is not what was asked for.
struct RegistryFailure: Error {
    let status: Int
    let failure: ProbeFailure

    /// - Parameters:
    ///   - place: the registry's host and port.
    ///   - body: as much of the answer's body as was read.
    init(status: Int, place: String, what: String, body: [UInt8], hasCredentials: Bool = false) {
        self.status = status
        let code = Self.errorCode(body).map { " (\($0))" } ?? ""
        failure =
            switch status {
            case 401, 403:
                ProbeFailure(
                    .notPermitted,
                    "\(place) \(hasCredentials ? "does not let these credentials" : "lets nobody without credentials")"
                        + " read \(what)\(code)")
            case 404: ProbeFailure(.nameNotResolved, "\(place) has no \(what)\(code)")
            case 408, 429, 500...599: ProbeFailure(.refused, "\(place) answered \(status) for \(what)\(code)")
            default: ProbeFailure(.unsupported, "\(place) answered \(status) for \(what)\(code)")
            }
    }

    /// The first `code` of the registry's own errors (OCI distribution-spec, Error Codes).
    private static func errorCode(_ body: [UInt8]) -> String? {
        guard let code = (try? JSONValue.parse(body))?["errors"]?.array?.first?["code"]?.string else { return nil }
        let isWord = code.utf8.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "_") }
        return isWord && (1...60).contains(code.utf8.count) ? code : nil
    }
}
