package dev.gradus.server;

import dev.gradus.api.Answer;
import dev.gradus.api.WireRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A listener on a free port whose API echoes bodies, or parks the requests that say {@code park}.
 */
final class ListenerFixture implements AutoCloseable {
    private final BlockingQueue<Parked> parked = new LinkedBlockingQueue<>();
    private final HttpListener listener;

    /** A request that waits for the test to answer it. */
    record Parked(WireRequest request, CompletableFuture<Answer> answer) {
        void answer(String body) {
            answer.complete(ListenerFixture.answer(body));
        }
    }

    ListenerFixture() throws IOException {
        this(HttpSettings.Patience.DEFAULT);
    }

    ListenerFixture(HttpSettings.Patience patience) throws IOException {
        listener = listen(0, patience, this::echo);
    }

    static HttpListener listen(
            int port,
            HttpSettings.Patience patience,
            Function<WireRequest, CompletionStage<Answer>> api)
            throws IOException {
        var settings =
                new HttpSettings(
                        Optional.empty(), port, Set.of("Gradus.Test"), patience, Protection.NONE);
        return HttpListener.start(
                settings,
                api,
                new Probes(
                        () -> answer("healthy"), () -> answer("ready"), () -> answer("metrics")));
    }

    static HttpSettings.Patience impatient() {
        return new HttpSettings.Patience(
                Duration.ofSeconds(5), Duration.ofMillis(400), Duration.ofMillis(200));
    }

    static Answer answer(String body) {
        return new Answer(200, Map.of("X-Test", "yes"), body.getBytes(StandardCharsets.UTF_8));
    }

    private CompletionStage<Answer> echo(WireRequest request) {
        var body = new String(request.body(), StandardCharsets.UTF_8);
        if (!body.equals("park")) {
            return CompletableFuture.completedFuture(answer(request.path() + " " + body));
        }
        var waiting = new Parked(request, new CompletableFuture<>());
        parked.add(waiting);
        return waiting.answer();
    }

    int port() {
        return listener.port();
    }

    RawClient client() throws IOException {
        return new RawClient(port());
    }

    /** Waits for the next parked request. */
    Parked nextParked() throws InterruptedException {
        var next = parked.poll(20, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no request was parked within 20 s");
        }
        return next;
    }

    /** Calls once on a connection of its own. */
    RawClient.Response call(String body, String... headers) throws IOException {
        try (var client = client()) {
            return client.post(body, headers).receive();
        }
    }

    @Override
    public void close() {
        listener.close();
    }
}
