package dev.gradus.api;

import dev.gradus.api.Operation.Call;
import dev.gradus.api.Operation.Reply;
import dev.gradus.runtime.ApiException;
import dev.gradus.runtime.ErrorShape;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole API as one function from HTTP request to HTTP answer, free of any HTTP library.
 *
 * <p>Every answer carries a request id. A caller's mistake becomes AWS's error; anything else that
 * goes wrong is our bug: it is logged once, with the request id and without payloads, and the
 * caller sees InternalServerError.
 */
public final class Gateway {
    /**
     * Where held commands are tried again: an operation of ours beside AWS's. Whoever listens lets
     * nobody but this machine call it.
     */
    public static final String RELEASE_PATH = "/_gradus/release";

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private final Operations operations;
    private final WirePolicy policy;
    private final Supplier<UUID> requestIds;

    /**
     * Makes the API.
     *
     * @param policy who may call, and as whom
     * @param requestIds a fresh one at each call, for the caller and the log
     */
    public Gateway(
            Service service, PageTokens tokens, WirePolicy policy, Supplier<UUID> requestIds) {
        this.operations = new Operations(service, tokens);
        this.policy = policy;
        this.requestIds = requestIds;
    }

    /**
     * Answers one request; never fails and never blocks. May be called by any thread; the answer is
     * made on the thread that completes it, which may be a shard's: it is small then, and one hop
     * between threads costs more.
     */
    public CompletionStage<Answer> handle(WireRequest request) {
        var asked =
                new Asked(
                        requestIds.get().toString(),
                        request.header("X-Amz-Target").orElse("-"),
                        request.body().length);
        try {
            return dispatch(request).handle((made, thrown) -> answer(made, thrown, asked));
        } catch (RuntimeException | AssertionError | StackOverflowError thrown) {
            return CompletableFuture.completedFuture(failed(thrown, asked));
        }
    }

    /**
     * Sends away the workers that wait for a task, within a second, and hands out no more: what a
     * server that stops does first, or it would wait a minute for them.
     */
    public void endPolls() {
        operations.endPolls();
    }

    /** What is kept of a request while it is answered; its body would be held for a long poll. */
    private record Asked(String id, String target, int bodyBytes) {}

    private CompletionStage<Reply> dispatch(WireRequest request) {
        if (request.path().equals(RELEASE_PATH)) {
            return operations
                    .release()
                    .answer(request.body(), new Call(policy.defaults(), request));
        }
        if (!request.method().equals("POST") || !request.path().equals("/")) {
            throw ErrorShape.UnknownOperationException.because(
                    "The API takes POST / and nothing else; this was "
                            + request.method()
                            + " "
                            + request.path());
        }
        if (!request.header("Content-Type").map(Gateway::isJson).orElse(true)) {
            throw ErrorShape.UnknownOperationException.because(
                    "The Content-Type of an API request is " + Answer.JSON_1_0 + ".");
        }
        var operation =
                operations.find(
                        request.header("X-Amz-Target")
                                .orElseThrow(() ->
                                        ErrorShape.UnknownOperationException.because(
                                                "The header X-Amz-Target is missing; it names"
                                                        + " the operation:"
                                                        + " AWSStepFunctions.<Operation>.")));
        var caller = policy.access().caller(request);
        if (!caller.role().allows(operation.name())) {
            throw Refusals.notAllowed(caller, operation.name(), request.body());
        }
        return operation.answer(request.body(), new Call(caller.place(), request));
    }

    private static boolean isJson(String contentType) {
        var end = contentType.indexOf(';');
        var type = (end < 0 ? contentType : contentType.substring(0, end)).strip();
        return type.equalsIgnoreCase(Answer.JSON_1_0)
                || type.equalsIgnoreCase("application/x-amz-json-1.1")
                || type.equalsIgnoreCase("application/json");
    }

    private static Answer answer(@Nullable Reply reply, @Nullable Throwable thrown, Asked asked) {
        if (thrown != null) {
            return failed(thrown, asked);
        }
        if (reply == null) {
            return failed(new IllegalStateException("completed without an answer"), asked);
        }
        try {
            var out = new WireWriter();
            out.object(() -> reply.writeTo(out));
            return Answer.json(200, out, asked.id());
        } catch (RuntimeException | AssertionError | StackOverflowError bug) {
            return failed(bug, asked);
        }
    }

    private static Answer failed(Throwable thrown, Asked asked) {
        var cause = thrown;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof ApiException mistake) {
            return Answer.error(
                    mistake.shape().httpStatus(),
                    mistake.shape().name(),
                    mistake.text(),
                    mistake.members(),
                    asked.id());
        }
        LOG.error(
                "request failed: bug=true requestId={} target={} bodyBytes={}",
                asked.id(),
                asked.target(),
                asked.bodyBytes(),
                cause);
        return Answer.error(
                ErrorShape.InternalServerError.httpStatus(),
                ErrorShape.InternalServerError.name(),
                "Gradus has a bug here. Its log says more under request id " + asked.id() + ".",
                asked.id());
    }
}
