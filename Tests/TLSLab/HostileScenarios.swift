import AuditModel
import TestSupport

/// Servers that mean harm: what can be known of them, within bounds.
extension LabScenario {
    static let hostile: [LabScenario] = [
        LabScenario("garbage", .script(Hostile.garbage), fails: .notTLS),
        LabScenario("an echo", .script(Hostile.echo), fails: .malformed),
        LabScenario("alerts for ever", .script(Hostile.alertsForEver), fails: .malformed),
        LabScenario("empty records for ever", .script(Hostile.emptyRecords), fails: .malformed),
        LabScenario("a ServerHello without an end", .script(Hostile.endlessServerHello), fails: .malformed),
        LabScenario("ServerHello after ServerHello", .script(Hostile.serverHellosForEver), oneSuite)
            .and(["certificate.subject": .unobserved]),
        LabScenario("a chain of 16 MiB", .script(Hostile.hugeChain), oneSuite)
            .and(["certificate.subject": .unobserved, "chain.presented": .unobserved]),
        LabScenario("a hundred certificates", .hundredCertificates, oneSuite),
        LabScenario(
            "a suite that nobody offered", .script(Hostile.strangePick),
            ["protocols.tls12.offered": "inconclusive", "versions": .unobserved])
    ]

    private static let oneSuite: KeyValuePairs<String, Expected> = [
        "versions": ["tls12"], "protocols.tls12.suites": ["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"],
        "protocols.tls12.order": "single", "protocols.tls13.offered": "no"
    ]
}
