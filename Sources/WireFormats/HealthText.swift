/// Health bodies that are text: ASP.NET Core's one word, Kubernetes' list of checks, any known word.
enum HealthText {
    /// Longer text is no health answer.
    private static let longestPlain = 1024

    static func read(_ text: String, essence: String, httpStatus: Int) -> HealthBody.Reading {
        if text.isEmpty { return empty(httpStatus: httpStatus) }
        let aspnet: [String: HealthBody.Status] = ["Healthy": .pass, "Degraded": .warn, "Unhealthy": .fail]
        if let status = aspnet[text] {
            return .recognised(HealthBody(format: .aspnetText, status: status, statusText: text))
        }
        let lines = text.utf8.split { $0 == 0x0A || $0 == 0x0D }.map { String(Substring($0)) }
        if lines.contains(where: isKubernetesCheck) { return kubernetes(lines, text: text) }
        guard text.utf8.count <= longestPlain, essence.isEmpty || essence == "text/plain" || isWord(text) else {
            return .unrecognised(Disclosure.found(in: text))
        }
        var body = HealthBody(format: .plain)
        body.status = HealthBody.Status(word: text.utf8.last == UInt8(ascii: ".") ? String(text.dropLast()) : text)
        body.statusText = body.status == nil ? nil : text
        body.disclosures = Disclosure.found(in: text)
        return .recognised(body)
    }

    /// Nothing but the HTTP status is said, which is the contract of Kubernetes' probes.
    private static func empty(httpStatus: Int) -> HealthBody.Reading {
        switch httpStatus {
        case 200..<300: .recognised(HealthBody(format: .plain, status: .pass))
        case 503: .recognised(HealthBody(format: .plain, status: .fail))
        default: .unrecognised([])
        }
    }

    private static func isWord(_ text: String) -> Bool { HealthBody.Status(word: text) != nil }

    private static func isKubernetesCheck(_ line: String) -> Bool { line.hasPrefix("[+]") || line.hasPrefix("[-]") }

    /// `[+]ping ok`, `[-]etcd failed: reason withheld`, at the end `readyz check passed` or `… check failed`.
    private static func kubernetes(_ lines: [String], text: String) -> HealthBody.Reading {
        let checks = lines.filter(isKubernetesCheck)
        guard checks.count <= HealthBody.mostComponents else {
            return .excessive("the body lists more than \(HealthBody.mostComponents) checks")
        }
        var body = HealthBody(format: .kubernetesVerbose)
        body.components = checks.map { line in
            HealthBody.Component(
                name: String(line.dropFirst(3).prefix { $0 != " " && $0 != ":" }),
                status: line.hasPrefix("[+]") ? .pass : .fail, latencyMilliseconds: nil, hasDetails: false)
        }
        body.statusText = lines.last.flatMap { isKubernetesCheck($0) ? nil : $0 }
        let hasFailed = body.components.contains { $0.status == .fail }
        let saysFailed = body.statusText?.hasSuffix("failed") ?? false
        body.status = hasFailed || saysFailed ? .fail : .pass
        body.disclosures = Disclosure.found(in: text).union([.componentNames])
        return .recognised(body)
    }
}
