package dev.gradus.store.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gradus.runtime.spi.Table;
import java.util.List;

/**
 * RocksDB's column families: their order is that of their making, and so of their numbers. The
 * first one must be called "default" and holds the state.
 */
final class Families {
    private static final List<Table.Family> ORDER =
            List.of(
                    Table.Family.STATE,
                    Table.Family.HISTORY,
                    Table.Family.INDEX,
                    Table.Family.QUEUE);

    private Families() {}

    static List<Table.Family> inOrder() {
        return ORDER;
    }

    static int number(Table.Family family) {
        return switch (family) {
            case STATE -> 0;
            case HISTORY -> 1;
            case INDEX -> 2;
            case QUEUE -> 3;
        };
    }

    static byte[] name(Table.Family family) {
        return switch (family) {
            case STATE -> "default".getBytes(UTF_8);
            case HISTORY -> "history".getBytes(UTF_8);
            case INDEX -> "index".getBytes(UTF_8);
            case QUEUE -> "queue".getBytes(UTF_8);
        };
    }
}
