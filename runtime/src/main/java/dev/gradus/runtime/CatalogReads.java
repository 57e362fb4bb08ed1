package dev.gradus.runtime;

import dev.gradus.runtime.spi.Table;
import dev.gradus.runtime.spi.View;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Function;

/** What callers read of the control plane, from the committed rows of shard 0. */
final class CatalogReads {

    /** Returns the machine of an ARN whose version or alias, if it names one, exists too. */
    static MachineRow machine(View view, Arn.Startable arn) {
        var machine =
                view.get(Table.CATALOG, Catalog.machineKey(arn.unqualified().text()))
                        .orElseThrow(() -> ControlPlane.noSuchMachine(arn));
        boolean exists =
                switch (arn) {
                    case Arn.StateMachine _ -> true;
                    case Arn.StateMachineVersion version -> version(view, version).isPresent();
                    case Arn.StateMachineAlias alias -> alias(view, alias).isPresent();
                };
        if (!exists) {
            throw ControlPlane.noSuchMachine(arn);
        }
        return MachineRow.decode(machine);
    }

    /** Returns the row of a machine, if there is one. */
    static Optional<MachineRow> row(View view, String machineArn) {
        return view.get(Table.CATALOG, Catalog.machineKey(machineArn)).map(MachineRow::decode);
    }

    static Optional<VersionRow> version(View view, Arn.StateMachineVersion arn) {
        return view.get(Table.CATALOG, Catalog.versionKey(arn)).map(VersionRow::decode);
    }

    static Optional<AliasRow> alias(View view, Arn.StateMachineAlias arn) {
        return view.get(Table.CATALOG, Catalog.aliasKey(arn)).map(AliasRow::decode);
    }

    static StateMachineView.Revision revision(View view, RevisionKey key) {
        return view.get(Table.CATALOG, Catalog.revisionKey(key))
                .map(MachineRow::decodeRevision)
                .orElseThrow(() -> new IllegalStateException("no row of revision " + key));
    }

    /**
     * One page of the rows whose keys start so.
     *
     * <p>The position is the rest of the last key.
     *
     * @param item what a row shows as; empty: it is not in this list
     */
    static <T> Page<T> page(
            View view, byte[] prefix, Page.Request page, Function<byte[], Optional<T>> item) {
        var from =
                page.after()
                        .map(rest ->
                                new RowWriter(prefix.length + 80)
                                        .fixed(prefix)
                                        .fixed(rest.getBytes(StandardCharsets.UTF_8))
                                        .u8(0)
                                        .done())
                        .orElse(prefix);
        var items = new ArrayList<T>();
        var last = Keys.NONE;
        try (var cursor = view.scan(Table.CATALOG, from, Keys.behind(prefix), false)) {
            while (cursor.next()) {
                var shown = item.apply(cursor.value());
                if (shown.isEmpty()) {
                    continue;
                }
                if (items.size() == page.size()) {
                    return new Page<>(items, Optional.of(rest(last, prefix)));
                }
                items.add(shown.get());
                last = cursor.key();
            }
        }
        return new Page<>(items, Optional.empty());
    }

    private static String rest(byte[] key, byte[] prefix) {
        return new String(key, prefix.length, key.length - prefix.length, StandardCharsets.UTF_8);
    }

    private CatalogReads() {}
}
