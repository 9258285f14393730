import AuditModel

// How much of the decision page fits one sheet of A4, in tenths of a millimetre, as the style sheet sets it for print.
// Everything on it stands whole or not at all; what does not fit is whole on the sheets behind.

extension HTMLPage {
    /// The places, within their groups, of the items that the printed decision page shows: one of each group, then the
    /// gravest as far as they fit.
    var findingsOnPaper: [ReportOutline.Group: Set<Int>] {
        let groups = HTMLPage.decisionGroups.filter { !outline[$0].isEmpty }
        let all = groups.map { group in
            (group, Set(outline[group].prefix(HTMLPage.findingLimit).indices), outline[group].count)
        }
        let heights = groups.map { group in
            outline[group].prefix(HTMLPage.findingLimit).map { height(of: $0, in: group) }
        }
        var room = roomForFindings - groups.count * 70
        if all.allSatisfy({ $0.1.count == $0.2 }), heights.joined().reduce(0, +) <= room {
            return Dictionary(uniqueKeysWithValues: all.map { ($0.0, $0.1) })
        }
        room -= groups.count * HTMLPage.namesHeight
        var shown: [ReportOutline.Group: Set<Int>] = [:]
        func show(_ place: Int, _ number: Int) {
            guard heights[number][place] <= room, shown[groups[number]]?.contains(place) != true else { return }
            room -= heights[number][place]
            shown[groups[number], default: []].insert(place)
        }
        for number in groups.indices { show(0, number) }
        for number in groups.indices { for place in heights[number].indices { show(place, number) } }
        return shown
    }

    /// What names the items of a group that do not fit: one line.
    private static let namesHeight = 46
    /// Bytes of that line.
    static let namesLimit = 95

    /// The sheet without its margins, the verdict, the identity, the counts, and what follows the findings.
    private var roomForFindings: Int {
        let votes = (min(signOffs.count, 8) + 1) / 2
        let lead = min(Paper.lines(result.verdictSentence.plain, points: 10.5, width: 480), HTMLPage.leadLimit)
        return 2690 - 266 - lead * 53 - 180 - reasonsOnPaper.reduce(0) { $0 + $1 * 52 } - identityHeight
            - (result.changes == nil ? 0 : 115) - (votes == 0 ? 0 : 40 + votes * 42)
    }

    /// Lines of the verdict's sentence on paper; the style sheet cuts a longer one there.
    private static let leadLimit = 3

    /// The lines of each reason on the printed decision page; 0 for one that it does not show.
    var reasonsOnPaper: [Int] {
        ownReasons.enumerated().map { index, reason in
            let items = reason.items.prefix(8).joined(separator: ", ")
            let lines = Paper.lines("\(reason.phrase.plain): \(items) and more", points: 9.5, width: 500)
            return index < 3 && lines <= 2 ? lines : 0
        }
    }

    /// The rows of the identity that the printed decision page shows whole: all of them, if that leaves half the sheet.
    var identityOnPaper: [Bool] {
        let lines = identityLines
        let limit = lines.reduce(0, +) <= 36 ? 14 : 3
        return lines.map { $0 <= limit }
    }

    private var identityLines: [Int] {
        result.identity.map { Paper.lines($0.value.plain, points: 7.5, width: 187) }
    }

    /// Two columns as even as rows that are not torn let them be.
    private var identityHeight: Int {
        let lines = zip(identityLines, identityOnPaper).map { $1 ? $0 : 1 }
        let sum = lines.reduce(0, +)
        let heights = lines.indices.map { place in
            let first = lines[...place].reduce(0, +)
            return max(first, sum - first)
        }
        return (heights.min() ?? 0) * 35
    }

    /// Title beside its traits, the cause, and who accepted it or is asked.
    private func height(of item: ItemResult, in group: ReportOutline.Group) -> Int {
        let words = [item.status.label] + traits(of: item) + [item.id]
        let traits = "\(item.status.symbol) \(words.joined(separator: " · "))"
        let head = max(
            Paper.lines(item.title, points: 10, width: 300) * 43, Paper.lines(traits, points: 7.5, width: 194) * 37)
        return 18 + head + bodyLines(of: item, in: group) * 42
    }

    private func bodyLines(of item: ItemResult, in group: ReportOutline.Group) -> Int {
        func lines(_ text: String) -> Int { Paper.lines(text, points: 8.5, width: 500) }
        var sum = 0
        if let reason = item.reasonBesideExpectations {
            sum += group == .awaiting ? 0 : lines(reason.plain)
        } else if let expectation = item.expectations.first(where: { $0.holds != true }) {
            sum += lines("Seen \(expectation.observedText), expected \(expectation.expectedText) \(expectation.fact)")
        }
        for (label, text) in people(of: item) { sum += lines("\(label) \(text.plain)") }
        return sum
    }
}

/// How texts break on paper: an estimate that is rather too high.
private enum Paper {
    /// The lines of a text, its own line ends included; at least one.
    static func lines(_ text: String, points: Double, width: Double) -> Int {
        text.utf8.split(separator: 0x0A).reduce(0) { sum, line in
            sum + max(1, Int((Paper.width(line, points: points) / width).rounded(.up)))
        } + (text.isEmpty ? 1 : 0)
    }

    static func width(_ text: String, points: Double) -> Double { width(text.utf8[...], points: points) }

    /// In points, with what is lost at the ends of lines; characters of East Asia are as wide as high.
    private static func width(_ text: Substring.UTF8View, points: Double) -> Double {
        var width = 0.0
        for byte in text where byte & 0xC0 != 0x80 { width += byte < 0xE3 ? 0.55 : 1.05 }
        return width * points
    }
}
