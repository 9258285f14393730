import Facts
import WireFormats

/// A hello with what it is for.
struct HelloRequest: Sendable {
    enum Content: Sendable {
        case tls(HelloShape)
        case ssl2(SSL2ClientHello, offering: ProtocolVersion)
    }

    /// How far the answer is read.
    enum Reading: Sendable {
        case hello
        /// To the end of the flight.
        case flight
        /// As far as the picked suite has something new to tell: a chain of another kind, the prime of a DHE suite.
        case news
    }

    var purpose: TLSExchange.Purpose
    var content: Content
    var lane = 0
    var detail: String?
    var reading = Reading.hello
    /// Most attempts when answers tell nothing.
    var tries = 5
    /// Whether another length is tried when the server hangs.
    var triesForms = true
    /// Whether silence itself would be an answer, for which there is no need to wait long.
    var mayHang = false

    init(_ purpose: TLSExchange.Purpose, _ shape: HelloShape, reading: Reading = .hello, detail: String? = nil) {
        self.purpose = purpose
        content = .tls(shape)
        self.reading = reading
        self.detail = detail
    }

    init(_ purpose: TLSExchange.Purpose, _ hello: SSL2ClientHello, offering version: ProtocolVersion) {
        self.purpose = purpose
        content = .ssl2(hello, offering: version)
        tries = 3
        triesForms = false
    }

    var version: ProtocolVersion {
        switch content {
        case .tls(let shape): shape.version
        case .ssl2(_, let version): version
        }
    }

    /// Whether such an answer is a refusal once it repeats: the end of the stream, and to an offer of SSLv2 a reset, which
    /// many servers turn it away with by principle.
    func isRefused(by kind: TLSAnswer.Kind) -> Bool { kind == .closed || kind == .reset && version == .ssl2 }

    func written(as form: HelloForm) -> WrittenHello {
        switch content {
        case .tls(let shape): shape.written(as: form)
        case .ssl2(let hello, _): WrittenHello(bytes: hello.records, suites: [])
        }
    }
}
