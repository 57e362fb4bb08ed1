package dev.gradus.store.rocksdb;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands on what RocksDB reports from its own threads. It may report before there is anyone to tell:
 * the first such error waits for {@link #forwardTo}. Any thread may use it.
 */
final class BackgroundErrors {
    private @Nullable Throwable waiting;
    private @Nullable Consumer<Throwable> receiver;

    synchronized void report(Throwable error) {
        if (receiver != null) {
            receiver.accept(error);
        } else if (waiting == null) {
            waiting = error;
        }
    }

    synchronized void forwardTo(Consumer<Throwable> newReceiver) {
        receiver = newReceiver;
        if (waiting != null) {
            newReceiver.accept(waiting);
            waiting = null;
        }
    }
}
