import AuditModel
import Facts
import WireFormats

/// A path to look at, and everything that it is looked at as: a path given twice is asked for once.
struct HealthVisitPlan: Sendable {
    let path: String
    let url: URLReference
    var roles: [HealthCapture.Role]

    var isGiven: Bool { roles.contains(.given) }

    /// The given paths, or the usual ones when no health endpoint is given; last, a path that cannot exist.
    static func plans(
        for request: ObservationRequest, at url: URLReference
    ) throws(ProbeFailure) -> [HealthVisitPlan] {
        var wanted: [(String, HealthCapture.Role)] = []
        if let path = request.text("path") { wanted.append((path, .given)) }
        for role in [HealthCapture.Role.liveness, .readiness, .startup] {
            if let path = request.text(role.rawValue) { wanted.append((path, role)) }
        }
        if request.text("path") == nil { wanted += HealthPaths.usual.map { ($0, .discovery) } }
        wanted.append(("/__no-such-path-" + randomDigits(), .control))
        var plans: [HealthVisitPlan] = []
        for (path, role) in wanted {
            if let index = plans.firstIndex(where: { $0.path == path }) {
                plans[index].roles.append(role)
            } else {
                plans.append(HealthVisitPlan(path: path, url: try url.at(path), roles: [role]))
            }
        }
        return plans
    }

    /// The usual paths below those that discovery found.
    static func below(_ found: [String], at url: URLReference) throws(ProbeFailure) -> [HealthVisitPlan] {
        var plans: [HealthVisitPlan] = []
        for path in found.flatMap({ HealthPaths.below[$0] ?? [] }) {
            plans.append(HealthVisitPlan(path: path, url: try url.at(path), roles: [.discovery]))
        }
        return plans
    }
}

/// Eight hexadecimal digits, for paths that no service has.
func randomDigits() -> String {
    let digits = String(UInt32.random(in: 0...UInt32.max), radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
}
