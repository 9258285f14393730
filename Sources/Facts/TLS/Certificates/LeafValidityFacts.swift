import AuditModel
import WireFormats

extension TLSFacts {
    /// From when until when the leaf is valid, at the instant of judging.
    static let leafValidity: [TLSFact] = [
        TLSFact(
            "certificate.notBefore", .instant, needs: [.certificate],
            meaning: "The first second in which the leaf is valid; absent when it is no date.",
            source: "RFC 5280 §4.1.2.5"
        ) { $0.leaf { .instant($0.notBefore) } },
        TLSFact(
            "certificate.notAfter", .instant, needs: [.certificate],
            meaning: "The last second in which the leaf is valid; absent when it is no date.",
            source: "RFC 5280 §4.1.2.5", until: { $0.leafEnd }
        ) { $0.leaf { .instant($0.notAfter) } },
        TLSFact(
            "certificate.daysRemaining", .integer, needs: [.certificate], unit: "days",
            meaning: "Whole days until the leaf's last second, rounded down; negative once it has expired.",
            source: "RFC 5280 §4.1.2.5", until: { $0.leafEnd }
        ) { evidence in
            evidence.leaf { .integer(ifPresent: $0.notAfter.map(evidence.daysRemaining)) }
        },
        TLSFact(
            "certificate.lifetimeDays", .integer, needs: [.certificate], unit: "days",
            meaning: "The seconds from notBefore to notAfter in days of 86,400; any second more counts as a day.",
            source: "CA/Browser Forum Baseline Requirements §6.3.2"
        ) { $0.leaf { .integer(ifPresent: $0.lifetimeDays) } },
        TLSFact(
            "certificate.lifetimeFractionRemaining", .number, needs: [.certificate], unit: "of the lifetime",
            meaning:
                "How much of the leaf's validity is left: 1 up to its first second, 0 after its last, negative later.",
            source: "CA/Browser Forum Baseline Requirements §6.3.2", until: { $0.leafEnd }
        ) { evidence in
            evidence.leaf { leaf in
                guard let lifetime = leaf.lifetime, let notAfter = leaf.notAfter else { return .absent }
                // Before its first second nothing of it is used up, and no more than all of it can be left.
                return .value(.number(min(1, Double(notAfter + 1 - evidence.now.wholeSeconds) / Double(lifetime))))
            }
        },
        TLSFact(
            "certificate.maximumLifetimeDays", .integer, needs: [.certificate], unit: "days",
            meaning: "The longest validity that public CAs may give a certificate that begins when the leaf does.",
            source: "CA/Browser Forum Baseline Requirements §6.3.2"
        ) { $0.leaf { .integer(ifPresent: $0.notBefore.map(BaselineRequirements.maximumLifetimeDays)) } },
        TLSFact(
            "certificate.shortLived", .boolean, needs: [.certificate],
            meaning: "Whether the leaf lives so shortly that public CAs need not publish its revocation: 7 days, 10 "
                + "before 2026-03-15.",
            source: "CA/Browser Forum Baseline Requirements §1.6.1"
        ) { $0.leaf { .boolean(ifPresent: $0.isShortLived) } }
    ]
}

/// Limits of the CA/Browser Forum, which bind public CAs only.
enum BaselineRequirements {
    /// 2026-03-15, 2027-03-15 and 2029-03-15 at 00:00 UTC, from which on shorter lifetimes hold.
    private static let schedule: [(from: Int64, days: Int64)] = [
        (.min, 398), (1_773_532_800, 200), (1_805_068_800, 100), (1_868_227_200, 47)
    ]

    static func maximumLifetimeDays(notBefore: Int64) -> Int64 {
        schedule.last { $0.from <= notBefore }?.days ?? 398
    }

    static func shortLivedDays(notBefore: Int64) -> Int64 { notBefore < schedule[1].from ? 10 : 7 }

    /// Domain, organisation, individual and extended validation: policies that public CAs alone assert (§7.1.6.1).
    static let reservedPolicies: Set<String> = [
        "2.23.140.1.2.1", "2.23.140.1.2.2", "2.23.140.1.2.3", "2.23.140.1.1"
    ]
}

extension X509Certificate {
    /// Seconds with both ends; nil without dates, or when it ends before it begins.
    var lifetime: Int64? {
        guard let notBefore, let notAfter, notAfter >= notBefore else { return nil }
        return notAfter - notBefore + 1
    }

    /// In days of 86,400 seconds, any second more counting as a day. The last second itself is left out: authorities
    /// that issue for 90 days to the second mean 90, not 91.
    var lifetimeDays: Int64? { lifetime.map { max(1, ($0 + 86_398) / 86_400) } }

    var isShortLived: Bool? {
        guard let notBefore, let lifetime else { return nil }
        return lifetime <= BaselineRequirements.shortLivedDays(notBefore: notBefore) * 86_400
    }
}
