/// The names of directives, by what they do (CSP Level 3 §6).
package enum DirectiveName {
    /// Directives about requests that a page makes (§6.1).
    package static let fetch: Set<String> = [
        "child-src", "connect-src", "default-src", "fenced-frame-src", "font-src", "frame-src", "img-src",
        "manifest-src", "media-src", "object-src", "prefetch-src", "script-src", "script-src-attr", "script-src-elem",
        "style-src", "style-src-attr", "style-src-elem", "worker-src"
    ]

    /// Directives whose values are sources.
    package static let ofSources = fetch.union(["base-uri", "form-action", "frame-ancestors", "navigate-to"])

    /// Directives that no browser reads any more, or never read.
    package static let deprecated: Set<String> = [
        "block-all-mixed-content", "disown-opener", "navigate-to", "plugin-types", "prefetch-src", "referrer",
        "reflected-xss", "require-sri-for"
    ]

    /// Every directive that some standard defines or once defined.
    package static let known = ofSources.union(deprecated).union([
        "report-to", "report-uri", "require-trusted-types-for", "sandbox", "trusted-types",
        "upgrade-insecure-requests", "webrtc"
    ])

    /// The directives that stand in for an absent one, in order (§6.8.3).
    package static func fallbacks(of name: String) -> [String] {
        switch name {
        case "script-src-elem", "script-src-attr": ["script-src", "default-src"]
        case "style-src-elem", "style-src-attr": ["style-src", "default-src"]
        case "worker-src": ["child-src", "script-src", "default-src"]
        case "frame-src": ["child-src", "default-src"]
        case "fenced-frame-src": ["frame-src", "child-src", "default-src"]
        case "default-src": []
        default: fetch.contains(name) ? ["default-src"] : []
        }
    }
}
