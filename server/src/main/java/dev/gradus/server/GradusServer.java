package dev.gradus.server;

import dev.gradus.api.Gateway;
import dev.gradus.api.PageTokens;
import dev.gradus.api.RuntimeService;
import dev.gradus.api.Throttle;
import dev.gradus.api.TokenBuckets;
import dev.gradus.api.WirePolicy;
import dev.gradus.integrations.LambdaIntegration;
import dev.gradus.integrations.UnsupportedIntegration;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.FeedSinks;
import dev.gradus.runtime.Gradus;
import dev.gradus.runtime.InMemorySubstrate;
import dev.gradus.runtime.MetricPublisher;
import dev.gradus.runtime.Quotas;
import dev.gradus.runtime.RuntimeOptions;
import dev.gradus.runtime.TokenKeyStore;
import dev.gradus.runtime.TokenKeys;
import dev.gradus.runtime.TransitionRate;
import dev.gradus.runtime.encryption.EncryptedSubstrate;
import dev.gradus.runtime.spi.MetricSink;
import dev.gradus.runtime.spi.Substrate;
import dev.gradus.store.rocksdb.RocksOptions;
import dev.gradus.store.rocksdb.RocksSubstrate;
import java.io.IOException;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where everything is wired: store, runtime, integrations, wire, listener. */
final class GradusServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GradusServer.class);
    private static final int TOKEN_KEY_BYTES = 32;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration STOP = Duration.ofSeconds(15);

    private final Protection protection;
    private final ThreadPlatform platform;
    private final Substrate substrate;
    private final LambdaIntegration lambda;
    private final FeedSinks sinks;
    private final Gradus gradus;
    private final Optional<MetricSink> metricSink;
    private final Optional<MetricPublisher> metrics;
    private final Gateway gateway;
    private final HttpListener listener;
    private final Duration drain;
    private final CompletableFuture<Integer> end;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Opens the store, starts the node and listens.
     *
     * @throws dev.gradus.runtime.spi.SubstrateException if the data folder cannot be used, with
     *     what to do
     * @throws IOException if the port cannot be had or the key file not be used, with what to do
     */
    static GradusServer start(Settings settings) throws IOException {
        var end = new CompletableFuture<Integer>();
        var protection = Protection.load(settings.access());
        var quotas = quotas(settings.limits());
        var substrate = open(settings);
        try {
            return new GradusServer(settings, new Operator(protection, quotas), substrate, end);
        } catch (IOException | RuntimeException failed) {
            substrate.close();
            throw failed;
        }
    }

    private GradusServer(
            Settings settings,
            Operator operator,
            Substrate substrate,
            CompletableFuture<Integer> end)
            throws IOException {
        this.protection = operator.protection();
        this.substrate = substrate;
        this.end = end;
        this.drain = settings.drainTimeout().value();
        this.platform = new ThreadPlatform();
        this.lambda = new LambdaIntegration(settings.endpoints(), InstantSource.system());
        this.sinks = Sinks.open(settings);
        var keys = TokenKeyStore.load(substrate, () -> platform.randomBytes(TOKEN_KEY_BYTES));
        this.gradus =
                new Gradus(
                        platform,
                        substrate,
                        List.of(lambda, new UnsupportedIntegration()),
                        keys,
                        new RuntimeOptions(
                                settings.onLostCall().value(),
                                operator.quotas(),
                                sinks,
                                transitions(settings.limits())));
        gradus.start();
        this.metricSink = Sinks.metrics(settings);
        this.metrics =
                metricSink.map(sink -> new MetricPublisher(platform, gradus.metricBook(), sink));
        metrics.ifPresent(MetricPublisher::start);
        this.gateway = gateway(settings, keys);
        try {
            this.listener = listen(settings);
        } catch (IOException | RuntimeException failed) {
            stopNode();
            throw failed;
        }
        lookAtFiles();
    }

    /** Keys and certificates change while the server runs. */
    private void lookAtFiles() {
        protection.look();
        if (!closed.get()) {
            platform.runLater(BETWEEN_LOOKS, this::lookAtFiles);
        }
    }

    private Gateway gateway(Settings settings, TokenKeys keys) {
        var service = RuntimeService.of(gradus);
        var defaults = new Arn.Place("aws", settings.region().value(), settings.account().value());
        return new Gateway(
                service,
                new PageTokens(pageSecret(keys), InstantSource.system()),
                new WirePolicy(defaults, protection.access(defaults), throttle(settings.limits())),
                GradusServer::requestId);
    }

    private TransitionRate transitions(LimitSettings limits) {
        return switch (limits.throttle().value()) {
            case OFF -> TransitionRate.NONE;
            case AWS -> TokenBuckets.transitions(platform::monotonicNanos);
        };
    }

    private Throttle throttle(LimitSettings limits) {
        return switch (limits.throttle().value()) {
            case OFF -> Throttle.NONE;
            case AWS -> counted(new TokenBuckets(platform::monotonicNanos));
        };
    }

    private Throttle counted(Throttle buckets) {
        return (kind, place) -> {
            boolean taken = buckets.take(kind, place);
            if (!taken) {
                // Starts of Express executions have a bucket of their own, and the same name.
                var operation = kind.indexOf(' ') < 0 ? kind : kind.substring(0, kind.indexOf(' '));
                gradus.metricBook().throttled(operation, place.region());
            }
            return taken;
        };
    }

    /** For logs, not for secrets, and drawn for each request: the strong source costs too much. */
    private static UUID requestId() {
        var random = ThreadLocalRandom.current();
        return new UUID(
                (random.nextLong() & ~0xF000L) | 0x4000L,
                (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L);
    }

    private HttpListener listen(Settings settings) throws IOException {
        var http =
                new HttpSettings(
                        settings.host().value(),
                        settings.port().value(),
                        settings.browserNames(),
                        HttpSettings.Patience.DEFAULT.withDrain(drain),
                        protection);
        try {
            return HttpListener.start(http, gateway::handle, new NodeProbes(gradus).probes());
        } catch (BindException taken) {
            throw new IOException(
                    "port "
                            + settings.port().value()
                            + " is taken ("
                            + taken.getMessage()
                            + "): stop what listens there, or choose another with --port",
                    taken);
        }
    }

    int port() {
        return listener.port();
    }

    /** Waits until the server was closed; returns the exit status. */
    int awaitEnd() {
        return end.join();
    }

    /**
     * Takes no more requests, lets calls end, writes everything, closes the store. Further calls do
     * nothing.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        gateway.endPolls();
        listener.close();
        stopNode();
        substrate.close();
        end.complete(0);
    }

    private void stopNode() {
        try {
            gradus.stop(drain)
                    .thenCompose(_ ->
                            metrics.map(MetricPublisher::stop)
                                    .orElseGet(() -> CompletableFuture.completedFuture(null)))
                    .toCompletableFuture()
                    .get(drain.plus(STOP).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException unclean) {
            LOG.warn("the node did not stop in time; what is committed is safe", unclean);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        platform.close();
        lambda.close();
        Sinks.close(sinks);
        metricSink.ifPresent(MetricSink::close);
    }

    /** What an operator's files say. */
    private record Operator(Protection protection, Quotas quotas) {}

    private static Quotas quotas(LimitSettings settings) throws IOException {
        var file = settings.quotasFile().value();
        return file.isPresent() ? QuotasFile.read(file.get()) : Quotas.AWS;
    }

    private static Substrate open(Settings settings) throws IOException {
        var keys = settings.encryptionKeyFile().value().read();
        var store = openBare(settings);
        if (keys.isEmpty()) {
            return store;
        }
        try {
            var random = new SecureRandom();
            return new EncryptedSubstrate(store, keys.get(), count -> drawn(random, count));
        } catch (RuntimeException refused) {
            store.close();
            throw refused;
        }
    }

    private static byte[] drawn(SecureRandom random, int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static Substrate openBare(Settings settings) {
        int shards = settings.shards().value();
        if (settings.inMemory().value()) {
            return new InMemorySubstrate(shards, InMemoryCommits.executor());
        }
        var options =
                RocksOptions.defaults(
                                cause -> {
                                    LOG.error(
                                            "the store failed: the process ends, and a restart goes on from what is durable",
                                            cause);
                                    // Nothing may be written after a failed sync, and nothing in
                                    // memory is worth saving.
                                    Runtime.getRuntime().halt(3);
                                })
                        .withShardCount(shards);
        return RocksSubstrate.open(settings.data().value(), options);
    }

    private static byte[] pageSecret(TokenKeys keys) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update("page-tokens".getBytes(StandardCharsets.UTF_8));
            return digest.digest(keys.keys().get(keys.current()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
