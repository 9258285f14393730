import AuditModel
import NIOHTTP1
import WireFormats

extension HTTPRequestHead {
    /// A request as every probe sends it, with the fields that the closure adds or replaces.
    ///
    /// - Parameter accept: nil for a request that names its media types itself.
    init(
        _ method: HTTPMethod, of url: URLReference, on route: Route, in context: ProbeContext, accept: String?,
        _ complete: (inout HTTPHeaders) -> Void
    ) throws(ProbeFailure) {
        var headers: HTTPHeaders = ["Host": url.authority, "User-Agent": context.userAgent]
        if let accept { headers.add(name: "Accept", value: accept) }
        headers.add(name: "Accept-Encoding", value: "identity")
        var target = url.requestTarget
        if case .forward(let authorization) = route.kind {
            target = url.text
            if let authorization { headers.add(name: "Proxy-Authorization", value: authorization) }
        }
        complete(&headers)
        guard headers.allSatisfy({ isFieldName($0.name) && isFieldValue($0.value) }) else {
            throw ProbeFailure(.unsupported, "a request header holds characters that HTTP forbids")
        }
        self.init(version: .http1_1, method: method, uri: target, headers: headers)
    }
}

/// RFC 9110 §5.6.2: a token.
func isFieldName(_ name: String) -> Bool {
    !name.isEmpty
        && name.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF) || "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
}

/// RFC 9110 §5.5: no control characters but the tab.
func isFieldValue(_ value: String) -> Bool {
    value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
}
