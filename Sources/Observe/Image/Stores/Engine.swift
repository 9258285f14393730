import AuditModel
import Facts
import Glibc
import JSON
import NIOCore
import WireFormats

/// A container engine that speaks Docker's API (Docker Engine API v1.24 and later; Podman's is the same).
struct Engine: Sendable {
    private static let mostAnswerBytes = 4 << 20

    /// The socket's path, or the host and port.
    let place: String
    private let root: URLReference
    private let streams: HTTPStreams

    /// The engines that the environment names, or whose sockets are there.
    static func all(in context: ProbeContext) throws(ProbeFailure) -> [Engine] {
        let environment = context.environment
        if let host = environment["DOCKER_HOST"] ?? environment["CONTAINER_HOST"], !host.isEmpty {
            return [try Engine(host: host, context)]
        }
        let runtime = environment["XDG_RUNTIME_DIR"].map { $0 + "/podman/podman.sock" }
        let paths = ["/var/run/docker.sock", runtime, "/run/podman/podman.sock"].compactMap { $0 }
        let there = paths.filter { access($0, F_OK) == 0 }
        guard !there.isEmpty else {
            throw ProbeFailure(.refused, "no container engine is there: no socket at \(paths.joined(separator: ", "))")
        }
        return try there.map { path throws(ProbeFailure) in try Engine(socket: path, context) }
    }

    private init(host: String, _ context: ProbeContext) throws(ProbeFailure) {
        if host.hasPrefix("unix://") {
            self = try Engine(socket: String(host.dropFirst(7)), context)
            return
        }
        let url = try? URLReference("http://" + (host.hasPrefix("tcp://") ? host.dropFirst(6) : host[...]))
        guard let url, isLoopback(url.host) else {
            throw ProbeFailure(.unsupported, "DOCKER_HOST names neither a Unix socket nor a port of this machine")
        }
        root = url
        place = url.hostAndPort
        streams = HTTPStreams(context: context)
    }

    private init(socket path: String, _ context: ProbeContext) throws(ProbeFailure) {
        guard path.hasPrefix("/"), path.utf8.count <= 107, let root = try? URLReference("http://localhost") else {
            throw ProbeFailure(.unsupported, "the path of the engine's socket is not absolute, or too long")
        }
        guard access(path, F_OK) == 0 else { throw ProbeFailure(.refused, "no container engine is at \(path)") }
        self.root = root
        place = path
        streams = HTTPStreams(context: context, socket: path)
    }

    func close() { streams.close() }

    /// The JSON of an answer and its header fields; nil when the engine has no such thing.
    func json(_ path: String) async throws(ProbeFailure) -> (json: JSONValue, fields: [HTTPField])? {
        do {
            let answer = try await get(path) { response, body in
                (response, try await body.bytes(atMost: Self.mostAnswerBytes, "an answer"))
            }
            switch answer.0.status {
            case 200: break
            case 404: return nil
            default: throw ProbeFailure(.refused, "the engine at \(place) answered \(answer.0.status)")
            }
            let limits = JSONLimits(bytes: Self.mostAnswerBytes)
            guard let json = try? JSONValue.parse(answer.1, limits: limits) else {
                throw ProbeFailure(.malformed, "the engine at \(place) did not answer in JSON")
            }
            return (json, answer.0.fields)
        } catch {
            throw ProbeFailure(error, place: place)
        }
    }

    func get<Value>(_ path: String, _ read: (HTTPResponse, BodyStream) async throws -> Value) async throws -> Value {
        let url: URLReference
        do throws(URLReference.Problem) {
            url = try root.withPath(path)
        } catch {
            throw ProbeFailure(.unsupported, "the engine cannot be asked for that name: \(error.reason)")
        }
        return try await streams.withResponse(to: StreamRequest(url: url, fields: [("Accept", "*/*")]), read)
    }
}
