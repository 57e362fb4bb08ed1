package dev.gradus.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/**
 * Looks at the first byte of a connection: a caller that begins with TLS would wait for an answer
 * that plain HTTP never gives. Leaves the pipeline when it has seen that byte.
 */
final class TlsSniffer extends ChannelInboundHandlerAdapter {
    private static final int TLS_HANDSHAKE = 0x16;

    @SuppressWarnings("FutureReturnValueIgnored") // the listener closes the connection
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf first
                && first.isReadable()
                && first.getByte(first.readerIndex()) == TLS_HANDSHAKE) {
            ReferenceCountUtil.release(message);
            ctx.writeAndFlush(refusal(ctx)).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        ctx.pipeline().remove(this);
        ctx.fireChannelRead(message);
    }

    private static ByteBuf refusal(ChannelHandlerContext ctx) {
        var answer =
                HeadAnswer.refusal(
                        400,
                        "SerializationException",
                        "This port speaks plain HTTP, and the request began with TLS: write http:// in the endpoint.");
        var head =
                "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: "
                        + answer.body().length
                        + "\r\n\r\n";
        return ByteBufUtil.writeAscii(ctx.alloc(), head).writeBytes(answer.body());
    }
}
