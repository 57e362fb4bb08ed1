package dev.gradus.runtime;

import dev.gradus.engine.Command;
import dev.gradus.engine.Decision;
import dev.gradus.runtime.spi.Table;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commands on which our own code failed. The execution keeps the state that it had and takes
 * nothing but StopExecution; what comes for it is kept behind the held command, in order, until a
 * start of the server, or an operator, tries again. A bug of ours thus never becomes a workflow's
 * failure, nor does it stop the shard. Used by the shard's loop alone.
 */
final class HeldCommands {
    private static final Logger LOG = LoggerFactory.getLogger(HeldCommands.class);

    private final ShardRows rows;
    private final ExecutionTable executions;
    private final LongSupplier sequences;
    private int count;

    HeldCommands(ShardRows rows, ExecutionTable executions, LongSupplier sequences) {
        this.rows = rows;
        this.executions = executions;
        this.sequences = sequences;
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
        long number = sequences.getAsLong();
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

    /** How many commands are held. */
    int count() {
        return count;
    }

    /** How many commands of one execution are held. */
    int countOf(long xid) {
        return held(xid).size();
    }

    /** Shows each execution of which a former life of the shard held something. */
    void forEachExecution(LongConsumer visitor) {
        long last = -1;
        try (var cursor = rows.committed().scan(Table.HELD, Keys.NONE, Keys.NONE, false)) {
            while (cursor.next()) {
                count++;
                long xid = new RowReader(cursor.key()).u64();
                if (xid != last) {
                    visitor.accept(xid);
                }
                last = xid;
            }
        }
    }

    /** Tries what is held of an execution again, in order, as after an upgrade; the rest stays. */
    void release(long xid, BiConsumer<OpenExecution, Decision> write) {
        var execution = executions.find(xid);
        if (execution.isEmpty()) {
            forget(xid);
            return;
        }
        for (var command : held(xid).entrySet()) {
            if (!released(execution.get(), command.getKey(), command.getValue(), write)) {
                return;
            }
        }
    }

    /** The execution is over: nothing of it is held any more. */
    void forget(long xid) {
        held(xid).keySet().forEach(number -> remove(xid, number));
    }

    /** The rows of one execution by their place. */
    private SortedMap<Long, byte[]> held(long xid) {
        var prefix = Keys.xid(xid);
        var held = new TreeMap<Long, byte[]>();
        try (var cursor = rows.committed().scan(Table.HELD, prefix, Keys.behind(prefix), false)) {
            while (cursor.next()) {
                held.put(numberOf(cursor.key()), cursor.value());
            }
        }
        rows.forEachPending(
                Table.HELD,
                (key, value) -> {
                    if (new RowReader(key).u64() == xid) {
                        value.ifPresentOrElse(
                                row -> held.put(numberOf(key), row),
                                () -> held.remove(numberOf(key)));
                    }
                });
        return held;
    }

    private static long numberOf(byte[] key) {
        var row = new RowReader(key);
        row.u64();
        return row.u64();
    }

    private void remove(long xid, long number) {
        rows.delete(Table.HELD, Keys.xidAnd(xid, number));
        count--;
    }

    private boolean released(
            OpenExecution execution,
            long number,
            byte[] value,
            BiConsumer<OpenExecution, Decision> write) {
        var command = CommandCodec.decode(value, executions.payloads(execution.xid()));
        Decision decision;
        try {
            decision =
                    execution
                            .interpreter()
                            .step(execution.row().execution(), execution.state(), command);
        } catch (RuntimeException | StackOverflowError bug) {
            execution.setHeld(true);
            LOG.error("a held command fails again execution={}", execution.row().arn().text(), bug);
            return false;
        }
        execution.setHeld(false);
        remove(execution.xid(), number);
        if (!decision.isNothing()) {
            write.accept(execution, decision);
        }
        return true;
    }
}
