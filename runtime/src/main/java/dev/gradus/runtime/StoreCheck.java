package dev.gradus.runtime;

import dev.gradus.engine.EffectId;
import dev.gradus.engine.ExecutionState;
import dev.gradus.engine.ExecutionState.Counters;
import dev.gradus.engine.ExecutionState.Status;
import dev.gradus.engine.HistoryEvent;
import dev.gradus.engine.Invariants;
import dev.gradus.engine.Scope;
import dev.gradus.engine.Scopes;
import dev.gradus.engine.Timer;
import dev.gradus.runtime.spi.Table;
import dev.gradus.runtime.spi.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads all rows of one shard and says what in them does not fit together. What it checks holds
 * after every batch, so it may look at any committed state, of a store that is in use or not.
 *
 * <p>It reads everything, so it takes as long as the store is large.
 */
public final class StoreCheck {
    private final View view;
    private final List<String> findings = new ArrayList<>();

    private StoreCheck(View view) {
        this.view = view;
    }

    /** Returns one sentence for each thing that is wrong in a shard; empty when all is well. */
    public static List<String> of(View shard) {
        try (var snapshot = shard.snapshot()) {
            var check = new StoreCheck(snapshot);
            check.executions();
            check.owned(Table.SCOPE);
            check.owned(Table.DISPATCHED);
            check.owned(Table.HISTORY);
            check.owned(Table.PAYLOAD);
            check.lists();
            check.feeds();
            check.catalog();
            return List.copyOf(check.findings);
        }
    }

    /** Counts the executions of a shard that run. */
    public static int running(View shard) {
        var check = new StoreCheck(shard);
        int[] count = {0};
        check.scan(
                Table.EXECUTION,
                Keys.NONE,
                (key, _) -> {
                    var row = check.row(new RowReader(key).u64()).orElseThrow();
                    count[0] += row.end().isEmpty() ? 1 : 0;
                });
        return count[0];
    }

    private void executions() {
        scan(
                Table.EXECUTION,
                Keys.NONE,
                (key, value) -> {
                    long xid = new RowReader(key).u64();
                    try {
                        execution(
                                xid, ExecutionRow.decode(value, PayloadRows.Source.of(xid, view)));
                    } catch (IllegalStateException unreadable) {
                        findings.add(
                                "execution " + xid + " cannot be read: " + unreadable.getMessage());
                    }
                });
    }

    private void execution(long xid, ExecutionRow row) {
        var payloads = PayloadRows.Source.of(xid, view);
        var history = new ArrayList<HistoryEvent>();
        scan(
                Table.HISTORY,
                Keys.xid(xid),
                (_, value) -> history.addAll(HistoryCodec.decode(value, payloads)));
        var state =
                row.end().<ExecutionState>map(end -> closed(xid, end)).orElseGet(() -> open(xid));
        Invariants.check(row.execution(), state, history)
                .forEach(violation -> find(xid, violation));
        expect(
                xid,
                Xids.millis(xid) == row.execution().startedAtMillis(),
                "has another start date");
        expect(xid, isNamed(xid, row), "has no name of its own");
        row.listedUnder().forEach(arn -> lists(xid, row, arn));
        row.end()
                .ifPresentOrElse(
                        end ->
                                expect(
                                        xid,
                                        view.get(
                                                        Table.RETENTION,
                                                        Keys.retention(end.stoppedAtMillis(), xid))
                                                .isPresent(),
                                        "would stay for ever"),
                        () ->
                                ((ExecutionState.Running) state)
                                        .scopes()
                                        .forEach(scope -> reason(xid, scope)));
    }

    private void lists(long xid, ExecutionRow row, String arn) {
        var owner = Keys.hash128(arn);
        expect(xid, isListed(xid, owner, ListStatus.ANY), "is not in the list of all of " + arn);
        for (var status : Status.values()) {
            expect(
                    xid,
                    isListed(xid, owner, ListStatus.of(status)) == (status == row.status()),
                    "is " + row.status() + " and in the list of " + status + " or not");
        }
    }

    private ExecutionState.Closed closed(long xid, ExecutionRow.End end) {
        var counters = new Counters(end.nextEventId(), 1, 1);
        var unfinished = scopes(xid, counters);
        expect(
                xid,
                unfinished.counters().nextEventId() == end.nextEventId(),
                "has lines that went on after its end");
        return new ExecutionState.Closed(
                counters,
                end.status(),
                end.output(),
                end.failure(),
                end.stoppedAtMillis(),
                unfinished.scopes());
    }

    private ExecutionState.Running open(long xid) {
        var running = scopes(xid, Counters.FIRST);
        expect(xid, running.scopes().size() > 0, "runs without a scope");
        return running;
    }

    private ExecutionState.Running scopes(long xid, Counters atLeast) {
        var scopes = new ArrayList<Scope>();
        var counters = new ArrayList<>(List.of(atLeast));
        scan(
                Table.SCOPE,
                Keys.xid(xid),
                (_, value) -> {
                    var stored = ScopeCodec.decode(value, PayloadRows.Source.of(xid, view));
                    scopes.add(stored.scope());
                    counters.set(0, ExecutionTable.newest(counters.getFirst(), stored.counters()));
                });
        return new ExecutionState.Running(counters.getFirst(), Scopes.of(scopes));
    }

    /** Whatever is open has something that will wake it. */
    private void reason(long xid, Scope scope) {
        switch (scope.phase()) {
            case Scope.Ready _ ->
                    expect(xid, has(Table.DISPATCHED, xid, 0), "has a scope that nobody will run");
            case Scope.Waiting(_, var effect, var due) ->
                    timer(xid, scope, effect, Timer.Kind.WAIT, OptionalLong.of(due));
            case Scope.BackingOff(_, var effect, var due) -> {
                if (effect > 0) {
                    timer(xid, scope, effect, Timer.Kind.RETRY, OptionalLong.of(due));
                } else {
                    expect(xid, has(Table.DISPATCHED, xid, 0), "has a scope that nobody redrives");
                }
            }
            case Scope.Working(_, var attempt) -> working(xid, scope, attempt);
            case Scope.Forked _, Scope.Finished _ -> {
                // Its children, or its siblings: the engine's own invariants.
            }
        }
    }

    private void working(long xid, Scope scope, Scope.Attempt attempt) {
        long effect = attempt.effect();
        timer(xid, scope, effect, Timer.Kind.TIMEOUT, attempt.timeoutAtMillis());
        timer(xid, scope, effect, Timer.Kind.HEARTBEAT, attempt.heartbeatAtMillis());
        boolean waitsForToken = !attempt.nonce().equals(Scope.Nonce.NONE);
        expect(
                xid,
                waitsForToken || has(Table.DISPATCHED, xid, effect),
                "has an attempt that nobody will answer, scope " + scope.id());
    }

    private void timer(
            long xid, Scope scope, long effect, Timer.Kind kind, OptionalLong dueMillis) {
        dueMillis.ifPresent(due -> {
            var timer = new Timer(new EffectId(scope.id(), effect), kind, due);
            expect(
                    xid,
                    view.get(Table.TIMER, Keys.timer(xid, timer)).isPresent(),
                    "waits for a timer that is not there: " + timer);
        });
    }

    private boolean has(Table table, long xid, long number) {
        return view.get(table, Keys.xidAnd(xid, number)).isPresent();
    }

    private boolean isNamed(long xid, ExecutionRow row) {
        return view.get(Table.NAME, Keys.hash128(row.arn().text()))
                .map(ExecutionTable.Named::decode)
                .filter(named -> named.xid() == xid)
                .isPresent();
    }

    private boolean isListed(long xid, byte[] owner, int status) {
        return view.get(Table.LIST_INDEX, Keys.listEntry(owner, status, xid)).isPresent();
    }

    /** Rows that start with an xid belong to an execution. */
    private void owned(Table table) {
        scan(
                table,
                Keys.NONE,
                (key, _) -> {
                    long xid = new RowReader(key).u64();
                    var row = row(xid);
                    expect(xid, row.isPresent(), "does not exist but has rows in " + table);
                });
    }

    private void lists() {
        scan(
                Table.LIST_INDEX,
                Keys.NONE,
                (key, _) -> {
                    var row = new RowReader(key);
                    row.fixed(17);
                    long xid = ~row.u64();
                    expect(xid, row(xid).isPresent(), "is listed but does not exist");
                });
    }

    /** Each feed's queue has no gap, and what it tells of is stored while its execution is. */
    private void feeds() {
        for (var feed : Feed.values()) {
            var before = new long[] {-1, 0};
            scan(
                    Table.FEED,
                    Keys.feed(feed),
                    (key, value) -> {
                        long sequence = Keys.feedSequence(key);
                        var queued = FeedRow.Queued.decode(value);
                        long start = queued.endOffset() - FeedRow.bytes(value.length);
                        boolean follows = sequence == before[0] + 1 && start == before[1];
                        if (before[0] >= 0 && !follows) {
                            findings.add("the feed " + feed + " has a gap before " + sequence);
                        }
                        before[0] = sequence;
                        before[1] = queued.endOffset();
                        told(queued.row());
                    });
        }
    }

    private void told(FeedRow row) {
        if (row instanceof FeedRow.Events events && row(row.xid()).isPresent()) {
            var history = Keys.history(events.xid(), events.firstEventId());
            expect(
                    row.xid(),
                    view.get(Table.HISTORY, history).isPresent(),
                    "has events to log that are not there");
        }
    }

    /** Versions and aliases have their machine, and aliases lead to versions that are there. */
    private void catalog() {
        scan(
                Table.CATALOG,
                Keys.catalog(MachineRow.PUBLISHED, Keys.NONE),
                (_, value) -> ofMachine(VersionRow.decode(value).arn()));
        scan(
                Table.CATALOG,
                Keys.catalog(MachineRow.ALIAS, Keys.NONE),
                (_, value) -> {
                    var alias = AliasRow.decode(value).view();
                    ofMachine(alias.arn());
                    for (var route : alias.routes()) {
                        if (CatalogReads.version(view, route.version()).isEmpty()) {
                            findings.add(
                                    alias.arn().text()
                                            + " routes to "
                                            + route.version().text()
                                            + ", which is not there");
                        }
                    }
                });
    }

    private void ofMachine(Arn.Startable arn) {
        if (view.get(Table.CATALOG, Catalog.machineKey(arn.unqualified().text())).isEmpty()) {
            findings.add(arn.text() + " is of no machine");
        }
    }

    private Optional<ExecutionRow> row(long xid) {
        return view.get(Table.EXECUTION, Keys.xid(xid))
                .map(bytes -> ExecutionRow.decode(bytes, PayloadRows.Source.of(xid, view)));
    }

    private interface Visitor {
        void visit(byte[] key, byte[] value);
    }

    private void scan(Table table, byte[] prefix, Visitor visitor) {
        var behind = prefix.length == 0 ? Keys.NONE : Keys.behind(prefix);
        try (var cursor = view.scan(table, prefix, behind, false)) {
            while (cursor.next()) {
                visitor.visit(cursor.key(), cursor.value());
            }
        }
    }

    private void expect(long xid, boolean holds, String otherwise) {
        if (!holds) {
            find(xid, otherwise);
        }
    }

    private void find(long xid, String what) {
        findings.add("execution " + xid + ": " + what);
    }
}
