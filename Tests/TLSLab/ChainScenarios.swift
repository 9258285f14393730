import TestSupport

/// What stands between a certificate and a trust anchor.
extension LabScenario {
    static let chains: [LabScenario] = [
        // 7
        served(
            "self-signed", "self-signed",
            [
                "chain.presented": 1, "chain.trusted": false, "chain.problems": ["self-signed"],
                "certificate.matchesHost": true
            ]),
        // 8
        served(
            "the intermediate is missing", "incomplete",
            [
                "chain.presented": 1, "chain.complete": false, "chain.trusted": false,
                "chain.problems": ["incomplete"]
            ]),
        served(
            "an issuer that nobody trusts", "unknown-issuer",
            ["chain.presented": 2, "chain.trusted": false, "chain.problems": ["unknown-issuer"]]),
        // 19
        served(
            "out of order", "out-of-order",
            ["chain.presented": 3, "chain.ordered": false, "chain.trusted": true, "chain.problems": []]),
        served(
            "with its root", "with-root",
            [
                "chain.presented": 3, "chain.ordered": true, "chain.containsRoot": true, "chain.trusted": true,
                "chain.problems": []
            ]),
        served(
            "under an intermediate that expired", "under-expired",
            [
                "chain.trusted": false, "chain.problems": ["expired"], "chain.minimumDaysRemaining": .between(-4, -3),
                "certificate.daysRemaining": .between(59, 60)
            ]),
        served(
            "outside the names that its authority may sign", "constrained",
            ["chain.trusted": false, "chain.problems": ["name-constraints"], "certificate.matchesHost": true]),
        served(
            "signed by two roots, one of them trusted", "cross-signed",
            ["chain.presented": 3, "chain.trusted": true, "chain.problems": []]),
        served(
            "ten certificates deep", "ten-deep",
            ["chain.presented": 10, "chain.ordered": true, "chain.trusted": true, "chain.problems": []])
    ]
}
