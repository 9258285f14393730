import AuditModel
import NIOCore
import NIOHTTP1
import NIOPosix
import WireFormats

/// One connection that carries one request at a time.
struct HTTPConnection: Sendable {
    /// How requests travel.
    fileprivate enum Speech: Sendable {
        case http1(NIOLoopBound<ResponseHandler>)
        case http2(NIOLoopBound<HTTP2Streams>)
    }

    private let channel: any Channel
    fileprivate let speech: Speech
    let route: Route
    /// Whether HTTP/1.1 is spoken although the server did not choose it (RFC 7301 §3.2).
    let isUnagreed: Bool

    /// Opens a connection; a cancelled task ends the attempt at once.
    static func open(
        _ route: Route, tls: TLSPlan?, until deadline: NIODeadline
    ) async throws(OpeningFailure) -> HTTPConnection {
        let plan = tls?.speaks ?? .http1
        return try await ConnectionOpening.open(route, tls: tls, until: deadline) { channel, route, tls, isUnagreed in
            switch plan {
            case .http1:
                let response = ResponseHandler(place: route.place, tls: tls)
                try channel.pipeline.syncOperations.addHTTPHandlers(response)
                let bound = NIOLoopBound(response, eventLoop: channel.eventLoop)
                return HTTPConnection(channel: channel, speech: .http1(bound), route: route, isUnagreed: isUnagreed)
            case .http2:
                let streams = try HTTP2Streams(channel, place: route.place, tls: tls)
                let bound = NIOLoopBound(streams, eventLoop: channel.eventLoop)
                return HTTPConnection(channel: channel, speech: .http2(bound), route: route, isUnagreed: false)
            }
        }
    }

    var speaks: ApplicationProtocol {
        switch speech {
        case .http1: .http1
        case .http2: .http2
        }
    }

    /// Whether the target itself, not a proxy, is at an address of loopback (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3).
    var isToLoopback: Bool {
        guard route.kind == .direct, let text = channel.remoteAddress?.ipAddress, let address = IPAddress(text) else {
            return route.kind == .socket
        }
        let bytes = address.bytes
        let isMapped =
            bytes.count == 16 && bytes[..<10].allSatisfy { $0 == 0 } && bytes[10...11].allSatisfy { $0 == 255 }
        let version4 = isMapped ? bytes[12] : bytes[0]
        return address.isVersion6 && !isMapped
            ? bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] == 1 : version4 == 127
    }

    /// Whether another request can be sent.
    var isOpen: Bool { channel.isActive }

    /// Sends a request and reads its response, whose body may be cut; a cancelled task ends it at once.
    func send(
        _ head: HTTPRequestHead, bodyLimit: Int, until deadline: NIODeadline
    ) async throws(ExchangeFailure) -> HTTPResponse {
        let loop = channel.eventLoop
        let promise = loop.makePromise(of: Result<HTTPResponse, ExchangeFailure>.self)
        let speech = speech
        loop.execute { speech.begin(head, bodyLimit: bodyLimit, until: deadline, promise: promise) }
        let result = await withTaskCancellationHandler {
            try? await promise.futureResult.get()
        } onCancel: {
            loop.execute { speech.cancel() }
        }
        switch result {
        case .success(let response): return response
        case .failure(let failure): throw failure
        case nil:
            let failure = ProbeFailure(.closedEarly, "the connection to \(route.place) broke")
            throw ExchangeFailure(failure: failure, isBeforeFirstByte: false)
        }
    }

    func close() { channel.close(promise: nil) }
}

extension HTTPConnection.Speech {
    fileprivate func begin(
        _ head: HTTPRequestHead, bodyLimit: Int, until deadline: NIODeadline, promise: ResponseHandler.Promise
    ) {
        switch self {
        case .http1(let response): response.value.begin(head, bodyLimit: bodyLimit, until: deadline, promise: promise)
        case .http2(let streams): streams.value.begin(head, bodyLimit: bodyLimit, until: deadline, promise: promise)
        }
    }

    fileprivate func cancel() {
        switch self {
        case .http1(let response): response.value.cancel()
        case .http2(let streams): streams.value.cancel()
        }
    }
}

extension ChannelPipeline.SynchronousOperations {
    /// HTTP/1.1 with every bound of `HTTPLimits` before the handler that takes the responses.
    func addHTTPHandlers(_ response: some BoundedResponseHandler) throws {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldCount = HTTPLimits.fieldLines
        let decoder = HTTPResponseDecoder(
            leftOverBytesStrategy: .dropBytes, informationalResponseStrategy: .drop, limitConfiguration: limits)
        try addHandlers(WireLimit(response), HTTPRequestEncoder(), ByteToMessageHandler(decoder), response)
    }
}
