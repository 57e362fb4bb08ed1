package dev.gradus.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.asl.MachineType;
import dev.gradus.runtime.spi.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a check of a store says of versions and aliases. */
final class StoreCheckTest {
    private static final Arn.StateMachine MACHINE =
            new Arn.StateMachine(new Arn.Place("aws", "us-east-1", "123456789012"), "m");
    private static final RevisionKey REVISION = new RevisionKey(new byte[RevisionKey.BYTES]);

    private final StoreOfOne store = new StoreOfOne();

    private List<String> findings() {
        store.commit();
        return StoreCheck.of(store.rows().committed());
    }

    private void machine() {
        var row =
                new MachineRow(
                        MACHINE, StateMachineView.Status.ACTIVE, MachineType.STANDARD, 1, REVISION);
        store.rows().put(Table.CATALOG, Catalog.machineKey(MACHINE.text()), row.encode());
    }

    private void version(long number) {
        var arn = new Arn.StateMachineVersion(MACHINE.place(), MACHINE.name(), number);
        var row = new VersionRow(arn, REVISION, Optional.empty(), 1);
        store.rows().put(Table.CATALOG, Catalog.versionKey(arn), row.encode());
    }

    private void alias(long... versions) {
        var arn = new Arn.StateMachineAlias(MACHINE.place(), MACHINE.name(), "live");
        var shares =
                Arrays.stream(versions)
                        .mapToObj(version -> new AliasRow.Share(version, 100 / versions.length))
                        .toList();
        var row = new AliasRow(arn, Optional.empty(), shares, 1, 1);
        store.rows().put(Table.CATALOG, Catalog.aliasKey(arn), row.encode());
    }

    @Test
    void findsNothingWhereEverythingIsThere() {
        machine();
        version(1);
        version(2);
        alias(1, 2);

        assertThat(findings()).isEmpty();
    }

    @Test
    void findsAnAliasThatLeadsToNoVersion() {
        machine();
        version(1);
        alias(1, 2);

        assertThat(findings())
                .containsExactly(
                        MACHINE.text()
                                + ":live routes to "
                                + MACHINE.text()
                                + ":2, which is not there");
    }

    @Test
    void findsVersionsAndAliasesThatOutliveTheirMachine() {
        version(1);
        alias(1);

        assertThat(findings())
                .containsExactlyInAnyOrder(
                        MACHINE.text() + ":1 is of no machine",
                        MACHINE.text() + ":live is of no machine");
    }
}
