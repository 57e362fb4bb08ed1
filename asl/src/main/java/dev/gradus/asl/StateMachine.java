package dev.gradus.asl;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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
 * @param variableReferences names, sorted and without the dollar, of the variables that each state
 *     reads, by the names of the states that read any
 */
public record StateMachine(
        Block body,
        OptionalLong timeoutSeconds,
        QueryLanguage queryLanguage,
        Map<String, State> statesByName,
        Map<String, List<String>> variableReferences) {

    public StateMachine {
        statesByName = Map.copyOf(statesByName);
        variableReferences = Collections.unmodifiableMap(new LinkedHashMap<>(variableReferences));
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
