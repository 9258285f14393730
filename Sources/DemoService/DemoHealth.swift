import AuditModel

/// The bodies of the health endpoints (draft-inadarei-api-health-check).
struct DemoHealth {
    let uptime: Int64
    let now: Instant

    /// What the public may know.
    static let status = #"{"status":"pass"}"#

    /// What operators may know: the state and latency of each dependency.
    var detailed: String {
        body(status: "pass", database: check("datastore", milliseconds: 4, status: "pass"))
    }

    /// One slow dependency, and an error text that tells everyone where the database is.
    var leaking: String {
        let output = #","output":"slow answer from postgres://db-primary.shop.internal:5432/orders""#
        return body(status: "warn", database: check("datastore", milliseconds: 1840, status: "warn", more: output))
    }

    private func body(status: String, database: String) -> String {
        """
        {"status":"\(status)","timestamp":"\(now.iso8601)","version":"\(DemoSite.version)","uptime":\(uptime),\
        "checks":{\
        "postgres:responseTime":[\(database)],\
        "redis:responseTime":[\(check("datastore", milliseconds: 1, status: "pass"))],\
        "payments:responseTime":[\(check("component", milliseconds: 87, status: "pass"))]}}
        """
    }

    private func check(_ type: String, milliseconds: Int, status: String, more: String = "") -> String {
        """
        {"componentType":"\(type)","observedValue":\(milliseconds),"observedUnit":"ms","status":"\(status)",\
        "time":"\(now.iso8601)"\(more)}
        """
    }
}
