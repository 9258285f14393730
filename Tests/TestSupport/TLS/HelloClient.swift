import Glibc
import WireFormats

/// Sends hellos one at a time over blocking sockets and reads the answers: no lanes, no retries, no cleverness.
///
/// It shares the grammars of hello and flight with the probe, and nothing else.
package struct HelloClient: Sendable {
    package let port: Int
    package let serverName: String

    package init(port: Int, serverName: String = "lab.test") {
        self.port = port
        self.serverName = serverName
    }

    /// A hello that offers these suites in this version alone, with all groups and signature schemes.
    package func hello(_ suites: [UInt16], _ version: ProtocolVersion) -> ClientHello {
        let random = (0..<32).map { _ in UInt8.random(in: 0...255) }
        var hello = ClientHello(
            recordVersion: min(version.code, 0x0301), legacyVersion: min(version.code, 0x0303), random: random,
            suites: suites + (version == .ssl3 ? [CipherSuite.renegotiationSignal] : []), extensions: nil)
        guard version != .ssl3 else { return hello }
        var extensions: [HelloExtension] = [
            .serverName(serverName), .supportedGroups(Self.groups), .ecPointFormats(), .extendedMasterSecret,
            .renegotiationInfo
        ]
        if version >= .tls12 { extensions.append(.signatureAlgorithms(Self.signatureSchemes)) }
        if version == .tls13 {
            hello.sessionID = random
            extensions += [.supportedVersions([version.code]), .pskKeyExchangeModes(), .keyShare()]
        }
        hello.extensions = extensions
        return hello
    }

    /// The answer as far as its ServerHello; throws when there is none that is whole.
    package func answer(to hello: ClientHello, of version: ProtocolVersion) throws -> ServerFlight {
        let descriptor = try connected()
        defer { close(descriptor) }
        let bytes = hello.records
        guard send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
            throw ProgramFailure(description: "the hello was not taken: \(errno)")
        }
        var reader = ServerFlightReader(offering: version, goal: .hello)
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while !reader.isFinished {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count >= 0 else { throw ProgramFailure(description: "no answer on \(port): \(errno)") }
            if count == 0 { reader.streamEnded() } else { reader.read(buffer[..<count]) }
        }
        return reader.flight
    }

    private func connected() throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var patience = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            close(descriptor)
            throw ProgramFailure(description: "no connection to \(port): \(errno)")
        }
        return descriptor
    }

    /// Curves down to 160 bits, Brainpool, FFDHE and the hybrids (IANA TLS Supported Groups).
    private static let groups: [UInt16] =
        [0x001D, 0x0017, 0x0018, 0x0019, 0x001E] + Array(0x0013...0x0016) + [0x001A, 0x001B, 0x001C, 0x001F, 0x0020]
        + Array(0x0100...0x0104) + [0x11EC, 0x11EB, 0x11ED, 0x11EE]

    /// EdDSA, ECDSA, PSS and PKCS #1 with every hash down to SHA-1, and DSA (IANA TLS SignatureScheme).
    private static let signatureSchemes: [UInt16] = [
        0x0807, 0x0808, 0x0403, 0x0503, 0x0603, 0x0804, 0x0805, 0x0806, 0x0809, 0x080A, 0x080B, 0x0401, 0x0501, 0x0601,
        0x0301, 0x0303, 0x0203, 0x0201, 0x0402, 0x0502, 0x0602, 0x0302, 0x0202
    ]
}
