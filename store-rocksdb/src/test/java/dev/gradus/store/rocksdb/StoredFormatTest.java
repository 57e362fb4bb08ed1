package dev.gradus.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.runtime.spi.Table;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was stored by any released build is read by this one. */
class StoredFormatTest {

    @ParameterizedTest
    @ValueSource(ints = 1)
    void readsAndGoesOnWithAFolderOfEachFormat(int format, @TempDir Path data) throws Exception {
        StoreFixture.unpack(format, data);
        for (int opening = 0; opening < 2; opening++) {
            try (var store = RocksSubstrate.open(data, RocksFolder.options().withShardCount(8))) {
                assertThat(store.shardCount()).isEqualTo(3);
                assertThat(store.storeId()).isNotEqualTo(new UUID(0, 0));
                for (int shard = 0; shard < 3; shard++) {
                    var lease = store.acquire(shard, _ -> {});
                    assertThat(lease.epoch()).isEqualTo(3 + opening);
                    for (var table : StoreFixture.tables(format)) {
                        for (var generation : new String[] {"files", "log"}) {
                            assertThat(lease.view().get(table, StoreFixture.key(generation)))
                                    .hasValue(StoreFixture.value(table, shard, generation));
                        }
                    }
                }
            }
        }
    }

    /** The prefixes are stored: a change of one is a change of the format. */
    @Test
    void tablesKeepTheirPrefixesAndFamilies() {
        assertThat(Arrays.stream(Table.values()).map(t -> t.prefix() + " " + t + " " + t.family()))
                .containsExactly(
                        "1 EXECUTION STATE",
                        "2 NAME STATE",
                        "3 SCOPE STATE",
                        "4 HISTORY HISTORY",
                        "5 PAYLOAD HISTORY",
                        "6 TIMER QUEUE",
                        "7 DISPATCHED QUEUE",
                        "8 HELD STATE",
                        "9 ACTIVITY_QUEUE QUEUE",
                        "10 OUTBOX QUEUE",
                        "11 INBOX QUEUE",
                        "12 LIST_INDEX INDEX",
                        "13 MAP_RUN STATE",
                        "14 RETENTION INDEX",
                        "15 META STATE",
                        "16 CATALOG STATE",
                        "17 EXPRESS QUEUE",
                        "18 FEED QUEUE");
    }
}
