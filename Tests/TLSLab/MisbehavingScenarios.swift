import AuditModel
import TestSupport

/// Servers and networks that do not do as the standards say.
extension LabScenario {
    static let misbehaving: [LabScenario] = [
        // 29
        LabScenario("a web server without TLS", .script(Hostile.http), fails: .notTLS),
        LabScenario("resets after the hello", .script(Hostile.reset), fails: .reset),
        LabScenario("hangs up after the hello", .script(Hostile.hangUp), fails: .closedEarly),
        LabScenario("never says a word", .script(Hostile.tarpit), fails: .timeout).within(.seconds(2)),
        LabScenario("one byte now and then", .script(Hostile.trickle), fails: .timeout).within(.seconds(2)),
        LabScenario("closed", .closed, fails: .refused),
        // 30
        LabScenario(
            "hangs up on supported_versions", .intermediate.behind(Relay.refuseSupportedVersions),
            [
                "versions": ["tls12"], "protocols.tls12.suites": .set(intermediateSuites),
                "protocols.tls13.offered": "no"
            ]),
        // 31
        LabScenario("three connections at a time", .intermediate.behind(Relay.threeAtATime), intermediateFacts),
        LabScenario("resets every fifth connection", .intermediate.behind(Relay.everyFifthReset), intermediateFacts),
        // 32
        LabScenario("hangs on long hellos", .intermediate.behind(Relay.hangOnLongHello), intermediateFacts)
            .and(["tolerance.longHello": false]).within(.seconds(8)),
        LabScenario("refuses more than 127 suites", .intermediate.behind(Relay.refuseManySuites), intermediateFacts)
            .and(["tolerance.manySuites": false]),
        LabScenario("does not know GREASE", .intermediate.behind(Relay.refuseGrease), intermediateFacts)
            .and(["tolerance.grease": false]),
        // 33
        LabScenario(
            "a round trip of 50 ms", .intermediate.behind(Relay.roundTrip(.milliseconds(50))), intermediateFacts),
        LabScenario(
            "two back ends that disagree",
            .intermediate.alternating(with: .nginx(["rsa"], "ssl_protocols TLSv1.2; ssl_ciphers AES128-SHA;")),
            ["consistent": false]),
        LabScenario(
            "answers byte by byte",
            LabServer.intermediate.behind(Relay.singleBytes), intermediateFacts
        ).and(["chain.trusted": true]),
        LabScenario(
            "records of one byte", LabServer.intermediate.behind(Relay.singleByteRecords), intermediateFacts)
    ]
}
