extension ImageUser {
    /// As whom the image runs.
    ///
    /// - Parameters:
    ///   - passwd: the merged root's `/etc/passwd`; needed for a name, and for the group of a user without one.
    ///   - group: the merged root's `/etc/group`; needed for a group's name.
    package func resolve(passwd: AccountSource, group groups: AccountSource) -> ResolvedUser {
        if hasThirdPart {
            return .unstartable("USER has three parts, and runtimes read at most a user and a group")
        }
        if let refusal = rangeRefusal { return .unstartable(refusal) }
        let resolved = resolveUser(passwd, groups)
        guard resolved.verdict == .root || resolved.verdict == .nonroot else { return resolved }
        return resolveGroup(of: resolved, passwd, groups)
    }

    private var rangeRefusal: String? {
        let range = "ids must be in range 0 to \(Self.identifiers.upperBound)"
        if case .number(let id) = user, !Self.identifiers.contains(id) { return "user \(id) is refused: \(range)" }
        if case .number(let id) = group, !Self.identifiers.contains(id) { return "group \(id) is refused: \(range)" }
        return nil
    }

    // MARK: The user

    private func resolveUser(_ passwd: AccountSource, _ groups: AccountSource) -> ResolvedUser {
        switch user {
        case .none:
            let reason = group == .none ? "USER is empty, which is uid 0" : "USER states a group only, which is uid 0"
            return ResolvedUser(
                verdict: .root, userID: 0, group: .none, source: .standard, passwdLayer: nil, reason: reason)
        case .number(let id):
            return ResolvedUser(
                verdict: id == 0 ? .root : .nonroot, userID: id, group: .none, source: .numeric, passwdLayer: nil,
                reason: "USER is the number \(id)")
        case .name(let name): return resolve(name: name, passwd)
        }
    }

    private func resolve(name: String, _ passwd: AccountSource) -> ResolvedUser {
        let quoted = "`\(name.prefix(64))`"
        switch passwd {
        case .notRead: return .unknown("\(quoted) stands in /etc/passwd, which was not read")
        case .unreadable(let why): return .unknown("\(quoted) stands in /etc/passwd, which cannot be read: \(why)")
        case .missing: return .unstartable("\(quoted) is a name, and the image has no /etc/passwd that can be opened")
        case .text(let text, let layer):
            let place = "/etc/passwd" + (layer.map { " of layer \($0)" } ?? "")
            guard let entries = AccountFile.passwd(text) else {
                return .unstartable("\(place) has a line that is longer than runtimes read")
            }
            guard let entry = entries.first(where: { $0.name.elementsEqual(name.utf8) }) else {
                return .unstartable("\(quoted) has no line in \(place)")
            }
            guard let id = Self.effective(entry.userID, known: entries.map(\.userID)) else {
                return .unstartable("\(quoted) is uid \(entry.userID) in \(place), which no process can have")
            }
            let cut = id == entry.userID ? "" : ", cut to 32 bits from \(entry.userID)"
            return ResolvedUser(
                verdict: id == 0 ? .root : .nonroot, userID: id, group: .none, source: .passwd, passwdLayer: layer,
                reason: "\(quoted) is uid \(id) in \(place)\(cut)")
        }
    }

    /// The id that a process gets from a number in an account file: runtimes cut it to 32 bits unseen, then take it
    /// when it is in range or when a line has just that number.
    ///
    /// nil when no process starts with it; all 32 bits set mean "no change" to the kernel, and it refuses them.
    private static func effective(_ id: Int64, known: [Int64]) -> Int64? {
        let cut = Int64(UInt32(truncatingIfNeeded: id))
        if identifiers.contains(cut) { return cut }
        return cut != Int64(UInt32.max) && known.contains(cut) ? cut : nil
    }

    // MARK: The group

    private func resolveGroup(
        of resolved: ResolvedUser, _ passwd: AccountSource, _ groups: AccountSource
    ) -> ResolvedUser {
        var resolved = resolved
        switch group {
        case .number(let id): resolved.group = .known(id)
        case .name(let name): return resolve(groupName: name, of: resolved, groups)
        case .none:
            switch primaryGroup(of: resolved, passwd) {
            case .known(let id):
                guard let id = Self.effective(id, known: Self.groupIDs(groups)) else {
                    return .unstartable("group \(id) of uid \(resolved.userID ?? 0) is one that no process can have")
                }
                resolved.group = .known(id)
            case let group: resolved.group = group
            }
        }
        return resolved
    }

    private func resolve(
        groupName name: String, of resolved: ResolvedUser, _ groups: AccountSource
    ) -> ResolvedUser {
        let quoted = "group `\(name.prefix(64))`"
        var resolved = resolved
        switch groups {
        case .notRead: return .unknown("\(quoted) stands in /etc/group, which was not read")
        case .unreadable(let why): return .unknown("\(quoted) stands in /etc/group, which cannot be read: \(why)")
        case .missing: return .unstartable("\(quoted) is a name, and the image has no /etc/group that can be opened")
        case .text(let text, let layer):
            let place = "/etc/group" + (layer.map { " of layer \($0)" } ?? "")
            guard let entries = AccountFile.group(text) else {
                return .unstartable("\(place) has a line that is longer than runtimes read")
            }
            guard let entry = entries.first(where: { $0.name.elementsEqual(name.utf8) }) else {
                return .unstartable("\(quoted) has no line in \(place)")
            }
            guard let id = Self.effective(entry.groupID, known: entries.map(\.groupID)) else {
                return .unstartable("\(quoted) is gid \(entry.groupID) in \(place), which no process can have")
            }
            resolved.group = .known(id)
            return resolved
        }
    }

    /// The group of the first line that has the user; 0 when none has, or there is no file.
    private func primaryGroup(of resolved: ResolvedUser, _ passwd: AccountSource) -> ResolvedUser.Group {
        switch passwd {
        case .notRead: return .unknown("it may stand in /etc/passwd, which was not read")
        case .unreadable(let why): return .unknown("it may stand in /etc/passwd, which cannot be read: \(why)")
        case .missing: return .known(0)
        case .text(let text, _):
            let entries = AccountFile.passwd(text) ?? []
            let entry = entries.first { entry in
                if case .name(let name) = user { return entry.name.elementsEqual(name.utf8) }
                return entry.userID == resolved.userID
            }
            return .known(entry?.groupID ?? 0)
        }
    }

    private static func groupIDs(_ source: AccountSource) -> [Int64] {
        if case .text(let text, _) = source { return AccountFile.group(text)?.map(\.groupID) ?? [] }
        return []
    }
}

extension ResolvedUser {
    fileprivate static func unstartable(_ reason: String) -> ResolvedUser {
        ResolvedUser(
            verdict: .unstartable, userID: nil, group: .none, source: .unresolved, passwdLayer: nil, reason: reason)
    }

    /// What decides could not be read.
    package static func unknown(_ reason: String) -> ResolvedUser {
        ResolvedUser(
            verdict: .unknown, userID: nil, group: .unknown(reason), source: .unresolved, passwdLayer: nil,
            reason: reason)
    }
}
