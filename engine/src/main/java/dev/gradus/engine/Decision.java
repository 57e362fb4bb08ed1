package dev.gradus.engine;

import java.util.List;

/**
 * What the runtime commits in one batch and then carries out.
 *
 * @param state the new state; the same instance as before when the command meant nothing
 * @param changedScopes ids of scopes that differ from the state before, in ascending order; one
 *     that the new state lacks was ended
 * @param history new events, ids growing by one
 * @param effects to carry out after the commit, in order
 */
public record Decision(
        ExecutionState state,
        List<Integer> changedScopes,
        List<HistoryEvent> history,
        List<Effect> effects) {
    public Decision {
        changedScopes = List.copyOf(changedScopes);
        history = List.copyOf(history);
        effects = List.copyOf(effects);
    }

    /** The command came late, came twice, or is not for this state: nothing changes. */
    public static Decision nothing(ExecutionState state) {
        return new Decision(state, List.of(), List.of(), List.of());
    }

    /** Tells whether the command changed nothing. */
    public boolean isNothing() {
        return changedScopes.isEmpty() && history.isEmpty() && effects.isEmpty();
    }
}
