import AuditModel

extension Instant {
    /// The instant as HTTP writes it, `Sat, 21 Nov 2026 03:00:00 GMT` (IMF-fixdate, RFC 9110 §5.6.7).
    var httpDate: String {
        let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let weekday = Int((milliseconds / 86_400_000) % 7)
        // `2026-11-21T03:00:00`
        let parts = withoutZone.split { "-T".contains($0) }
        guard parts.count == 4, let month = Int(parts[1]), months.indices.contains(month - 1),
            days.indices.contains(weekday)
        else { return withoutZone }
        return "\(days[weekday]), \(parts[2]) \(months[month - 1]) \(parts[0]) \(parts[3]) GMT"
    }
}
