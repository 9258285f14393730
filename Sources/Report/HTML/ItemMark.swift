import AuditModel

/// What items are counted and filtered by.
enum ItemMark: Hashable {
    case status(Status)
    case waived
    /// It keeps the verdict from go.
    case blocking

    /// The worst first, then what people decided and what decides.
    static let all: [ItemMark] = Status.worstFirst.map { .status($0) } + [.waived, .blocking]

    /// As links and filters name it.
    var name: String {
        switch self {
        case .status(let status): status.rawValue
        case .waived: "waived"
        case .blocking: "blocking"
        }
    }

    var label: String {
        switch self {
        case .status(let status): status.label
        case .waived: "waived"
        case .blocking: "keep from go"
        }
    }

    var symbol: String {
        switch self {
        case .status(let status): status.symbol
        case .waived: "◇"
        case .blocking: "■"
        }
    }

    func marks(_ item: ItemResult) -> Bool {
        switch self {
        case .status(let status): item.status == status
        case .waived: item.disposition == .waived
        case .blocking: item.blocks
        }
    }
}

extension Status {
    /// The order in which statuses are listed.
    static let worstFirst: [Status] = [.fail, .error, .inconclusive, .stale, .pending, .pass, .notApplicable]
}
