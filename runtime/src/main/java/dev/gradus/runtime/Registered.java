package dev.gradus.runtime;

import dev.gradus.runtime.spi.Table;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Counts the machines and activities of each account and region, on shard 0: once from the rows,
 * then along with what happens. Used by the shard's loop alone.
 */
final class Registered {
    private final ShardRows rows;
    private final Quotas.Counts quotas;
    private final Map<String, Integer> counts = new HashMap<>();

    Registered(ShardRows rows, Quotas.Counts quotas) {
        this.rows = rows;
        this.quotas = quotas;
    }

    /** Refuses a machine more than there may be. */
    void checkRoomFor(Arn.StateMachine machine) {
        if (count(prefix(machine)) >= quotas.stateMachines()) {
            throw ErrorShape.StateMachineLimitExceeded.because(
                    "State Machine Limit Exceeded: at most "
                            + quotas.stateMachines()
                            + " may be registered in an account and region; '"
                            + machine.text()
                            + "' would be one more.");
        }
    }

    /** Refuses an activity more than there may be. */
    void checkRoomFor(Arn.Activity activity) {
        if (count(prefix(activity)) >= quotas.activities()) {
            throw ErrorShape.ActivityLimitExceeded.because(
                    "Activity Limit Exceeded: at most "
                            + quotas.activities()
                            + " may be registered in an account and region; '"
                            + activity.text()
                            + "' would be one more.");
        }
    }

    /** One more is there, or one less; told after {@link #checkRoomFor} and a change of its row. */
    void changed(Arn.Taggable resource, int by) {
        counts.computeIfPresent(text(prefix(resource)), (_, count) -> count + by);
    }

    private static byte[] prefix(Arn.Taggable resource) {
        return switch (resource) {
            case Arn.StateMachine machine ->
                    Catalog.machineKey(new Arn.StateMachine(machine.place(), "").text());
            case Arn.Activity activity ->
                    Catalog.activityKey(new Arn.Activity(activity.place(), "").text());
        };
    }

    private int count(byte[] prefix) {
        return counts.computeIfAbsent(text(prefix), _ -> counted(prefix));
    }

    private int counted(byte[] prefix) {
        int count = 0;
        try (var cursor =
                rows.committed().scan(Table.CATALOG, prefix, Keys.behind(prefix), false)) {
            while (cursor.next()) {
                count++;
            }
        }
        var pending = new HashMap<String, Integer>();
        rows.forEachPending(
                Table.CATALOG,
                (key, value) -> {
                    if (key.length > prefix.length
                            && Arrays.mismatch(key, prefix) == prefix.length) {
                        boolean was = rows.committed().get(Table.CATALOG, key).isPresent();
                        pending.put(text(key), (value.isPresent() ? 1 : 0) - (was ? 1 : 0));
                    }
                });
        return count + pending.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static String text(byte[] key) {
        return HexFormat.of().formatHex(key);
    }
}
