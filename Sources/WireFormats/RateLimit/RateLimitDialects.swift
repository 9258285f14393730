// What servers sent before there was a document, and what one maker alone sends.

extension RateLimitFields {
    /// `X-RateLimit-Limit`, `-Remaining`, `-Reset` and their relatives: GitHub, Envoy, Kong, OpenAI, Discord, Spring.
    mutating func readXRateLimit(_ lines: [String: [String]]) -> Bool {
        var parts: [String: String] = [:]
        for (name, values) in lines {
            for prefix in ["x-ratelimit-", "x-rate-limit-"] where name.hasPrefix(prefix) {
                parts[String(name.dropFirst(prefix.count))] = values.first
            }
        }
        guard parts.keys.contains(where: { Self.part($0) != nil }) else { return false }
        form = .xRateLimit
        read(parts)
        return true
    }

    /// `Anthropic-RateLimit-Requests-Limit`, `X-App-Rate-Limit`, `X-Shopify-Shop-Api-Call-Limit`, `Sforce-Limit-Info`.
    mutating func readVendor(_ lines: [String: [String]]) -> Bool {
        var parts: [String: String] = [:]
        for (name, values) in lines.sorted(by: { $0.key < $1.key }) {
            guard let value = values.first, !name.hasPrefix("x-ratelimit-"), !name.hasPrefix("x-rate-limit-") else {
                continue
            }
            if let pair = Self.usedOfLimit(name, value) {
                limit = limit ?? pair.limit
                remaining = remaining ?? max(0, pair.limit - pair.used)
                form = .vendor
            } else if name.hasSuffix("-rate-limit"), let list = Self.quotaWindowList(value) {
                policies += list.filter { new in !policies.contains { $0.name == new.name } }
                form = .vendor
            } else if let range = name.firstRange(of: "ratelimit-") ?? name.firstRange(of: "rate-limit-"),
                range.lowerBound != name.startIndex
            {
                parts[String(name[range.upperBound...])] = value
            }
        }
        if parts.keys.contains(where: { Self.part($0) != nil }) {
            form = .vendor
            read(parts)
        }
        return form == .vendor
    }

    private enum Part { case limit, remaining, reset, used }

    /// The part that a name's rest states, and the quota that it is of: `limit`, `limit-minute`, `requests-limit`.
    private static func part(_ rest: String) -> (part: Part, quota: String)? {
        if rest == "reset-after" { return (.reset, "") }
        if rest == "burst-capacity" { return (.limit, "") }
        for (word, part) in [
            ("limit", Part.limit), ("remaining", .remaining), ("reset", .reset), ("used", .used)
        ] {
            if rest == word { return (part, "") }
            if rest.hasPrefix(word + "-") { return (part, String(rest.dropFirst(word.count + 1))) }
            if rest.hasSuffix("-" + word) { return (part, String(rest.dropLast(word.count + 1))) }
        }
        return nil
    }

    private mutating func read(_ parts: [String: String]) {
        var quotas: [String: (limit: Int64?, remaining: Int64?, reset: RateLimitReset?)] = [:]
        for (rest, text) in parts.sorted(by: { $0.key < $1.key }) {
            guard let (part, quota) = Self.part(rest) else { continue }
            switch part {
            case .limit: quotas[quota, default: (nil, nil, nil)].limit = number(text)
            case .remaining: quotas[quota, default: (nil, nil, nil)].remaining = number(text)
            case .reset:
                let reset = RateLimitReset(text)
                if reset == nil { problems.insert(.invalidReset) }
                // Of two, the time span does not depend on anyone's clock.
                if quotas[quota]?.reset?.kind != .deltaSeconds { quotas[quota, default: (nil, nil, nil)].reset = reset }
            case .used: break
            }
        }
        for (name, quota) in quotas.sorted(by: { $0.key < $1.key }) where !name.isEmpty {
            guard let limit = quota.limit else { continue }
            policies.append(Policy(name: name, quota: limit, window: Self.windows[name]))
        }
        let tightest = quotas.sorted { $0.key < $1.key }.min {
            ($0.value.remaining ?? .max, $0.key) < ($1.value.remaining ?? .max, $1.key)
        }
        guard let speaking = quotas[""] ?? tightest?.value else { return }
        (limit, remaining, reset) = (speaking.limit, speaking.remaining, speaking.reset)
    }

    /// The first number of `100`, `100, 100;w=60` or `100;w=60`, whose policies are kept.
    private mutating func number(_ text: String) -> Int64? {
        let members = FieldSyntax.list([text])
        for member in members {
            let parts = FieldSyntax.split(member, at: UInt8(ascii: ";"))
            let window = parts.dropFirst().compactMap(FieldDirective.init).first { $0.name == "w" }?.value
            guard let window = window.flatMap(FieldSyntax.deltaSeconds), window > 0,
                let quota = FieldSyntax.deltaSeconds(parts[0]), !policies.contains(where: { $0.name == "\(window)s" })
            else { continue }
            policies.append(Policy(name: "\(window)s", quota: quota, window: window))
        }
        let first = members.first.map { FieldSyntax.split($0, at: UInt8(ascii: ";"))[0] } ?? ""
        if let number = FieldSyntax.deltaSeconds(first) { return number }
        // Some send 59.0, and -1 for no limit at all.
        if let number = RateLimitReset.number(first), number < 1e15 { return Int64(number) }
        problems.insert(.notANumber)
        return nil
    }

    private static let windows: [String: Int64] = [
        "second": 1, "minute": 60, "hour": 3600, "day": 86_400
    ]

    /// `32/40`, `api-usage=18/5000`: what is used of a limit.
    private static func usedOfLimit(_ name: String, _ value: String) -> (used: Int64, limit: Int64)? {
        guard name.hasSuffix("-call-limit") || name == "sforce-limit-info" else { return nil }
        let numbers = value.split(separator: "=").last.map { $0.split(separator: "/") } ?? []
        guard numbers.count == 2, let used = FieldSyntax.deltaSeconds(FieldSyntax.trimmed(String(numbers[0]))),
            let limit = FieldSyntax.deltaSeconds(FieldSyntax.trimmed(String(numbers[1])))
        else { return nil }
        return (used, limit)
    }

    /// `20:1,100:120`: quotas, each with its window in seconds.
    private static func quotaWindowList(_ value: String) -> [Policy]? {
        let members = FieldSyntax.list([value])
        let policies = members.compactMap { member -> Policy? in
            let numbers = member.split(separator: ":").compactMap { FieldSyntax.deltaSeconds(String($0)) }
            guard numbers.count == 2, numbers[1] > 0 else { return nil }
            return Policy(name: "\(numbers[1])s", quota: numbers[0], window: numbers[1])
        }
        return policies.count == members.count && !policies.isEmpty ? policies : nil
    }
}
