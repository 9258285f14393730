/// Where services usually answer about their health.
package enum HealthPaths {
    /// At most 16 paths, the likeliest first; discovery prefers an earlier one.
    package static let usual: [String] = [
        "/health", "/healthz", "/readyz", "/livez", "/startupz",
        "/health/ready", "/health/live", "/health/startup", "/health/readiness", "/health/liveness",
        "/health/detailed", "/api/health", "/actuator/health", "/q/health", "/status", "/up"
    ]
}
