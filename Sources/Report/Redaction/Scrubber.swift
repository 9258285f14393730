import AuditModel
import WireFormats

/// Takes names and addresses out of prose that people wrote for a checklist or an audit file.
struct Scrubber {
    /// Longest first, so that a host goes before the domain that it ends with.
    private let names: [String]

    /// - Parameter names: what is known to be a name; single letters are not worth it.
    init(names: Set<String>) {
        self.names = names.filter { $0.utf8.count > 1 }.sorted { ($0.utf8.count, $0) > ($1.utf8.count, $1) }
    }

    /// The text with known names, e-mail addresses, URLs and IP addresses replaced; the words between stay.
    ///
    /// - Parameter isForeign: whether paths and whatever looks like the name of a host go as well, as in texts that are
    ///   not of the built-in checklists.
    func scrubbed(_ text: String, isForeign: Bool = false) -> String {
        var text = text
        for name in names where text.contains(name) { text = Scrubber.replacing(name, in: text) }
        var output = ""
        for (index, word) in text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
            if index > 0 { output += " " }
            output += Scrubber.isAddress(word, isForeign) ? Redaction.mark : String(word)
        }
        return output
    }

    /// Replaces whole words only: `shop` stays in `workshop`.
    private static func replacing(_ name: String, in text: String) -> String {
        var output = ""
        var rest = text[...]
        while let range = rest.firstRange(of: name) {
            let before = rest[..<range.lowerBound].unicodeScalars.last ?? output.unicodeScalars.last
            let isWord = !isLetter(before) && !isLetter(rest[range.upperBound...].unicodeScalars.first)
            output += rest[..<range.lowerBound] + (isWord ? Redaction.mark : name)
            rest = rest[range.upperBound...]
        }
        return output + rest
    }

    private static func isLetter(_ scalar: Unicode.Scalar?) -> Bool {
        scalar.map { $0.properties.isAlphabetic || $0.properties.numericType != nil } ?? false
    }

    private static func isAddress(_ word: Substring, _ isForeign: Bool) -> Bool {
        if word.contains("://") { return true }
        if let at = word.firstIndex(of: "@"), at > word.startIndex, word.index(after: at) < word.endIndex {
            return true
        }
        let edges: Set<Character> = ["(", ")", "[", "]", ",", ".", ";", ":", "\"", "'", "<", ">", "!", "?", "`"]
        var core = word
        while let first = core.first, edges.contains(first) { core = core.dropFirst() }
        while let last = core.last, edges.contains(last) { core = core.dropLast() }
        let address = core.split(separator: "/", maxSplits: 1).first ?? core
        if IPAddress(String(address)) != nil || IPAddress(String(withoutPort(address))) != nil { return true }
        return isForeign && (core.count > 1 && core.contains("/") || isHost(withoutPort(core)))
    }

    /// The word without `:443` at its end.
    private static func withoutPort(_ word: Substring) -> Substring {
        guard let colon = word.lastIndex(of: ":") else { return word }
        return word[colon...].dropFirst().allSatisfy(\.isNumber) ? word[..<colon] : word
    }

    /// Labels with dots between them, the last one of two letters or more (RFC 1123 §2.1).
    private static func isHost(_ word: Substring) -> Bool {
        let labels = word.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count > 1, let last = labels.last, last.utf8.count > 1 else { return false }
        return last.allSatisfy(\.isLetter)
            && labels.allSatisfy { label in
                !label.isEmpty && label.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
            }
    }
}

extension AuditResult {
    /// The service, its owner, its hosts and their domains, its image and its folder, and everybody who spoke.
    var namesAndAddresses: Set<String> {
        var names: Set<String> = [service.name]
        names.formUnion([service.owner, service.url, service.image].compactMap(\.self))
        names.formUnion(service.commitAuthors ?? [])
        if let repository = service.repository, repository != "." { names.insert(repository) }
        for target in [service.url].compactMap(\.self) + observations.map(\.target) {
            names.insert(target)
            names.formUnion(domains(of: target))
        }
        for item in items {
            names.formUnion(item.attestations.map(\.by.id))
            guard let waiver = item.waiver else { continue }
            names.formUnion([waiver.approvedBy.id, waiver.requestedBy, waiver.remediation?.owner].compactMap(\.self))
        }
        names.formUnion(signOffs.compactMap(\.attestation?.by.id))
        return names
    }

    /// `shop.example.com` and `example.com` of a URL; nothing of what is none.
    private func domains(of target: String) -> [String] {
        guard let host = (try? URLReference(target))?.host else { return [] }
        let labels = IPAddress(host) == nil ? host.split(separator: ".") : []
        return [host] + (labels.count > 2 ? (1...labels.count - 2).map { labels[$0...].joined(separator: ".") } : [])
    }
}
