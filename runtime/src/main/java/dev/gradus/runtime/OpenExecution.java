package dev.gradus.runtime;

import dev.gradus.engine.Decision;
import dev.gradus.engine.ExecutionState;
import dev.gradus.engine.Interpreter;
import dev.gradus.engine.Scope;
import dev.gradus.expressions.Payload;
import dev.gradus.runtime.StateMachineView.Logging;
import dev.gradus.runtime.StateMachineView.Revision;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One execution in the memory of its shard, with changes that may not be durable yet. Used by the
 * shard's loop alone.
 */
final class OpenExecution {
    private static final int PAYLOADS_REMEMBERED = 64;

    /** What a revision says of telling others. */
    private record Told(Logging logging, boolean tracingEnabled) {}

    private final long xid;
    private final Supplier<Interpreter> maker;
    private final Supplier<Revision> revisionReader;
    private final Set<ByteBuffer> storedPayloads = new HashSet<>();
    private ExecutionRow row;
    private ExecutionState state;
    private boolean held;
    private long lastBatch;
    private final OpenTasks tasks = new OpenTasks();
    private final ScopesWeight scopesWeight;
    private Optional<Interpreter> interpreter = Optional.empty();
    private Optional<Told> told = Optional.empty();

    OpenExecution(
            long xid,
            ExecutionRow row,
            ExecutionState state,
            Supplier<Interpreter> maker,
            Supplier<Revision> revisionReader) {
        this.xid = xid;
        this.row = row;
        this.state = state;
        this.maker = maker;
        this.revisionReader = revisionReader;
        this.scopesWeight = new ScopesWeight(state);
    }

    long xid() {
        return xid;
    }

    ExecutionRow row() {
        return row;
    }

    ExecutionState state() {
        return state;
    }

    /** Made when it is first needed: a definition that cannot be read holds a command, no more. */
    Interpreter interpreter() {
        if (interpreter.isEmpty()) {
            interpreter = Optional.of(maker.get());
        }
        return interpreter.get();
    }

    /** Its tasks under way, as far as they were scheduled since it is in memory. */
    OpenTasks tasks() {
        return tasks;
    }

    /** How the revision that it runs is logged. */
    Logging logging() {
        return told().logging();
    }

    /** Tells whether the revision that it runs is traced, and its caller wants that. */
    boolean isTraced() {
        return told().tracingEnabled() && TraceHeader.isSampled(row.traceHeader());
    }

    private Told told() {
        if (told.isEmpty()) {
            var revision = revisionReader.get();
            told = Optional.of(new Told(revision.logging(), revision.tracingEnabled()));
        }
        return told.get();
    }

    /** Takes over what a decision said, which the batch of that number makes durable. */
    void become(Decision decision, ExecutionRow nextRow, long batch) {
        scopesWeight.follow(state, decision);
        state = decision.state();
        row = nextRow;
        lastBatch = batch;
    }

    boolean isHeld() {
        return held;
    }

    void setHeld(boolean held) {
        this.held = held;
    }

    /**
     * The number of the last batch that holds a change of it: until that is applied it must stay in
     * memory.
     */
    long lastBatch() {
        return lastBatch;
    }

    /** About how many bytes of memory it takes. */
    long weight() {
        return 1_024L + 2L * row.execution().input().bytes() + scopesWeight.bytes();
    }

    /** Tells whether a payload still needs its row, and remembers that it has one now. */
    boolean needsRow(Payload payload) {
        if (storedPayloads.size() >= PAYLOADS_REMEMBERED) {
            // Forgetting costs a row written twice, remembering costs memory.
            storedPayloads.clear();
        }
        return storedPayloads.add(ByteBuffer.wrap(payload.digest()));
    }

    /** Returns the scope that waits for exactly this attempt, if there is one. */
    Optional<Scope> waitingFor(TaskToken token) {
        return attempt(token.effect().scope(), token.effect().number())
                .filter(scope ->
                        scope.phase() instanceof Scope.Working working
                                && working.attempt().nonce().equals(token.nonce()));
    }

    /** Returns the scope whose attempt has that effect number, if there is one. */
    Optional<Scope> attempt(int scope, long effect) {
        if (!(state instanceof ExecutionState.Running running)) {
            return Optional.empty();
        }
        return running.scopes()
                .find(scope)
                .filter(found ->
                        found.phase() instanceof Scope.Working working
                                && working.attempt().effect() == effect);
    }
}
