/// What a response's fields say about a rate limit, in whichever of the dialects that servers speak.
package struct RateLimitFields: Equatable, Sendable {
    /// The dialects, the newest first.
    package enum Form: String, CaseIterable, Sendable {
        /// Lists of structured fields: draft-ietf-httpapi-ratelimit-headers-08 and later.
        case draft8 = "draft-08+"
        /// One field `limit=…, remaining=…, reset=…`: draft-07.
        case draft7 = "draft-07"
        /// `RateLimit-Limit`, `RateLimit-Remaining`, `RateLimit-Reset`: up to draft-06.
        case draft6 = "draft-06"
        /// `X-RateLimit-*` and `X-Rate-Limit-*`, which no document defines.
        case xRateLimit = "x-ratelimit"
        /// Names of one maker alone.
        case vendor
        case none
    }

    /// Why fields, or members of them, are of no use.
    package enum Problem: String, CaseIterable, Sendable {
        /// The lines are no list or dictionary of structured fields, or longer than is read.
        case unparsable
        /// A policy's or limit's name is no string.
        case nameNotString = "name-not-string"
        case duplicateName = "duplicate-name"
        case missingQuota = "missing-quota"
        case invalidQuota = "invalid-quota"
        case invalidWindow = "invalid-window"
        case unknownUnit = "unknown-unit"
        case invalidPartitionKey = "invalid-partition-key"
        case missingAvailable = "missing-available"
        case invalidAvailable = "invalid-available"
        case invalidReset = "invalid-reset"
        /// A limit whose name stands in no policy.
        case limitWithoutPolicy = "limit-without-policy"
        /// A value that should be a whole number.
        case notANumber = "not-a-number"
        case remainingAboveLimit = "remaining-above-limit"
        /// Fields of more than one dialect, of which the newest counts.
        case severalForms = "several-forms"
        /// The response came from a cache, whose fields are not this client's (draft-11 §5).
        case fromCache = "from-cache"
    }

    /// A quota for a time window.
    package struct Policy: Equatable, Sendable {
        package var name: String
        /// `q`
        package var quota: Int64
        /// `w` in seconds; nil when there is none.
        package var window: Int64?
        /// `qu`: `requests`, `content-bytes` or `concurrent-requests`.
        package var unit: String?
        /// `pk`: the decoded bytes of the partition key.
        package var partitionKey: [UInt8]?
    }

    /// What is left of a quota.
    package struct Limit: Equatable, Sendable {
        package var name: String
        /// `r`
        package var available: Int64
        /// `t` in seconds: the effective window, in drafts before -11 the time until the reset; nil when not stated.
        package var reset: Int64?
        package var partitionKey: [UInt8]?
    }

    package internal(set) var form = Form.none
    package internal(set) var problems: Set<Problem> = []
    package internal(set) var policies: [Policy] = []
    package internal(set) var limits: [Limit] = []
    /// The quota, of several limits that of the one with the least left.
    package internal(set) var limit: Int64?
    package internal(set) var remaining: Int64?
    package internal(set) var reset: RateLimitReset?

    /// Reads the fields of one response, names in any case.
    package init(_ fields: [(name: String, value: String)]) {
        let lines = Dictionary(grouping: fields) { $0.name.asciiLowercased }.mapValues { $0.map(\.value) }
        let readers: [(inout RateLimitFields, [String: [String]]) -> Bool] = [
            { $0.readDraft8($1) }, { $0.readDraft7($1) }, { $0.readTriple($1) }, { $0.readXRateLimit($1) },
            { $0.readVendor($1) }
        ]
        for reader in readers {
            var read = RateLimitFields()
            guard reader(&read, lines) else { continue }
            if form == .none { self = read } else { problems.insert(.severalForms) }
        }
        guard form != .none else { return }
        if lines["age"]?.first.flatMap(FieldSyntax.deltaSeconds) ?? 0 > 0 { problems.insert(.fromCache) }
        if let limit, let remaining, remaining > limit { problems.insert(.remainingAboveLimit) }
    }

    private init() {}

    /// Whether the fields are there and a client can rely on them.
    package var isValid: Bool { form != .none && problems.subtracting([.severalForms]).isEmpty }

    /// Whether only a dialect is spoken that a newer one replaced.
    package var isOutdated: Bool { form != .none && form != .draft8 }

    /// Whether a partition key is readable text that names a person, an address or a credential.
    package var hasSensitiveKey: Bool {
        (policies.map(\.partitionKey) + limits.map(\.partitionKey)).contains { key in
            guard let key, let text = String(validating: key, as: UTF8.self) else { return false }
            return IPAddress(text) != nil || text.contains("@") || text.contains("=") || text.contains(":")
        }
    }
}
