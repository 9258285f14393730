import WireFormats

/// A server's answer put together by hand, for tests.
enum FlightBytes {
    static let random = [UInt8](repeating: 7, count: 32)

    static func record(_ content: [UInt8], type: UInt8 = 22) -> [UInt8] {
        [type, 3, 3] + length(content.count, bytes: 2) + content
    }

    static func message(_ type: UInt8, _ body: [UInt8]) -> [UInt8] {
        [type] + length(body.count, bytes: 3) + body
    }

    static func alert(_ level: UInt8, _ description: UInt8) -> [UInt8] { record([level, description], type: 21) }

    /// A ServerHello; without extensions when the list is nil.
    static func hello(
        version: UInt16 = 0x0303, random: [UInt8] = random, suite: UInt16 = 0xC02F, sessionID: [UInt8] = [],
        extensions: [HelloExtension]? = []
    ) -> [UInt8] {
        var body = length(Int(version), bytes: 2) + random + [UInt8(sessionID.count)] + sessionID
        body += length(Int(suite), bytes: 2) + [0]
        if let extensions {
            let block = extensions.flatMap { item in
                length(Int(item.type), bytes: 2) + length(item.body.count, bytes: 2) + item.body
            }
            body += length(block.count, bytes: 2) + block
        }
        return message(2, body)
    }

    static func certificates(_ certificates: [[UInt8]]) -> [UInt8] {
        let list = certificates.flatMap { length($0.count, bytes: 3) + $0 }
        return message(11, length(list.count, bytes: 3) + list)
    }

    static let done = message(14, [])

    static func length(_ value: Int, bytes: Int) -> [UInt8] {
        (0..<bytes).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}

/// What a reader makes of bytes that come at once, followed by the end of the stream.
func flight(
    _ bytes: [UInt8], offering version: ProtocolVersion = .tls12, goal: FlightGoal = .flight,
    limits: FlightLimits = FlightLimits(), ends: Bool = true
) -> ServerFlight {
    var reader = ServerFlightReader(offering: version, goal: goal, limits: limits)
    reader.read(bytes)
    if ends { reader.streamEnded() }
    return reader.flight
}
