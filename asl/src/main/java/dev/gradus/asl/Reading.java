package dev.gradus.asl;

import dev.gradus.asl.StateOutline.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is known while one definition is read: lives for one call, belongs to one thread. */
final class Reading {
    private final Findings findings = new Findings();
    private final Map<String, State> states = new LinkedHashMap<>();
    private final Set<String> labels = new HashSet<>();
    private final List<Scope> scopes = new ArrayList<>();
    private final IdentityHashMap<Scope, Target> starts = new IdentityHashMap<>();
    private final Map<String, List<String>> variableReferences = new LinkedHashMap<>();
    private final MachineType type;
    private final boolean oneState;
    private QueryLanguage machineLanguage = QueryLanguage.JSON_PATH;

    Reading(MachineType type) {
        this(type, false);
    }

    private Reading(MachineType type, boolean oneState) {
        this.type = type;
        this.oneState = oneState;
    }

    /** Begins to read what only one state is tested of. */
    static Reading ofOneState() {
        return new Reading(MachineType.STANDARD, true);
    }

    /** Tells whether only one state is tested, so that what others hold is never run. */
    boolean isOfOneState() {
        return oneState;
    }

    /**
     * One block as the walks over its transitions and variables see it.
     *
     * @param at where the block stands
     * @param around the block in one of whose states it stands; absent for the machine's own
     * @param assigned the variables that its states set; their readers add to them
     */
    record Scope(
            Location at,
            Optional<Scope> around,
            List<StateOutline> states,
            List<Assigned> assigned) {}

    /** A variable by its name, and where it is set. */
    record Assigned(String name, Location at) {}

    Findings findings() {
        return findings;
    }

    MachineType type() {
        return type;
    }

    /**
     * The language of the machine, which its states have unless they say otherwise, nested ones
     * too.
     */
    QueryLanguage machineLanguage() {
        return machineLanguage;
    }

    void machineLanguage(QueryLanguage language) {
        machineLanguage = language;
    }

    /**
     * Opens a block before its states are read, so that outer blocks are walked before inner ones.
     */
    Scope open(Location at, Optional<Scope> around) {
        var scope = new Scope(at, around, new ArrayList<>(), new ArrayList<>());
        scopes.add(scope);
        return scope;
    }

    /** Keeps where a block starts, which makes its transitions worth a walk. */
    void walkLater(Scope scope, Target startAt) {
        starts.put(scope, startAt);
    }

    /** Keeps a state under its name, which must be new in the whole machine. */
    void add(State state, Location at) {
        if (states.putIfAbsent(state.name(), state) != null) {
            findings.spoil("DUPLICATE_STATE_NAME", "Duplicate State name: " + state.name(), at);
        }
    }

    /** Keeps the label of a Map; false when another one has it already. */
    boolean addLabel(String label) {
        return labels.add(label);
    }

    /** Every state read so far, nested ones too. */
    Map<String, State> states() {
        return states;
    }

    /** Keeps the names of the variables that a state reads, if there are any. */
    void reads(String state, List<String> variables) {
        if (!variables.isEmpty()) {
            variableReferences.put(state, variables);
        }
    }

    /** The variables that each state read so far reads. */
    Map<String, List<String>> variableReferences() {
        return variableReferences;
    }

    /** Checks where variables are set, in all blocks. */
    void checkVariables() {
        new VariableWalk(findings).check(scopes);
    }

    /** Walks the transitions of all blocks. */
    void walk() {
        walk(scopes);
    }

    /** Walks the transitions of all blocks but the outermost. */
    void walkInner() {
        walk(scopes.subList(Math.min(1, scopes.size()), scopes.size()));
    }

    private void walk(List<Scope> walked) {
        var walk = new TransitionWalk(findings);
        for (var scope : walked) {
            Optional.ofNullable(starts.get(scope))
                    .ifPresent(startAt -> walk.check(scope.at(), startAt, scope.states()));
        }
    }
}
