package dev.gradus.runtime;

import dev.gradus.engine.ExecutionState;
import dev.gradus.engine.Interpreter;
import dev.gradus.engine.Scope;
import dev.gradus.expressions.Payload;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * One execution in the memory of its shard, with changes that may not be durable yet. Used by the
 * shard's loop alone.
 */
final class OpenExecution {
    private static final int SCOPES_WEIGHED = 64;
    private static final int SCOPE_WEIGHT = 256;

    private final long xid;
    private final Interpreter interpreter;
    private final Set<Payload> storedPayloads = new HashSet<>();
    private ExecutionRow row;
    private ExecutionState state;
    private boolean held;
    private long lastBatch;
    private long weight;

    OpenExecution(long xid, ExecutionRow row, ExecutionState state, Interpreter interpreter) {
        this.xid = xid;
        this.row = row;
        this.state = state;
        this.interpreter = interpreter;
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

    Interpreter interpreter() {
        return interpreter;
    }

    /** Takes over what a decision said, which the batch of that number makes durable. */
    void become(ExecutionState next, ExecutionRow nextRow, long batch) {
        state = next;
        row = nextRow;
        lastBatch = batch;
        weight = weigh();
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
        return weight;
    }

    /** Tells whether a payload still needs its row, and remembers that it has one now. */
    boolean needsRow(Payload payload) {
        if (storedPayloads.size() >= SCOPES_WEIGHED) {
            storedPayloads
                    .clear(); // Forgetting costs a row written twice, remembering costs memory.
        }
        return storedPayloads.add(payload);
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

    private long weigh() {
        long total = 1_024L + 2L * row.execution().input().bytes();
        for (var payload : storedPayloads) {
            total += payload.bytes();
        }
        if (state instanceof ExecutionState.Running running) {
            total += (long) running.scopes().size() * SCOPE_WEIGHT;
        }
        return total;
    }
}
