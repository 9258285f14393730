import AuditModel

/// How every report groups the items: what decides comes first.
struct ReportOutline {
    /// Each item belongs to exactly one group.
    enum Group: CaseIterable {
        /// It keeps the verdict from go, and it is neither unknown nor waiting for people.
        case blocker
        /// It keeps the verdict from go because nobody could find out.
        case undetermined
        /// It keeps the verdict from go until people answer.
        case awaiting
        /// People accepted it with an end date.
        case waived
        /// It does not pass, and it does not decide.
        case advisory
        case passed
        case notApplicable

        var title: String {
            switch self {
            case .blocker: "Blockers"
            case .undetermined: "Could not be determined"
            case .awaiting: "Awaiting people"
            case .waived: "Waived"
            case .advisory: "Advisory"
            case .passed: "Passed"
            case .notApplicable: "Not applicable"
            }
        }
    }

    /// The items of one section of one checklist.
    struct Section {
        var checklist: String
        var id: String
        var title: String
        var items: [ItemResult]

        func count(_ status: Status) -> Int { items.count { $0.status == status } }
    }

    /// In the order of the checklists; empty sections are left out.
    let sections: [Section]
    private let groups: [Group: [ItemResult]]

    init(_ result: AuditResult) {
        groups = Dictionary(grouping: result.items.indices) { ReportOutline.group(of: result.items[$0]) }
            .mapValues { result.items.worstFirst($0) }
        sections = ReportOutline.sections(of: result)
    }

    /// The items of a group, worst first, then in the order of the checklists.
    subscript(group: Group) -> [ItemResult] { groups[group] ?? [] }

    static func group(of item: ItemResult) -> Group {
        switch (item.blocks, item.status) {
        case (true, .error), (true, .inconclusive): .undetermined
        case (true, .pending), (true, .stale): .awaiting
        case (true, _): .blocker
        case (false, _) where item.disposition == .waived: .waived
        case (false, .pass): .passed
        case (false, .notApplicable): .notApplicable
        case (false, _): .advisory
        }
    }

    private static func sections(of result: AuditResult) -> [Section] {
        struct Key: Hashable {
            var checklist: String
            var section: String
        }
        var sections: [Section] = []
        var index: [Key: Int] = [:]
        for checklist in result.checklists {
            for section in checklist.sections where index[Key(checklist: checklist.id, section: section.id)] == nil {
                index[Key(checklist: checklist.id, section: section.id)] = sections.count
                sections.append(
                    Section(checklist: checklist.id, id: section.id, title: section.title, items: []))
            }
        }
        for item in result.items {
            let key = Key(checklist: item.checklist, section: item.section)
            if let known = index[key] {
                sections[known].items.append(item)
            } else {
                index[key] = sections.count
                sections.append(
                    Section(checklist: item.checklist, id: item.section, title: item.section, items: [item]))
            }
        }
        return sections.filter { !$0.items.isEmpty }
    }
}

extension [ItemResult] {
    /// The items at these places, the gravest first. Places are sorted, because items are large.
    ///
    /// Swift's sort is stable, so that equals stay in the order of the checklists.
    func worstFirst(_ places: [Int]) -> [ItemResult] {
        let severities = places.map { (place: $0, severity: self[$0].severity) }
        return severities.sorted { $0.severity > $1.severity }.map { self[$0.place] }
    }
}
