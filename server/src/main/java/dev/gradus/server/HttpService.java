package dev.gradus.server;

import dev.gradus.api.Answer;
import dev.gradus.api.WireRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * What all connections share: what is served, the limits, and who is in the middle of something.
 *
 * <p>Who may touch what: everything here is safe for any thread.
 */
final class HttpService {
    private final Function<WireRequest, CompletionStage<Answer>> api;
    private final Probes probes;
    private final BrowserGuard guard;
    private final MetricsGuard metricsGuard;
    private final Executor decoding;
    private final HttpSettings.Patience patience;
    private final AtomicLong receiving = new AtomicLong();
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Boolean> drained = new CompletableFuture<>();
    private volatile boolean stopping;

    /**
     * Takes what is served.
     *
     * @param decoding where large bodies are decoded, off the event loop
     */
    HttpService(
            HttpSettings settings,
            Function<WireRequest, CompletionStage<Answer>> api,
            Probes probes,
            Executor decoding) {
        this.api = api;
        this.probes = probes;
        this.guard = new BrowserGuard(settings.browserNames());
        this.metricsGuard =
                new MetricsGuard(guard, settings.protection().keys(), InstantSource.system());
        this.decoding = decoding;
        this.patience = settings.patience();
    }

    /** A new body, counted with all others. */
    ReceivedBody newBody() {
        return new ReceivedBody(receiving);
    }

    HttpSettings.Patience patience() {
        return patience;
    }

    Executor decoding() {
        return decoding;
    }

    CompletionStage<Answer> call(WireRequest request) {
        return api.apply(request);
    }

    /**
     * What can be said when only the head of a request is known; nothing for an API call.
     *
     * @param caller where the connection comes from
     */
    HeadAnswer answerToHead(HttpRequest head, String path, SocketAddress caller) {
        var refusal = refusal(head, path, caller);
        if (refusal.isPresent()) {
            return HeadAnswer.refusing(403, "AccessDeniedException", refusal.get());
        }
        if (head.method().equals(HttpMethod.POST)) {
            return HeadAnswer.API_CALL;
        }
        if (head.method().equals(HttpMethod.GET) || head.method().equals(HttpMethod.HEAD)) {
            if (path.equals(Probes.METRICS)) {
                var instead = metricsGuard.refusal(new ReceivedHeaders(head.headers())::first);
                if (instead.isPresent()) {
                    return HeadAnswer.saying(instead.get());
                }
            }
            return probes.answer(path)
                    .map(HeadAnswer::saying)
                    .orElseGet(() ->
                            HeadAnswer.refusing(
                                    404,
                                    "UnknownOperationException",
                                    "There is nothing at " + path + "."));
        }
        return HeadAnswer.refusing(
                405,
                "UnknownOperationException",
                "The method " + head.method().name() + " is not served.");
    }

    private Optional<String> refusal(HttpRequest head, String path, SocketAddress caller) {
        Function<String, Optional<String>> headers = new ReceivedHeaders(head.headers())::first;
        var refusal = guard.refusal(headers);
        return refusal.isEmpty() && path.startsWith("/_gradus/")
                ? guard.upkeepRefusal(isThisMachine(caller), headers)
                : refusal;
    }

    private static boolean isThisMachine(SocketAddress caller) {
        return caller instanceof InetSocketAddress address
                && address.getAddress() != null
                && address.getAddress().isLoopbackAddress();
    }

    void opened(HttpConnection connection) {
        connections.add(connection);
    }

    void closed(HttpConnection connection) {
        connections.remove(connection);
        becameIdle();
    }

    int connections() {
        return connections.size();
    }

    /** Ends what took too long; called now and then by one thread. */
    void sweep() {
        long now = System.nanoTime();
        connections.forEach(connection -> connection.endIfLate(now));
    }

    boolean isStopping() {
        return stopping;
    }

    /**
     * Ends idle connections now and each other one after its answer; the stage completes when none
     * is in the middle of a request.
     */
    CompletionStage<Boolean> drain() {
        stopping = true;
        connections.forEach(HttpConnection::endIfIdle);
        becameIdle();
        return drained;
    }

    /** Some connection is not busy any more. */
    void becameIdle() {
        if (stopping && connections.stream().noneMatch(HttpConnection::isBusy)) {
            drained.complete(true);
        }
    }
}
