package dev.gradus.runtime;

import dev.gradus.runtime.spi.Table;
import java.util.List;
import java.util.Map;

/**
 * What shard 0 decides about tags; no other shard hears of them. Used by the shard's loop alone.
 */
final class TagDecisions {
    private final ShardRows rows;
    private final Catalog catalog;
    private final int tagsMax;

    /**
     * Decides about tags.
     *
     * @param tagsMax of one resource
     */
    TagDecisions(ShardRows rows, Catalog catalog, int tagsMax) {
        this.tagsMax = tagsMax;
        this.rows = rows;
        this.catalog = catalog;
    }

    /** Refuses more tags than a resource may have; a new resource is created only after this. */
    void check(Arn.Taggable resource, Map<String, String> tags) {
        if (tags.size() > tagsMax) {
            throw new ApiException(
                    ErrorShape.TooManyTags,
                    "A resource has at most "
                            + tagsMax
                            + " tags, but '"
                            + resource.text()
                            + "' would have "
                            + tags.size()
                            + ".",
                    Map.of("resourceName", resource.text()));
        }
    }

    void tag(Arn.Taggable resource, Map<String, String> tags) {
        checkExists(resource);
        var after = tags(resource).with(tags);
        check(resource, after.tags());
        write(resource, after);
    }

    void untag(Arn.Taggable resource, List<String> keys) {
        checkExists(resource);
        write(resource, tags(resource).without(keys));
    }

    /** The resource is gone. */
    void forget(Arn.Taggable resource) {
        rows.delete(Table.CATALOG, Catalog.tagsKey(resource));
    }

    void write(Arn.Taggable resource, TagRow tags) {
        if (tags.tags().isEmpty()) {
            forget(resource);
        } else {
            rows.put(Table.CATALOG, Catalog.tagsKey(resource), tags.encode());
        }
    }

    private TagRow tags(Arn.Taggable resource) {
        return rows.get(Table.CATALOG, Catalog.tagsKey(resource))
                .map(TagRow::decode)
                .orElse(TagRow.NONE);
    }

    private void checkExists(Arn.Taggable resource) {
        boolean exists =
                switch (resource) {
                    case Arn.StateMachine machine -> catalog.machine(machine.text()).isPresent();
                    case Arn.Activity activity -> catalog.activityExists(activity.text());
                };
        if (!exists) {
            throw noSuchResource(resource);
        }
    }

    static ApiException noSuchResource(Arn resource) {
        return ErrorShape.ResourceNotFound.because("Resource not found: '" + resource.text() + "'");
    }
}
