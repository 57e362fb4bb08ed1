package dev.gradus.testkit;

import java.time.Duration;

/**
 * How badly a {@link SimSubstrate} behaves; chances are from 0 to 1.
 *
 * @param delayMax a batch takes up to so long to become durable, and again to be reported
 * @param loseBefore the chance that an append is lost, and so is its batch
 * @param loseAfter the chance that an append is lost although its batch is durable
 * @param failAcquire the chance that a claim fails with an exception, having fenced the old lease
 */
public record SimFaults(
        Duration delayMax, double loseBefore, double loseAfter, double failAcquire) {

    /** Delays, but never loses. */
    public static SimFaults delaysOnly() {
        return new SimFaults(Duration.ofMillis(5), 0, 0, 0);
    }

    /** Everything that the contract allows, often enough to be met in a short run. */
    public static SimFaults nasty() {
        return new SimFaults(Duration.ofMillis(20), 0.01, 0.01, 0.1);
    }
}
