package dev.gradus.runtime;

import dev.gradus.runtime.spi.Lease;
import dev.gradus.runtime.spi.Table;
import dev.gradus.runtime.spi.View;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * One shard from the moment when its lease was acquired until it is lost: everything in memory that
 * rests on the store. Used by the shard's loop alone, but for {@link #view}.
 */
final class Tenure {
    private static final int INBOX_VERSION = 1;

    private final ShardContext context;
    private final Lease lease;
    private final ShardParts parts;
    private final CommandClock clock;
    private final HeldCommands held;
    private final ExecutionCommands commands;
    private final Optional<ControlPlane> controlPlane;
    private final ExpressCommands express;
    private final RedriveCommands redrives;
    private final Retention retention;
    private final Overdue overdue;

    /**
     * Reads what a shard needs to go on.
     *
     * @param revisions reads a revision's row from shard 0
     */
    Tenure(ShardContext context, Lease lease, Function<RevisionKey, Optional<byte[]>> revisions) {
        this.context = context;
        this.lease = lease;
        var rows = new ShardRows(lease.view());
        this.clock = new CommandClock(rows, context.clock(), context.platform().randomLong());
        var catalog = new Catalog(rows, context.definitions(), revisions);
        var executions = new ExecutionTable(rows, catalog, context);
        var timers = new TimerQueue(rows);
        var activities = new ActivityQueues(rows, clock::nextXid);
        var dispatched = new DispatchedRows(rows);
        var outbox = new Outbox(rows, context.shard(), context.shards(), context.postTo());
        var feeds = new ShardFeeds(rows, context.feeds(), context.post());
        this.parts =
                new ShardParts(
                        rows,
                        catalog,
                        executions,
                        new RecentExecutions(),
                        timers,
                        activities,
                        dispatched,
                        new DecisionWriter(rows, timers, activities, dispatched, feeds),
                        outbox,
                        new OpenMachines(rows, catalog, outbox),
                        feeds);
        this.held = new HeldCommands(rows, executions, clock::nextXid);
        this.express = new ExpressCommands(context, parts, clock);
        this.commands = new ExecutionCommands(context, parts, held, clock, express);
        this.redrives = new RedriveCommands(context, parts, clock, commands::write);
        this.controlPlane =
                context.shard() == 0
                        ? Optional.of(new ControlPlane(rows, catalog, outbox, context))
                        : Optional.empty();
        var quotas = context.options().quotas();
        this.retention = new Retention(rows, parts.recent(), quotas.retention());
        this.overdue = new Overdue(rows, quotas.executions());
    }

    /**
     * Takes up what a former life left: unsent messages, calls without an answer, held commands.
     */
    void recover() {
        parts.outbox().resending().run();
        parts.feeds().recover();
        // As messages, so that however many there are, they come in batches and few are in memory.
        held.forEachExecution(xid -> context.post().accept(new ShardMessage.ReleaseDue(xid)));
        parts.dispatched()
                .forEachLeft((xid, effect) -> context.post().accept(leftBehind(xid, effect)));
        express.recover();
        parts.timers().refill(clock.nowMillis());
        if (context.shard() != 0) {
            reportDeletedMachines();
        }
    }

    private static ShardMessage leftBehind(long xid, long effect) {
        return DispatchedRows.isContinue(effect)
                ? new ShardMessage.GoOn(xid)
                : new ShardMessage.CallFound(xid, effect);
    }

    void handle(ShardMessage message) {
        switch (message) {
            case ShardMessage.Start m -> commands.start(m);
            case ShardMessage.StartSync m -> express.startSync(m);
            case ShardMessage.ExpressFound m -> express.found(m.xid());
            case ShardMessage.ExpressEnded m -> express.ended(m.xid());
            case ShardMessage.Stop m -> commands.stop(m);
            case ShardMessage.Redrive m -> redrives.redrive(m);
            case ShardMessage.CallAnswered m -> commands.callAnswered(m);
            case ShardMessage.CallFound m -> commands.calls().found(m.xid(), m.effect());
            case ShardMessage.CallLost m -> commands.callLost(m);
            case ShardMessage.CallNotSent m -> commands.calls().notSent(m.xid(), m.effect());
            case ShardMessage.ReleaseDue m -> commands.release(m.xid());
            case ShardMessage.Release m -> commands.release(m);
            case ShardMessage.TokenAnswered m -> commands.tokenAnswered(m);
            case ShardMessage.PollOffered m -> commands.pollOffered(m.poll());
            case ShardMessage.GoOn m -> commands.goOn(m.xid());
            case ShardMessage.TimersDue _ -> commands.timersDue();
            case ShardMessage.SweepDue _ -> {
                boolean more = retention.sweep(clock.nowMillis());
                if (overdue.sweep(clock.nowMillis(), commands::overdue) || more) {
                    context.post().accept(message); // More of it, behind what waits.
                }
            }
            case ShardMessage.MessageArrived m -> arrived(m);
            case ShardMessage.MessagesAcknowledged m ->
                    parts.outbox().acknowledged(m.destination(), m.sequence());
            case ShardMessage.FeedTaken m -> parts.feeds().taken(m);
            case ShardMessage.ResendDue _ -> parts.rows().park(parts.outbox().resending());
            case ShardMessage.ControlPlane m ->
                    controlPlane.orElseThrow().handle(m.request(), clock.nowMillis());
        }
    }

    /** Closes the batch being built; the caller appends it. */
    ShardRows.Pending seal() {
        clock.sealing();
        return parts.rows().seal();
    }

    /** The oldest batch in flight is durable: what is parked with it may leave. */
    ShardRows.Pending applied() {
        clock.applied();
        var batch = parts.rows().applied();
        parts.executions().shrink(clock.appliedBatches());
        return batch;
    }

    /** The lease is lost: nobody who waits may go on waiting. */
    void lost(Throwable cause) {
        parts.rows().takeAllParked().forEach(parked -> parked.lost().accept(cause));
        parts.outbox().lost(cause);
        parts.activities().lost();
        parts.feeds().lost();
    }

    /** When timers want the loop's attention next, in milliseconds since the epoch. */
    OptionalLong nextTimerMillis() {
        return parts.timers().nextWakeMillis();
    }

    long nowMillis() {
        return clock.nowMillis();
    }

    ShardRows rows() {
        return parts.rows();
    }

    Lease lease() {
        return lease;
    }

    View view() {
        return lease.view();
    }

    /** A closed execution, if it is one of the last; asked by any thread. */
    Optional<ExecutionRow> recent(String arn) {
        return parts.recent().find(arn);
    }

    boolean owesMessages() {
        return !parts.outbox().isEmpty();
    }

    ShardMetrics.Loop measures() {
        return new ShardMetrics.Loop(
                parts.rows().parked(),
                parts.executions().inMemory(),
                parts.timers().inMemory(),
                held.count(),
                parts.feeds().waiting());
    }

    private void arrived(ShardMessage.MessageArrived message) {
        var key = Keys.inbox(message.source());
        long last =
                parts.rows()
                        .get(Table.INBOX, key)
                        .map(value -> new RowReader(value).version(INBOX_VERSION).number())
                        .orElse(0L);
        if (message.sequence() == last + 1) {
            apply(message.source(), CatalogChange.decode(message.message()));
            last = message.sequence();
            parts.rows()
                    .put(Table.INBOX, key, new RowWriter(12).u8(INBOX_VERSION).number(last).done());
        }
        // A gap is not applied: the sender hears how far we are, and sends the rest again.
        long applied = last;
        parts.rows()
                .park(() ->
                        context.postTo()
                                .accept(
                                        message.source(),
                                        new ShardMessage.MessagesAcknowledged(
                                                context.shard(), applied)));
    }

    private void apply(int source, CatalogChange change) {
        var catalog = parts.catalog();
        switch (change) {
            case CatalogChange.MachineIs is -> {
                catalog.put(is.machine());
                parts.machines().changed(is.machine());
            }
            case CatalogChange.MachineGone gone -> catalog.removeMachine(gone.arn());
            case CatalogChange.MachineDrained drained ->
                    controlPlane.orElseThrow().drained(drained, source);
            case CatalogChange.VersionIs is -> catalog.put(is.version());
            case CatalogChange.VersionGone gone -> catalog.remove(gone.arn());
            case CatalogChange.AliasIs is -> catalog.put(is.alias());
            case CatalogChange.AliasGone gone -> catalog.remove(gone.arn());
            case CatalogChange.ActivityIs is -> catalog.put(is.activity());
            case CatalogChange.ActivityGone gone -> catalog.removeActivity(gone.arn());
        }
    }

    private void reportDeletedMachines() {
        var prefix = Keys.catalog(MachineRow.MACHINE, Keys.NONE);
        try (var cursor = lease.view().scan(Table.CATALOG, prefix, Keys.behind(prefix), false)) {
            while (cursor.next()) {
                parts.machines().changed(MachineRow.decode(cursor.value()));
            }
        }
    }
}
