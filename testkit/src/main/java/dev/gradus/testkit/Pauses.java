package dev.gradus.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits of real time, for programs that watch other processes; tests have virtual time instead. */
final class Pauses {
    private Pauses() {}

    /** Returns after that time. */
    static void of(Duration time) {
        var until = System.nanoTime() + time.toNanos();
        for (var left = time.toNanos(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
