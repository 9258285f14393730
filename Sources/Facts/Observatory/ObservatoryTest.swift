/// A test of the HTTP Observatory, algorithm version 6; the raw values are its own names.
enum ObservatoryTest: String, CaseIterable {
    case contentSecurityPolicy = "content-security-policy"
    case cookies
    case crossOriginResourceSharing = "cross-origin-resource-sharing"
    case embedderPolicy = "cross-origin-embedder-policy"
    case openerPolicy = "cross-origin-opener-policy"
    case resourcePolicy = "cross-origin-resource-policy"
    case redirection
    case referrerPolicy = "referrer-policy"
    case transportSecurity = "strict-transport-security"
    case subresourceIntegrity = "subresource-integrity"
    case contentTypeOptions = "x-content-type-options"
    case frameOptions = "x-frame-options"

    /// Every result that the test may have.
    var outcomes: [ObservatoryOutcome] { ObservatoryOutcome.allCases.filter { $0.test == self } }
}

/// What a test of the HTTP Observatory found; the raw values are its own names.
enum ObservatoryOutcome: String, CaseIterable {
    case cspDefaultNone = "csp-implemented-with-no-unsafe-default-src-none"
    case cspNoUnsafe = "csp-implemented-with-no-unsafe"
    case cspUnsafeStyle = "csp-implemented-with-unsafe-inline-in-style-src-only"
    case cspInsecurePassive = "csp-implemented-with-insecure-scheme-in-passive-content-only"
    case cspRepeatedReporting = "csp-implemented-but-duplicate-directives"
    case cspUnsafeEval = "csp-implemented-with-unsafe-eval"
    case cspUnsafeInline = "csp-implemented-with-unsafe-inline"
    case cspInsecure = "csp-implemented-with-insecure-scheme"
    case cspInvalid = "csp-header-invalid"
    case cspMissing = "csp-not-implemented"
    case cspReportOnly = "csp-not-implemented-but-reporting-enabled"

    case cookiesSameSite = "cookies-secure-with-httponly-sessions-and-samesite"
    case cookiesSecure = "cookies-secure-with-httponly-sessions"
    case cookiesNone = "cookies-not-found"
    case cookiesInsecureHSTS = "cookies-without-secure-flag-but-protected-by-hsts"
    case cookiesInsecure = "cookies-without-secure-flag"
    case cookiesSessionInsecureHSTS = "cookies-session-without-secure-flag-but-protected-by-hsts"
    case cookiesSameSiteInvalid = "cookies-samesite-flag-invalid"
    case cookiesTokenWithoutSameSite = "cookies-anticsrf-without-samesite-flag"
    case cookiesSessionInScripts = "cookies-session-without-httponly-flag"
    case cookiesSessionInsecure = "cookies-session-without-secure-flag"

    case corsMissing = "cross-origin-resource-sharing-not-implemented"
    case corsPublic = "cross-origin-resource-sharing-implemented-with-public-access"
    case corsRestricted = "cross-origin-resource-sharing-implemented-with-restricted-access"
    case corsUniversal = "cross-origin-resource-sharing-implemented-with-universal-access"

    case coepRequireCORP = "coep-implemented-with-require-corp"
    case coepCredentialless = "coep-implemented-with-credentialless"
    case coepUnsafeNone = "coep-implemented-with-unsafe-none"
    case coepMissing = "coep-not-implemented"
    case coepInvalid = "coep-header-invalid"

    case coopSameOrigin = "coop-implemented-with-same-origin"
    case coopAllowPopups = "coop-implemented-with-same-origin-allow-popups"
    case coopNoopener = "coop-implemented-with-noopener-allow-popups"
    case coopUnsafeNone = "coop-implemented-with-unsafe-none"
    case coopMissing = "coop-not-implemented"
    case coopInvalid = "coop-header-invalid"

    case corpSameOrigin = "corp-implemented-with-same-origin"
    case corpSameSite = "corp-implemented-with-same-site"
    case corpCrossOrigin = "corp-implemented-with-cross-origin"
    case corpMissing = "corp-not-implemented"
    case corpInvalid = "corp-header-invalid"

    case redirectionNoHTTP = "redirection-not-needed-no-http"
    case redirectionPreloaded = "redirection-all-redirects-preloaded"
    case redirectionToHTTPS = "redirection-to-https"
    case redirectionOffHost = "redirection-off-host-from-http"
    case redirectionNotAtFirst = "redirection-not-to-https-on-initial-redirection"
    case redirectionMissing = "redirection-missing"
    case redirectionNotToHTTPS = "redirection-not-to-https"
    case redirectionInvalidCertificate = "redirection-invalid-cert"

    case referrerPrivate = "referrer-policy-private"
    case referrerMissing = "referrer-policy-not-implemented"
    case referrerUnsafe = "referrer-policy-unsafe"
    case referrerInvalid = "referrer-policy-header-invalid"

    case hstsPreloaded = "hsts-preloaded"
    case hstsSixMonths = "hsts-implemented-max-age-at-least-six-months"
    case hstsShort = "hsts-implemented-max-age-less-than-six-months"
    case hstsMissing = "hsts-not-implemented"
    case hstsInvalid = "hsts-header-invalid"
    case hstsNoHTTPS = "hsts-not-implemented-no-https"
    case hstsInvalidCertificate = "hsts-invalid-cert"

    case sriAll = "sri-implemented-and-all-scripts-loaded-securely"
    case sriExternal = "sri-implemented-and-external-scripts-loaded-securely"
    case sriNotHTML = "sri-not-implemented-response-not-html"
    case sriNoScripts = "sri-not-implemented-but-no-scripts-loaded"
    case sriOwnScripts = "sri-not-implemented-but-all-scripts-loaded-from-secure-origin"
    case sriMissing = "sri-not-implemented-but-external-scripts-loaded-securely"
    case sriInsecure = "sri-implemented-but-external-scripts-not-loaded-securely"
    case sriMissingInsecure = "sri-not-implemented-and-external-scripts-not-loaded-securely"
    case sriUnparseable = "html-not-parseable"

    case nosniff = "x-content-type-options-nosniff"
    case nosniffMissing = "x-content-type-options-not-implemented"
    case nosniffInvalid = "x-content-type-options-header-invalid"

    case framingByPolicy = "x-frame-options-implemented-via-csp"
    case framingDenied = "x-frame-options-sameorigin-or-deny"
    case framingAllowFrom = "x-frame-options-allow-from-origin"
    case framingMissing = "x-frame-options-not-implemented"
    case framingInvalid = "x-frame-options-header-invalid"
}
