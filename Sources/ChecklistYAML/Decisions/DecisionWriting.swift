import AuditModel

extension Attestation {
    /// The attestation as the file that `loadAttestation` reads it from.
    package var fileText: String {
        var text = DecisionText(kind: .attestation)
        text.line(AttestationFields.item.name, item)
        text.line(AttestationFields.answer.name, answer.rawValue)
        text.line(AttestationFields.statement.name, statement)
        text.line(AttestationFields.condition.name, condition)
        text.map(AttestationFields.by.name, by.members)
        text.line(AttestationFields.at.name, at.iso8601)
        text.line(AttestationFields.expires.name, expires.iso8601)
        text.map(AttestationFields.scope.name, scope.members)
        text.list(AttestationFields.evidence.name, evidence.map(\.members))
        text.line(AttestationFields.supersedes.name, supersedes)
        return text.text
    }
}

extension Waiver {
    /// The waiver as the file that `loadWaiver` reads it from.
    package var fileText: String {
        var text = DecisionText(kind: .waiver)
        text.line(WaiverFields.item.name, item)
        text.line(WaiverFields.reason.name, reason)
        text.line(WaiverFields.risk.name, risk)
        text.line(WaiverFields.ticket.name, ticket)
        text.line(WaiverFields.compensatingControl.name, compensatingControl)
        text.line(WaiverFields.requestedBy.name, requestedBy)
        text.map(WaiverFields.approvedBy.name, approvedBy.members)
        text.line(WaiverFields.approvedAt.name, approvedAt.iso8601)
        text.line(WaiverFields.expires.name, expires.iso8601)
        text.map(WaiverFields.scope.name, scope.members)
        if let remediation {
            text.map(
                WaiverFields.remediation.name,
                [
                    (RemediationFields.owner.name, remediation.owner),
                    (RemediationFields.due.name, remediation.due?.iso8601)
                ])
        }
        return text.text
    }
}

/// A key of a mapping with its value; without one it is left out.
private typealias Member = (name: String, value: String?)

extension Actor {
    fileprivate var members: [Member] {
        [(ActorFields.id.name, id), (ActorFields.kind.name, kind.rawValue), (ActorFields.role.name, role)]
    }
}

extension Scope {
    fileprivate var members: [Member] { Binding.allCases.map { ($0.rawValue, self[$0]) } }
}

extension Evidence {
    fileprivate var members: [Member] {
        [
            (EvidenceFields.path.name, path), (EvidenceFields.url.name, url), (EvidenceFields.text.name, text),
            (EvidenceFields.sha256.name, sha256), (EvidenceFields.collectedAt.name, collectedAt?.iso8601)
        ]
    }
}

/// YAML of one decision, every value on one line.
private struct DecisionText {
    private(set) var text: String

    init(kind: FileKind) { text = "\(kind.field.name): \(kind.rawValue)\n" }

    mutating func line(_ name: String, _ value: String?) {
        if let value { text += "\(name): \(Self.scalar(value))\n" }
    }

    mutating func map(_ name: String, _ members: [Member]) {
        if let inner = Self.inline(members) { text += "\(name): \(inner)\n" }
    }

    mutating func list(_ name: String, _ elements: [[Member]]) {
        guard !elements.isEmpty else { return }
        text += "\(name):\n" + elements.compactMap(Self.inline).map { "  - \($0)\n" }.joined()
    }

    private static func inline(_ members: [Member]) -> String? {
        let parts = members.compactMap { member in member.value.map { "\(member.name): \(scalar($0))" } }
        return parts.isEmpty ? nil : "{" + parts.joined(separator: ", ") + "}"
    }

    /// Plain where nobody could read it as anything else, else in double quotes (YAML 1.2 §7.3.1).
    private static func scalar(_ text: String) -> String {
        let isWord: (UInt8) -> Bool = { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "-_.@/+:".utf8.contains(byte)
            }
        }
        let first = text.utf8.first ?? 0
        let isLetter = first >= UInt8(ascii: "a") && first <= UInt8(ascii: "z")
        let keywords = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
        let isInstant = Instant(text) != nil && text.utf8.allSatisfy(isWord)
        if isInstant { return text }
        if isLetter, text.utf8.allSatisfy(isWord), !text.hasSuffix(":"), !keywords.contains(text.lowercased()) {
            return text
        }
        return "\"" + text.unicodeScalars.map(escaped).joined() + "\""
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"": return "\\\""
        case "\\": return "\\\\"
        case "\n": return "\\n"
        case "\t": return "\\t"
        default: break
        }
        let isPrintable: Bool
        switch scalar.value {
        case 0x20...0x7E, 0xA0...0x200D, 0x2010...0x2027, 0x2030...0x2065, 0x2070...0xD7FF, 0xE000...0xFEFE,
            0xFF00...0xFFFD, 0x10000...0x10FFFF:
            isPrintable = true
        default: isPrintable = false
        }
        if isPrintable { return String(Character(scalar)) }
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
