package dev.gradus.server;

import dev.gradus.api.Answer;
import dev.gradus.api.WireRequest;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Turns Jetty's requests into the wire's and its answers into Jetty's; no thread waits for either.
 *
 * <p>Thread rule: Jetty calls {@link #handle} and the body's callbacks on its pool; answers that
 * come later are sent from that pool too.
 */
final class JettyHandler extends Handler.Abstract {
    private final Function<WireRequest, CompletionStage<Answer>> api;
    private final Probes probes;
    private final BrowserGuard guard;
    private final AtomicLong receiving = new AtomicLong();

    JettyHandler(
            Function<WireRequest, CompletionStage<Answer>> api, Probes probes, BrowserGuard guard) {
        this.api = api;
        this.probes = probes;
        this.guard = guard;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        var reply = new Reply(request, response, callback);
        var path = Optional.ofNullable(request.getHttpURI().getPath()).orElse("");
        var refusal = refusal(request, path);
        if (refusal.isPresent()) {
            reply.refuse(403, "AccessDeniedException", refusal.get());
            return true;
        }
        switch (request.getMethod()) {
            case "POST" ->
                    new RequestBody(request, receiving, end -> received(end, path, reply)).run();
            case "GET", "HEAD" ->
                    probes.answer(path)
                            .ifPresentOrElse(
                                    reply::send,
                                    () ->
                                            reply.refuse(
                                                    404,
                                                    "UnknownOperationException",
                                                    "There is nothing at " + path + "."));
            default -> {
                response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD, POST");
                reply.refuse(
                        405,
                        "UnknownOperationException",
                        "The method " + request.getMethod() + " is not served.");
            }
        }
        return true;
    }

    private Optional<String> refusal(Request request, String path) {
        var refusal = guard.refusal(name -> header(request, name));
        return refusal.isEmpty() && path.startsWith("/_gradus/")
                ? guard.upkeepRefusal(isFromThisMachine(request), name -> header(request, name))
                : refusal;
    }

    private static boolean isFromThisMachine(Request request) {
        return request.getConnectionMetaData().getRemoteSocketAddress()
                        instanceof InetSocketAddress remote
                && remote.getAddress() != null
                && remote.getAddress().isLoopbackAddress();
    }

    private void received(RequestBody.End end, String path, Reply reply) {
        switch (end) {
            case RequestBody.End.Whole(var bytes) -> call(bytes, path, reply);
            case RequestBody.End.TooLarge(var drained) -> {
                if (!drained) {
                    reply.closeAfter();
                }
                reply.refuse(
                        413,
                        "RequestEntityTooLargeException",
                        "The request body may have " + HttpSettings.BODY_BYTES + " bytes at most.");
            }
            case RequestBody.End.Overloaded _ -> {
                reply.closeAfter();
                reply.refuse(400, "ThrottlingException", "Rate exceeded");
            }
            case RequestBody.End.Broken(var why) -> {
                if (why instanceof TimeoutException) {
                    reply.closeAfter();
                    reply.refuse(
                            408, "RequestTimeoutException", "The request body did not arrive.");
                } else {
                    reply.callback().failed(why);
                }
            }
        }
    }

    private void call(byte[] body, String path, Reply reply) {
        var request = reply.request();
        // A long poll is silent for a minute: that is no reason to fail it.
        request.addIdleTimeoutListener(_ -> false);
        var caller = new Caller(request);
        var wire =
                new WireRequest(
                        request.getMethod(),
                        path,
                        name -> header(request, name),
                        body,
                        new WireRequest.Connection(
                                caller::isThere, request.getComponents().getExecutor()));
        api.apply(wire)
                .whenComplete((answer, thrown) -> {
                    if (caller.isSpoilt()) {
                        reply.closeAfter();
                    }
                    if (thrown == null) {
                        reply.send(answer);
                    } else { // only while stopping, when the pool takes no more work
                        reply.refuse(503, "ServiceUnavailable", "The server is going down.");
                    }
                });
    }

    private static Optional<String> header(Request request, String name) {
        return Optional.ofNullable(request.getHeaders().get(name));
    }

    /** One request's way back. */
    record Reply(Request request, Response response, Callback callback) {

        void send(Answer answer) {
            response.setStatus(answer.status());
            answer.headers().forEach(response.getHeaders()::put);
            response.write(true, ByteBuffer.wrap(answer.body()), callback);
        }

        void refuse(int status, String type, String message) {
            send(Answer.error(status, type, message, UUID.randomUUID().toString()));
        }

        void closeAfter() {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
    }
}
