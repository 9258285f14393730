/// What `gonogo init` writes.
package enum AuditFileTemplate {
    /// A commented audit file that is well-formed as it stands.
    package static func text(serviceName: String) -> String {
        """
        # What gonogo audits here, against what, and by which rules.
        # Check it with: gonogo checklist lint gonogo.yaml
        schema: gonogo.audit/1

        service:
          name: \(quoted(serviceName))
          environment: production
          # owner: team-shop
          # Labels decide which items concern this service (appliesWhen in a checklist).
          # labels: {exposure: public, kind: api, has-database: true, runs-on: kubernetes}

        targets:
          # Where the service answers.
          url: https://\(hostLabel(serviceName)).example.com
          # The path of its health endpoint; without it the usual paths are tried.
          # health: /healthz
          # Its container image: a registry's name, or oci:DIR or archive:FILE beside this file.
          # image: registry.example.com/\(hostLabel(serviceName)):1.0.0
          # Attestations can be bound to the commit that this repository stands on.
          repository: .
          # Headers sent with every request, their values from environment variables.
          # headers: {Authorization: {env: SERVICE_TOKEN}}

        # Other targets and labels, chosen with --environment NAME.
        # environments:
        #   staging: {targets: {url: https://staging.example.com}}

        # Built-in checklists (gonogo checklist list) and files of your own.
        checklists:
          - production-readiness

        # How ambitious the audit is: essential, standard or strict. Items of a higher level are shown and do not gate.
        # level: standard

        # Change an item for this service, with the reason.
        # tailor:
        #   - {item: permissions-policy, severity: low, enforcement: advisory, reason: Internal service}
        #   - {checklist: tls, parameters: {profile: modern}, reason: Our own apps are the only clients}

        # Who may answer what people are asked.
        # roles: {service-owner: [ana@example.com], sre-lead: [ben@example.com]}

        # One decision a file, reviewed like code.
        attestations: readiness/attestations
        waivers: readiness/waivers
        # Read them, their rules and checklists from this revision: no change approves its waiver or softens its gate.
        # decisionsFrom: origin/main
        # Longer waivers, and those that others approve, do not count.
        # waiverPolicy:
        #   longest: {critical: 14d, high: 30d, medium: 90d, low: 180d}
        #   approvers: {critical: [sre-lead]}
        # Whose SSH keys are trusted, as git has it (ssh-keygen(1), ALLOWED SIGNERS).
        # allowedSigners: readiness/allowed_signers
        # A saved result: what failed there and still fails is shown and does not gate.
        # baseline: readiness/baseline.json
        # How long before its end a decision is announced.
        # expiryWarning: 14d

        # Active probing permitted against these targets.
        # allow: [rate-limit-burst, spoofed-forwarding-headers]

        # Rules of your own over the judged items.
        # gate:
        #   - {name: no open critical, where: {severity: [critical], status: [fail, stale], disposition: [none]}, max: 0}

        # Reports written, besides the text on standard output, by an audit without --report.
        # reports: {junit: build/readiness.xml, html: build/readiness.html}

        """
    }

    private static func quoted(_ name: String) -> String {
        let isPlain =
            name.first?.isLetter == true
            && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
        let words = ["true", "false", "null", "yes", "no", "on", "off"]
        guard !isPlain || words.contains(name.lowercased()) else { return name }
        let safe = name.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }.map(Character.init)
        return "\"" + String(safe).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    private static func hostLabel(_ name: String) -> String {
        let label = name.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
        return label.isEmpty ? "service" : label
    }
}
