package dev.gradus.runtime;

import dev.gradus.runtime.spi.Table;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Tags of machines and activities: what the API calls about them. Thread-safe; no method blocks.
 * Stages fail with {@link ApiException} for what the caller did.
 */
public final class Tags {
    private final List<Shard> shards;
    private final Reads reads;

    Tags(List<Shard> shards, Reads reads) {
        this.shards = shards;
        this.reads = reads;
    }

    /** Adds tags, or gives known keys other values; fails with ResourceNotFound and TooManyTags. */
    public CompletionStage<Void> tag(Arn.Taggable resource, Map<String, String> tags) {
        var reply = new CompletableFuture<Void>();
        return send(new ControlPlaneRequest.Tag(resource, tags, reply), reply);
    }

    /** Takes tags away; keys that are not there do not matter. Fails with ResourceNotFound. */
    public CompletionStage<Void> untag(Arn.Taggable resource, List<String> keys) {
        var reply = new CompletableFuture<Void>();
        return send(new ControlPlaneRequest.Untag(resource, keys, reply), reply);
    }

    /**
     * Returns all tags of a resource, in the order in which their keys came; fails with
     * ResourceNotFound.
     */
    public CompletionStage<Map<String, String>> list(Arn.Taggable resource) {
        return reads.read(() -> {
            var view = reads.view(0);
            if (view.get(Table.CATALOG, keyOf(resource)).isEmpty()) {
                throw TagDecisions.noSuchResource(resource);
            }
            return view.get(Table.CATALOG, Catalog.tagsKey(resource))
                    .map(TagRow::decode)
                    .orElse(TagRow.NONE)
                    .tags();
        });
    }

    private static byte[] keyOf(Arn.Taggable resource) {
        return switch (resource) {
            case Arn.StateMachine machine -> Catalog.machineKey(machine.text());
            case Arn.Activity activity -> Catalog.activityKey(activity.text());
        };
    }

    private CompletionStage<Void> send(ControlPlaneRequest request, CompletableFuture<Void> reply) {
        return shards.getFirst().ask(new ShardMessage.ControlPlane(request), reply);
    }
}
