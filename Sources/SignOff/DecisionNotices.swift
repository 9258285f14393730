import AuditModel

/// What the reader should know of decisions besides the items' statuses: unknown, expired, unused, ending soon.
///
/// - Parameter items: the judged items, by which a decision counts as used.
package func decisionNotices(
    attestations: [Attestation], waivers: [Waiver], items: [ItemResult], scope: Scope, now: Instant
) -> [Notice] {
    guard !attestations.isEmpty || !waivers.isEmpty else { return [] }
    let byID = Dictionary(items.map { ($0.id, $0) }) { first, _ in first }
    let known = items.map(\.id)
    return attestations.compactMap { notice(for: $0, byID[$0.item], known, now) }
        + waivers.compactMap { notice(for: $0, byID[$0.item], known, scope, now) }
}

/// How long before its end a decision is announced.
package let expiryWarning = TimeSpan.days(14)

private func notice(for attestation: Attestation, _ item: ItemResult?, _ known: [String], _ now: Instant) -> Notice? {
    let place = attestation.location
    func notice(_ code: String, _ message: String) -> Notice {
        Notice(code: code, message: message, file: place.file, line: place.line)
    }
    guard let item else {
        return notice("unknown-item", unknown("attestation", attestation.item, known))
    }
    guard item.question != nil else {
        return notice("attestation-unused", "the attestation of \(item.id) is not asked for: a probe answers that item")
    }
    guard let weighed = item.attestations.first(where: { $0.file == place.file && $0.at == attestation.at }) else {
        return nil
    }
    switch weighed.state {
    case .valid:
        guard weighed.validUntil < now.adding(seconds: expiryWarning.seconds) else { return nil }
        return notice(
            "expires-soon",
            "the attestation of \(item.id) by \(attestation.by.id) ends on \(weighed.validUntil.forPeople)")
    case .expired: return notice("attestation-expired", "\(item.id): \(weighed.reason ?? "expired")")
    case .notYet, .otherScope, .insufficient:
        return notice("attestation-unused", "\(item.id): \(weighed.reason ?? "it does not count")")
    case .superseded:
        return notice(
            "attestation-superseded",
            "the attestation of \(item.id) by \(attestation.by.id) was replaced by a newer one")
    }
}

private func notice(
    for waiver: Waiver, _ item: ItemResult?, _ known: [String], _ scope: Scope, _ now: Instant
) -> Notice? {
    let place = waiver.location
    func notice(_ code: String, _ message: String) -> Notice {
        Notice(code: code, message: message, file: place.file, line: place.line)
    }
    guard let item else { return notice("unknown-item", unknown("waiver", waiver.item, known)) }
    if let mismatch = waiver.mismatch(with: scope) {
        return notice("waiver-unused", "the waiver of \(item.id) \(mismatch.sentence)")
    }
    if now < waiver.approvedAt {
        return notice(
            "waiver-unused",
            "the waiver of \(item.id) is approved as of \(waiver.approvedAt.forPeople), which is still to come")
    }
    if now >= waiver.expires {
        return notice("waiver-expired", "the waiver of \(item.id) expired on \(waiver.expires.forPeople)")
    }
    guard item.disposition == .waived else {
        return notice("waiver-unused", "the waiver of \(item.id) covers nothing: the item is \(item.status.rawValue)")
    }
    guard item.waiver?.file == place.file else {
        return notice("waiver-unused", "another waiver of \(item.id) counts instead of this one")
    }
    guard waiver.expires < now.adding(seconds: expiryWarning.seconds) else { return nil }
    return notice("expires-soon", "the waiver of \(item.id) ends on \(waiver.expires.forPeople)")
}

private func unknown(_ kind: String, _ id: String, _ known: [String]) -> String {
    let hint = nearestName(to: id, among: known).map { "; did you mean \"\($0)\"?" } ?? ""
    return "no selected checklist has the item \(id) that this \(kind) is about\(hint)"
}
