package dev.gradus.runtime;

import dev.gradus.asl.StateMachine;
import dev.gradus.runtime.StateMachineView.Revision;
import dev.gradus.runtime.spi.Table;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One shard's copy of the control plane: every machine and activity, and the revisions that were
 * used here.
 *
 * <p>Used by the shard's loop alone.
 */
final class Catalog {
    private static final int CACHED = 1_000;

    private final ShardRows rows;
    private final Definitions definitions;
    private final Function<RevisionKey, Optional<byte[]>> owner;
    private final Map<String, Optional<MachineRow>> machines = bounded();
    private final Map<String, Boolean> activities = bounded();
    private final LinkedHashMap<RevisionKey, Revision> revisions =
            new LinkedHashMap<>(16, 0.75f, true);
    private long revisionChars;

    /**
     * Opens a shard's copy.
     *
     * @param owner reads a revision's row from shard 0
     */
    Catalog(
            ShardRows rows,
            Definitions definitions,
            Function<RevisionKey, Optional<byte[]>> owner) {
        this.rows = rows;
        this.definitions = definitions;
        this.owner = owner;
    }

    Optional<MachineRow> machine(String arn) {
        return machines.computeIfAbsent(
                arn, key -> rows.get(Table.CATALOG, machineKey(key)).map(MachineRow::decode));
    }

    boolean activityExists(String arn) {
        return activities.computeIfAbsent(
                arn, key -> rows.get(Table.CATALOG, activityKey(key)).isPresent());
    }

    Optional<ActivityRow> activity(String arn) {
        return rows.get(Table.CATALOG, activityKey(arn)).map(ActivityRow::decode);
    }

    /**
     * Returns a revision that something here refers to, and keeps a copy of its row in this shard.
     */
    Revision revision(RevisionKey key) {
        var known = revisions.get(key);
        if (known != null) {
            return known;
        }
        var rowKey = revisionKey(key);
        var row =
                rows.get(Table.CATALOG, rowKey)
                        .orElseGet(() -> {
                            var copy =
                                    owner.apply(key)
                                            .orElseThrow(() ->
                                                    new IllegalStateException(
                                                            "no revision " + key));
                            rows.insert(Table.CATALOG, rowKey, copy);
                            return copy;
                        });
        var revision = MachineRow.decodeRevision(row);
        remember(key, revision);
        return revision;
    }

    private void remember(RevisionKey key, Revision revision) {
        revisions.put(key, revision);
        revisionChars += revision.definition().length();
        var oldest = revisions.values().iterator();
        while (revisionChars > RuntimeLimits.REVISION_CHARS && revisions.size() > 1) {
            revisionChars -= oldest.next().definition().length();
            oldest.remove();
        }
    }

    StateMachine definition(RevisionKey key) {
        return definitions.of(key, () -> revision(key).definition());
    }

    /** Writes a machine's row here. */
    void put(MachineRow machine) {
        var arn = machine.arn().text();
        rows.put(Table.CATALOG, machineKey(arn), machine.encode());
        machines.put(arn, Optional.of(machine));
    }

    /** Writes a new revision's row here, and returns its key. */
    RevisionKey put(Revision revision) {
        var row = MachineRow.encodeRevision(revision);
        var key = new RevisionKey(Keys.sha256(row));
        rows.put(Table.CATALOG, revisionKey(key), row);
        return key;
    }

    void put(ActivityRow activity) {
        var arn = activity.arn().text();
        rows.put(Table.CATALOG, activityKey(arn), activity.encode());
        activities.put(arn, true);
    }

    void removeMachine(String arn) {
        rows.delete(Table.CATALOG, machineKey(arn));
        machines.remove(arn);
    }

    void removeActivity(String arn) {
        rows.delete(Table.CATALOG, activityKey(arn));
        activities.remove(arn);
    }

    static byte[] machineKey(String arn) {
        return Keys.catalog(MachineRow.MACHINE, CatalogChange.id(arn));
    }

    static byte[] activityKey(String arn) {
        return Keys.catalog(MachineRow.ACTIVITY, CatalogChange.id(arn));
    }

    static byte[] revisionKey(RevisionKey key) {
        return Keys.catalog(MachineRow.REVISION, key.hash());
    }

    private static <K, V> Map<K, V> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > CACHED;
            }
        };
    }
}
