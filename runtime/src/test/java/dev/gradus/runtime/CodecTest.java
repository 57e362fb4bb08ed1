package dev.gradus.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.engine.EffectId;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is written is what is read, whatever it is; and damage is found, not made up for. */
final class CodecTest {

    @Property(tries = 300)
    void historyComesBack(@ForAll long seed) {
        var samples = new Samples(seed);
        var events = samples.history();
        var sink = new PayloadRows.Sink();
        var row = HistoryCodec.encode(events, sink);
        samples.store(sink);

        assertThat(HistoryCodec.decode(row, samples.source())).isEqualTo(events);
    }

    @Property(tries = 300)
    void scopesComeBackWithTheCounters(@ForAll long seed) {
        var samples = new Samples(seed);
        for (var scope : samples.scopes()) {
            var counters = samples.counters();
            var sink = new PayloadRows.Sink();
            var row = ScopeCodec.encode(scope, counters, sink);
            samples.store(sink);
            assertThat(ScopeCodec.decode(row, samples.source()))
                    .isEqualTo(new ScopeCodec.Stored(scope, counters));
        }
    }

    @Property(tries = 300)
    void commandsComeBack(@ForAll long seed) {
        var samples = new Samples(seed);
        for (var command : samples.commands()) {
            var sink = new PayloadRows.Sink();
            var row = CommandCodec.encode(command, sink);
            samples.store(sink);
            assertThat(CommandCodec.decode(row, samples.source())).isEqualTo(command);
        }
    }

    @Property(tries = 300)
    void executionsComeBack(@ForAll long seed) {
        var samples = new Samples(seed);
        var execution = seed % 2 == 0 ? samples.executionRow() : samples.redrivenRow();
        var sink = new PayloadRows.Sink();
        var row = execution.encode(sink);
        samples.store(sink);

        assertThat(ExecutionRow.decode(row, samples.source())).isEqualTo(execution);
    }

    @Property(tries = 300)
    void callsComeBack(@ForAll long seed) {
        var samples = new Samples(seed);
        var call = samples.call();
        var sink = new PayloadRows.Sink();
        var row = DispatchedRows.encode(call, sink);
        samples.store(sink);

        assertThat(DispatchedRows.decode(0, call.effect().number(), row, samples.source()))
                .isEqualTo(call);
    }

    @Property(tries = 300)
    void theControlPlaneComesBack(@ForAll long seed) {
        var samples = new Samples(seed);
        var machine = samples.machineRow();
        assertThat(MachineRow.decode(machine.encode())).isEqualTo(machine);
        var activity = samples.activityRow();
        assertThat(ActivityRow.decode(activity.encode())).isEqualTo(activity);
        var revision = samples.revision();
        assertThat(MachineRow.decodeRevision(MachineRow.encodeRevision(revision)))
                .isEqualTo(revision);
        var version = samples.versionRow();
        assertThat(VersionRow.decode(version.encode())).isEqualTo(version);
        var alias = samples.aliasRow();
        assertThat(AliasRow.decode(alias.encode())).isEqualTo(alias);
        var publications = samples.publications();
        assertThat(Publications.decode(publications.encode())).isEqualTo(publications);
        var tags = samples.tagRow();
        assertThat(TagRow.decode(tags.encode())).isEqualTo(tags);
        for (var change : samples.changesOfVersions()) {
            assertThat(CatalogChange.decode(change.encode())).isEqualTo(change);
        }
        for (var change : samples.changes()) {
            assertThat(CatalogChange.decode(change.encode())).isEqualTo(change);
        }
    }

    @Property(tries = 100)
    void tokensComeBackAndForgeriesDoNot(@ForAll long seed) {
        var samples = new Samples(seed);
        var tokens = new TaskTokens(java.util.Map.of(3, new byte[32]), 3);
        var nonce = new byte[12];
        nonce[0] = (byte) seed;
        var token =
                new TaskToken(
                        7,
                        samples.number(),
                        new EffectId(samples.small(), samples.number()),
                        new dev.gradus.engine.Scope.Nonce(nonce));
        var text = tokens.issue(token);

        assertThat(text.length()).isLessThanOrEqualTo(1_024);
        assertThat(tokens.read(text)).contains(token);
        int at = (int) Math.floorMod(seed, (long) text.length() - 2);
        var forged =
                text.substring(0, at)
                        + (text.charAt(at) == 'A' ? 'B' : 'A')
                        + text.substring(at + 1);
        assertThat(tokens.read(forged)).isEmpty();
        assertThat(new TaskTokens(java.util.Map.of(3, new byte[] {1}), 3).read(text)).isEmpty();
    }

    @Property(tries = 100)
    void aRowThatEndsEarlyOrIsOfANewerVersionIsRefused(@ForAll long seed) {
        var samples = new Samples(seed);
        var sink = new PayloadRows.Sink();
        var row = HistoryCodec.encode(samples.history(), sink);
        samples.store(sink);
        int length = (int) Math.floorMod(seed, (long) row.length);
        assertThatThrownBy(() -> HistoryCodec.decode(Arrays.copyOf(row, length), samples.source()))
                .isInstanceOf(IllegalStateException.class);
        row[0]++;
        assertThatThrownBy(() -> HistoryCodec.decode(row, samples.source()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("version 2");
    }
}
