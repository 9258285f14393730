import AuditModel

// How much of the decision page fits one sheet of A4, in tenths of a millimetre, as the style sheet sets it for print.

extension HTMLPage {
    /// How many items of each group the printed decision page shows: one of each, then the gravest as far as they fit.
    var findingsOnPaper: [ReportOutline.Group: Int] {
        let groups = HTMLPage.decisionGroups.filter { !outline[$0].isEmpty }
        var room = roomForFindings - groups.count * 125
        var counts: [ReportOutline.Group: Int] = [:]
        for group in groups {
            room -= HTMLPage.height(outline[group][0])
            counts[group] = 1
        }
        for group in groups {
            for item in outline[group].dropFirst() {
                room -= HTMLPage.height(item)
                guard room > 0 else { return counts }
                counts[group, default: 0] += 1
            }
        }
        return counts
    }

    /// The sheet without its margins, the verdict, the identity, the counts, and what follows the findings.
    private var roomForFindings: Int {
        let votes = (min(signOffs.count, 8) + 1) / 2
        return 2690 - 470 - 210 - min(ownReasons.count, 3) * 58 - (min(result.identity.count, 24) + 1) / 2 * 36
            - (result.changes == nil ? 0 : 130) - (votes == 0 ? 0 : 80 + votes * 44)
    }

    /// Title and cause in a line each, and who accepted it or is asked in another.
    private static func height(_ item: ItemResult) -> Int { item.waiver == nil && item.question == nil ? 102 : 142 }
}
