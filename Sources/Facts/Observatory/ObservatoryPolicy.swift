import WireFormats

/// A Content-Security-Policy as the HTTP Observatory reads it, which is not as browsers do.
///
/// Everything is lower-cased, policies are merged with the first one, and a repeated directive is an error.
struct ObservatoryPolicy {
    /// Why the Observatory calls the header invalid.
    enum Problem: Error {
        case tooShort
        case repeatedDirective
        /// A percent sign that decodes to nothing, in a path that two policies have.
        case percentEncoding
    }

    /// The sources of each directive; never empty.
    private(set) var directives: [String: Set<String>] = [:]
    /// Whether report-uri or report-to stands twice in one policy.
    let repeatsReporting: Bool

    /// The policies of all header lines and elements, in that order; none gives no directives.
    init(_ policies: [String]) throws(Problem) {
        let policies = policies.prefix(Self.mostPolicies).map { text in
            JavaScript.trimmed(
                String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != "\r" && $0 != "\n" })))
        }
        // Shorter than a directive's shortest name.
        if policies.contains(where: { $0.utf16.count < 6 }) { throw .tooShort }
        var merging = Merging(policyCount: policies.count)
        for (index, policy) in policies.enumerated() { try merging.add(policy, index) }
        repeatsReporting = merging.repeatsReporting
        directives = merging.sources.mapValues { sources in
            sources.isEmpty ? ["'none'"] : Set(sources.map(\.text))
        }
    }

    /// How many policies are read: merging takes quadratic time.
    private static let mostPolicies = 256

    /// Splits header values at every comma: each part is a policy, an empty one too.
    static func split(_ values: [String]) -> [String] {
        values.flatMap {
            $0.split(separator: ",", omittingEmptySubsequences: false).map { JavaScript.trimmed(String($0)) }
        }
    }

    mutating func remove(_ names: [String]) { for name in names { directives[name] = nil } }

    mutating func remove(from name: String, where isRemoved: (String) -> Bool) {
        directives[name] = directives[name]?.filter { !isRemoved($0) }
    }
}

/// The lists while policies are merged: a source of the first policy stays when each later one repeats it.
private struct Merging {
    struct Source {
        let text: String
        let policy: Int
        var isKept: Bool
    }

    let policyCount: Int
    private(set) var sources: [String: [Source]] = [:]
    private(set) var repeatsReporting = false

    init(policyCount: Int) { self.policyCount = policyCount }

    mutating func add(_ policy: String, _ index: Int) throws(ObservatoryPolicy.Problem) {
        var seen: Set<String> = []
        for directive in policy.split(separator: ";") {
            let words = JavaScript.words(directive)
            guard let name = words.first?.lowercased() else { continue }
            if !seen.insert(name).inserted {
                guard ["report-uri", "report-to"].contains(name) else { throw .repeatedDirective }
                repeatsReporting = true
            }
            var values = words.dropFirst().map { Source(text: $0.lowercased(), policy: index, isKept: index == 0) }
            if values.isEmpty, name.hasSuffix("-src") {
                values = [Source(text: "'none'", policy: index, isKept: index == 0)]
            }
            try merge(Array(values), into: name, index)
        }
    }

    private mutating func merge(
        _ values: [Source], into name: String, _ index: Int
    ) throws(ObservatoryPolicy.Problem) {
        let combined = index == 0 ? values : (sources[name] ?? []) + values
        let keyed = combined.enumerated().map { (key: Collation.key($0.element.text), position: $0.offset) }
        let order = keyed.sorted { left, right in
            left.key == right.key ? left.position < right.position : left.key.lexicographicallyPrecedes(right.key)
        }
        var sorted = order.map { combined[$0.position] }
        for position in sorted.indices.dropFirst() {
            let previous = sorted[position - 1]
            let isSamePolicy = sorted[position].policy == previous.policy
            if isSamePolicy, sorted[position].text.hasPrefix(previous.text) { sorted[position].isKept = false }
            if !isSamePolicy, try PathParts.match(previous.text, sorted[position].text) {
                sorted[position].isKept = true
            }
        }
        // Only what a later policy repeats survives the first one; later ones are not cleared again.
        let clears = index == 0 && policyCount > 1
        sources[name] = sorted.filter(\.isKept).map { source in
            Source(text: source.text, policy: source.policy, isKept: !clears)
        }
    }
}

/// Whether a source covers another by the parts between its slashes.
private enum PathParts {
    static func match(_ left: String, _ right: String) throws(ObservatoryPolicy.Problem) -> Bool {
        if left.isEmpty { return true }
        let isExact = !left.hasSuffix("/")
        var leftParts = left.split(separator: "/", omittingEmptySubsequences: false)
        let rightParts = right.split(separator: "/", omittingEmptySubsequences: false)
        guard leftParts.count <= rightParts.count, !isExact || leftParts.count == rightParts.count else { return false }
        if !isExact { leftParts.removeLast() }
        for (one, other) in zip(leftParts, rightParts) {
            guard let one = decoded(one), let other = decoded(other) else { throw .percentEncoding }
            if one != other { return false }
        }
        return true
    }

    /// nil when a percent sign is followed by no two digits, or the bytes are no UTF-8.
    private static func decoded(_ text: Substring) -> String? {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%") {
                guard let high = rest.popFirst().flatMap(value), let low = rest.popFirst().flatMap(value) else {
                    return nil
                }
                bytes.append(high << 4 | low)
            } else {
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x41...0x46: digit - 0x37
        case 0x61...0x66: digit - 0x57
        default: nil
        }
    }
}

/// The order of the Unicode collation algorithm for English, as far as sources need it: ASCII in lower case.
private enum Collation {
    private static let order = Array(" _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789abcdefghijklmnopqrstuvwxyz".utf8)

    /// Numbers that sort as the text does; what is no ASCII sorts behind, by its code points.
    static func key(_ text: String) -> [UInt32] {
        text.unicodeScalars.map { scalar in
            let rank = scalar.isASCII ? order.firstIndex(of: UInt8(scalar.value)) : nil
            return rank.map { UInt32($0) } ?? scalar.value + 0x100
        }
    }
}

/// White space as JavaScript has it.
enum JavaScript {
    static func trimmed(_ text: String) -> String {
        let head = text.unicodeScalars.drop(while: isSpace)
        guard let last = head.lastIndex(where: { !isSpace($0) }) else { return "" }
        return String(String.UnicodeScalarView(head[...last]))
    }

    static func words(_ text: some StringProtocol) -> [String] {
        String(text).unicodeScalars.split(whereSeparator: isSpace).map { String(String.UnicodeScalarView($0)) }
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09...0x0D, 0x20, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF: true
        default: false
        }
    }
}
