import AuditModel
import JSON

/// Something that the answer rests on and that ends by itself.
struct Validity {
    enum Kind: String {
        case certificate, attestation, waiver
        case signOff = "sign-off"
    }

    var kind: Kind
    var title: Sentence
    var from: Instant
    var until: Instant
    /// Where the page says more of it; nil for what stands nowhere else.
    var anchor: String?

    /// What ends first stands first.
    static func all(of result: AuditResult) -> [Validity] {
        var found = certificates(result.observations)
        for item in result.items {
            let anchor = HTMLAnchor.item(item.id)
            if let waiver = item.waiver {
                found.append(
                    Validity(
                        kind: .waiver, title: "\(item.title), accepted by \(waiver.approvedBy.id)",
                        from: waiver.approvedAt, until: waiver.expires, anchor: anchor))
            }
            for attestation in item.attestations where attestation.state == .valid || attestation.state == .expired {
                found.append(
                    Validity(
                        kind: .attestation, title: "\(item.title), answered by \(attestation.by.id)",
                        from: attestation.at, until: attestation.validUntil, anchor: anchor))
            }
        }
        for signOff in result.signOffs {
            guard let attestation = signOff.attestation else { continue }
            found.append(
                Validity(
                    kind: .signOff, title: "\(signOff.role), \(attestation.by.id)", from: attestation.at,
                    until: attestation.validUntil, anchor: "sign-off"))
        }
        return found.sorted { $0.until < $1.until }
    }

    /// The certificates that servers showed, each once.
    private static func certificates(_ observations: [ObservationResult]) -> [Validity] {
        var seen: Set<String> = []
        var found: [Validity] = []
        for (index, observation) in observations.enumerated() where observation.probe == .tls {
            let list = observation.facts["certificates"]?.array ?? []
            for record in list.isEmpty ? [observation.facts["certificate"] ?? .null] : list {
                guard let from = record["notBefore"]?.string.flatMap({ Instant($0) }),
                    let until = record["notAfter"]?.string.flatMap({ Instant($0) }),
                    seen.insert(record["sha256"]?.string ?? record.compact).inserted
                else { continue }
                found.append(
                    Validity(
                        kind: .certificate, title: "\(record["subject"]?.string ?? "") at \(observation.target)",
                        from: from, until: until, anchor: HTMLAnchor.observation(index)))
            }
        }
        return found
    }
}

/// The span of time that a chart shows, with the present a fifth from its left.
struct TimeAxis {
    let now: Instant
    private let start: Int64
    private let span: Int64

    /// Shows the latest end, but at most 400 days.
    init(now: Instant, ends: [Instant]) {
        self.now = now
        let day: Int64 = 86_400_000
        let ahead = ends.map { min(max($0.milliseconds - now.milliseconds, 14 * day), 400 * day) }.max() ?? 14 * day
        start = now.milliseconds - ahead / 4
        span = ahead + ahead / 4
    }

    /// The place of an instant, in thousandths from the left, within the chart.
    func position(_ instant: Instant) -> Int {
        Int((max(start, min(instant.milliseconds, start + span)) - start) * 1000 / span)
    }

    /// The present and up to four even steps behind it.
    var marks: [(at: Int, text: String)] {
        let days = span * 4 / 5 / 86_400_000
        let step: Int64 = [3, 7, 14, 30, 60, 90].first { $0 * 4 >= days } ?? 120
        let steps = (1...4).map { $0 * step }.filter { $0 <= days }
        return [(position(now), "now")]
            + steps.map { (position(now.adding(seconds: $0 * 86_400)), "+\($0) d") }.filter { $0.0 <= 960 }
    }
}

extension HTMLWriter {
    /// Rows of the time line; what ends later is at its items.
    private static let validityLimit = 60

    mutating func validity(_ validities: [Validity], at now: Instant) {
        guard !validities.isEmpty else { return }
        let axis = TimeAxis(now: now, ends: validities.map(\.until))
        part("validity", "Validity", count: validities.count) { html in
            html.block(
                "p", ["class": "note"],
                text: "How long what the answer rests on holds; what ends first stands first. The line is the time of "
                    + "judgement.")
            html.chart("Validity", ("What", "Time line", "Ends"), axis: axis.marks) { html in
                for validity in validities.prefix(HTMLWriter.validityLimit) { html.row(validity, axis) }
            }
            let more = validities.count - HTMLWriter.validityLimit
            if more > 0 { html.block("p", ["class": "note"], text: "\(more) more end later.") }
        }
    }

    private mutating func row(_ validity: Validity, _ axis: TimeAxis) {
        let end = "\(validity.until.forPeople), \(validity.until.distance(to: axis.now))"
        let parts = BarParts(
            segments: [(validity.tone(at: axis.now), axis.position(validity.from), axis.position(validity.until))],
            lines: [("now", axis.position(axis.now))])
        chartRow("From \(validity.from.forPeople) to \(end)", parts) { html in
            html.inline("small", text: validity.kind.rawValue)
            html.text(" ")
            if let anchor = validity.anchor {
                html.inline("a", ["href": "#\(anchor)"]) { $0.sentence(validity.title) }
            } else {
                html.sentence(validity.title)
            }
        } value: { html in
            html.inline("span", ["class": validity.tone(at: axis.now)]) { html in
                html.text(validity.until.forPeople)
                html.text(" ")
                html.inline("small", text: validity.until.distance(to: axis.now))
            }
        }
    }
}

extension Validity {
    /// Ended, ending within two weeks, or neither.
    fileprivate func tone(at now: Instant) -> String {
        if until <= now { return "fail" }
        return until < now.adding(seconds: 14 * 86_400) ? "inconclusive" : "pass"
    }
}
