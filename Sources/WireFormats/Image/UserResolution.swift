extension ImageUser {
    /// As whom the image runs.
    ///
    /// - Parameters:
    ///   - passwd: the merged root's `/etc/passwd`; needed for a name, and for the group of a user without one.
    ///   - group: the merged root's `/etc/group`; needed for a group's name.
    package func resolve(passwd: AccountSource, group groups: AccountSource) -> ResolvedUser {
        var resolved = resolveUser(passwd)
        if resolved.isStarted { resolved = resolveGroup(of: resolved, passwd, groups) }
        if hasThirdPart, resolved.isStarted { resolved.reason += "; containerd refuses a USER of three parts" }
        return resolved
    }

    // MARK: The user

    private func resolveUser(_ passwd: AccountSource) -> ResolvedUser {
        if !user.needsAccounts {
            guard case .number(let id) = user else {
                let reason =
                    group == .none ? "USER is empty, which is uid 0" : "USER states a group only, which is uid 0"
                return ResolvedUser(
                    verdict: .root, userID: 0, group: .none, source: .standard, passwdLayer: nil, reason: reason)
            }
            return ResolvedUser(
                verdict: id == 0 ? .root : .nonroot, userID: id, group: .none, source: .numeric, passwdLayer: nil,
                reason: "USER is the number \(id)")
        }
        switch Self.look(up: user, in: passwd, .passwd) {
        case .failed(let resolved): return resolved
        case .found(let id, let stated, let place, let layer):
            let cut = id == stated ? "" : ", cut to 32 bits from \(stated)"
            return ResolvedUser(
                verdict: id == 0 ? .root : .nonroot, userID: id, group: .none, source: .passwd, passwdLayer: layer,
                reason: "\(Self.text(user, .passwd)) is uid \(id) in \(place)\(cut)")
        }
    }

    // MARK: The group

    private func resolveGroup(
        of resolved: ResolvedUser, _ passwd: AccountSource, _ groups: AccountSource
    ) -> ResolvedUser {
        var resolved = resolved
        if group.needsAccounts {
            switch Self.look(up: group, in: groups, .group) {
            case .failed(let failure): return failure
            case .found(let id, _, _, _): resolved.group = .known(id)
            }
        } else if case .number(let id) = group {
            resolved.group = .known(id)
        } else {
            resolved.group = primaryGroup(of: resolved, passwd)
            guard case .known(let id) = resolved.group else { return resolved }
            guard let effective = Self.effective(id, .group, groups.text) else {
                return .unstartable("group \(id) of uid \(resolved.userID ?? 0) is one that no process can have")
            }
            resolved.group = .known(effective)
        }
        return resolved
    }

    /// The group of the first line that has the user; 0 when none has, or there is no file.
    private func primaryGroup(of resolved: ResolvedUser, _ passwd: AccountSource) -> ResolvedUser.Group {
        switch passwd {
        case .notRead: return .unknown("it may stand in /etc/passwd, which was not read")
        case .unreadable(let why): return .unknown("it may stand in /etc/passwd, which cannot be read: \(why)")
        case .missing: return .known(0)
        case .text(let text, _):
            let part = user == .none ? .number(resolved.userID ?? 0) : user
            return .known((try? AccountFile.passwd.first(part, in: text))?.groupID ?? 0)
        }
    }

    // MARK: Account files

    private enum Account {
        /// `stated` is the number as it stands in the file.
        case found(id: Int64, stated: Int64, place: String, layer: Int?)
        case failed(ResolvedUser)
    }

    /// The id of a name, or of a number out of range, which runtimes take when a line has it.
    private static func look(up part: Part, in source: AccountSource, _ file: AccountFile) -> Account {
        let what = text(part, file)
        switch source {
        case .notRead: return .failed(.unknown("\(what) stands in \(file.path), which was not read"))
        case .unreadable(let why):
            return .failed(.unknown("\(what) stands in \(file.path), which cannot be read: \(why)"))
        case .missing:
            let reason = refusal(of: part, "is a name, and the image has no \(file.path) that can be opened")
            return .failed(.unstartable("\(what) \(reason)"))
        case .text(let text, let layer):
            let place = file.path + (layer.map { " of layer \($0)" } ?? "")
            let entry: AccountFile.Entry?
            do throws(AccountFile.LineTooLong) {
                entry = try file.first(part, in: text)
            } catch {
                return .failed(.unstartable("\(place) has a line that is longer than runtimes read"))
            }
            guard let stated = entry?.id else {
                return .failed(.unstartable("\(what) \(refusal(of: part, "has no line in \(place)"))"))
            }
            guard let id = effective(stated, file, text) else {
                let kind = file == .passwd ? "uid" : "gid"
                return .failed(.unstartable("\(what) is \(kind) \(stated) in \(place), which no process can have"))
            }
            return .found(id: id, stated: stated, place: place, layer: layer)
        }
    }

    /// Why there is no such account.
    private static func refusal(of part: Part, _ reason: String) -> String {
        guard case .number = part else { return reason }
        return "is refused: ids without an account must be in range 0 to \(identifiers.upperBound)"
    }

    /// As sentences name it.
    private static func text(_ part: Part, _ file: AccountFile) -> String {
        let noun = file == .passwd ? "user" : "group"
        return switch part {
        case .none: noun
        case .number(let id): "\(noun) \(id)"
        case .name(let name): (file == .passwd ? "" : "group ") + "`\(name.prefix(64))`"
        }
    }

    /// The id that a process gets from a number in an account file: runtimes cut it to 32 bits unseen, then take it
    /// when it is in range or when a line has just that number.
    ///
    /// nil when no process starts with it; all 32 bits set mean "no change" to the kernel, and it refuses them.
    private static func effective(_ id: Int64, _ file: AccountFile, _ text: String?) -> Int64? {
        let cut = Int64(UInt32(truncatingIfNeeded: id))
        if identifiers.contains(cut) { return cut }
        guard cut != Int64(UInt32.max), let text, (try? file.first(.number(cut), in: text)) != nil else { return nil }
        return cut
    }
}

extension AccountSource {
    fileprivate var text: String? {
        guard case .text(let text, _) = self else { return nil }
        return text
    }
}

extension ResolvedUser {
    fileprivate var isStarted: Bool { verdict == .root || verdict == .nonroot }

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
