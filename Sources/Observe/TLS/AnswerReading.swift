import AuditModel
import Crypto
import Facts
import WireFormats

extension TLSAnswer {
    /// An exchange that brought no answer.
    init(_ failure: ProbeFailure?) {
        let kind: Kind =
            switch failure?.code {
            case .timeout: .timeout
            case .reset: .reset
            case .closedEarly: .closed
            case .malformed, .tooLarge: .malformed
            default: .refused
            }
        self.init(kind, reason: failure?.reason)
    }

    init(_ flight: ServerFlight) {
        if let hello = flight.hello {
            self.init(hello)
            add(flight)
        } else if let hello = flight.ssl2Hello {
            self.init(.hello)
            version = hello.version
            ssl2Suites = hello.ciphers
        } else {
            self.init(ended: flight.end)
        }
        if !flight.warnings.isEmpty { warnings = Array(flight.warnings.prefix(8)) }
    }

    private init(_ hello: ServerHello) {
        self.init(hello.isRetryRequest ? .helloRetry : .hello)
        version = hello.version
        suite = hello.suite
        group = hello.keyShareGroup
        compression = hello.compressionMethod
        extensions = hello.extensions.prefix(64).map(\.type)
        alpn = hello.applicationProtocol.map { printable(String(decoding: $0.prefix(64), as: UTF8.self)) }
        sentinel = hello.downgradeSentinel?.rawValue
    }

    private init(ended end: ServerFlight.End?) {
        switch end {
        case .alert(let description):
            self.init(.alert)
            alert = description
        case .closed, nil: self.init(.closed)
        case .notTLS(let bytes):
            self.init(.notTLS)
            firstBytes = bytes.hexadecimal
        case .ssl2Error(let code): self.init(.malformed, reason: "an error message of SSLv2 with code \(code)")
        case .malformed(let reason): self.init(.malformed, reason: reason)
        case .tooLarge(let reason): self.init(.malformed, reason: reason)
        }
    }

    private mutating func add(_ flight: ServerFlight) {
        switch flight.keyExchange {
        case .diffieHellman(let prime):
            dhBits = prime.bitWidth
            dhPrime = Array(SHA256.hash(data: prime)).hexadecimal
        case .namedCurve(let curve): group = curve
        case .other, nil: break
        }
        // What comes after the certificate is known only of a flight that was read to its end.
        if flight.requestsClientCertificate || flight.isComplete, (version ?? 0) < ProtocolVersion.tls13.code {
            requestsClientCertificate = flight.requestsClientCertificate
        }
    }
}

extension [UInt8] {
    var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// The length in bits of the number that the bytes stand for, the highest first.
    fileprivate var bitWidth: Int {
        guard let start = firstIndex(where: { $0 != 0 }) else { return 0 }
        return (count - start) * 8 - self[start].leadingZeroBitCount
    }
}
