extension ObservatoryOutcome {
    var test: ObservatoryTest {
        switch self {
        case .sriUnparseable: .subresourceIntegrity
        default:
            Self.tests.first { rawValue.hasPrefix($0.prefix) }.map(\.test) ?? .contentSecurityPolicy
        }
    }

    private static let tests: [(prefix: String, test: ObservatoryTest)] = [
        ("csp-", .contentSecurityPolicy), ("cookies-", .cookies),
        ("cross-origin-resource-sharing-", .crossOriginResourceSharing), ("coep-", .embedderPolicy),
        ("coop-", .openerPolicy), ("corp-", .resourcePolicy), ("redirection-", .redirection),
        ("referrer-policy-", .referrerPolicy), ("hsts-", .transportSecurity), ("sri-", .subresourceIntegrity),
        ("x-content-type-options-", .contentTypeOptions), ("x-frame-options-", .frameOptions)
    ]

    /// What the outcome adds to the score, or takes away.
    var modifier: Int {
        switch self {
        case .cspDefaultNone, .coepRequireCORP, .coepCredentialless, .coopSameOrigin, .coopAllowPopups, .coopNoopener,
            .corpSameOrigin, .corpSameSite:
            10
        case .cspNoUnsafe, .cookiesSameSite, .referrerPrivate, .sriAll, .sriExternal, .framingByPolicy, .framingDenied,
            .hstsPreloaded:
            5
        case .cspUnsafeStyle, .cspRepeatedReporting, .cookiesSecure, .cookiesNone, .corsMissing, .corsPublic,
            .corsRestricted, .coepUnsafeNone, .coepMissing, .coopUnsafeNone, .coopMissing, .corpCrossOrigin,
            .corpMissing, .redirectionNoHTTP, .redirectionPreloaded, .redirectionToHTTPS, .referrerMissing,
            .hstsSixMonths, .sriNotHTML, .sriNoScripts, .sriOwnScripts, .nosniff, .framingAllowFrom:
            0
        case .cookiesInsecureHSTS, .coepInvalid, .coopInvalid, .corpInvalid, .redirectionOffHost, .referrerUnsafe,
            .referrerInvalid, .sriMissing, .nosniffMissing, .nosniffInvalid:
            -5
        case .cspInsecurePassive, .cspUnsafeEval, .cookiesSessionInsecureHSTS, .redirectionNotAtFirst, .hstsShort:
            -10
        case .cspUnsafeInline, .cspInsecure, .cookiesInsecure, .cookiesSameSiteInvalid, .cookiesTokenWithoutSameSite,
            .redirectionMissing, .redirectionNotToHTTPS, .redirectionInvalidCertificate, .hstsMissing, .hstsInvalid,
            .hstsNoHTTPS, .hstsInvalidCertificate, .sriInsecure, .sriUnparseable, .framingMissing, .framingInvalid:
            -20
        case .cspInvalid, .cspMissing, .cspReportOnly: -25
        case .cookiesSessionInScripts: -30
        case .cookiesSessionInsecure: -40
        case .corsUniversal, .sriMissingInsecure: -50
        }
    }

    /// Whether the test counts as passed: nothing taken away, or plain HTTP only for images and media.
    var isPass: Bool { modifier >= 0 || self == .cspInsecurePassive }
}

/// What the outcomes of all tests come to.
struct ObservatoryScore {
    /// 100 and everything that takes away; may be below 0.
    let uncurved: Int
    /// Whether what adds counts: only from an uncurved 90 on.
    let countsBonus: Bool
    /// From 0 up; more than 100 with what adds.
    let score: Int
    let passed: Int

    init(_ outcomes: [ObservatoryOutcome]) {
        let modifiers = outcomes.map(\.modifier)
        uncurved = 100 + modifiers.filter { $0 < 0 }.reduce(0, +)
        countsBonus = uncurved >= 90
        score = max(0, countsBonus ? 100 + modifiers.reduce(0, +) : uncurved)
        passed = outcomes.count(where: \.isPass)
    }

    var grade: String {
        switch min(score - score % 5, 100) {
        case 100...: "A+"
        case 90...: "A"
        case 85...: "A-"
        case 80...: "B+"
        case 70...: "B"
        case 65...: "B-"
        case 60...: "C+"
        case 50...: "C"
        case 45...: "C-"
        case 40...: "D+"
        case 30...: "D"
        case 25...: "D-"
        default: "F"
        }
    }

    static let grades = ["A+", "A", "A-", "B+", "B", "B-", "C+", "C", "C-", "D+", "D", "D-", "F"]
}
