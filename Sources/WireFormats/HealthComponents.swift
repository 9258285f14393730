import JSON

/// The dependencies and parts that a JSON health body names, under whichever name its convention uses.
enum HealthComponents {
    static func all(in body: JSONValue) -> [HealthBody.Component] {
        var components: [HealthBody.Component] = []
        var names: Set<String> = []
        func add(_ component: HealthBody.Component) {
            if names.insert(component.name).inserted { components.append(component) }
        }
        for member in body.members ?? [] {
            if containers.contains(member.name) {
                for part in member.value.members ?? [] { add(component(part.name, part.value)) }
                for part in member.value.array ?? [] {
                    if let name = part["name"]?.string { add(component(name, part)) }
                }
            } else if HealthJSON.status(of: member.value) != nil {
                // Spring Boot 1: the parts stand beside the status.
                add(component(member.name, member.value))
            }
        }
        return components
    }

    /// Names under which conventions list parts.
    private static let containers: Set<String> = [
        "checks", "components", "details", "entries", "results", "dependencies", "services"
    ]

    private static func component(_ name: String, _ value: JSONValue) -> HealthBody.Component {
        // health+json gives each name a list of measurements.
        let parts = value.array ?? [value]
        return HealthBody.Component(
            name: name, status: parts.compactMap(status).max { $0.rank < $1.rank },
            latencyMilliseconds: parts.lazy.compactMap { latency(of: $0, named: name) }.first(where: \.isFinite),
            hasDetails: parts.contains(where: hasDetails))
    }

    private static func status(of part: JSONValue) -> HealthBody.Status? {
        switch part {
        case .string(let word): HealthBody.Status(word: word)
        case .boolean(let flag): flag ? .pass : .fail
        default: HealthJSON.status(of: part)?.status
        }
    }

    private static func latency(of part: JSONValue, named name: String) -> Double? {
        if let observed = part["observedValue"]?.double, observed >= 0,
            let measurement = name.split(separator: ":").last, latencyNames[folded(String(measurement))] != nil
        {
            return DurationText.milliseconds(perUnit: part["observedUnit"]?.string ?? "ms").map { $0 * observed }
        }
        for object in [part, part["details"] ?? .null, part["data"] ?? .null] {
            for member in object.members ?? [] {
                guard let factor = latencyNames[folded(member.name)] else { continue }
                if let number = member.value.double { return number >= 0 ? number * factor : nil }
                if let text = member.value.string { return DurationText.milliseconds(text) }
            }
        }
        return nil
    }

    /// Milliseconds per unit of a number under that name; without a unit in the name, programs mean milliseconds.
    private static let latencyNames: [String: Double] = [
        "latency": 1, "latencyms": 1, "latencyseconds": 1000, "responsetime": 1, "responsetimems": 1, "duration": 1,
        "durationms": 1, "durationseconds": 1000, "elapsed": 1, "elapsedms": 1
    ]

    /// Whether a part says more than its status, kind, time and latency, and that is not empty.
    private static func hasDetails(_ part: JSONValue) -> Bool {
        (part.members ?? []).contains { member in
            let name = folded(member.name)
            guard !plainNames.contains(name), latencyNames[name] == nil else { return false }
            switch member.value {
            case .null: return false
            case .string(let text): return !text.isEmpty
            case .array(let elements): return !elements.isEmpty
            case .object(let members): return !members.isEmpty
            case .boolean, .integer, .number: return true
            }
        }
    }

    private static let plainNames: Set<String> = [
        "alive", "componentid", "componenttype", "health", "healthy", "name", "observedunit", "observedvalue", "ok",
        "ready", "state", "status", "tags", "time", "timestamp", "up"
    ]

    private static func folded(_ name: String) -> String {
        String(decoding: name.utf8.filter { $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: "-") }, as: UTF8.self)
            .asciiLowercased
    }
}
