package dev.gradus.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.runtime.spi.SubstrateException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL at seeded moments: what this process was told to be committed must be there afterwards.
 */
class KilledProcessTest {
    private static final int KILLS = 5;
    private static final long SEED = 20;

    @Test
    void nothingAcknowledgedIsLostAndEachShardKeepsAPrefix(@TempDir Path temp) throws Exception {
        var data = temp.resolve("data");
        var random = new Random(SEED);
        Map<Integer, Integer> acknowledged = new HashMap<>(Map.of(0, -1, 1, -1, 2, -1));
        for (int kill = 0; kill < KILLS; kill++) {
            var child = start(data);
            try (var lines = child.inputReader()) {
                int acknowledgements = random.nextInt(1, 800);
                for (int i = 0; i < acknowledgements; i++) {
                    note(lines, acknowledged);
                }
                if (kill == 0) {
                    assertThatThrownBy(() -> RocksSubstrate.open(data, RocksFolder.options()))
                            .isInstanceOf(SubstrateException.class)
                            .hasMessageContaining("in use by process " + child.pid());
                }
                // By its handle: Process.destroyForcibly would close the pipe as well.
                assertThat(child.toHandle().destroyForcibly()).isTrue();
                while (note(lines, acknowledged)) {
                    // What was in the pipe was acknowledged too.
                }
            }
            assertThat(child.waitFor()).isEqualTo(128 + 9);
            verify(data, acknowledged, "seed %d, kill %d".formatted(SEED, kill));
        }
    }

    private static void verify(Path data, Map<Integer, Integer> acknowledged, String as) {
        try (var substrate = RocksSubstrate.open(data, RocksFolder.options())) {
            acknowledged.forEach((shard, last) -> {
                int survived = AppendingChild.batches(substrate.follower(shard).orElseThrow());
                // At most the two in flight may be there without having been acknowledged.
                assertThat(survived).as(as).isBetween(last + 1, last + 3);
            });
        }
    }

    private static boolean note(BufferedReader lines, Map<Integer, Integer> acknowledged)
            throws IOException {
        var line = lines.readLine();
        if (line == null) {
            return false;
        }
        int space = line.indexOf(' ');
        int shard = Integer.parseInt(line.substring(0, space));
        int number = Integer.parseInt(line.substring(space + 1));
        assertThat(number).isGreaterThan(acknowledged.getOrDefault(shard, -1));
        acknowledged.put(shard, number);
        return true;
    }

    private static Process start(Path data) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AppendingChild.class.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
