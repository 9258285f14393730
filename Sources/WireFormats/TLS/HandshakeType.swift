/// The messages that may come in a server's first flight (IANA, TLS HandshakeType), and the client's own hello.
enum HandshakeType: UInt8 {
    case helloRequest = 0
    case clientHello = 1
    case serverHello = 2
    case certificate = 11
    case serverKeyExchange = 12
    case certificateRequest = 13
    case serverHelloDone = 14
    case certificateStatus = 22
    /// RFC 4680.
    case supplementalData = 23

    /// As the standards write it.
    var name: String {
        switch self {
        case .helloRequest: "HelloRequest"
        case .clientHello: "ClientHello"
        case .serverHello: "ServerHello"
        case .certificate: "Certificate"
        case .serverKeyExchange: "ServerKeyExchange"
        case .certificateRequest: "CertificateRequest"
        case .serverHelloDone: "ServerHelloDone"
        case .certificateStatus: "CertificateStatus"
        case .supplementalData: "SupplementalData"
        }
    }
}
