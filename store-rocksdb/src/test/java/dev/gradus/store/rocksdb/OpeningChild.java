package dev.gradus.store.rocksdb;

import dev.gradus.runtime.spi.SubstrateException;
import java.nio.file.Path;

/** Opens a store on the disk that is mounted at its argument, and says why that is refused. */
final class OpeningChild {
    private OpeningChild() {}

    public static void main(String[] arguments) {
        var data = Path.of(arguments[0]).resolve("data");
        try (var _ = RocksSubstrate.open(data, RocksFolder.options())) {
            System.out.println("opened");
        } catch (SubstrateException refused) {
            System.out.println(refused.getMessage());
        }
    }
}
