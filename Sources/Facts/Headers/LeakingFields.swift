import WireFormats

/// Fields that a production service has no reason to send, after the OWASP Secure Headers Project's list.
enum LeakingFields {
    /// Those among the fields, first lines only, named as in the list, in the order received.
    static func found(in fields: [HTTPField]) -> [HTTPField] {
        var seen: Set<String> = []
        return fields.compactMap { field in
            guard let name = byLowercaseName[field.name.asciiLowercased], seen.insert(name).inserted else { return nil }
            return HTTPField(name, field.value)
        }
    }

    /// The words of a value that hold a digit, a dot and a digit in a row.
    static func versions(in value: String) -> [String] {
        value.utf8.split { " \t,;()".utf8.contains($0) }.filter { word in
            let bytes = Array(word)
            return bytes.indices.dropFirst().dropLast().contains { index in
                bytes[index] == UInt8(ascii: ".") && isDigit(bytes[index - 1]) && isDigit(bytes[index + 1])
            }
        }.map { String(Substring($0)) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static let byLowercaseName = Dictionary(names.map { ($0.asciiLowercased, $0) }) { first, _ in first }

    private static let names = [
        "$wsep", "Host-Header", "K-Proxy-Request", "Liferay-Portal", "OracleCommerceCloud-Version", "Pega-Host",
        "Powered-By", "Product", "Server", "SourceMap", "X-AspNet-Version", "X-AspNetMvc-Version", "X-Atmosphere-error",
        "X-Atmosphere-first-request", "X-Atmosphere-tracking-id", "X-B3-ParentSpanId", "X-B3-Sampled", "X-B3-SpanId",
        "X-B3-TraceId", "X-BEServer", "X-CF-Powered-By", "X-CMS", "X-CalculatedBETarget", "X-Cocoon-Version",
        "X-Content-Encoded-By", "X-Datadog-Parent-Id", "X-Datadog-Sampling-Priority", "X-Datadog-Trace-Id",
        "X-DiagInfo",
        "X-Drupal-Cache", "X-Drupal-Dynamic-Cache", "X-Envoy-Attempt-Count", "X-Envoy-Decorator-Operation",
        "X-Envoy-External-Address", "X-Envoy-Internal", "X-Envoy-Original-Dst-Host", "X-Envoy-Upstream-Service-Time",
        "X-FEServer", "X-Framework", "X-Generated-By", "X-Generator", "X-Jitsi-Release", "X-Kong-Proxy-Latency",
        "X-Kong-Request-Id", "X-Kong-Upstream-Latency", "X-Kubernetes-PF-FlowSchema-UI",
        "X-Kubernetes-PF-PriorityLevel-UID", "X-LiteSpeed-Cache", "X-LiteSpeed-Purge", "X-LiteSpeed-Tag",
        "X-LiteSpeed-Vary", "X-Litespeed-Cache-Control", "X-Mod-Pagespeed", "X-Nextjs-Cache", "X-Nextjs-Matched-Path",
        "X-Nextjs-Page", "X-Nextjs-Redirect", "X-OWA-Version", "X-Old-Content-Length", "X-OneAgent-JS-Injection",
        "X-Page-Speed", "X-Php-Version", "X-Powered-By", "X-Powered-By-Plesk", "X-Powered-CMS", "X-Redirect-By",
        "X-Runtime", "X-Server-Powered-By", "X-SourceFiles", "X-SourceMap", "X-Turbo-Charged-By", "X-Umbraco-Version",
        "X-Varnish", "X-Varnish-Backend", "X-Varnish-Server", "X-dtAgentId", "X-dtHealthCheck", "X-dtInjectedServlet",
        "X-ruxit-JS-Agent"
    ]
}
