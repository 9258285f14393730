/// The known name closest to what was written; nil when none is near enough to be what was meant.
///
/// The distance is Damerau–Levenshtein (optimal string alignment) without regard to case, `-` and `_`; a name
/// counts as near within a third of its length. Names longer than 100 characters are never near.
package func nearestName(to written: String, among known: some Sequence<String>) -> String? {
    let target = folded(written)
    guard !target.isEmpty, target.count <= 100 else { return nil }
    var best: (name: String, distance: Int)?
    for name in known {
        let candidate = folded(name)
        guard candidate.count <= 100, abs(candidate.count - target.count) <= 1 + target.count / 3 else { continue }
        let distance = editDistance(target, candidate)
        guard distance <= max(1, max(target.count, candidate.count) / 3) else { continue }
        if let current = best, (current.distance, current.name) <= (distance, name) { continue }
        best = (name, distance)
    }
    return best?.name
}

private func folded(_ name: String) -> [UInt8] {
    name.lowercased().utf8.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "_") }
}

private func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 1...a.count {
        var row = [i] + [Int](repeating: 0, count: b.count)
        for j in 1...b.count {
            let substitution = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
            row[j] = min(last[j] + 1, row[j - 1] + 1, substitution)
            if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                row[j] = min(row[j], beforeLast[j - 2] + 1)
            }
        }
        beforeLast = last
        last = row
    }
    return last[b.count]
}
