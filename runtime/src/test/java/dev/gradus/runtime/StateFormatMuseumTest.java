package dev.gradus.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.engine.Command;
import dev.gradus.engine.EventDetails;
import dev.gradus.engine.EventType;
import dev.gradus.engine.HistoryEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Rows as earlier builds wrote them: every build must read each of them as what it was.
 *
 * <p>A line of the collection is a name and the bytes in hex. Lines are added when a format gets a
 * new version, and never changed, nor is what {@link Samples} draws for it; a failure prints what
 * this build would write.
 */
final class StateFormatMuseumTest {
    private static final long SEED = 1;

    private static Map<String, byte[]> collection(String name) {
        var rows = new LinkedHashMap<String, byte[]>();
        try (var file = StateFormatMuseumTest.class.getResourceAsStream(name)) {
            var text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .forEach(parts -> rows.put(parts[0], HexFormat.of().parseHex(parts[1])));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    /** One exhibit: what it is, its bytes as this build writes them, and how it is read. */
    private record Exhibit(
            String name, Object what, byte[] written, Function<byte[], Object> read) {}

    private static List<Exhibit> exhibits(Samples samples) {
        var source = samples.source();
        var exhibits = new ArrayList<Exhibit>();
        var history = samples.history();
        exhibits.add(
                new Exhibit(
                        "history",
                        history,
                        written(samples, sink -> HistoryCodec.encode(history, sink)),
                        row -> HistoryCodec.decode(row, source)));
        for (var scope : samples.scopes()) {
            var stored = new ScopeCodec.Stored(scope, samples.counters());
            exhibits.add(
                    new Exhibit(
                            "scope-" + exhibits.size(),
                            stored,
                            written(
                                    samples,
                                    sink -> ScopeCodec.encode(scope, stored.counters(), sink)),
                            row -> ScopeCodec.decode(row, source)));
        }
        for (var command : samples.commands()) {
            exhibits.add(
                    new Exhibit(
                            "command-" + exhibits.size(),
                            command,
                            written(samples, sink -> CommandCodec.encode(command, sink)),
                            row -> CommandCodec.decode(row, source)));
        }
        for (int i = 0; i < 3; i++) {
            var execution = samples.executionRow();
            exhibits.add(
                    new Exhibit(
                            "execution-" + i,
                            execution,
                            written(samples, execution::encode),
                            row -> ExecutionRow.decode(row, source)));
        }
        var call = samples.call();
        exhibits.add(
                new Exhibit(
                        "call",
                        call,
                        written(samples, sink -> DispatchedRows.encode(call, sink)),
                        row -> DispatchedRows.decode(0, call.effect().number(), row, source)));
        controlPlane(samples, exhibits);
        return exhibits;
    }

    private static List<Exhibit> exhibitsWithVariables(Samples samples) {
        var source = samples.source();
        var exhibits = new ArrayList<Exhibit>();
        var history = samples.historyWithVariables();
        exhibits.add(
                new Exhibit(
                        "history",
                        history,
                        written(samples, sink -> HistoryCodec.encode(history, sink)),
                        row -> HistoryCodec.decode(row, source)));
        for (var scope : samples.scopesWithVariables()) {
            var stored = new ScopeCodec.Stored(scope, samples.counters());
            exhibits.add(
                    new Exhibit(
                            "scope-" + exhibits.size(),
                            stored,
                            written(
                                    samples,
                                    sink -> ScopeCodec.encode(scope, stored.counters(), sink)),
                            row -> ScopeCodec.decode(row, source)));
        }
        return exhibits;
    }

    private static void controlPlane(Samples samples, List<Exhibit> exhibits) {
        var machine = samples.machineRow();
        exhibits.add(new Exhibit("machine", machine, machine.encode(), MachineRow::decode));
        var activity = samples.activityRow();
        exhibits.add(new Exhibit("activity", activity, activity.encode(), ActivityRow::decode));
        var revision = samples.revision();
        exhibits.add(
                new Exhibit(
                        "revision",
                        revision,
                        MachineRow.encodeRevision(revision),
                        MachineRow::decodeRevision));
        for (var change : samples.changes()) {
            exhibits.add(
                    new Exhibit(
                            "change-" + exhibits.size(),
                            change,
                            change.encode(),
                            CatalogChange::decode));
        }
    }

    private static List<Exhibit> exhibitsOfVersions(Samples samples) {
        var exhibits = new ArrayList<Exhibit>();
        var version = samples.versionRow();
        exhibits.add(new Exhibit("version", version, version.encode(), VersionRow::decode));
        for (int i = 0; i < 2; i++) {
            var alias = samples.aliasRow();
            exhibits.add(new Exhibit("alias-" + i, alias, alias.encode(), AliasRow::decode));
            var counted = samples.publications();
            exhibits.add(
                    new Exhibit(
                            "publications-" + i, counted, counted.encode(), Publications::decode));
        }
        var tags = samples.tagRow();
        exhibits.add(new Exhibit("tags", tags, tags.encode(), TagRow::decode));
        for (var change : samples.changesOfVersions()) {
            exhibits.add(
                    new Exhibit(
                            "change-" + exhibits.size(),
                            change,
                            change.encode(),
                            CatalogChange::decode));
        }
        return exhibits;
    }

    private static List<Exhibit> exhibitsOfRedrives(Samples samples) {
        var source = samples.source();
        var exhibits = new ArrayList<Exhibit>();
        for (int i = 0; i < 4; i++) {
            var execution = samples.redrivenRow();
            exhibits.add(
                    new Exhibit(
                            "execution-" + i,
                            execution,
                            written(samples, execution::encode),
                            row -> ExecutionRow.decode(row, source)));
        }
        var history =
                List.of(
                        new HistoryEvent(
                                9,
                                8,
                                1_700_000_000_000L,
                                EventType.EXECUTION_REDRIVEN,
                                new EventDetails.ExecutionRedriven(3)));
        exhibits.add(
                new Exhibit(
                        "history",
                        history,
                        written(samples, sink -> HistoryCodec.encode(history, sink)),
                        row -> HistoryCodec.decode(row, source)));
        var command = new Command.RedriveExecution(7, -8);
        exhibits.add(
                new Exhibit(
                        "command",
                        command,
                        written(samples, sink -> CommandCodec.encode(command, sink)),
                        row -> CommandCodec.decode(row, source)));
        return exhibits;
    }

    private static List<Exhibit> exhibitsOfFeeds(Samples samples) {
        var exhibits = new ArrayList<Exhibit>();
        for (var row : samples.feedRows()) {
            var queued = row.encode(samples.number());
            exhibits.add(
                    new Exhibit(
                            "feed-" + exhibits.size(),
                            shown(queued),
                            queued,
                            StateFormatMuseumTest::shown));
        }
        return exhibits;
    }

    private static String shown(byte[] feedRow) {
        var queued = FeedRow.Queued.decode(feedRow);
        return switch (queued.row()) {
            case FeedRow.Events events -> queued.toString() + events;
            case FeedRow.Status(var xid, var execution) ->
                    xid + " " + HexFormat.of().formatHex(execution) + " " + queued.endOffset();
        };
    }

    private static byte[] written(Samples samples, Function<PayloadRows.Sink, byte[]> encode) {
        var sink = new PayloadRows.Sink();
        var row = encode.apply(sink);
        samples.store(sink);
        return row;
    }

    @Test
    void readsEveryRowOfVersionOne() {
        readsEveryRow("rows-v1.txt", exhibits(new Samples(SEED)));
    }

    @Test
    void readsEveryRowWithVariables() {
        readsEveryRow("rows-v2.txt", exhibitsWithVariables(new Samples(SEED)));
    }

    @Test
    void readsEveryRowOfVersionsAliasesAndTags() {
        readsEveryRow("rows-of-versions-v1.txt", exhibitsOfVersions(new Samples(SEED)));
    }

    @Test
    void readsEveryRowOfRedrives() {
        readsEveryRow("rows-of-redrives-v1.txt", exhibitsOfRedrives(new Samples(SEED)));
    }

    @Test
    void readsEveryRowOfFeeds() {
        readsEveryRow("rows-of-feeds-v1.txt", exhibitsOfFeeds(new Samples(SEED)));
    }

    private static void readsEveryRow(String collection, List<Exhibit> exhibits) {
        var stored = collection(collection);
        var lines = new StringBuilder();
        exhibits.forEach(exhibit ->
                lines.append(exhibit.name())
                        .append(' ')
                        .append(HexFormat.of().formatHex(exhibit.written()))
                        .append('\n'));

        assertThat(stored.keySet())
                .as("this build writes:\n%s", lines)
                .containsExactlyElementsOf(exhibits.stream().map(Exhibit::name).toList());
        for (var exhibit : exhibits) {
            assertThat(exhibit.read().apply(stored.get(exhibit.name())))
                    .as(exhibit.name())
                    .isEqualTo(exhibit.what());
        }
    }
}
