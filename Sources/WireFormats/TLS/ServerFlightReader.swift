/// Reads what a server answers to a hello, in pieces of any size: records, alerts and the handshake in clear.
///
/// It holds one handshake message at most, never more than the limits allow, and reads nothing once it has finished.
package struct ServerFlightReader: Sendable {
    package private(set) var flight = ServerFlight()
    /// Whether the goal is reached or the answer has ended.
    package private(set) var isFinished = false

    private let offersSSL2: Bool
    private let goal: FlightGoal
    private let limits: FlightLimits
    /// The first bytes of the answer, at most 16.
    private var opening: [UInt8] = []
    private var bytesRead = 0
    private var records = RecordReader()
    private var handshake: HandshakeReader
    private var ssl2 = SSL2MessageReader()
    /// The level of an alert whose description is still to come.
    private var alertLevel: UInt8?
    private var idleCount = 0
    private var messageTypes: Set<UInt8> = []

    /// - Parameter version: the highest that was offered; only an offer of SSLv2 is answered in its framing.
    package init(
        offering version: ProtocolVersion, goal: FlightGoal = .flight, limits: FlightLimits = FlightLimits()
    ) {
        offersSSL2 = version == .ssl2
        self.goal = goal
        self.limits = limits
        handshake = HandshakeReader(longest: limits.bytes)
    }

    /// Takes the next bytes that came; those after the end of reading are ignored.
    package mutating func read(_ bytes: some Sequence<UInt8>) {
        let bytes = Array(bytes)
        if opening.count < 16 { open(with: bytes) }
        guard !isFinished else { return }
        let room = limits.bytes - bytesRead
        var rest = bytes.prefix(room)
        bytesRead += rest.count
        do throws(TLSFault) {
            while !isFinished, !rest.isEmpty { try step(&rest) }
            if !isFinished, bytes.count > room { throw .tooLarge("an answer of more than \(limits.bytes) bytes") }
        } catch {
            stop(at: error)
        }
    }

    /// The server sends no more.
    package mutating func streamEnded() {
        guard !isFinished else { return }
        let isInside = records.isInside || handshake.isInside || ssl2.isInside || alertLevel != nil
        finish(isInside ? .malformed("a stream that ends inside a record or message") : .closed)
    }

    /// Keeps the first bytes; an answer that is not TLS shows 16 of them even when they come one by one.
    private mutating func open(with bytes: [UInt8]) {
        opening += bytes.prefix(16 - opening.count)
        if case .notTLS = flight.end { flight.end = .notTLS(opening) }
    }

    private mutating func step(_ rest: inout ArraySlice<UInt8>) throws(TLSFault) {
        if offersSSL2, let first = opening.first, first >= 0x80 {
            if let message = try ssl2.next(&rest) { try readSSL2(message) }
            return
        }
        switch try records.next(&rest) {
        case .record(let type, let length): try begin(type: type, length: length)
        case .content(RecordReader.alert, let content): try readAlerts(content)
        case .content(RecordReader.handshake, let content): try readMessages(content)
        case .content, nil: break
        }
    }

    private mutating func begin(type: UInt8, length: Int) throws(TLSFault) {
        switch type {
        case RecordReader.changeCipherSpec: try idle()
        case RecordReader.alert, RecordReader.handshake: if length == 0 { try idle() }
        default: throw .malformed("a record of type \(type) in the handshake")
        }
    }

    private mutating func idle() throws(TLSFault) {
        idleCount += 1
        guard idleCount <= limits.idleRecords else {
            throw .tooLarge("more than \(limits.idleRecords) records that bring nothing")
        }
    }

    private mutating func finish(_ end: ServerFlight.End? = nil) {
        flight.end = end
        isFinished = true
    }

    private mutating func stop(at fault: TLSFault) {
        switch fault {
        case .malformed(let reason): finish(.malformed(reason))
        case .tooLarge(let reason): finish(.tooLarge(reason))
        case .notTLS: finish(.notTLS(opening))
        }
    }
}

// MARK: Alerts

extension ServerFlightReader {
    /// Alerts of two bytes each (RFC 8446 §6); close_notify ends the stream whatever its level.
    private mutating func readAlerts(_ content: ArraySlice<UInt8>) throws(TLSFault) {
        for byte in content where !isFinished {
            guard let level = alertLevel else {
                guard (1...2).contains(byte) else { throw .malformed("an alert of level \(byte)") }
                alertLevel = byte
                continue
            }
            alertLevel = nil
            let isClosing = byte == AlertDescription.closeNotify.rawValue
            guard level == 1 || isClosing else { return finish(.alert(byte)) }
            try idle()
            flight.warnings.append(byte)
            if isClosing { finish(.closed) }
        }
    }
}

// MARK: Messages

extension ServerFlightReader {
    private mutating func readMessages(_ content: ArraySlice<UInt8>) throws(TLSFault) {
        var rest = content
        while !isFinished, !rest.isEmpty {
            if let message = try handshake.next(&rest) { try read(message) }
        }
    }

    private mutating func read(_ message: HandshakeMessage) throws(TLSFault) {
        guard let type = HandshakeType(rawValue: message.type) else {
            throw .malformed("a handshake message of type \(message.type)")
        }
        if type == .helloRequest { return try idle() }
        guard type != .clientHello else { throw .malformed("a ClientHello, as if the server echoed ours") }
        guard messageTypes.insert(message.type).inserted else { throw .malformed("a second \(type.name)") }
        if type == .serverHello { return try readHello(message.body) }
        guard let hello = flight.hello else { throw .malformed("a \(type.name) before the ServerHello") }
        try read(type, message.body, after: hello)
    }

    private mutating func readHello(_ body: ArraySlice<UInt8>) throws(TLSFault) {
        let hello = try ServerHello(reading: body)
        flight.hello = hello
        // From here on all of TLS 1.3 is encrypted.
        flight.isComplete = hello.isRetryRequest || hello.version >= ProtocolVersion.tls13.code
        if flight.isComplete || goal == .hello { finish() }
    }

    private mutating func read(
        _ type: HandshakeType, _ body: ArraySlice<UInt8>, after hello: ServerHello
    ) throws(TLSFault) {
        switch type {
        case .certificate:
            flight.certificates = try ServerMessages.certificates(body, atMost: limits.certificates)
        case .certificateStatus:
            flight.staple = try ServerMessages.staple(body)
        case .serverKeyExchange:
            flight.keyExchange = try ServerKeyExchange(reading: body, of: CipherSuite(rawValue: hello.suite))
            if goal == .keyExchange { finish() }
        case .certificateRequest:
            flight.requestsClientCertificate = true
        case .serverHelloDone:
            guard body.isEmpty else { throw .malformed("a ServerHelloDone with bytes after its end") }
            flight.isComplete = true
            finish()
        case .helloRequest, .clientHello, .serverHello, .supplementalData: break
        }
    }

    private mutating func readSSL2(_ message: SSL2Message) throws(TLSFault) {
        switch message {
        case .error(let code): finish(.ssl2Error(code))
        case .hello(let hello):
            flight.ssl2Hello = hello
            flight.isComplete = true
            finish()
        }
    }
}
