package dev.gradus.asl;

import java.util.Map;
import java.util.OptionalLong;

/**
 * A valid definition, parsed once and compiled.
 *
 * @param body the outermost states and where they start
 * @param timeoutSeconds limit of a whole execution in seconds, absent when the definition sets none
 * @param queryLanguage what states without a language of their own use
 * @param statesByName every state of the definition, nested ones included: AWS keeps names unique
 *     in the whole machine
 */
public record StateMachine(
        Block body,
        OptionalLong timeoutSeconds,
        QueryLanguage queryLanguage,
        Map<String, State> statesByName) {

    public StateMachine {
        statesByName = Map.copyOf(statesByName);
    }

    /** Returns the state of that name, which a stored execution state must refer to. */
    public State state(String name) {
        var state = statesByName.get(name);
        if (state == null) {
            throw new IllegalStateException("no state '" + name + "' in this definition");
        }
        return state;
    }
}
