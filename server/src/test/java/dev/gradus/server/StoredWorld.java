package dev.gradus.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gradus.api.Gateway;
import dev.gradus.api.PageTokens;
import dev.gradus.api.RuntimeService;
import dev.gradus.api.WirePolicy;
import dev.gradus.api.WireRequest;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonObject;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.Gradus;
import dev.gradus.runtime.RuntimeOptions;
import dev.gradus.runtime.StoreCheck;
import dev.gradus.runtime.TokenKeyStore;
import dev.gradus.runtime.TokenKeys;
import dev.gradus.store.rocksdb.RocksOptions;
import dev.gradus.store.rocksdb.RocksSubstrate;
import dev.gradus.store.rocksdb.StoreClock;
import dev.gradus.testkit.SimOutside;
import dev.gradus.testkit.SimPlatform;
import dev.gradus.testkit.SimScheduler;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * One life of a node with a real data folder under it and virtual time above: from the start of the
 * process to the moment of {@link #close}, which is a kill and no orderly stop.
 */
final class StoredWorld implements AutoCloseable {
    private static final long SEED = 11;
    private static final int STEPS = 10_000;
    private static final int SHARDS = 3;
    private static final byte[] KEY = "of no secret, as it is a fixture".getBytes(UTF_8);

    private final SimScheduler scheduler;
    private final SimScheduler.SimProcess process;
    private final RocksSubstrate store;
    private final Gradus gradus;
    private final Gateway gateway;
    private final List<String> tokens = new ArrayList<>();

    /**
     * Starts a node on a folder.
     *
     * @param keys may change the keys that the store has for its task tokens
     */
    StoredWorld(Path data, Instant now, UnaryOperator<TokenKeys> keys) {
        scheduler = new SimScheduler(SEED, now);
        process = scheduler.process("node");
        var outside = new SimOutside(scheduler, SimOutside.OutsideFaults.NONE, tokens::add);
        store =
                RocksSubstrate.open(
                        data,
                        RocksOptions.defaults(_ -> {})
                                .withShardCount(SHARDS)
                                .withClock(StoreClock.VIRTUAL)
                                .withMemory(RocksOptions.Memory.SMALL));
        gradus =
                new Gradus(
                        new SimPlatform(scheduler, process),
                        new SteppedSubstrate(store, process),
                        List.of(outside.reachedBy(process)),
                        keys.apply(TokenKeyStore.load(store, KEY::clone)),
                        RuntimeOptions.DEFAULT);
        gateway =
                new Gateway(
                        RuntimeService.of(gradus),
                        new PageTokens(KEY, scheduler),
                        WirePolicy.open(
                                new Arn.Place(
                                        "aws", StoredExecution.REGION, StoredExecution.ACCOUNT)),
                        () -> new UUID(0, 0));
        gradus.start();
        await(gradus::isReady);
    }

    Instant now() {
        return scheduler.instant();
    }

    void advance(Duration by) {
        scheduler.advance(by);
    }

    void await(BooleanSupplier condition) {
        if (!scheduler.runUntil(condition, STEPS)) {
            throw new AssertionError("it never comes, " + scheduler);
        }
    }

    /** The task tokens that calls brought in this life, oldest first. */
    List<String> tokens() {
        return tokens;
    }

    /** Calls the API; the answer as it goes over the wire. Only as much time passes as it needs. */
    String call(String operation, JsonObject request) {
        var headers =
                Map.of(
                        "X-Amz-Target",
                        "AWSStepFunctions." + operation,
                        "Content-Type",
                        "application/x-amz-json-1.0");
        var reply =
                gateway.handle(
                                new WireRequest(
                                        "POST",
                                        "/",
                                        name -> Optional.ofNullable(headers.get(name)),
                                        request.text().getBytes(UTF_8),
                                        new WireRequest.Connection(() -> true)))
                        .toCompletableFuture();
        await(reply::isDone);
        var answer = reply.join();
        var body = new String(answer.body(), UTF_8);
        if (answer.status() != 200) {
            throw new AssertionError(operation + " answers " + body);
        }
        return body;
    }

    String describe(StoredExecution execution) {
        return call("DescribeExecution", named(execution));
    }

    /** The first hundred events. */
    String history(StoredExecution execution) {
        return call("GetExecutionHistory", named(execution));
    }

    static JsonObject named(StoredExecution execution) {
        return JsonObject.of("executionArn", Json.of(execution.arn()));
    }

    /** What does not fit together in the rows of any shard. */
    List<String> contradictions() {
        var found = new ArrayList<String>();
        for (int shard = 0; shard < store.shardCount(); shard++) {
            found.addAll(StoreCheck.of(store.follower(shard).orElseThrow()));
        }
        return found;
    }

    @Override
    public void close() {
        process.crash();
        store.close();
    }
}
