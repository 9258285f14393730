import JSON

/// The body of a health endpoint's answer, read by the convention that it follows.
///
/// Conventions: draft-inadarei-api-health-check-06, Spring Boot Actuator, MicroProfile Health 4, ASP.NET Core,
/// NestJS Terminus, Kubernetes' `?verbose` text; else any JSON object with a status, or a word of plain text.
package struct HealthBody: Equatable, Sendable {
    package enum Format: String, Sendable, CaseIterable {
        case healthJSON = "health+json"
        case springActuator = "spring-actuator"
        case microprofile
        case aspnetText = "aspnet-text"
        case terminus
        /// A JSON object with a status, of no named convention.
        case json
        case kubernetesVerbose = "k8s-verbose"
        case plain
    }

    /// The statuses of health+json, from the best; other words are mapped to them.
    package enum Status: String, Sendable, CaseIterable {
        case pass, warn, fail
    }

    /// One dependency or part that the body names.
    package struct Component: Equatable, Sendable {
        package var name: String
        /// nil when none is stated, or no known word.
        package var status: Status?
        package var latencyMilliseconds: Double?
        /// Whether more is told of it than name, status, time and latency.
        package var hasDetails: Bool
    }

    package enum Timestamp: Equatable, Sendable {
        case text(String)
        case epochMilliseconds(Int64)
    }

    package var format: Format
    /// nil when plain text says no known word.
    package var status: Status?
    /// The status as written; nil when it follows from the HTTP status alone.
    package var statusText: String?
    package var components: [Component] = []
    package var version: String?
    package var releaseID: String?
    package var uptimeSeconds: Double?
    package var timestamp: Timestamp?
    /// What the body gives away.
    package var disclosures: Set<Disclosure> = []
}

extension HealthBody {
    /// What a body is: read, of no convention, or beyond what is read of a hostile sender.
    package enum Reading: Equatable, Sendable {
        case recognised(HealthBody)
        /// HTML, JSON without a status, long or unknown text. What it gives away is told all the same.
        case unrecognised(Set<Disclosure>)
        /// Too long, too deep or too many components; the reason is a sentence fragment.
        case excessive(String)
    }

    package static let longestBody = 1 << 20
    package static let deepestNesting = 32
    package static let mostComponents = 1000

    /// Reads a whole body; `essence` is the media type without parameters, nil when none was sent.
    package static func read(_ text: String, essence: String?, httpStatus: Int) -> Reading {
        guard text.utf8.count <= longestBody else { return .excessive("the body is longer than \(longestBody) bytes") }
        let bytes = text[...].utf8.trimmed(\.isASCIIWhitespace)
        let essence = essence ?? ""
        if MediaType.isHTML(essence: essence) || bytes.first == UInt8(ascii: "<") {
            return .unrecognised(Disclosure.found(in: text))
        }
        if MediaType.isJSON(essence: essence) || bytes.first == UInt8(ascii: "{") {
            return json(text, essence: essence)
        }
        return HealthText.read(String(Substring(bytes)), essence: essence, httpStatus: httpStatus)
    }

    private static func json(_ text: String, essence: String) -> Reading {
        do {
            let value = try JSONValue.parse(text, limits: JSONLimits(bytes: longestBody, depth: deepestNesting))
            return HealthJSON.read(value, essence: essence)
        } catch {
            switch error.code {
            case .tooDeep, .tooLarge: return .excessive(error.reason)
            case .syntax, .duplicateName, .shape: return .unrecognised(Disclosure.found(in: text))
            }
        }
    }
}

extension HealthBody.Status {
    /// The status that a word stands for, without regard to case, spaces, `-` and `_`; nil for an unknown word.
    package init?(word: String) {
        guard word.utf8.count <= 40 else { return nil }
        let letters = word.utf8.filter { !$0.isASCIIWhitespace && $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "_") }
        switch String(decoding: letters, as: UTF8.self).asciiLowercased {
        case "pass", "passed", "passing", "ok", "okay", "up", "healthy", "alive", "live", "ready", "started", "running",
            "operational", "available", "serving", "success", "green", "pong", "serviceready":
            self = .pass
        case "warn", "warning", "degraded", "partial", "yellow", "unknown":
            self = .warn
        case "fail", "failed", "failing", "failure", "error", "down", "outofservice", "unhealthy", "critical", "dead",
            "unavailable", "serviceunavailable", "notready", "notserving", "notalive", "stopped", "shuttingdown",
            "starting", "red":
            self = .fail
        default: return nil
        }
    }

    /// `pass` before `warn` before `fail`.
    var rank: Int {
        switch self {
        case .pass: 0
        case .warn: 1
        case .fail: 2
        }
    }
}
