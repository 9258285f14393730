import AuditModel

extension ProbeParameter {
    /// Of every probe that looks at a page.
    static let path = ProbeParameter(
        name: "path", type: .text, defaultValue: nil, unit: nil,
        meaning: "Path and query to ask for at the target's origin; the target's own URL when not given.")

    /// Of every probe that reads the visit over plain HTTP.
    static let httpPort = ProbeParameter(
        name: "httpPort", type: .integer, defaultValue: nil, unit: nil, range: 1...65_535,
        meaning: "Port that speaks plain HTTP; 80 when HTTPS is at 443, else unknown when not given.")

    /// Of every probe that tells what a preload list changes. No list of ours: it would be older than the browsers'.
    static let preloaded = ProbeParameter(
        name: "preloaded", type: .texts, defaultValue: nil, unit: nil,
        meaning: "Domains that browsers' HSTS preload lists hold with their subdomains; unknown when not given.")
}
