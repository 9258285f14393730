import AuditModel
import NIOCore
import NIOHTTP1
import Synchronization
import WireFormats

/// Pulls from one repository of a registry (OCI distribution-spec, Pull), with redirects, passwords and tokens.
final class RegistryClient: Sendable {
    private static let mostRedirects = 5
    /// What is read of the body of an error or a redirect, to keep the connection.
    private static let mostErrorBytes = 64 << 10

    let address: RegistryAddress
    private let plainHTTP: Bool
    private let streams: HTTPStreams
    private let access: RegistryAccess
    /// nil until a registry on loopback was found to speak HTTP or HTTPS.
    private let scheme: Mutex<URLReference.Scheme?>

    init(_ address: RegistryAddress, context: ProbeContext) {
        self.address = address
        plainHTTP = context.plainHTTP
        streams = HTTPStreams(context: context)
        access = RegistryAccess(address, streams: streams, context: context)
        scheme = Mutex(plainHTTP ? .http : address.isOnLoopback ? nil : .https)
    }

    func close() { streams.close() }

    /// GETs a path below `/v2/REPOSITORY/`; the closure reads the body of a 200.
    ///
    /// - Parameter what: what the path leads to, for reasons.
    /// - Throws: a `RegistryFailure` for every other answer, a `ProbeFailure` when none came.
    func get<Value>(
        _ path: String, _ what: String, accept: String = "*/*",
        _ read: (HTTPResponse, BodyStream) async throws -> Value
    ) async throws -> Value {
        if let scheme = scheme.withLock({ $0 }) { return try await get(path, what, accept, over: scheme, read) }
        let plainFailure: any Error
        do {
            return try await get(path, what, accept, over: .http, read)
        } catch  where scheme.withLock({ $0 }) == nil && Self.mayComeFromTLS(error) {
            plainFailure = error
        }
        do {
            return try await get(path, what, accept, over: .https, read)
        } catch let failure as ProbeFailure
            where [.notTLS, .timeout, .closedEarly, .reset].contains(failure.code)
        {
            throw plainFailure
        }
    }

    /// Whether a server that speaks TLS may answer plain HTTP so.
    private static func mayComeFromTLS(_ error: any Error) -> Bool {
        if let failure = error as? RegistryFailure { return failure.status == 400 }
        guard let failure = error as? ProbeFailure else { return false }
        return [.malformed, .closedEarly, .reset].contains(failure.code)
    }

    private enum Step<Value> {
        case value(Value)
        case redirect(to: String?)
        case challenges([AuthenticationChallenge])
    }

    private func get<Value>(
        _ path: String, _ what: String, _ accept: String, over scheme: URLReference.Scheme,
        _ read: (HTTPResponse, BodyStream) async throws -> Value
    ) async throws -> Value {
        let start = try address.url(scheme, path: path)
        var (url, redirects, isAtHome, isChallenged) = (start, 0, true, false)
        var authorization = access.authorization
        while true {
            // Credentials are for the registry's own origin, and not for where it redirects to.
            let proof = isAtHome ? authorization : nil
            switch try await step(url, what, accept, proof, canProve: isAtHome && !isChallenged, read) {
            case .value(let value): return value
            case .redirect(let location):
                redirects += 1
                guard redirects <= Self.mostRedirects else {
                    throw ProbeFailure(.tooManyRedirects, "\(start.hostAndPort) redirects \(what) too often")
                }
                url = try next(location, from: url, what)
                isAtHome = isAtHome && url.origin == start.origin
            case .challenges(let challenges):
                isChallenged = true
                authorization = try await access.authorization(for: challenges, at: start, instead: authorization)
            }
        }
    }

    private func step<Value>(
        _ url: URLReference, _ what: String, _ accept: String, _ authorization: String?, canProve: Bool,
        _ read: (HTTPResponse, BodyStream) async throws -> Value
    ) async throws -> Step<Value> {
        var request = StreamRequest(url: url, fields: [("Accept", accept)])
        if let authorization { request.fields.append(("Authorization", authorization)) }
        return try await streams.withResponse(to: request) { response, body in
            // With 400 a server that speaks TLS answers who does not.
            if response.status != 400 { scheme.withLock { $0 = $0 ?? url.scheme } }
            if response.status == 200 { return .value(try await read(response, body)) }
            let rest = (try? await body.bytes(atMost: Self.mostErrorBytes, "an error")) ?? []
            switch response.status {
            case 301, 302, 303, 307, 308: return .redirect(to: response.values(of: "location").first)
            case 401 where canProve:
                return .challenges(response.values(of: "www-authenticate").flatMap(AuthenticationChallenge.list))
            default:
                throw RegistryFailure(
                    status: response.status, place: url.hostAndPort, what: what, body: rest,
                    hasCredentials: authorization != nil && access.hasCredentials)
            }
        }
    }

    private func next(_ location: String?, from url: URLReference, _ what: String) throws -> URLReference {
        guard let location, var next = try? url.resolving(location) else {
            throw ProbeFailure(.malformed, "\(url.hostAndPort) redirects \(what) to nothing that can be asked for")
        }
        next.userinfo = nil
        let isPlainAllowed = url.scheme == .http && (plainHTTP || isLoopback(next.host))
        guard next.scheme == .https || isPlainAllowed else {
            throw ProbeFailure(.notPermitted, "\(url.hostAndPort) redirects \(what) to plain HTTP")
        }
        return next
    }
}
