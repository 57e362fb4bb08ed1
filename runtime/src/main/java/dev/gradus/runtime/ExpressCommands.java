package dev.gradus.runtime;

import dev.gradus.asl.MachineType;
import dev.gradus.engine.Execution;
import dev.gradus.engine.ExecutionState;
import dev.gradus.expressions.Payload;
import dev.gradus.runtime.ExpressRun.Plan;
import dev.gradus.runtime.spi.Table;
import java.util.concurrent.CompletableFuture;

/**
 * What one shard does for Express executions: resolves their machines, keeps a row of each one that
 * was started asynchronously until it has ended, and runs those again that a former life left (AWS:
 * at least once). One that somebody waits for is in no store at all (AWS: at most once). Used by
 * the shard's loop alone.
 */
final class ExpressCommands {
    private final ShardContext context;
    private final ShardParts parts;
    private final CommandClock clock;

    ExpressCommands(ShardContext context, ShardParts parts, CommandClock clock) {
        this.context = context;
        this.parts = parts;
        this.clock = clock;
    }

    /** StartExecution of an Express machine: runs as soon as its row is durable. */
    ExecutionRequests.Started start(ShardMessage.Start message, MachineRow machine) {
        var chosen = Chosen.of(message.of(), machine, parts.catalog(), clock.seed());
        long xid = clock.nextXid();
        var row =
                new ExpressRow(
                        expressArn(machine.arn(), message.arn().name()),
                        chosen.version().map(Arn::text),
                        chosen.alias().map(Arn::text),
                        chosen.revision(),
                        Xids.millis(xid),
                        message.input(),
                        message.inputAsGiven(),
                        message.traceHeader());
        var prepared = prepared(row, Execution.Kind.EXPRESS);
        admit(row.input());
        parts.rows().insert(Table.EXPRESS, Keys.xid(xid), row.encode());
        run(xid, prepared);
        return new ExecutionRequests.Started(row.arn(), row.startedAtMillis());
    }

    /** StartSyncExecution: runs in memory alone; answered when it has ended. */
    void startSync(ShardMessage.StartSync message) {
        try {
            startSync(message, machine(message.request().machine()));
        } catch (ApiException refused) {
            parts.rows().parkRefusal(message.reply(), refused);
        }
    }

    private void startSync(ShardMessage.StartSync message, MachineRow machine) {
        var chosen = Chosen.of(message.request().machine(), machine, parts.catalog(), clock.seed());
        var row =
                new ExpressRow(
                        expressArn(machine.arn(), message.name()),
                        chosen.version().map(Arn::text),
                        chosen.alias().map(Arn::text),
                        chosen.revision(),
                        clock.nowMillis(),
                        message.input(),
                        message.inputAsGiven(),
                        message.request().traceHeader());
        var prepared = prepared(row, Execution.Kind.SYNCHRONOUS);
        admit(row.input());
        // What it saw of the catalog may not be durable yet.
        start(prepared, new Answering(row, message.reply()));
    }

    private Plan prepared(ExpressRow row, Execution.Kind kind) {
        var revision = parts.catalog().revision(row.revision());
        var facts = row.facts(revision.roleArn(), kind);
        return new Plan(
                facts,
                parts.catalog().definition(row.revision()),
                revision.logging(),
                context.feeds().expressTrace(facts, revision.tracingEnabled(), row.traceHeader()));
    }

    private void start(Plan prepared, ExpressRun.Listener listener) {
        parts.rows()
                .park(
                        () -> context.express().start(prepared, listener),
                        _ -> {
                            context.express().release(prepared.facts().input());
                            listener.lost(ExpressRuns.stopping());
                        });
    }

    /** Answers whoever waits for a synchronous execution. */
    private record Answering(ExpressRow row, CompletableFuture<SyncExecutionView> reply)
            implements ExpressRun.Listener {
        @Override
        public void closed(ExecutionState.Closed end, long peakBytes) {
            reply.complete(SyncExecutionView.of(row, end, peakBytes));
        }

        @Override
        public void lost(ApiException why) {
            reply.completeExceptionally(why);
        }
    }

    private void admit(Payload input) {
        context.express()
                .admit(input)
                .ifPresent(refused -> {
                    throw refused;
                });
    }

    static ApiException typeNotSupported() {
        return ErrorShape.StateMachineTypeNotSupported.because(
                "This operation is not supported by this type of state machine");
    }

    private MachineRow machine(Arn.Startable arn) {
        var machine =
                parts.catalog()
                        .machine(arn.unqualified().text())
                        .orElseThrow(() -> ControlPlane.noSuchMachine(arn));
        ControlPlane.checkActive(machine);
        if (machine.type() != MachineType.EXPRESS) {
            throw typeNotSupported();
        }
        return machine;
    }

    /** A row was found when the shard was taken up: it runs again, from its beginning and now. */
    void found(long xid) {
        parts.rows()
                .get(Table.EXPRESS, Keys.xid(xid))
                .map(ExpressRow::decode)
                .filter(row -> !context.express().isRunning(row.arn()))
                .ifPresent(row -> {
                    var again = row.startingAt(clock.nowMillis());
                    var prepared = prepared(again, Execution.Kind.EXPRESS);
                    context.express().promise(row.input());
                    run(xid, prepared);
                });
    }

    private void run(long xid, Plan prepared) {
        start(prepared, listener(xid));
    }

    private ExpressRun.Listener listener(long xid) {
        return new ExpressRun.Listener() {
            @Override
            public void closed(ExecutionState.Closed end, long peakBytes) {
                context.post().accept(new ShardMessage.ExpressEnded(xid));
            }

            @Override
            public void lost(ApiException why) {
                // Its row stays: the next start of the server runs it again.
            }
        };
    }

    void ended(long xid) {
        parts.rows().delete(Table.EXPRESS, Keys.xid(xid));
    }

    /** Shows every row that a former life of the shard left. */
    void recover() {
        try (var cursor =
                parts.rows().committed().scan(Table.EXPRESS, Keys.NONE, Keys.NONE, false)) {
            while (cursor.next()) {
                long xid = new RowReader(cursor.key()).u64();
                context.post().accept(new ShardMessage.ExpressFound(xid));
            }
        }
    }

    private Arn.ExpressExecution expressArn(Arn.StateMachine machine, String name) {
        var id = RandomUuid.text(context.platform());
        return new Arn.ExpressExecution(machine.place(), machine.name(), name, id);
    }
}
