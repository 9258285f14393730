import AuditModel
import WireFormats

/// Something that people must look at, as formats for alerts show it: an item that fails, a gate rule that does not
/// hold, a sign-off that is open.
struct Finding {
    /// Stable: the item's id, `gate-rule/NAME` or `sign-off/ROLE`, the name with hyphens for its spaces.
    var id: String
    var title: String
    var severity: Severity
    /// Whether it keeps the verdict from go and conditional-go.
    var blocks: Bool
    /// What is wrong, a sentence a line; never empty.
    var reasons: [Sentence]
    var place: SourceLocation
    /// nil for a gate rule and a sign-off.
    var item: ItemResult?
}

extension AuditResult {
    /// All that keeps the verdict from go, then what fails without deciding, the worst items first; nothing that is
    /// waived.
    var findings: [Finding] {
        let failing = items.worstFirst(items.indices.filter { items[$0].isFailing }).map { item in
            Finding(
                id: item.id, title: item.title, severity: item.severity, blocks: item.blocks,
                reasons: item.failureSentences, place: place(of: item), item: item)
        }
        return failing.filter(\.blocks) + gateFindings + signOffFindings + failing.filter { !$0.blocks }
    }

    private var gateFindings: [Finding] {
        zip(gate, gateRuleIDs).filter { $0.0.holds != true }.map { rule, id in
            Finding(
                id: id, title: "Gate rule: \(rule.name)", severity: .high, blocks: true,
                reasons: [rule.sentence] + (rule.items.isEmpty ? [] : [rule.items.map { "\($0)" }.joined(", ")]),
                place: auditFilePlace)
        }
    }

    /// The id of each gate rule, in their order; one whose name was there before carries a number.
    var gateRuleIDs: [String] {
        var names: [String: Int] = [:]
        return gate.map { rule in
            let name = rule.name.slug
            names[name, default: 0] += 1
            let number = names[name].flatMap { $0 > 1 ? "-\($0)" : nil } ?? ""
            return "gate-rule/\(name)\(number)"
        }
    }

    /// The id by which reports name the sign-off of a role.
    static func signOffID(_ role: String) -> String { "sign-off/\(role.slug)" }

    private var signOffFindings: [Finding] {
        openSignOffs.map { open in
            Finding(
                id: AuditResult.signOffID(open.role), title: "Sign-off: \(open.role)", severity: .high, blocks: true,
                reasons: [open.summary], place: auditFilePlace)
        }
    }

    /// Where a repository speaks of the item: the target that was observed, the checklist that declares it, the audit
    /// file. Checklists inside the binary are nowhere in a repository.
    func place(of item: ItemResult) -> SourceLocation {
        let own = item.location.flatMap { $0.file.hasPrefix("built-in:") ? nil : $0 }
        guard let observation = item.observation(in: observations) else { return own ?? auditFilePlace }
        let target = targetLocations[observation.probe == .image ? "image" : "url"]
        return target ?? own ?? auditFilePlace
    }

    /// The line of the audit file that declares the target, or its first.
    var auditFilePlace: SourceLocation {
        targetLocations["url"] ?? targetLocations["image"]
            ?? SourceLocation(file: "gonogo.yaml", line: 1, column: 1)
    }

    /// The same for the same item of the same service in the same environment, whatever was seen: 64 hexadecimal digits.
    func fingerprint(of id: String) -> String {
        let parts = ["gonogo/1", service.name, service.environment ?? "", id]
        return SecureHash.sha256(Array(parts.joined(separator: "\u{0}").utf8)).hexadecimal
    }
}

extension ItemResult {
    /// Whether it keeps the verdict from go, or fails without anybody having accepted that.
    var isFailing: Bool { blocks || (status == .fail && disposition != .waived) }

    /// Why it fails, each expectation that is not met, and a waiver that has expired; never empty.
    var failureSentences: [Sentence] {
        let sentences =
            [reasonBesideExpectations].compactMap(\.self)
            + expectations.filter { $0.holds != true }.map(\.sentence)
        return (sentences.isEmpty ? [reason] : sentences) + (waiver.map { $0.isExpired ? [$0.sentence] : [] } ?? [])
    }
}

extension SourceLocation {
    /// The path from the root of the repository, as far as it can be known: without `./`, on one line.
    var repositoryPath: String {
        var path = file.harmlessLine[...]
        while path.hasPrefix("./") { path = path.dropFirst(2) }
        return path.isEmpty ? "gonogo.yaml" : String(path)
    }
}

extension String {
    /// Letters, digits, dots and hyphens of ASCII, everything else a hyphen, so that no program splits the name.
    fileprivate var slug: String {
        let bytes = clipped(to: 200).utf8.map { byte -> UInt8 in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"):
                byte
            default: UInt8(ascii: "-")
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// A reference that a program can follow: an absolute http or https URL in printable ASCII; nil for anything else.
func webAddress(_ text: String) -> String? {
    let isAddress = text.hasPrefix("https://") || text.hasPrefix("http://")
    let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"\"<>\\^`{|}".utf8.contains($0) }
    return isAddress && isPlain && text.utf8.count <= 2000 ? text : nil
}
