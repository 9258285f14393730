import AuditModel
import ChecklistYAML
import Checklists

/// Which controls of a framework items serve, and how these items are answered.
package struct ControlCoverage: Sendable {
    package let framework: ControlFramework
    /// The checklists whose items were looked at, sorted.
    let checklists: [String]
    /// The number of items that were looked at.
    let itemCount: Int
    /// Whether statuses are known, because a result was given.
    let isJudged: Bool
    /// The items that serve a control, by its id, in the order of the checklists.
    private let servants: [String: [CoveringItem]]

    private init(_ framework: ControlFramework, _ items: [CoveringItem], isJudged: Bool) {
        self.framework = framework
        self.isJudged = isJudged
        itemCount = items.count
        checklists = Set(items.map(\.checklist)).sorted()
        var servants: [String: [CoveringItem]] = [:]
        for item in items {
            // Two finer ids may mean one control.
            let controls = Set((item.controls[framework.id] ?? []).compactMap { framework.control($0)?.id })
            for control in controls { servants[control, default: []].append(item) }
        }
        self.servants = servants
    }

    func items(serving control: Control) -> [CoveringItem] { servants[control.id] ?? [] }

    /// How a control is covered at best; nil when it is not.
    func answering(_ control: Control) -> Answering? {
        let ways = items(serving: control).map(\.answering)
        return Answering.allCases.first(where: ways.contains)
    }

    /// The status of a control's items together; nil without a result or where none of them is in it.
    func status(_ control: Control) -> Status? {
        let statuses = items(serving: control).compactMap(\.status)
        return statuses.isEmpty ? nil : Status.combined(statuses)
    }

    func tally(_ controls: [Control]) -> ItemTally { ItemTally(controls.compactMap(answering)) }
}

/// An item as far as its coverage goes.
struct CoveringItem: Sendable {
    var id: String
    var title: String
    var checklist: String
    var answering: Answering
    var willBe: String?
    var controls: [String: [String]]
    /// nil without a result, and for an item that the result does not hold.
    var status: Status?
    var disposition: Disposition?
}

extension ControlCoverage {
    /// The names of the frameworks that can be asked about.
    package static let frameworks = controlFrameworks.map(\.id)

    /// The items of checklists, those of a result when none is named, else all built-in ones.
    package init(
        of framework: ControlFramework, checklists: [String], result: AuditResult?
    ) throws(AuditError) {
        if let result, checklists.isEmpty {
            self.init(framework, result.items.map(CoveringItem.init), isJudged: true)
            return
        }
        let loaded = try ChecklistListing.load(checklists.isEmpty ? BuiltInChecklists.ids : checklists)
        let judged = Dictionary((result?.items ?? []).map { ($0.id, $0) }) { first, _ in first }
        let items = loaded.items.map { selected in
            CoveringItem(
                selected.item.filledIn(with: selected.checklist.defaults), of: selected.checklist.id,
                judged[selected.item.id])
        }
        self.init(framework, items, isJudged: result != nil)
    }
}

extension CoveringItem {
    init(_ item: Item, of checklist: String, _ result: ItemResult?) {
        self.init(
            id: item.id, title: item.title, checklist: checklist, answering: item.answering,
            willBe: item.willBe?.rawValue, controls: item.controls, status: result?.status,
            disposition: result?.disposition)
    }

    init(_ item: ItemResult) {
        let isProbed = item.question == nil || item.observation != nil || !item.expectations.isEmpty
        let willBe = isProbed ? nil : item.question?.willBe
        self.init(
            id: item.id, title: item.title, checklist: item.checklist,
            answering: isProbed ? .automated : willBe == nil ? .attested : .planned, willBe: willBe,
            controls: item.controls, status: item.status, disposition: item.disposition)
    }
}
