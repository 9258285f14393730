import AuditModel
import NIOCore

/// A handler of responses that `WireLimit` counts for.
protocol BoundedResponseHandler: ChannelInboundHandler {
    var isAwaitingHead: Bool { get }
    /// Bytes of the response that came so far, before they were parsed.
    var wireBytes: Int { get }
    var bodyBytes: Int { get }
    /// Bytes after the head that are no body.
    var framingBytes: Int { get }
    func didReceive(bytes: Int)
    /// Ends the response because of what the target sent.
    func fail(_ code: ProbeFailure.Code, _ what: String)
}

/// Counts the bytes of a response before they are parsed, and fails it when its framing costs too much.
///
/// The parser sees neither informational responses in sum nor the sizes of chunk extensions and trailers.
final class WireLimit<Handler: BoundedResponseHandler>: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let response: Handler

    init(_ response: Handler) { self.response = response }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        if response.isAwaitingHead {
            let budget = HTTPLimits.headBytes - response.wireBytes
            guard let part = buffer.readSlice(length: min(budget, buffer.readableBytes)) else { return }
            pass(part, context: context)
            if response.isAwaitingHead, response.wireBytes >= HTTPLimits.headBytes {
                return response.fail(.tooLarge, "sent more than 64 KiB before the end of its header fields")
            }
        }
        guard buffer.readableBytes > 0 else { return }
        pass(buffer, context: context)
        if response.framingBytes > HTTPLimits.framingBytes + HTTPLimits.framingBytesPerBodyByte * response.bodyBytes {
            response.fail(.tooLarge, "sent more chunk framing than body")
        }
    }

    private func pass(_ buffer: ByteBuffer, context: ChannelHandlerContext) {
        response.didReceive(bytes: buffer.readableBytes)
        context.fireChannelRead(wrapInboundOut(buffer))
    }
}
