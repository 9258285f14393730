import Testing
import WireFormats

private typealias Bytes = FlightBytes

struct ServerFlightReaderTests {
    private static let hello = Bytes.record(Bytes.hello())

    /// One answer, and how it ends.
    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let bytes: [UInt8]
        let end: ServerFlight.End?
        var version = ProtocolVersion.tls12
        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(name: "nothing", bytes: [], end: .closed),
        Case(name: "fatal alert", bytes: Bytes.alert(2, 40), end: .alert(40)),
        Case(name: "close_notify", bytes: Bytes.alert(1, 0), end: .closed),
        Case(name: "close_notify as if fatal", bytes: Bytes.alert(2, 0), end: .closed),
        Case(name: "warning, then nothing", bytes: Bytes.alert(1, 112), end: .closed),
        Case(
            name: "alert split over records", bytes: Bytes.record([2], type: 21) + Bytes.record([70], type: 21),
            end: .alert(70)),
        Case(name: "alert without level", bytes: Bytes.alert(9, 9), end: .malformed("an alert of level 9")),
        Case(name: "hello, then nothing", bytes: hello, end: .closed),
        Case(name: "hello, then alert", bytes: hello + Bytes.alert(2, 80), end: .alert(80)),
        Case(name: "whole flight", bytes: hello + Bytes.record(Bytes.done), end: nil),
        Case(
            name: "HTTP", bytes: Array("HTTP/1.1 400 Bad Request\r\n".utf8),
            end: .notTLS(Array("HTTP/1.1 400 Bad".utf8))),
        Case(name: "SMTP", bytes: Array("220 hi\r\n".utf8), end: .notTLS(Array("220 hi\r\n".utf8))),
        Case(name: "type of a record, foreign version", bytes: [22, 1, 2], end: .notTLS([22, 1, 2])),
        Case(
            name: "half a record", bytes: Array(hello.dropLast()),
            end: .malformed("a stream that ends inside a record or message")),
        Case(
            name: "half a message", bytes: Bytes.record(Array(Bytes.hello().dropLast())),
            end: .malformed("a stream that ends inside a record or message")),
        Case(
            name: "long record", bytes: [22, 3, 3, 0x41, 0x01], end: .malformed("a record of 16641 bytes")),
        Case(
            name: "foreign bytes after a record", bytes: hello + [0x48], end: .malformed("a record of type 72")),
        Case(
            name: "application data", bytes: [23, 3, 3, 0, 1, 0],
            end: .malformed("a record of type 23 in the handshake")),
        Case(
            name: "huge message", bytes: Bytes.record([11, 0xFF, 0xFF, 0xFF]),
            end: .tooLarge("a handshake message of 16777215 bytes")),
        Case(
            name: "SSLv2 hello without an offer", bytes: [0x80, 3, 0, 0, 1], end: .notTLS([0x80, 3, 0, 0, 1])),
        Case(name: "SSLv2 error", bytes: [0x80, 3, 0, 0, 1], end: .ssl2Error(1), version: .ssl2),
        Case(name: "SSLv2 offered, alert of TLS", bytes: Bytes.alert(2, 70), end: .alert(70), version: .ssl2),
        Case(
            name: "SSLv2 offered, HTTP", bytes: Array("HTTP".utf8), end: .notTLS(Array("HTTP".utf8)), version: .ssl2),
        Case(
            name: "SSLv2 offered, high bytes", bytes: [0xFF, 0xFE, 9], end: .notTLS([0xFF, 0xFE, 9]), version: .ssl2)
    ]

    @Test("Each kind of answer ends in its own way", arguments: cases)
    func ends(of item: Case) {
        #expect(flight(item.bytes, offering: item.version).end == item.end)
    }
}
