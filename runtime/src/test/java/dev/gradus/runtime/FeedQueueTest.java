package dev.gradus.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.runtime.spi.Table;
import org.junit.jupiter.api.Test;

final class FeedQueueTest {
    private final StoreOfOne store = new StoreOfOne();
    private final FeedMeter meter = new FeedMeter(new ManualPlatform(), Feed.EVENT_BUS);
    private FeedQueue queue = new FeedQueue(store.rows(), Feed.EVENT_BUS, meter);

    private void add(int rows, int bytesOfEach) {
        for (int i = 0; i < rows; i++) {
            queue.add(new FeedRow.Status(i, new byte[bytesOfEach]));
            if (store.rows().building().bytes() > RuntimeLimits.BATCH_BYTES / 2) {
                store.commit();
            }
        }
        store.commit();
    }

    private void restart() {
        queue = new FeedQueue(store.restart(), Feed.EVENT_BUS, meter);
    }

    private long endOffset(long sequence) {
        var key = Keys.feed(Feed.EVENT_BUS, sequence);
        return FeedRow.Queued.decode(store.rows().get(Table.FEED, key).orElseThrow()).endOffset();
    }

    @Test
    void goesOnWhereItWasAfterARestart() {
        add(10, 100);
        queue.taken(4, endOffset(4));
        store.commit();

        restart();
        add(1, 100);

        assertThat(queue.head()).isEqualTo(5);
        assertThat(queue.last()).isEqualTo(11);
        assertThat(endOffset(11) - endOffset(10)).isEqualTo(endOffset(10) - endOffset(9));
    }

    @Test
    void dropsTheOldestWhenTooManyRowsWait() {
        add(RuntimeLimits.FEED_ROWS, 1);
        assertThat(meter.read().dropped()).isZero();

        add(7, 1);

        assertThat(queue.waiting()).isEqualTo(RuntimeLimits.FEED_ROWS);
        assertThat(queue.head()).isEqualTo(8);
        assertThat(meter.read().dropped()).isEqualTo(7);
        assertThat(store.rows().get(Table.FEED, Keys.feed(Feed.EVENT_BUS, 7))).isEmpty();
    }

    @Test
    void dropsTheOldestWhenTheyAreTooManyBytesAlsoAfterARestart() {
        int megabyte = 1 << 20;
        int fit = (int) (RuntimeLimits.FEED_BYTES / (megabyte + 100));
        add(fit, megabyte);
        assertThat(queue.waiting()).isEqualTo(fit);

        restart();
        add(3, megabyte);

        assertThat(queue.waiting()).isEqualTo(fit);
        assertThat(meter.read().dropped()).isEqualTo(3);
    }

    @Test
    void whatWasTakenAfterItWasDroppedChangesNothing() {
        add(RuntimeLimits.FEED_ROWS + 5, 1);

        queue.taken(3, 100);

        assertThat(queue.head()).isEqualTo(6);
        assertThat(queue.waiting()).isEqualTo(RuntimeLimits.FEED_ROWS);
    }
}
