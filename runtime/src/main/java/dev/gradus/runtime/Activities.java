package dev.gradus.runtime;

import dev.gradus.runtime.spi.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Activities: what the API calls about them. Thread-safe; no method blocks. Stages fail with {@link
 * ApiException} for what the caller did.
 */
public final class Activities {
    private final Platform platform;
    private final List<Shard> shards;
    private final Reads reads;
    private final int pollersMax;
    private final Map<String, Integer> pollers = new ConcurrentHashMap<>();

    Activities(Platform platform, List<Shard> shards, Reads reads, int pollersMax) {
        this.pollersMax = pollersMax;
        this.platform = platform;
        this.shards = shards;
        this.reads = reads;
    }

    /** Registers an activity, or answers the one that exists, whatever its tags. */
    public CompletionStage<ActivityView> create(Arn.Activity arn, Map<String, String> tags) {
        var reply = new CompletableFuture<ActivityView>();
        return shards.getFirst()
                .ask(
                        new ShardMessage.ControlPlane(
                                new ControlPlaneRequest.CreateActivity(arn, tags, reply)),
                        reply);
    }

    /** Fails with ActivityDoesNotExist. */
    public CompletionStage<ActivityView> describe(Arn.Activity arn) {
        return reads.read(() -> row(arn).view());
    }

    /** Forgets an activity; succeeds for one that does not exist. */
    public CompletionStage<Void> delete(Arn.Activity arn) {
        var reply = new CompletableFuture<Void>();
        return shards.getFirst()
                .ask(
                        new ShardMessage.ControlPlane(
                                new ControlPlaneRequest.DeleteActivity(arn, reply)),
                        reply);
    }

    /** Lists the activities of an account and region by name. */
    public CompletionStage<Page<ActivityView>> list(Arn.Place place, Page.Request page) {
        var prefix = Catalog.activityKey(new Arn.Activity(place, "").text());
        return reads.read(() ->
                CatalogReads.page(
                        reads.view(0),
                        prefix,
                        page,
                        row -> Optional.of(ActivityRow.decode(row).view())));
    }

    /**
     * Waits up to 60 seconds for a task.
     *
     * @param open tells whether the caller's connection still stands: a task is handed only to one
     *     that does
     * @return empty when nothing came in time
     */
    public CompletionStage<Optional<ActivityView.Task>> poll(
            Arn.Activity arn, Optional<String> workerName, BooleanSupplier open) {
        return reads.read(() -> row(arn)).thenCompose(_ -> await(new Poll(arn, workerName, open)));
    }

    private CompletionStage<Optional<ActivityView.Task>> await(Poll poll) {
        var arn = poll.activity().text();
        if (pollers.merge(arn, 1, Integer::sum) > pollersMax) {
            left(arn);
            return CompletableFuture.failedFuture(
                    ErrorShape.ActivityWorkerLimitExceeded.because(
                            "The maximum number of workers concurrently polling for activity tasks has been reached."));
        }
        var timeout = platform.runLater(RuntimeLimits.POLL, poll::expire);
        for (int shard = 1; shard < shards.size(); shard++) {
            shards.get(shard).admit(new ShardMessage.PollOffered(poll));
        }
        return poll.reply()
                .whenComplete((_, _) -> {
                    timeout.cancel();
                    left(arn);
                });
    }

    private void left(String arn) {
        pollers.computeIfPresent(arn, (_, count) -> count == 1 ? null : count - 1);
    }

    private ActivityRow row(Arn.Activity arn) {
        return reads.view(0)
                .get(Table.CATALOG, Catalog.activityKey(arn.text()))
                .map(ActivityRow::decode)
                .orElseThrow(() ->
                        ErrorShape.ActivityDoesNotExist.because(
                                "Activity Does Not Exist: '" + arn.text() + "'"));
    }
}
