import AuditModel
import ChecklistYAML

extension [Tailoring] {
    /// A notice for each parameter that is set for one item alone and decides which other items are asked.
    func notices(about loaded: LoadedChecklists) -> [Notice] {
        let items = loaded.items
        return flatMap { tailoring -> [Notice] in
            guard case .item(let id) = tailoring.subject,
                let checklist = items.first(where: { $0.item.id == id })?.checklist.id
            else { return [] }
            return tailoring.parameters.keys.sorted().compactMap { name in
                let others = items.filter {
                    $0.checklist.id == checklist && $0.item.id != id && $0.item.appliesWhen?.parameters[name] != nil
                }
                guard !others.isEmpty, !sets(name, of: checklist) else { return nil }
                return Notice(
                    code: "parameter-set-alone",
                    message: "the parameter \(name) is set for \(id) alone, and decides about "
                        + "\(countedItems(others.count)) more; tailor \"checklist: \(checklist)\" to set it for all",
                    file: tailoring.location.file, line: tailoring.location.line)
            }
        }
    }

    private func sets(_ name: String, of checklist: String) -> Bool {
        contains { $0.subject == .checklist(checklist) && $0.parameters[name] != nil }
    }
}
