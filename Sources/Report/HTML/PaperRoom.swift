import AuditModel

// How much of the decision page fits one sheet of A4, in tenths of a millimetre, as the style sheet sets it for print.

extension HTMLPage {
    /// How many items of each group the printed decision page shows: one of each, then the gravest as far as they fit.
    var findingsOnPaper: [ReportOutline.Group: Int] {
        let groups = HTMLPage.decisionGroups.filter { !outline[$0].isEmpty }
        var room = roomForFindings - groups.reduce(0) { $0 + (outline[$1].count > 1 ? 130 : 80) }
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
        return 2690 - 440 - 210 - min(ownReasons.count, 3) * 62 - (min(result.identity.count, 24) + 1) / 2 * 38
            - (result.changes == nil ? 0 : 115) - (votes == 0 ? 0 : 40 + votes * 42)
    }

    /// Title and cause in a line each, and who accepted it in another.
    private static func height(_ item: ItemResult) -> Int { item.waiver == nil ? 106 : 150 }
}
