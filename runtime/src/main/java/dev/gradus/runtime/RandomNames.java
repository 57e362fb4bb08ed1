package dev.gradus.runtime;

import dev.gradus.expressions.Randomness;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Names of executions whose caller gave none: random UUIDs, made from two sequences of 64 bits that
 * start anywhere, so that no two nodes or lives of one ever give the same name. Safe for many
 * threads; names are no secrets.
 */
final class RandomNames {
    private static final long STEP =
            0x9e3779b97f4a7c15L; // odd: every number comes before one repeats

    private final AtomicLong high;
    private final AtomicLong low;

    RandomNames(LongSupplier random) {
        this.high = new AtomicLong(random.getAsLong());
        this.low = new AtomicLong(random.getAsLong());
    }

    String next() {
        long most = new Randomness(high.getAndAdd(STEP)).nextLong();
        long least = new Randomness(low.getAndAdd(STEP)).nextLong();
        return new UUID(
                        (most & ~0xF000L) | 0x4000L,
                        (least & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L)
                .toString();
    }
}
