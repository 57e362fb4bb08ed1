package dev.gradus.expressions;

import java.util.UUID;

/**
 * Random numbers that are a function of a seed and a counter (SplitMix64), so that the same
 * evaluation of the same command gives the same values. For names and jitter, not for secrets.
 */
public final class Randomness {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final double DOUBLE_UNIT = 0x1.0p-53;

    private long state;

    /** Starts the sequence of a seed. */
    public Randomness(long seed) {
        state = seed;
    }

    /** Returns the next 64 bits. */
    public long nextLong() {
        state += GOLDEN_GAMMA;
        var z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Returns the next double from 0 inclusive to 1 exclusive. */
    public double nextDouble() {
        return (nextLong() >>> 11) * DOUBLE_UNIT;
    }

    /** Returns the next number from an origin inclusive to a bound exclusive, which is greater. */
    public long nextLong(long origin, long bound) {
        if (origin >= bound) {
            throw new IllegalArgumentException("No number from " + origin + " to " + bound);
        }
        var range = bound - origin;
        var drawn = nextLong();
        if (range > 0) {
            return origin + Math.floorMod(drawn, range); // bias under 2^-31 for 32-bit ranges
        }
        while (drawn < origin || drawn >= bound) {
            drawn = nextLong();
        }
        return drawn;
    }

    /** Returns the next random UUID (version 4). */
    public String uuid() {
        var high = (nextLong() & ~0xF000L) | 0x4000L;
        var low = (nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }

    /** Starts the sequence that Java's own generator of 48 bits gives for a seed. */
    public static JavaSequence javaRandom(long seed) {
        return new JavaSequence(seed);
    }

    /**
     * The linear congruential sequence that the Java platform documents for its classic generator:
     * AWS's seeded functions return these numbers.
     */
    public static final class JavaSequence {
        private static final long MULTIPLIER = 0x5DEECE66DL;
        private static final long INCREMENT = 0xBL;
        private static final long MASK = (1L << 48) - 1;

        private long state;

        private JavaSequence(long seed) {
            state = (seed ^ MULTIPLIER) & MASK;
        }

        private int next(int bits) {
            state = (state * MULTIPLIER + INCREMENT) & MASK;
            return (int) (state >>> (48 - bits));
        }

        /** Returns the next 32 bits. */
        public int nextInt() {
            return next(32);
        }

        /** Returns the next number from 0 inclusive to a positive bound exclusive. */
        public int nextInt(int bound) {
            if (bound <= 0) {
                throw new IllegalArgumentException("The bound must be positive but is " + bound);
            }
            if ((bound & -bound) == bound) {
                return (int) ((bound * (long) next(31)) >> 31);
            }
            var bits = next(31);
            var value = bits % bound;
            while (bits - value + (bound - 1) < 0) { // overflow: the last, incomplete block
                bits = next(31);
                value = bits % bound;
            }
            return value;
        }

        /** Returns the next double from 0 inclusive to 1 exclusive. */
        public double nextDouble() {
            return (((long) next(26) << 27) + next(27)) * DOUBLE_UNIT;
        }
    }
}
