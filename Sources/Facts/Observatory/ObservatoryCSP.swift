import WireFormats

/// The Observatory's judgement of the Content-Security-Policy (`content-security-policy`).
struct ObservatoryCSP {
    let outcome: ObservatoryOutcome
    /// Whether any policy, one in a `<meta>` element too, has frame-ancestors, whatever it says.
    let hasFrameAncestors: Bool

    /// - Parameters:
    ///   - header: The lines of the enforcing field.
    ///   - elements: The contents of `<meta>` elements.
    init(header: [String], elements: [String], hasReportOnly: Bool, isHTTPS: Bool) {
        let header = ObservatoryPolicy.split(header)
        let elements = ObservatoryPolicy.split(elements)
        guard let merged = try? ObservatoryPolicy(header + elements) else {
            outcome = .cspInvalid
            hasFrameAncestors = false
            return
        }
        guard Self.countsAsPolicy(header) || Self.countsAsPolicy(elements, isElement: true) else {
            outcome = hasReportOnly ? .cspReportOnly : .cspMissing
            hasFrameAncestors = false
            return
        }
        hasFrameAncestors = merged.directives["frame-ancestors"] != nil
        outcome = Self.judge(merged, isHTTPS: isHTTPS)
    }

    /// Whether anything is left, without what has no effect in an element; a repeated report-uri counts as something.
    private static func countsAsPolicy(_ policies: [String], isElement: Bool = false) -> Bool {
        guard var policy = try? ObservatoryPolicy(policies) else { return false }
        if isElement { policy.remove(["frame-ancestors", "report-uri", "sandbox"]) }
        return !policy.directives.isEmpty || policy.repeatsReporting
    }

    private static func judge(_ merged: ObservatoryPolicy, isHTTPS: Bool) -> ObservatoryOutcome {
        var policy = merged
        // A list that falls back to default-src is that list itself: what is taken out of one is out of the other.
        let scriptList = policy.directives["script-src"] == nil ? "default-src" : "script-src"
        let styleList = policy.directives["style-src"] == nil ? "default-src" : "style-src"
        for list in [scriptList, styleList] where policy.directives[list]?.contains(where: isNonceOrHash) ?? false {
            policy.remove(from: list) { $0 == "'unsafe-inline'" }
        }
        let script = policy.directives[scriptList] ?? ["*"]
        if script.contains("'strict-dynamic'") {
            guard script.contains(where: isNonceOrHash) else { return .cspInvalid }
            policy.remove(from: scriptList) { source in
                ["'self'", "'unsafe-inline'"].contains(source) || broad.contains(where: source.hasPrefix)
            }
        }
        let outcome = firstMatch(policy, scriptList, styleList, isHTTPS: isHTTPS)
        return outcome.isPass && policy.repeatsReporting ? .cspRepeatedReporting : outcome
    }

    private static func firstMatch(
        _ policy: ObservatoryPolicy, _ scriptList: String, _ styleList: String, isHTTPS: Bool
    ) -> ObservatoryOutcome {
        let lists = policy.directives
        let script = lists[scriptList] ?? ["*"]
        let style = lists[styleList] ?? ["*"]
        let object = lists["object-src"] ?? lists["default-src"] ?? ["*"]
        let isUnsafe = { (source: String) in broad.contains(source) || ["'unsafe-inline'", "data:"].contains(source) }
        if script.contains(where: isUnsafe) || !object.isDisjoint(with: broad) { return .cspUnsafeInline }
        let active = lists.filter { !["img-src", "media-src", "script-src"].contains($0.key) }.values
        if isHTTPS, script.contains(where: isInsecure) || active.contains(where: { $0.contains(where: isInsecure) }) {
            return .cspInsecure
        }
        if script.union(style).contains("'unsafe-eval'") { return .cspUnsafeEval }
        let passive = ["img-src", "media-src"].compactMap { lists[$0] ?? lists["default-src"] }
        if isHTTPS, passive.contains(where: { $0.contains(where: isInsecure) }) { return .cspInsecurePassive }
        if style.contains(where: isUnsafe) { return .cspUnsafeStyle }
        return lists["default-src"] == ["'none'"] ? .cspDefaultNone : .cspNoUnsafe
    }

    private static let broad: Set<String> = [
        "ftp:", "http:", "https:", "*", "http://*", "http://*.*", "https://*", "https://*.*"
    ]

    private static func isNonceOrHash(_ source: String) -> Bool {
        ["'sha256-", "'sha384-", "'sha512-", "'nonce-"].contains(where: source.hasPrefix)
    }

    private static func isInsecure(_ source: String) -> Bool { source.hasPrefix("http:") || source.hasPrefix("ftp:") }
}
