/// Servers that mean harm, or are none of TLS at all.
package enum Hostile {
    /// A web server without TLS.
    package static let http: LoopbackServer.Script = { connection in
        _ = try await connection.read()
        try await connection.write("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
    }

    /// Resets after the hello.
    package static let reset: LoopbackServer.Script = { connection in
        _ = try await connection.read()
        try await connection.reset()
    }

    /// Hangs up after the hello.
    package static let hangUp: LoopbackServer.Script = { connection in _ = try await connection.read() }

    /// Never says a word.
    package static let tarpit: LoopbackServer.Script = { connection in try await connection.hang() }

    /// A byte of a record's beginning now and then, so that the connection never idles.
    package static let trickle: LoopbackServer.Script = { connection in
        try await connection.write([22, 3, 3, 0x40, 0, 2, 0, 0x3F, 0xFC])
        while true {
            try await Task.sleep(for: .milliseconds(200))
            try await connection.write([3])
        }
    }

    /// Bytes that are nothing.
    package static let garbage: LoopbackServer.Script = { connection in
        _ = try await connection.read()
        var state: UInt32 = 0x9E37_79B9
        let bytes = (0..<65_536).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(state >> 24)
        }
        try await connection.write([0xDE, 0xAD, 0xBE, 0xEF] + bytes)
    }

    /// Whatever it hears.
    package static let echo: LoopbackServer.Script = { connection in
        while let bytes = try await connection.read() { try await connection.write(bytes) }
    }

    /// Alerts at level warning, without an end.
    package static let alertsForEver: LoopbackServer.Script = { connection in
        _ = try await connection.read()
        let alerts = [[UInt8]](repeating: [21, 3, 1, 0, 2, 1, 112], count: 1000).flatMap { $0 }
        while true { try await connection.write(alerts) }
    }

    /// Empty records, without an end.
    package static let emptyRecords: LoopbackServer.Script = { connection in
        _ = try await connection.read()
        let records = [[UInt8]](repeating: [22, 3, 3, 0, 0], count: 1000).flatMap { $0 }
        while true { try await connection.write(records) }
    }

    /// One ServerHello that says it has 16 MiB, and sends them and more.
    package static let endlessServerHello: LoopbackServer.Script = { connection in
        _ = try await connection.read()
        try await connection.write(Flight.record([2, 0xFF, 0xFF, 0xFF, 3, 3]))
        let filler = Flight.record([UInt8](repeating: 0x41, count: 16_384))
        while true { try await connection.write(filler) }
    }

    /// ServerHello after ServerHello.
    package static let serverHellosForEver: LoopbackServer.Script = { connection in
        guard let hello = try await connection.acceptedHello() else { return }
        let hellos = [[UInt8]](repeating: Flight.record(Flight.serverHello(to: hello)), count: 100).flatMap { $0 }
        while true { try await connection.write(hellos) }
    }

    /// A Certificate message of nearly 16 MiB: certificates of 64 KiB that are no certificates.
    package static let hugeChain: LoopbackServer.Script = { connection in
        guard let hello = try await connection.acceptedHello() else { return }
        try await connection.write(Flight.record(Flight.serverHello(to: hello)))
        let certificate = [UInt8](repeating: 0x30, count: 65_000)
        try await connection.write(Flight.certificate([[UInt8]](repeating: certificate, count: 250)))
    }

    /// A whole flight with that many certificates, all of them one.
    package static func manyCertificates(_ certificate: [UInt8], count: Int) -> LoopbackServer.Script {
        { connection in
            guard let hello = try await connection.acceptedHello() else { return }
            let chain = [[UInt8]](repeating: certificate, count: count)
            try await connection.write(
                Flight.record(Flight.serverHello(to: hello)) + Flight.certificate(chain) + Flight.record([14, 0, 0, 0])
            )
            _ = try await connection.read()
        }
    }

    /// Picks a suite that nobody offered.
    package static let strangePick: LoopbackServer.Script = { connection in
        guard let hello = try await connection.acceptedHello() else { return }
        try await connection.write(Flight.record(Flight.serverHello(to: hello, suite: 0xC0FF)))
        _ = try await connection.read()
    }
}

/// The messages of a server of TLS 1.2, as bytes (RFC 5246 §7.4).
package enum Flight {
    /// TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, the only suite of these servers.
    static let suite: UInt16 = 0xC02F

    static func serverHello(to hello: HelloShape, suite: UInt16 = suite) -> [UInt8] {
        message(2, [3, 3] + [UInt8](repeating: 0x55, count: 32) + [0] + [UInt8(suite >> 8), UInt8(suite & 0xFF), 0])
    }

    /// In as many records as it takes.
    static func certificate(_ chain: [[UInt8]]) -> [UInt8] {
        let list = chain.flatMap { length24($0.count) + $0 }
        return record(message(11, length24(list.count) + list))
    }

    /// Records of the handshake, of at most 16 KiB each.
    static func record(_ payload: [UInt8]) -> [UInt8] {
        stride(from: 0, to: payload.count, by: 16_384).flatMap { start in
            let part = payload[start..<min(start + 16_384, payload.count)]
            return [22, 3, 3, UInt8(part.count >> 8), UInt8(part.count & 0xFF)] + part
        }
    }

    private static func message(_ type: UInt8, _ body: [UInt8]) -> [UInt8] { [type] + length24(body.count) + body }

    private static func length24(_ count: Int) -> [UInt8] {
        [UInt8(count >> 16 & 0xFF), UInt8(count >> 8 & 0xFF), UInt8(count & 0xFF)]
    }
}

extension LoopbackConnection {
    /// The hello when these servers take it; otherwise its client got the alert, and there is none.
    fileprivate func acceptedHello() async throws -> HelloShape? {
        guard let bytes = try await readHello() else { return nil }
        guard let hello = HelloShape(bytes), hello.offers(0x0303) else {
            try await write([21, 3, 1, 0, 2, 2, 70])
            return nil
        }
        guard hello.suites.contains(Flight.suite) else {
            try await write([21, 3, 3, 0, 2, 2, 40])
            return nil
        }
        return hello
    }
}
