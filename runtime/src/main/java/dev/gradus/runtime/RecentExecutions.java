package dev.gradus.runtime;

import dev.gradus.engine.Failure;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The executions of one shard that closed last, as their committed rows have them: most callers
 * describe an execution right after its end, and need not wait for a thread that may read a disk.
 *
 * <p>Only closed ones stand here, since their rows do not change any more: what this class says can
 * never be older than what the store says. Whoever removes such a row, or opens the execution
 * again, removes it here first.
 *
 * <p>Who may touch what: the shard's loop writes, any thread reads.
 */
final class RecentExecutions {
    private static final int ROW_BYTES = 768;

    private final ConcurrentHashMap<String, ExecutionRow> rows = new ConcurrentHashMap<>();
    private final ArrayDeque<String> oldestFirst = new ArrayDeque<>();
    private long bytes;

    /** Returns a closed execution if it is one of the last. */
    Optional<ExecutionRow> find(String arn) {
        return Optional.ofNullable(rows.get(arn));
    }

    /** The row of a closed execution is committed. */
    void closed(ExecutionRow row) {
        var arn = row.execution().arn();
        var before = rows.put(arn, row);
        if (before == null) {
            oldestFirst.addLast(arn);
        }
        bytes += bytes(row) - (before == null ? 0 : bytes(before));
        while (bytes > RuntimeLimits.RECENT_BYTES) {
            var gone = rows.remove(oldestFirst.removeFirst());
            bytes -= gone == null ? 0 : bytes(gone);
        }
    }

    private static int texts(Failure failure) {
        return failure.error().map(String::length).orElse(0)
                + failure.cause().map(String::length).orElse(0);
    }

    /** The row of a closed execution is about to be removed. */
    void remove(String arn) {
        var gone = rows.remove(arn);
        if (gone != null) {
            bytes -= bytes(gone);
            oldestFirst.remove(arn);
        }
    }

    /** About what a row takes: its texts in two bytes a character, its payloads as they are. */
    private static long bytes(ExecutionRow row) {
        return ROW_BYTES
                + 2L * row.traceHeader().map(String::length).orElse(0)
                + 2L * row.end().map(end -> texts(end.failure())).orElse(0)
                + 2L * row.execution().inputAsGiven().bytes()
                + row.end()
                        .flatMap(ExecutionRow.End::output)
                        .map(output -> output.bytes())
                        .orElse(0);
    }
}
