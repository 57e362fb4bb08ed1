package dev.gradus.runtime;

import dev.gradus.engine.ExecutionState;
import dev.gradus.engine.Failure;
import dev.gradus.expressions.Payload;
import java.util.Optional;

/**
 * What the caller of StartSyncExecution sees; dates in milliseconds since the epoch.
 *
 * @param input the caller's text byte for byte
 * @param output set when SUCCEEDED
 * @param failure error and cause, each possibly absent
 * @param billedMillis its duration in steps of 100 ms, as AWS bills it
 * @param billedMegabytes its memory in steps of 64 MB
 */
public record SyncExecutionView(
        Arn.ExpressExecution arn,
        Arn.StateMachine machine,
        ExecutionState.Status status,
        long startMillis,
        long stopMillis,
        String input,
        Optional<String> output,
        Failure failure,
        Optional<String> traceHeader,
        long billedMillis,
        long billedMegabytes) {
    private static final long STEP_MILLIS = 100;
    private static final long STEP_MEGABYTES = 64;

    /** What AWS counts for any execution before its data; with little data the sum is 64 MB. */
    private static final long BASE_MEGABYTES = 50;

    static SyncExecutionView of(ExpressRow row, ExecutionState.Closed end, long peakBytes) {
        long duration = end.stoppedAtMillis() - row.startedAtMillis();
        return new SyncExecutionView(
                row.arn(),
                row.machine(),
                end.status(),
                row.startedAtMillis(),
                end.stoppedAtMillis(),
                row.inputAsGiven().text(),
                end.output().map(Payload::text),
                end.failure(),
                row.traceHeader(),
                billedMillis(duration),
                billedMegabytes(peakBytes));
    }

    static long billedMillis(long duration) {
        return Math.max(1, Math.ceilDiv(duration, STEP_MILLIS)) * STEP_MILLIS;
    }

    static long billedMegabytes(long peakBytes) {
        return Math.ceilDiv(memoryBytes(peakBytes) >> 20, STEP_MEGABYTES) * STEP_MEGABYTES;
    }

    static long memoryBytes(long peakBytes) {
        return (BASE_MEGABYTES << 20) + peakBytes;
    }
}
