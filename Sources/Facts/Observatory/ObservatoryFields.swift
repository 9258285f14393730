import WireFormats

/// The Observatory's judgement of single header fields. Lines of a name arrive joined by commas.
enum ObservatoryFields {
    static func transportSecurity(
        _ response: HTTPExchange, isVerified: Bool, isPreloaded: Bool
    ) -> ObservatoryOutcome {
        if isPreloaded { return .hstsPreloaded }
        guard (try? URLReference(response.url))?.scheme == .https else { return .hstsNoHTTPS }
        guard isVerified else { return .hstsInvalidCertificate }
        guard let value = joined("strict-transport-security", response) else { return .hstsMissing }
        let text = String(value.prefix(1024))
        let ages = text.split(separator: ";").map { JavaScript.trimmed(String($0)).lowercased() }
            .filter { $0.hasPrefix("max-age=") }.map { String($0.dropFirst(8).prefix(120)) }
        guard !text.contains(","), let age = ages.last else { return .hstsInvalid }
        // What is no number compares as neither less nor more, and passes.
        return leadingInteger(age).map { $0 < 15_552_000 } ?? false ? .hstsShort : .hstsSixMonths
    }

    static func contentTypeOptions(_ response: HTTPExchange) -> ObservatoryOutcome {
        guard let value = nonempty("x-content-type-options", response) else { return .nosniffMissing }
        return JavaScript.trimmed(String(value.prefix(256))).lowercased() == "nosniff" ? .nosniff : .nosniffInvalid
    }

    static func frameOptions(_ response: HTTPExchange, hasFrameAncestors: Bool) -> ObservatoryOutcome {
        if hasFrameAncestors { return .framingByPolicy }
        guard let value = nonempty("x-frame-options", response) else { return .framingMissing }
        let text = JavaScript.trimmed(String(value.prefix(1024))).lowercased()
        if ["deny", "sameorigin"].contains(text) { return .framingDenied }
        return text.hasPrefix("allow-from") ? .framingAllowFrom : .framingInvalid
    }

    /// Of header and `<meta>` elements, the last known value counts.
    static func referrerPolicy(_ response: HTTPExchange, elements: [String]) -> ObservatoryOutcome {
        let values = [joined("referrer-policy", response)].compactMap { $0 } + elements
        guard !values.isEmpty else { return .referrerMissing }
        let known = values.flatMap { $0.split(separator: ",") }
            .compactMap { ReferrerPolicy.Token(rawValue: JavaScript.trimmed(String($0)).lowercased()) }
        return known.last.map { $0.isSafe ? .referrerPrivate : .referrerUnsafe } ?? .referrerInvalid
    }

    static func openerPolicy(_ response: HTTPExchange) -> ObservatoryOutcome {
        guard let value = nonempty("cross-origin-opener-policy", response) else { return .coopMissing }
        return switch CrossOriginPolicy<OpenerPolicy>(lines: [String(value.prefix(1024))]).policy {
        case .sameOrigin: .coopSameOrigin
        case .sameOriginAllowPopups: .coopAllowPopups
        case .noopenerAllowPopups: .coopNoopener
        case .unsafeNone: .coopUnsafeNone
        case nil: .coopInvalid
        }
    }

    static func embedderPolicy(_ response: HTTPExchange) -> ObservatoryOutcome {
        guard let value = nonempty("cross-origin-embedder-policy", response) else { return .coepMissing }
        return switch CrossOriginPolicy<EmbedderPolicy>(lines: [String(value.prefix(1024))]).policy {
        case .requireCORP: .coepRequireCORP
        case .credentialless: .coepCredentialless
        case .unsafeNone: .coepUnsafeNone
        case nil: .coepInvalid
        }
    }

    static func resourcePolicy(_ response: HTTPExchange) -> ObservatoryOutcome {
        guard let value = nonempty("cross-origin-resource-policy", response) else { return .corpMissing }
        return switch JavaScript.trimmed(String(value.prefix(256))).lowercased() {
        case "same-origin": .corpSameOrigin
        case "same-site": .corpSameSite
        case "cross-origin": .corpCrossOrigin
        default: .corpInvalid
        }
    }

    /// - Parameter preflight: The answer to OPTIONS; nil when there was none.
    static func crossOriginResourceSharing(_ preflight: HTTPExchange?) -> ObservatoryOutcome {
        guard let preflight, (200...299).contains(preflight.status),
            let value = nonempty("access-control-allow-origin", preflight)
        else { return .corsMissing }
        if JavaScript.trimmed(String(value.prefix(256))) == "*" { return .corsPublic }
        let credentials = joined("access-control-allow-credentials", preflight).map(JavaScript.trimmed)
        let isUniversal = value == PageVisit.foreignOrigin && credentials?.lowercased() == "true"
        return isUniversal ? .corsUniversal : .corsRestricted
    }

    private static func joined(_ name: String, _ response: HTTPExchange) -> String? {
        let lines = response.values(of: name)
        return lines.isEmpty ? nil : lines.joined(separator: ", ")
    }

    /// An empty value is none.
    private static func nonempty(_ name: String, _ response: HTTPExchange) -> String? {
        joined(name, response).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The number at the start as JavaScript's `parseInt` reads it; nil when there is none.
    private static func leadingInteger(_ text: String) -> Int64? {
        let text = JavaScript.trimmed(text)
        let isNegative = text.hasPrefix("-")
        let digits = text.dropFirst(isNegative || text.hasPrefix("+") ? 1 : 0).prefix { $0.isASCII && $0.isNumber }
        return FieldSyntax.deltaSeconds(String(digits)).map { isNegative ? -$0 : $0 }
    }
}
