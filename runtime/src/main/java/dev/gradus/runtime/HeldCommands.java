package dev.gradus.runtime;

import dev.gradus.engine.Command;
import dev.gradus.engine.Decision;
import dev.gradus.runtime.spi.Table;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commands on which our own code failed. The execution keeps the state that it had and takes
 * nothing but StopExecution; what comes for it is kept behind the held command, in order, until a
 * start of the server tries again. A bug of ours thus never becomes a workflow's failure, nor does
 * it stop the shard. Used by the shard's loop alone.
 */
final class HeldCommands {
    private static final Logger LOG = LoggerFactory.getLogger(HeldCommands.class);

    private final ShardRows rows;
    private final ExecutionTable executions;
    private long sequence;
    private int count;

    HeldCommands(ShardRows rows, ExecutionTable executions, long firstSequence) {
        this.rows = rows;
        this.executions = executions;
        this.sequence = firstSequence;
    }

    void hold(OpenExecution execution, Command command, Throwable bug) {
        execution.setHeld(true);
        long number = append(execution, command);
        LOG.error(
                "our bug: the execution is held until a newer build, or StopExecution. execution={} held={}-{}"
                        + " command={} at={} seed={} state={}",
                execution.row().arn().text(),
                execution.xid(),
                number,
                command.getClass().getSimpleName(),
                command.atMillis(),
                command.seed(),
                execution.state().getClass().getSimpleName(),
                bug);
    }

    /** Keeps a command for a held execution; returns its place. */
    long append(OpenExecution execution, Command command) {
        var sink = new PayloadRows.Sink();
        long number = sequence++;
        rows.insert(
                Table.HELD,
                Keys.xidAnd(execution.xid(), number),
                CommandCodec.encode(command, sink));
        for (var payload : sink.referenced()) {
            rows.put(
                    Table.PAYLOAD,
                    Keys.payload(execution.xid(), payload.digest()),
                    PayloadRows.row(payload));
        }
        count++;
        return number;
    }

    /** How many commands are held since the shard was acquired. */
    int count() {
        return count;
    }

    /** Tries every held command again, as after an upgrade; those that fail again stay. */
    void retry(BiConsumer<OpenExecution, Decision> write) {
        Set<Long> stillHeld = new HashSet<>();
        try (var cursor = rows.committed().scan(Table.HELD, Keys.NONE, Keys.NONE, false)) {
            while (cursor.next()) {
                long xid = new RowReader(cursor.key()).u64();
                var execution = executions.find(xid);
                if (execution.isEmpty()) {
                    rows.delete(Table.HELD, cursor.key());
                } else if (stillHeld.contains(xid)
                        || !released(execution.get(), cursor.key(), cursor.value(), write)) {
                    stillHeld.add(xid);
                    count++;
                }
            }
        }
    }

    private boolean released(
            OpenExecution execution,
            byte[] key,
            byte[] value,
            BiConsumer<OpenExecution, Decision> write) {
        var command = CommandCodec.decode(value, executions.payloads(execution.xid()));
        try {
            var decision =
                    execution
                            .interpreter()
                            .step(execution.row().execution(), execution.state(), command);
            execution.setHeld(false);
            if (!decision.isNothing()) {
                write.accept(execution, decision);
            }
            rows.delete(Table.HELD, key);
            return true;
        } catch (RuntimeException | StackOverflowError bug) {
            execution.setHeld(true);
            LOG.error("a held command fails again execution={}", execution.row().arn().text(), bug);
            return false;
        }
    }
}
