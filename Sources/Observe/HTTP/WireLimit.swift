import AuditModel
import NIOCore

/// Counts the bytes of a response before they are parsed, and fails it when its framing costs too much.
///
/// The parser sees neither informational responses in sum nor the sizes of chunk extensions and trailers.
final class WireLimit: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let response: ResponseHandler

    init(_ response: ResponseHandler) { self.response = response }

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
