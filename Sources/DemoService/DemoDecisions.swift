import AuditModel

/// The files that a repository of the demo shop would hold: its `gonogo.yaml`, and what its people decided.
///
/// The faulty shop's show each way in which a decision counts or does not: answered well, answered badly, expired,
/// soon to expire, not applicable, never asked, and one accepted failure. The healthy shop's are complete.
package enum DemoDecisions {
    /// The files by their paths, relative to one folder; decisions are dated from the instant.
    package static func files(httpsPort: Int, now: Instant, isHealthy: Bool) -> [(path: String, text: String)] {
        let today = Instant(seconds: now.milliseconds / 1000)
        let statements = DemoStatement.ofBoth + (isHealthy ? DemoStatement.ofHealthy : DemoStatement.ofFaulty)
        var files = [("gonogo.yaml", auditFile(url: "https://localhost:\(httpsPort)/", isHealthy))]
        files += statements.map { ("readiness/attestations/\($0.item).yaml", $0.text(at: today)) }
        if !isHealthy { files.append(("readiness/waivers/hsts.yaml", waiver(at: today))) }
        return files
    }

    private static func auditFile(url: String, _ isHealthy: Bool) -> String {
        """
        schema: gonogo.audit/1
        service:
          name: demo-shop
          environment: production
          owner: team-shop
          labels: {exposure: public, kind: page, has-database: true, runs-on: vm}
        targets:
          url: \(url)
          image: \(DemoImage.reference)
        checklists: [production-readiness, container-image]
        level: essential
        tailor:
          - item: unit-tests
            enforcement: advisory
            reason: The demo has no repository, and an answer about tests is bound to a commit.
          - item: migration-backward-compatible
            enforcement: advisory
            reason: The demo has no repository, and an answer about migrations is bound to a commit.
          - item: health-latency
            parameters: {health-latency: 300}
            reason: The load balancer gives up after 300 ms.
        roles:
          service-owner: [ana@example.com]
          sre-lead: [ben@example.com]
          security-lead: [chris@example.com]
          platform-lead: [dana@example.com]
          release-manager: [eli@example.com]
          database-owner: [fay@example.com]
        attestations: readiness/attestations
        \(isHealthy ? "" : "waivers: readiness/waivers\n")
        """
    }

    private static func waiver(at now: Instant) -> String {
        """
        schema: gonogo.waiver/1
        item: hsts
        reason: img.shop.example.com still answers on plain HTTP only; browsers would refuse it.
        risk: Until then a visitor's first request can be intercepted.
        ticket: SHOP-1234
        compensatingControl: Port 80 redirects to HTTPS, and the login page has a cookie of its own.
        requestedBy: ana@example.com
        approvedBy: {id: ben@example.com, role: sre-lead}
        approvedAt: \(now.adding(seconds: -5 * 86_400).iso8601)
        expires: \(now.adding(seconds: 9 * 86_400).iso8601)
        scope: {service: demo-shop, environment: production}
        remediation: {owner: ana@example.com, due: \(now.adding(seconds: 8 * 86_400).iso8601)}

        """
    }
}
