import RawStructuredFieldValues

/// The longest value that is read; the structured fields' parser takes quadratic time.
private let longestValue = 4096

// draft-ietf-httpapi-ratelimit-headers, its revisions from the newest to the oldest.

extension RateLimitFields {
    /// `RateLimit-Policy: "name";q=100;w=60` and `RateLimit: "name";r=50;t=30` (-08 and later, §3 and §4).
    mutating func readDraft8(_ lines: [String: [String]]) -> Bool {
        let policyLines = lines["ratelimit-policy"] ?? []
        let limitLines = lines["ratelimit"] ?? []
        let isOlder = Self.isDraft7(limitLines) || limitLines.isEmpty && lines["ratelimit-limit"] != nil
        guard !limitLines.isEmpty || !policyLines.isEmpty, !isOlder, !Self.isOlderPolicy(policyLines) else {
            return false
        }
        form = .draft8
        for item in items(policyLines) {
            guard let policy = policy(item) else { continue }
            if policies.contains(where: { $0.name == policy.name }) { problems.insert(.duplicateName) }
            policies.append(policy)
        }
        for item in items(limitLines) {
            guard let limit = limit(item) else { continue }
            if limits.contains(where: { $0.name == limit.name && $0.partitionKey == limit.partitionKey }) {
                problems.insert(.duplicateName)
            }
            limits.append(limit)
        }
        if !policies.isEmpty, limits.contains(where: { limit in !policies.contains { $0.name == limit.name } }) {
            problems.insert(.limitWithoutPolicy)
        }
        summarise()
        return true
    }

    /// The limit with the least left speaks for all; without any, the only policy.
    private mutating func summarise() {
        guard let tightest = limits.min(by: { $0.available < $1.available }) else {
            limit = policies.count == 1 ? policies[0].quota : nil
            return
        }
        remaining = tightest.available
        reset = tightest.reset.flatMap { RateLimitReset(String($0)) }
        limit = policies.first { $0.name == tightest.name }?.quota
    }

    private mutating func policy(_ item: Item) -> Policy? {
        guard let name = name(of: item) else { return nil }
        let parameters = item.rfc9651Parameters
        guard let written = parameters["q"] else { return fail(.missingQuota) }
        guard let quota = written.wholeNumber, quota >= 0 else { return fail(.invalidQuota) }
        var policy = Policy(name: name, quota: quota)
        if let window = parameters["w"] {
            guard let seconds = window.wholeNumber, seconds > 0 else { return fail(.invalidWindow) }
            policy.window = seconds
        }
        if let unit = parameters["qu"] {
            guard case .string(let text) = unit else { return fail(.unknownUnit) }
            if !["requests", "content-bytes", "concurrent-requests"].contains(text) { problems.insert(.unknownUnit) }
            policy.unit = text
        }
        policy.partitionKey = partitionKey(of: item)
        return policy
    }

    private mutating func limit(_ item: Item) -> Limit? {
        guard let name = name(of: item) else { return nil }
        let parameters = item.rfc9651Parameters
        guard let written = parameters["r"] else { return fail(.missingAvailable) }
        guard let available = written.wholeNumber, available >= 0 else { return fail(.invalidAvailable) }
        var limit = Limit(name: name, available: available)
        if let reset = parameters["t"] {
            guard let seconds = reset.wholeNumber, seconds >= 0 else { return fail(.invalidReset) }
            limit.reset = seconds
        }
        limit.partitionKey = partitionKey(of: item)
        return limit
    }

    private mutating func name(of item: Item) -> String? {
        guard case .string(let name) = item.rfc9651BareItem, !name.isEmpty else { return fail(.nameNotString) }
        return name
    }

    private mutating func partitionKey(of item: Item) -> [UInt8]? {
        guard let key = item.rfc9651Parameters["pk"] else { return nil }
        guard case .undecodedByteSequence(let text) = key, let bytes = Base64.decode(text) else {
            return fail(.invalidPartitionKey)
        }
        return bytes
    }

    private mutating func fail<Value>(_ problem: Problem) -> Value? {
        problems.insert(problem)
        return nil
    }

    /// The items of a list; none, and a problem, when the lines are no list or hold an inner list.
    private mutating func items(_ lines: [String]) -> [Item] {
        guard !lines.isEmpty else { return [] }
        guard let list = Self.list(lines) else {
            problems.insert(.unparsable)
            return []
        }
        return list.compactMap { member in
            guard case .item(let item) = member else { return fail(.nameNotString) }
            return item
        }
    }

    fileprivate static func list(_ lines: [String]) -> [ItemOrInnerList]? {
        let value = lines.joined(separator: ", ")
        guard value.utf8.count <= longestValue else { return nil }
        var parser = StructuredFieldValueParser(Array(value.utf8))
        return try? parser.parseListFieldValue()
    }
}

extension RateLimitFields {
    /// `RateLimit: limit=100, remaining=50, reset=5` with `RateLimit-Policy: 100;w=60` (-07, §3).
    mutating func readDraft7(_ lines: [String: [String]]) -> Bool {
        guard let limitLines = lines["ratelimit"], Self.isDraft7(limitLines) else { return false }
        form = .draft7
        guard let members = Self.numbers(limitLines) else {
            problems.insert(.unparsable)
            return true
        }
        limit = number(members["limit"], missing: .missingQuota)
        remaining = number(members["remaining"], missing: .missingAvailable)
        reset = number(members["reset"], missing: .invalidReset).flatMap { RateLimitReset(String($0)) }
        readNumberedPolicies(lines["ratelimit-policy"] ?? [])
        return true
    }

    private mutating func number(_ member: RFC9651BareItem?, missing problem: Problem) -> Int64? {
        guard let member else { return fail(problem) }
        guard let number = member.wholeNumber, number >= 0 else { return fail(.notANumber) }
        return number
    }

    /// `RateLimit-Limit`, `RateLimit-Remaining`, `RateLimit-Reset`, policies in a field of their own or after the
    /// limit (-06 and before, §3).
    mutating func readTriple(_ lines: [String: [String]]) -> Bool {
        let names = ["ratelimit-limit", "ratelimit-remaining", "ratelimit-reset"]
        let hasPolicy = lines["ratelimit"] == nil && Self.isOlderPolicy(lines["ratelimit-policy"] ?? [])
        guard names.contains(where: { lines[$0] != nil }) || hasPolicy else { return false }
        form = .draft6
        let limits = FieldSyntax.list(lines[names[0]] ?? [])
        limit = limits.first.flatMap { wholeNumber(FieldSyntax.split($0, at: UInt8(ascii: ";"))[0]) }
        remaining = lines[names[1]]?.first.flatMap { wholeNumber($0) }
        if let text = lines[names[2]]?.first {
            reset = RateLimitReset(text)
            if reset == nil { problems.insert(.invalidReset) }
        }
        let after = limits.dropFirst() + limits.prefix(1).filter { $0.contains(";") }
        readNumberedPolicies(after + (lines["ratelimit-policy"] ?? []))
        return true
    }

    mutating func wholeNumber(_ text: String) -> Int64? {
        guard let number = FieldSyntax.deltaSeconds(FieldSyntax.trimmed(text)) else { return fail(.notANumber) }
        return number
    }

    /// `100;w=60`, named by their windows, or by their order where two share one.
    private mutating func readNumberedPolicies(_ lines: [String]) {
        guard !lines.isEmpty else { return }
        guard let list = Self.list(lines) else {
            problems.insert(.unparsable)
            return
        }
        for member in list {
            guard case .item(let item) = member, let quota = item.rfc9651BareItem.wholeNumber, quota >= 0 else {
                problems.insert(.invalidQuota)
                continue
            }
            let window = (item.rfc9651Parameters["w"] ?? item.rfc9651Parameters["window"])?.wholeNumber
            guard let window, window > 0 else {
                problems.insert(.invalidWindow)
                continue
            }
            let name = "\(window)s"
            let isTaken = policies.contains { $0.name == name }
            policies.append(
                Policy(name: isTaken ? "\(name)-\(policies.count + 1)" : name, quota: quota, window: window))
        }
    }

    /// A dictionary of bare items; nil when the lines are none.
    private static func numbers(_ lines: [String]) -> [String: RFC9651BareItem]? {
        let value = lines.joined(separator: ", ")
        guard value.utf8.count <= longestValue else { return nil }
        var parser = StructuredFieldValueParser(Array(value.utf8))
        guard let dictionary = try? parser.parseDictionaryFieldValue() else { return nil }
        var members: [String: RFC9651BareItem] = [:]
        for (name, member) in dictionary {
            if case .item(let item) = member { members[name] = item.rfc9651BareItem }
        }
        return members
    }

    fileprivate static func isDraft7(_ lines: [String]) -> Bool {
        let value = lines.joined(separator: ",").asciiLowercased
        return value.prefix(1) != "\"" && ["limit=", "remaining=", "reset="].contains { value.contains($0) }
    }

    /// Whether policies begin with a number instead of a name.
    fileprivate static func isOlderPolicy(_ lines: [String]) -> Bool {
        FieldSyntax.trimmed(lines.first ?? "").utf8.first?.isASCIIDigit == true
    }
}

extension RFC9651BareItem {
    /// nil for anything but an Integer (RFC 9651 §3.3.1).
    fileprivate var wholeNumber: Int64? {
        guard case .integer(let number) = self else { return nil }
        return number
    }
}
