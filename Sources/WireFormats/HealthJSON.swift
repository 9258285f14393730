import JSON

/// Health bodies that are JSON objects: whose convention it is, its status, and what it says about itself.
enum HealthJSON {
    static func read(_ value: JSONValue, essence: String) -> HealthBody.Reading {
        var disclosures = disclosures(of: value)
        if case .string(let word) = value { return plain(word) }
        guard let (statusText, status) = status(of: value) else { return .unrecognised(disclosures) }
        let components = HealthComponents.all(in: value)
        guard components.count <= HealthBody.mostComponents else {
            return .excessive("the body lists more than \(HealthBody.mostComponents) components")
        }
        if !components.isEmpty { disclosures.insert(.componentNames) }
        if components.contains(where: \.hasDetails) { disclosures.insert(.componentDetails) }
        var body = HealthBody(format: format(of: value, statusText: statusText, essence: essence))
        body.status = status
        body.statusText = statusText
        body.components = components
        body.version = text(value["version"])
        body.releaseID = text(value["releaseId"])
        body.uptimeSeconds = uptime(of: value).flatMap { $0.isFinite ? $0 : nil }
        body.timestamp = timestamp(of: value)
        body.disclosures = disclosures
        return .recognised(body)
    }

    /// A JSON string such as `"OK"`.
    private static func plain(_ word: String) -> HealthBody.Reading {
        guard let status = HealthBody.Status(word: word) else { return .unrecognised(Disclosure.found(in: word)) }
        return .recognised(HealthBody(format: .plain, status: status, statusText: word))
    }

    /// The status of an object: a known word under one of the usual names, or a flag.
    static func status(of object: JSONValue) -> (text: String, status: HealthBody.Status)? {
        for name in ["status", "state", "health"] {
            if let text = object[name]?.string, let status = HealthBody.Status(word: text) { return (text, status) }
        }
        for name in ["healthy", "ok", "ready", "alive", "up"] {
            if case .boolean(let flag)? = object[name] { return (flag ? "true" : "false", flag ? .pass : .fail) }
        }
        return nil
    }

    private static func format(of value: JSONValue, statusText: String, essence: String) -> HealthBody.Format {
        if essence == "application/health+json" { return .healthJSON }
        if essence.hasPrefix("application/vnd.spring-boot.actuator") { return .springActuator }
        if ["UP", "DOWN"].contains(statusText), value["checks"]?.array != nil { return .microprofile }
        if ["UP", "DOWN", "OUT_OF_SERVICE", "UNKNOWN"].contains(statusText) { return .springActuator }
        if ["info", "error", "details"].allSatisfy({ value[$0]?.members != nil }) { return .terminus }
        return ["pass", "warn", "fail"].contains(statusText.asciiLowercased) ? .healthJSON : .json
    }

    private static func text(_ value: JSONValue?) -> String? {
        switch value {
        case .string(let text)?: text
        case .integer(let number)?: String(number)
        case .number(let number)?: "\(number)"
        default: nil
        }
    }

    /// Seconds: a number or text with a unit under `uptime`, or health+json's `uptime` check.
    private static func uptime(of value: JSONValue) -> Double? {
        for (name, secondsPerUnit) in [("uptime", 1.0), ("uptimeSeconds", 1), ("uptime_seconds", 1), ("uptimeMs", 1e-3)]
        {
            guard let member = value[name] else { continue }
            if let number = member.double { return number >= 0 ? number * secondsPerUnit : nil }
            if let text = member.string { return DurationText.milliseconds(text).map { $0 / 1000 } }
        }
        guard let check = value["checks"]?["uptime"]?.array?.first, let number = check["observedValue"]?.double,
            number >= 0, let factor = DurationText.milliseconds(perUnit: check["observedUnit"]?.string ?? "s")
        else { return nil }
        return number * factor / 1000
    }

    private static func timestamp(of value: JSONValue) -> HealthBody.Timestamp? {
        for name in ["timestamp", "time"] {
            switch value[name] {
            case .string(let text)?: return .text(text)
            case .integer(let number)? where (1...253_402_300_799_999).contains(number):  // until the year 9999
                // Milliseconds since 1970 have passed this bound in 1973; seconds will reach it in the year 5138.
                return .epochMilliseconds(number > 99_999_999_999 ? number : number * 1000)
            default: continue
            }
        }
        return nil
    }
}

extension HealthJSON {
    /// What the texts of a body give away; the service's own version is meant to be read.
    private static func disclosures(of value: JSONValue) -> Set<Disclosure> {
        var found: Set<Disclosure> = []
        for member in value.members ?? [] {
            let isOwnVersion = ["version", "releaseId", "serviceId", "apiVersion"].contains(member.name)
            if !isOwnVersion { collect(member.value, named: member.name, into: &found) }
            if ["error", "exception", "stack", "trace"].contains(member.name), member.value.string?.isEmpty == false {
                found.insert(.errorOutput)
            }
        }
        for element in value.array ?? [] { collect(element, named: "", into: &found) }
        return found
    }

    /// As deep as the parser allows: `HealthBody.deepestNesting`.
    private static func collect(_ value: JSONValue, named name: String, into found: inout Set<Disclosure>) {
        switch value {
        case .string(let text):
            found.formUnion(Disclosure.found(in: text))
            let name = name.asciiLowercased
            if name == "output", !text.isEmpty { found.insert(.errorOutput) }
            if environmentNames.contains(name) { found.insert(.environmentName) }
            if name.hasSuffix("version"), Disclosure.isVersion(text) { found.insert(.softwareVersion) }
        case .array(let elements):
            for element in elements { collect(element, named: name, into: &found) }
        case .object(let members):
            for member in members { collect(member.value, named: member.name, into: &found) }
        case .null, .boolean, .integer, .number: break
        }
    }

    private static let environmentNames: Set<String> = [
        "env", "environment", "node_env", "stage", "profiles", "activeprofiles"
    ]
}
