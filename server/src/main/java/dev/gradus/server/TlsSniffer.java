package dev.gradus.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;

/**
 * Looks at the first byte of a connection: a caller that begins with TLS would wait for an answer
 * that plain HTTP never gives, and one that begins with plain HTTP could not read TLS's. Leaves the
 * pipeline when it has seen that byte, and TLS in its place where that is spoken.
 */
final class TlsSniffer extends ChannelInboundHandlerAdapter {
    private static final int TLS_HANDSHAKE = 0x16;

    private final Optional<SslContext> tls;

    /** Takes what TLS is spoken with, if it is. */
    TlsSniffer(Optional<SslContext> tls) {
        this.tls = tls;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the listener closes the connection
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        boolean isTls =
                message instanceof ByteBuf first
                        && first.isReadable()
                        && first.getByte(first.readerIndex()) == TLS_HANDSHAKE;
        if (isTls != tls.isPresent()) {
            ReferenceCountUtil.release(message);
            ctx.writeAndFlush(refusal(ctx, isTls)).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        var context = ctx.pipeline().context(this);
        tls.ifPresent(spoken ->
                ctx.pipeline().addAfter(context.name(), "tls", spoken.newHandler(ctx.alloc())));
        ctx.fireChannelRead(message);
        ctx.pipeline().remove(this);
    }

    private static ByteBuf refusal(ChannelHandlerContext ctx, boolean isTls) {
        var answer =
                HeadAnswer.refusal(
                        400,
                        "SerializationException",
                        isTls
                                ? "This port speaks plain HTTP, and the request began with TLS: write http:// in the endpoint."
                                : "This port speaks TLS, and the request began without: write https:// in the endpoint.");
        var head =
                "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: "
                        + answer.body().length
                        + "\r\n\r\n";
        return ByteBufUtil.writeAscii(ctx.alloc(), head).writeBytes(answer.body());
    }
}
