import ArgumentParser
import Audit
import AuditModel
import FoundationEssentials
import Observe

/// How a target is reached.
struct NetworkOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Extra trust anchors in PEM.", valueName: "file"))
    var ca: String?

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "Connect elsewhere, keep the name; may be repeated.", valueName: "host[:port]=address[:port]"))
    var resolve: [String] = []

    @Option(help: ArgumentHelp("The longest one attempt of one probe may take. (default: 5s)", valueName: "time"))
    var timeout: String?

    @Flag(help: "Speak to image registries beyond this machine without TLS, credentials included.")
    var plainHttp = false

    @Flag(
        help: ArgumentHelp(
            "Permit active probing: bursts, spoofed forwarding headers, malformed requests, other methods.",
            discussion: "Loopback is always permitted; allow in gonogo.yaml permits it for that file's targets."))
    var active = false

    /// The context for probes, with the proxies of the environment, and where it says credentials and engines are.
    ///
    /// - Parameter allowed: what the audit file permits against its own target.
    func context(
        requestHeaders: [(name: String, value: String)] = [], allowed: Set<ActiveProbing> = []
    ) throws -> ProbeContext {
        var anchors: String?
        if let ca {
            do throws(FileProblem) {
                anchors = String(decoding: try Files.read(ca, limit: 4 << 20), as: UTF8.self)
            } catch {
                throw AuditError.usage("--ca \(ca): \(error.reason)")
            }
            if let problem = anchors.flatMap(TrustStore.problem(inAnchors:)) {
                throw AuditError.usage("--ca \(ca): \(problem)")
            }
        }
        return ProbeContext(
            timeout: try attemptTimeout(), extraTrustAnchors: anchors, resolve: try resolve.map(Self.override),
            proxies: Self.proxies(), requestHeaders: requestHeaders, plainHTTP: plainHttp,
            permitted: active ? Set(ActiveProbing.allCases) : allowed,
            environment: ProcessInfo.processInfo.environment, userAgent: Tool.userAgent, now: Clock.now)
    }

    private func attemptTimeout() throws -> Duration {
        guard let timeout else { return .seconds(5) }
        guard let span = TimeSpan(timeout), span.seconds >= 1, span.seconds <= 600 else {
            throw AuditError.usage("--timeout \(timeout): a time from 1s to 600s was expected, such as 5s")
        }
        return .seconds(span.seconds)
    }

    /// `HOST[:PORT]=ADDRESS[:PORT]`; IPv6 addresses stand in brackets.
    private static func override(_ text: String) throws -> ResolveOverride {
        let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard sides.count == 2, let from = endpoint(sides[0]), let to = endpoint(sides[1]) else {
            throw AuditError.usage("--resolve \(text): HOST[:PORT]=ADDRESS[:PORT] was expected")
        }
        return ResolveOverride(host: from.host, port: from.port, address: to.host, toPort: to.port)
    }

    private static func endpoint(_ text: Substring) -> (host: String, port: Int?)? {
        var host = text
        var port: Int?
        if text.hasPrefix("["), let close = text.firstIndex(of: "]") {
            host = text[text.index(after: text.startIndex)..<close]
            let rest = text[text.index(after: close)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
            if !rest.isEmpty {
                guard let number = Int(rest.dropFirst()) else { return nil }
                port = number
            }
        } else if let colon = text.lastIndex(of: ":"), text.firstIndex(of: ":") == colon {
            host = text[..<colon]
            guard let number = Int(text[text.index(after: colon)...]) else { return nil }
            port = number
        }
        guard !host.isEmpty, port.map({ (1...65535).contains($0) }) ?? true else { return nil }
        return (String(host), port)
    }

    /// Lower-case names win, as in curl; `HTTP_PROXY` in capitals is not honoured by curl but by most others.
    private static func proxies() -> ProxySettings {
        func first(_ names: String...) -> String? {
            names.lazy.compactMap(Terminal.variable).first { !$0.isEmpty }
        }
        return ProxySettings(
            http: first("http_proxy", "HTTP_PROXY"), https: first("https_proxy", "HTTPS_PROXY"),
            exceptions: (first("no_proxy", "NO_PROXY") ?? "").split { $0 == "," || $0 == " " }.map(String.init))
    }
}
