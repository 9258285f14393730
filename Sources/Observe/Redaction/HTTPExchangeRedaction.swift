import AuditModel
import Facts
import NIOCore
import WireFormats

extension HTTPExchange {
    /// What a capture keeps of a response: redacted, its body cut to `HTTPLimits.keptBodyBytes`, then `too-large`.
    init(_ response: HTTPResponse, to method: String = "GET", from url: URLReference, redactor: Redactor) {
        let kept = response.body.prefix(HTTPLimits.keptBodyBytes)
        let isCut = kept.count < response.body.count
        let failure =
            response.bodyFailure
            ?? (isCut ? ProbeFailure(.tooLarge, "only the first 64 KiB of the body were kept") : nil)
        let text = redactor.redactBody(String(decoding: kept, as: UTF8.self), isWhole: failure == nil)
        self.init(
            method: method, url: redactor.redact(url), status: response.status,
            httpVersion: response.httpVersion, fields: response.fields.map(redactor.redact),
            body: HTTPBody(text: text, byteCount: response.body.count, failure: failure),
            tls: response.tls, secondsToHead: response.timeToHead.seconds)
    }
}

extension TimeAmount {
    var seconds: Double { Double(nanoseconds) / 1e9 }
}
