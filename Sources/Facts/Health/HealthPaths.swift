/// Where services usually answer about their health.
package enum HealthPaths {
    /// At most 16 paths, the likeliest first; discovery prefers an earlier one.
    package static let usual: [String] = [
        "/health", "/healthz", "/readyz", "/livez", "/startupz",
        "/health/ready", "/health/live", "/health/startup", "/health/readiness", "/health/liveness",
        "/health/detailed", "/api/health", "/actuator/health", "/q/health", "/status", "/up"
    ]

    /// What Spring Boot and Quarkus have below the path that they answer at: at most five more.
    package static let below: [String: [String]] = [
        "/actuator/health": ["/actuator/health/liveness", "/actuator/health/readiness"],
        "/q/health": ["/q/health/live", "/q/health/ready", "/q/health/started"]
    ]
}
