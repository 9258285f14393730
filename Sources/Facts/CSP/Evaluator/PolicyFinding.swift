/// One finding in the terms of csp-evaluator: programs that read its findings can read these.
struct PolicyFinding: Hashable {
    enum Kind: String {
        case missingSemicolon = "MISSING_SEMICOLON"
        case unknownDirective = "UNKNOWN_DIRECTIVE"
        case invalidKeyword = "INVALID_KEYWORD"
        case nonceCharset = "NONCE_CHARSET"
        case missingDirectives = "MISSING_DIRECTIVES"
        case scriptUnsafeInline = "SCRIPT_UNSAFE_INLINE"
        case scriptUnsafeEval = "SCRIPT_UNSAFE_EVAL"
        case scriptUnsafeHashes = "SCRIPT_UNSAFE_HASHES"
        case plainURLSchemes = "PLAIN_URL_SCHEMES"
        case plainWildcard = "PLAIN_WILDCARD"
        case scriptAllowlistBypass = "SCRIPT_ALLOWLIST_BYPASS"
        case objectAllowlistBypass = "OBJECT_ALLOWLIST_BYPASS"
        case nonceLength = "NONCE_LENGTH"
        case addressSource = "IP_SOURCE"
        case deprecatedDirective = "DEPRECATED_DIRECTIVE"
        case plainHTTPSource = "SRC_HTTP"
        case strictDynamic = "STRICT_DYNAMIC"
        case strictDynamicNotStandalone = "STRICT_DYNAMIC_NOT_STANDALONE"
        case unsafeInlineFallback = "UNSAFE_INLINE_FALLBACK"
        case allowlistFallback = "ALLOWLIST_FALLBACK"
        case trustedTypes = "REQUIRE_TRUSTED_TYPES_FOR_SCRIPTS"
        case reportingMissing = "REPORTING_DESTINATION_MISSING"
        case reportToOnly = "REPORT_TO_ONLY"
    }

    enum Severity: String {
        case high = "HIGH"
        case syntax = "SYNTAX"
        case medium = "MEDIUM"
        case strictCSP = "STRICT_CSP"
        case mediumMaybe = "MEDIUM_MAYBE"
        case info = "INFO"
    }

    let kind: Kind
    let severity: Severity
    let directive: String
    /// Empty when the finding is about the whole directive.
    let value: String

    init(_ kind: Kind, _ severity: Severity, _ directive: String, _ value: String = "") {
        self.kind = kind
        self.severity = severity
        self.directive = directive
        self.value = value
    }

    /// `TYPE|SEVERITY|directive|value`.
    var text: String { "\(kind.rawValue)|\(severity.rawValue)|\(directive)|\(value)" }
}
