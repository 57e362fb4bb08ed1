package dev.gradus.server;

import dev.gradus.api.Answer;
import dev.gradus.api.WireRequest;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: takes one request at a time, in order, and holds no thread while it is answered.
 *
 * <p>Who may touch what: all of it belongs to the connection's event loop, but for the volatile
 * fields, which any thread reads. An answer may be completed by any thread; it is written by the
 * event loop.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);
    private static final long NEVER = Long.MAX_VALUE;

    private enum Phase {
        IDLE,
        RECEIVING,
        ANSWERING,
        WRITING,
        ENDED
    }

    /** The request that is being received or answered. */
    private record Current(HttpRequest head, String path, boolean keepAlive, ReceivedBody body) {}

    private final HttpService service;
    private final ArrayDeque<Object> ahead = new ArrayDeque<>(); // came while another is answered
    private volatile Phase phase = Phase.IDLE;
    private volatile long deadlineNanos;
    private volatile boolean callerGone;
    private volatile boolean unread; // so much came ahead that we would not see the caller go
    private volatile @Nullable ChannelHandlerContext context;
    private @Nullable Current current;
    private boolean takingAhead;
    private int bytesAhead;
    private long phaseBeganNanos;
    private long progress;

    HttpConnection(HttpService service) {
        this.service = service;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        become(Phase.IDLE);
        service.opened(this);
        if (service.isStopping()) {
            end(ctx);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        callerGone = true;
        phase = Phase.ENDED;
        ahead.forEach(ReferenceCountUtil::release);
        ahead.clear();
        if (current != null) {
            current.body().release(); // what is being decoded has left it
        }
        service.closed(this);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            // It may be closed, or wait for its answer with only its own half closed.
            callerGone = true;
            if (phase == Phase.IDLE || phase == Phase.RECEIVING) {
                end(ctx);
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable thrown) {
        // A peer that went away, or one that speaks another TLS or does not trust our certificate.
        if (!(thrown instanceof IOException) && !(thrown.getCause() instanceof SSLException)) {
            LOG.error("connection ended: bug=true", thrown);
        }
        end(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (phase == Phase.ENDED) {
            ReferenceCountUtil.release(message);
        } else if (phase == Phase.ANSWERING || phase == Phase.WRITING || !ahead.isEmpty()) {
            ahead.add(message);
            bytesAhead +=
                    message instanceof HttpContent content ? content.content().readableBytes() : 0;
            if (ahead.size() >= HttpSettings.PIECES_AHEAD
                    || bytesAhead >= HttpSettings.BYTES_AHEAD) {
                unread = true;
                ctx.channel().config().setAutoRead(false);
            }
        } else {
            take(ctx, message);
        }
    }

    private void take(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof HttpRequest head) {
                begin(ctx, head);
            } else if (message instanceof HttpContent content && current != null) {
                receive(ctx, current, content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest head) {
        var request =
                new Current(
                        head,
                        path(head.uri()),
                        HttpUtil.isKeepAlive(head) && !service.isStopping(),
                        service.newBody());
        current = request;
        become(Phase.RECEIVING);
        phaseBeganNanos = System.nanoTime();
        var fault = fault(head);
        if (fault.isPresent()) {
            endWith(ctx, fault.get());
        } else if (HttpUtil.getContentLength(head, 0L) > HttpSettings.DISCARDED_BYTES) {
            endWith(ctx, tooLarge());
        } else if (service.isStopping()) {
            endWith(ctx, HeadAnswer.refusal(503, "ServiceUnavailable", "The server is stopping."));
        } else if (HttpUtil.is100ContinueExpected(head)) {
            goOn(ctx);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the connection
    private static void goOn(ChannelHandlerContext ctx) {
        ctx.writeAndFlush(
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
    }

    /** What makes a head no request at all. */
    private static Optional<Answer> fault(HttpRequest head) {
        if (head.decoderResult().isFailure()) {
            return Optional.of(notHttp(head.decoderResult()));
        }
        var version = head.protocolVersion();
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            return Optional.of(
                    HeadAnswer.refusal(
                            505, "SerializationException", version + " is not spoken here."));
        }
        if (version.equals(HttpVersion.HTTP_1_1)
                && head.headers().getAll(HttpHeaderNames.HOST).size() != 1) {
            return Optional.of(
                    HeadAnswer.refusal(400, "SerializationException", "A request names one Host."));
        }
        var codings = head.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (!codings.isEmpty()
                && !(codings.size() == 1
                        && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.getFirst())
                        && version.equals(HttpVersion.HTTP_1_1))) {
            return Optional.of(
                    HeadAnswer.refusal(
                            400,
                            "SerializationException",
                            "The only Transfer-Encoding is chunked, in HTTP/1.1."));
        }
        return Optional.empty();
    }

    private static Answer notHttp(DecoderResult result) {
        int status =
                switch (result.cause()) {
                    case TooLongHttpLineException _ -> 414;
                    case TooLongHttpHeaderException _ -> 431;
                    default -> 400;
                };
        return HeadAnswer.refusal(
                status,
                status == 400 ? "SerializationException" : "RequestEntityTooLargeException",
                "This is no HTTP request: " + result.cause().getMessage());
    }

    private void receive(ChannelHandlerContext ctx, Current request, HttpContent content) {
        if (phase != Phase.RECEIVING) {
            return; // the rest of a request that was answered by its head
        }
        if (content.decoderResult().isFailure()) {
            endWith(ctx, notHttp(content.decoderResult()));
            return;
        }
        switch (request.body().add(content.content())) {
            case FINE, TOO_LARGE -> {
                if (content instanceof LastHttpContent) {
                    received(ctx, request);
                } else if (isOverdue()) {
                    endWith(ctx, lateBody());
                } else {
                    become(Phase.RECEIVING);
                }
            }
            case ENDLESS -> endWith(ctx, tooLarge());
            case OVERLOADED ->
                    endWith(ctx, HeadAnswer.refusal(400, "ThrottlingException", "Rate exceeded"));
        }
    }

    private void received(ChannelHandlerContext ctx, Current request) {
        become(Phase.ANSWERING);
        if (request.body().isTooLarge()) {
            write(ctx, request, tooLarge());
            return;
        }
        var byHead =
                service.answerToHead(request.head(), request.path(), ctx.channel().remoteAddress())
                        .answer();
        if (byHead.isPresent()) {
            request.body().release();
            write(ctx, request, byHead.get());
            return;
        }
        var whole = request.body().take();
        if (whole.bytes().length <= HttpSettings.INLINE_BODY_BYTES) {
            call(ctx, request, whole);
            return;
        }
        try {
            service.decoding().execute(() -> call(ctx, request, whole));
        } catch (RejectedExecutionException stopping) {
            request.body().give(whole);
            endWith(ctx, HeadAnswer.refusal(503, "ServiceUnavailable", "The server is stopping."));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the API's stage never fails
    private void call(ChannelHandlerContext ctx, Current request, ReceivedBody.Whole whole) {
        try {
            if (phase != Phase.ENDED) {
                ask(request, whole.bytes())
                        .whenComplete((answer, bug) -> reply(ctx, request, answer, bug));
            }
        } catch (RuntimeException | Error bug) { // an Error too: somebody waits for an answer
            reply(ctx, request, null, bug);
        } finally {
            request.body().give(whole);
        }
    }

    private CompletionStage<Answer> ask(Current request, byte[] bytes) {
        var wire =
                new WireRequest(
                        request.head().method().name(),
                        ReceivedHeaders.target(request.head().uri()),
                        new ReceivedHeaders(request.head().headers()),
                        bytes,
                        new WireRequest.Connection(() -> !callerGone && !unread));
        return service.call(wire);
    }

    private void reply(
            ChannelHandlerContext ctx,
            Current request,
            @Nullable Answer made,
            @Nullable Throwable bug) {
        if (bug != null) {
            LOG.error("request failed: bug=true", bug);
        }
        var answer =
                made == null
                        ? HeadAnswer.refusal(500, "InternalServerError", "Gradus has a bug here.")
                        : made;
        if (ctx.executor().inEventLoop()) {
            write(ctx, request, answer);
        } else {
            ctx.executor().execute(() -> write(ctx, request, answer));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // its listener looks at it
    private void write(ChannelHandlerContext ctx, Current request, Answer answer) {
        if (phase == Phase.ENDED) {
            return;
        }
        become(Phase.WRITING);
        phaseBeganNanos = System.nanoTime();
        boolean last =
                !request.keepAlive() || (callerGone && ahead.isEmpty()) || service.isStopping();
        ctx.writeAndFlush(response(request.head(), answer, last))
                .addListener((ChannelFuture written) -> {
                    if (last || !written.isSuccess()) {
                        end(ctx);
                    } else {
                        answered(ctx);
                    }
                });
    }

    private static FullHttpResponse response(HttpRequest head, Answer answer, boolean last) {
        var bodyless = head.method().equals(HttpMethod.HEAD);
        var response =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.valueOf(answer.status()),
                        bodyless ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(answer.body()));
        var headers = response.headers();
        answer.headers().forEach(headers::set);
        headers.set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
        if (answer.status() == 405) {
            headers.set(HttpHeaderNames.ALLOW, "GET, HEAD, POST");
        }
        if (last) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (head.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
        return response;
    }

    private void answered(ChannelHandlerContext ctx) {
        current = null;
        become(Phase.IDLE);
        service.becameIdle();
        takeAhead(ctx);
        if (callerGone && phase == Phase.IDLE) {
            end(ctx);
        }
    }

    /** Works off what came early; an answer that is there at once must not nest the next. */
    private void takeAhead(ChannelHandlerContext ctx) {
        if (takingAhead) {
            return;
        }
        takingAhead = true;
        try {
            while (!ahead.isEmpty() && (phase == Phase.IDLE || phase == Phase.RECEIVING)) {
                take(ctx, ahead.remove());
            }
        } finally {
            takingAhead = false;
        }
        if (ahead.isEmpty()) {
            bytesAhead = 0;
            if (unread) {
                unread = false;
                ctx.channel().config().setAutoRead(true);
            }
        }
    }

    /** Answers and reads no more: what follows cannot be understood, or is too much. */
    private void endWith(ChannelHandlerContext ctx, Answer answer) {
        var request = current;
        if (request == null) {
            end(ctx);
            return;
        }
        request.body().release();
        write(ctx, new Current(request.head(), request.path(), false, request.body()), answer);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // channelInactive sees the end
    private static void end(ChannelHandlerContext ctx) {
        ctx.close();
    }

    private void become(Phase next) {
        phase = next;
        deadlineNanos =
                switch (next) {
                    case IDLE -> after(service.patience().betweenRequests());
                    case RECEIVING, WRITING -> after(service.patience().withinRequest());
                    case ANSWERING, ENDED -> NEVER; // a long poll is silent for a minute
                };
    }

    private static long after(Duration patience) {
        return System.nanoTime() + patience.toNanos();
    }

    /** Ends what took too long; any thread. */
    void endIfLate(long nowNanos) {
        var ctx = context;
        if (ctx != null && isLate(nowNanos)) {
            ctx.executor().execute(() -> endLate(ctx, nowNanos));
        }
    }

    private boolean isLate(long nowNanos) {
        long deadline = deadlineNanos;
        return deadline != NEVER && nowNanos - deadline > 0;
    }

    private void endLate(ChannelHandlerContext ctx, long nowNanos) {
        if (!isLate(nowNanos)) {
            return;
        }
        if (phase == Phase.WRITING && isReading(ctx) && !isOverdue()) {
            become(Phase.WRITING);
        } else if (phase == Phase.RECEIVING) {
            endWith(ctx, lateBody());
        } else {
            end(ctx);
        }
    }

    /** Tells whether the peer has taken some of the answer since the last look. */
    private boolean isReading(ChannelHandlerContext ctx) {
        var buffer = ctx.channel().unsafe().outboundBuffer();
        long before = progress;
        progress = buffer == null ? 0 : buffer.currentProgress() - buffer.totalPendingWriteBytes();
        return progress != before;
    }

    /** Tells whether a body or an answer has had all the time that one may have. */
    private boolean isOverdue() {
        long inAll = service.patience().withinRequest().toNanos() * HttpSettings.PATIENCE_IN_ALL;
        return System.nanoTime() - phaseBeganNanos > inAll;
    }

    /** Tells whether a request is being received, answered or written; any thread. */
    boolean isBusy() {
        return switch (phase) {
            case RECEIVING, ANSWERING, WRITING -> true;
            case IDLE, ENDED -> false;
        };
    }

    /** Closes it unless it is busy; any thread. */
    void endIfIdle() {
        var ctx = context;
        if (ctx != null) {
            ctx.executor()
                    .execute(() -> {
                        if (phase == Phase.IDLE) {
                            end(ctx);
                        }
                    });
        }
    }

    /** The path without host and query. */
    private static String path(String uri) {
        var target = ReceivedHeaders.target(uri);
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    private static Answer lateBody() {
        return HeadAnswer.refusal(
                408, "RequestTimeoutException", "The request body did not arrive.");
    }

    private static Answer tooLarge() {
        return HeadAnswer.refusal(
                413,
                "RequestEntityTooLargeException",
                "The request body may have " + HttpSettings.BODY_BYTES + " bytes at most.");
    }
}
