import AuditModel
import JSON
import NIOCore
import NIOHTTP1
import Synchronization
import WireFormats

/// Answers a registry's challenges: by a password (RFC 7617), or by a token of its token service
/// (Docker Registry Token Authentication, RFC 6750).
final class RegistryAccess: Sendable {
    private static let mostTokenBytes = 1 << 20
    private static let client = "gonogo"

    private struct State {
        var authorization: String?
        /// nil until the files were read.
        var credentials: RegistryCredentials??
    }

    private let address: RegistryAddress
    private let plainHTTP: Bool
    private let streams: HTTPStreams
    private let files: CredentialFiles
    private let state = Mutex(State())

    init(_ address: RegistryAddress, streams: HTTPStreams, context: ProbeContext) {
        self.address = address
        plainHTTP = context.plainHTTP
        self.streams = streams
        files = CredentialFiles(context)
    }

    /// The value of `Authorization` for the registry; nil until a challenge was answered.
    var authorization: String? { state.withLock { $0.authorization } }

    var hasCredentials: Bool { state.withLock { $0.credentials.flatMap { $0 } != nil } }

    /// The answer to a challenge; nil when there is nothing to answer it with.
    ///
    /// - Parameter refused: what the registry did not take; another request may have got something newer meanwhile.
    func authorization(
        for challenges: [AuthenticationChallenge], at registry: URLReference, instead refused: String?
    ) async throws(ProbeFailure) -> String? {
        if let known = authorization, known != refused { return known }
        let credentials = try await credentials()
        let answer: String?
        if case .registryToken(let token) = credentials {
            answer = "Bearer " + token
        } else if let challenge = challenges.first(where: { $0.scheme == "bearer" && $0.parameters["realm"] != nil }) {
            answer = "Bearer " + (try await token(for: challenge, credentials, at: registry))
        } else if challenges.contains(where: { $0.scheme == "basic" }) {
            answer = credentials?.basic
        } else {
            throw ProbeFailure(
                .unsupported, "\(registry.hostAndPort) asks for a proof of identity that is neither Basic nor Bearer")
        }
        state.withLock { $0.authorization = answer }
        return answer
    }

    private func credentials() async throws(ProbeFailure) -> RegistryCredentials? {
        if let known = state.withLock({ $0.credentials }) { return known }
        let found = try await files.credentials(for: address.scope)
        state.withLock { $0.credentials = .some(found) }
        return found
    }

    // MARK: Tokens

    private func token(
        for challenge: AuthenticationChallenge, _ credentials: RegistryCredentials?, at registry: URLReference
    ) async throws(ProbeFailure) -> String {
        var request = try tokenRequest(challenge, credentials, at: registry)
        let place = request.url.hostAndPort
        do {
            for _ in 0..<3 {
                let (status, location, bytes) = try await answer(to: request)
                if status == 200 { return try token(in: bytes, of: place) }
                guard request.method == .GET, [301, 302, 303, 307, 308].contains(status), let location,
                    let next = try? request.url.resolving(location), next.origin == request.url.origin
                else {
                    throw RegistryFailure(
                        status: status, place: place, what: "a token for \(address.repository)", body: bytes,
                        hasCredentials: credentials != nil)
                }
                request.url = next
            }
        } catch {
            if let failure = error as? RegistryFailure { throw failure.failure }
            throw ProbeFailure(error, place: place)
        }
        throw ProbeFailure(.tooManyRedirects, "\(place) redirects the request for a token too often")
    }

    private func answer(to request: StreamRequest) async throws -> (Int, String?, [UInt8]) {
        try await streams.withResponse(to: request) { response, body in
            let bytes = try await body.bytes(atMost: Self.mostTokenBytes, "an answer for a token")
            return (response.status, response.values(of: "location").first, bytes)
        }
    }

    private func tokenRequest(
        _ challenge: AuthenticationChallenge, _ credentials: RegistryCredentials?, at registry: URLReference
    ) throws(ProbeFailure) -> StreamRequest {
        let scope = challenge.parameters["scope"] ?? "repository:\(address.repository):pull"
        var parameters = [("scope", scope)]
        if let service = challenge.parameters["service"] { parameters.insert(("service", service), at: 0) }
        var url = try realm(challenge, at: registry)
        if case .identityToken(let token) = credentials {
            parameters += [("grant_type", "refresh_token"), ("refresh_token", token), ("client_id", Self.client)]
            return StreamRequest(
                method: .POST, url: url, fields: [("Content-Type", "application/x-www-form-urlencoded")],
                body: ByteBuffer(string: formEncoded(parameters)))
        }
        url.query = (url.query.map { $0 + "&" } ?? "") + formEncoded(parameters)
        var request = StreamRequest(url: url, fields: [("Accept", "application/json")])
        if let basic = credentials?.basic { request.fields.append(("Authorization", basic)) }
        return request
    }

    /// Where tokens are given out; credentials go there, so never in the clear but within this machine.
    private func realm(
        _ challenge: AuthenticationChallenge, at registry: URLReference
    ) throws(ProbeFailure) -> URLReference {
        guard let url = challenge.parameters["realm"].flatMap({ try? URLReference($0) }), url.userinfo == nil else {
            throw ProbeFailure(.malformed, "\(registry.hostAndPort) names a token service that is no URL")
        }
        let isPlainAllowed = registry.scheme == .http && (isLoopback(url.host) || plainHTTP)
        guard url.scheme == .https || isPlainAllowed else {
            throw ProbeFailure(.notPermitted, "\(registry.hostAndPort) names a token service without TLS")
        }
        return url
    }

    private func token(in bytes: [UInt8], of place: String) throws(ProbeFailure) -> String {
        let json = try? JSONValue.parse(bytes, limits: JSONLimits(bytes: Self.mostTokenBytes))
        let tokens = [json?["token"]?.string, json?["access_token"]?.string]
        guard let token = tokens.compactMap({ $0 }).first(where: { !$0.isEmpty }), isFieldValue(token) else {
            throw ProbeFailure(.malformed, "\(place) answered without a token")
        }
        return token
    }
}

extension RegistryCredentials {
    /// The value of `Authorization` (RFC 7617 §2); nil for a token.
    fileprivate var basic: String? {
        guard case .password(let user, let password) = self else { return nil }
        return "Basic " + Base64.encode(Array("\(user):\(password)".utf8))
    }
}

private func formEncoded(_ parameters: [(name: String, value: String)]) -> String {
    parameters.map { "\($0.name)=\(String(decoding: percentEncoded($0.value), as: UTF8.self))" }.joined(separator: "&")
}
