import AuditModel

/// Follows includes depth first; a file is read once.
struct ChecklistLoader {
    /// A loaded checklist with all the items that it selects.
    struct Entry {
        var id: String
        var items: [SelectedItem]
        /// False when mistakes may hide some of its items.
        var isComplete: Bool
    }

    typealias Read = (LocatedName) throws(Diagnostic) -> ChecklistSource?

    /// Bounds against a `read` that never ends.
    private static let maximumDepth = 64
    private static let maximumFiles = 500

    private let builtIn: [String]
    private let catalogue: CatalogueIndex
    private let patternProblem: @Sendable (String) -> String?
    private(set) var checklists: [Checklist] = []
    private(set) var diagnostics: [Diagnostic] = []
    /// By file; nil for one that could not be read.
    private var entries: [String: Entry?] = [:]
    /// The files that are being loaded, each included by the one before.
    private var chain: [(file: String, id: String)] = []

    init(builtIn: [String], catalogue: CatalogueIndex, patternProblem: @escaping @Sendable (String) -> String?) {
        self.builtIn = builtIn
        self.catalogue = catalogue
        self.patternProblem = patternProblem
    }

    /// The checklist of that name; nil after a diagnostic.
    mutating func load(_ name: LocatedName, _ read: Read) -> Entry? {
        guard let source = source(name, read) else { return nil }
        if let first = chain.firstIndex(where: { $0.file == source.file }) {
            let cycle = (chain[first...].map(\.id) + [chain[first].id]).joined(separator: " → ")
            add("include-cycle", "the checklists include each other: \(cycle)", at: name.location)
            return nil
        }
        if let known = entries[source.file] { return known }
        guard chain.count < Self.maximumDepth, entries.count < Self.maximumFiles else {
            add("too-deep", "checklists include each other more than 64 deep, or are more than 500", at: name.location)
            return nil
        }
        let entry = entry(source, read)
        entries[source.file] = .some(entry)
        return entry
    }

    private mutating func entry(_ source: ChecklistSource, _ read: Read) -> Entry? {
        var reader = ChecklistReader(file: source.file, catalogue: catalogue, patternProblem: patternProblem)
        let checklist = reader.checklist(text: source.text, digest: source.digest)
        diagnostics += reader.findings.all
        guard let checklist else { return nil }
        chain.append((source.file, checklist.id))
        defer { chain.removeLast() }
        var entry = Entry(id: checklist.id, items: [], isComplete: reader.findings.isEmpty)
        var seen: Set<String> = []
        for include in checklist.includes {
            guard let included = load(LocatedName(include.checklist, at: include.location), read) else {
                entry.isComplete = false
                continue
            }
            entry.isComplete = entry.isComplete && included.isComplete
            entry.items += taken(include, from: included).filter { seen.insert($0.item).inserted }
        }
        for section in checklist.sections {
            for item in section.items where seen.insert(item.id).inserted {
                entry.items.append(SelectedItem(checklist: checklist.id, section: section.id, item: item.id))
            }
        }
        keep(checklist)
        return entry
    }

    /// The items that an include takes.
    private mutating func taken(_ include: ChecklistInclude, from included: Entry) -> [SelectedItem] {
        guard let wanted = include.items else { return included.items }
        let (known, taken) = (Set(included.items.map(\.item)), Set(wanted))
        for item in wanted where included.isComplete && !known.contains(item) {
            add(
                "unknown-item", "the checklist \(included.id) has no item \(quoted(item))", at: include.location,
                suggestion: nearestName(to: item, among: known.sorted()))
        }
        return included.items.filter { taken.contains($0.item) }
    }

    private mutating func source(_ name: LocatedName, _ read: Read) -> ChecklistSource? {
        do throws(Diagnostic) {
            if let source = try read(name) { return source }
        } catch {
            diagnostics.append(error)
            return nil
        }
        if name.name.contains("/") || name.name.hasSuffix(".yaml") || name.name.hasSuffix(".yml") {
            add("unknown-checklist", "there is no file \(quoted(name.name))", at: name.location)
        } else {
            add(
                "unknown-checklist", "there is no built-in checklist \(quoted(name.name)); a file is named ./file.yaml",
                at: name.location, suggestion: nearestName(to: name.name, among: builtIn))
        }
        return nil
    }

    private mutating func keep(_ checklist: Checklist) {
        if let first = checklists.first(where: { $0.id == checklist.id }) {
            add(
                "duplicate-checklist", "the checklist id \(quoted(checklist.id)) is taken by \(first.location.file)",
                at: checklist.location)
        }
        checklists.append(checklist)
    }

    /// Items that stand in two files; those that stand twice in one are known already.
    mutating func reportRepeatedItems() {
        var places: [String: SourceLocation] = [:]
        for item in checklists.flatMap(\.items) {
            guard let first = places[item.id] else {
                places[item.id] = item.location
                continue
            }
            guard first.file != item.location.file else { continue }
            add(
                "duplicate-item",
                "the item \(quoted(item.id)) stands at \(first.text) already; include it from there",
                at: item.location)
        }
    }

    private mutating func add(
        _ code: String, _ message: String, at location: SourceLocation?, suggestion: String? = nil
    ) {
        diagnostics.append(Diagnostic(code, message, at: location, suggestion: suggestion))
    }
}
